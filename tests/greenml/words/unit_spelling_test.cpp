// Every unit and key with every error of one letter, held to a table of the SI's prefixes that knows nothing of
// greenml's: neither what is read nor what is hinted at may have another size than the letters say.
#include "words/unit_spelling.hpp"

#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "greenml/field.hpp"
#include "greenml/quantity.hpp"
#include "greenml/sampled.hpp"
#include "words/key.hpp"

using namespace greenml;

namespace {

struct Prefix {
  std::string_view symbol;
  int power;
};

/// The SI Brochure, 9th edition, table 7.
constexpr auto prefixes = std::to_array<Prefix>(
    {{"", 0},   {"q", -30}, {"r", -27}, {"y", -24}, {"z", -21}, {"a", -18}, {"f", -15}, {"p", -12}, {"n", -9},
     {"u", -6}, {"m", -3},  {"c", -2},  {"d", -1},  {"da", 1},  {"h", 2},   {"k", 3},   {"M", 6},   {"G", 9},
     {"T", 12}, {"P", 15},  {"E", 18},  {"Z", 21},  {"Y", 24},  {"R", 27},  {"Q", 30}});

struct Base {
  Dimension dimension;
  std::string_view symbol;
  double size;  // in the dimension's base unit
};

constexpr auto bases = std::to_array<Base>({{Dimension::energy, "J", 1},
                                            {Dimension::energy, "Wh", 3600},
                                            {Dimension::power, "W", 1},
                                            {Dimension::mass, "g", 1},
                                            {Dimension::time, "s", 1},
                                            {Dimension::compute, "FLOP", 1},
                                            {Dimension::compute, "MAC", 2},
                                            {Dimension::storage, "B", 1},
                                            {Dimension::storage, "b", 0.125}});

std::string lower(std::string_view text) {
  std::string result;
  for (const char letter : text) result += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  return result;
}

/// The sizes that a text can have as a prefix and a base of the dimension.
std::set<double> sizes_of(std::string_view text, Dimension dimension, bool in_any_case) {
  std::set<double> sizes;
  for (const Base& base : bases)
    for (const Prefix& prefix : prefixes) {
      const std::string symbol = std::string(prefix.symbol) + std::string(base.symbol);
      const bool is_it = in_any_case ? lower(symbol) == lower(text) : symbol == text;
      if (base.dimension == dimension && is_it) sizes.insert(base.size * std::pow(10, prefix.power));
    }
  return sizes;
}

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_/ ";

/// The text with every one letter left out, put in, or another.
std::vector<std::string> with_an_error(std::string_view text) {
  std::vector<std::string> edits;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const std::string before(text.substr(0, at));
    if (at < text.size()) edits.push_back(before + std::string(text.substr(at + 1)));
    for (const char letter : letters) {
      edits.push_back(before + letter + std::string(text.substr(at)));
      if (at < text.size() && text[at] != letter) edits.push_back(before + letter + std::string(text.substr(at + 1)));
    }
  }
  std::vector<std::string> sample;
  for (std::size_t index = 0; index < edits.size(); index += test::stride) sample.push_back(edits[index]);
  return sample;
}

bool is_about(double one, double other) { return std::abs(one / other - 1) < 1e-9; }

double size_of(const Unit& unit) { return 1 / in_unit(1, unit); }

/// What a hint asks whether it was meant, if that is one thing.
std::string single_hint(std::string_view hint) {
  constexpr std::string_view asks = "did you mean ";
  const std::size_t found = hint.find(asks);
  if (found == std::string_view::npos || hint.find(" or ", found) != std::string_view::npos) return {};
  return std::string(hint.substr(found + asks.size(), hint.find('?', found) - found - asks.size()));
}

}  // namespace

TEST_CASE("a unit with an error of one letter is never read as another size than its letters say") {
  std::size_t with_size = 0;
  for (const Unit& unit : units) {
    for (const std::string& edit : with_an_error(unit.symbol)) {
      const Unit* read = read_unit(edit, unit.dimension);
      const std::set<double> exact = sizes_of(edit, unit.dimension, false);
      const std::set<double> any = sizes_of(edit, unit.dimension, true);
      if (read == nullptr) {
        const std::string hint = single_hint(unit_fault("", edit, unit.dimension).hint);
        const Unit* hinted = find_unit(unit.dimension, hint);
        if (!hint.empty() && hinted == nullptr) FAIL_CHECK(edit << " hints at no unit: " << hint);
        for (const double size : any)
          if (hinted != nullptr && !is_about(size, size_of(*hinted))) FAIL_CHECK(edit << " hints at " << hint);
        continue;
      }
      with_size += !any.empty();
      for (const double size : exact.empty() ? any : exact)
        if (!is_about(size, size_of(*read))) FAIL_CHECK(edit << " is read as " << read->symbol);
    }
  }
  CHECK(with_size > 100);
}

TEST_CASE("what is read in another case is no other unit of the table") {
  for (const Unit& unit : units)
    for (const Unit& other : units) {
      if (unit.dimension != other.dimension || &unit == &other) continue;
      CAPTURE(unit.symbol, other.symbol);
      CHECK(read_unit(unit.symbol, unit.dimension)->scale == unit.scale);
      if (lower(unit.symbol) == lower(other.symbol) && unit.scale != other.scale && lower(unit.symbol) != unit.symbol)
        CHECK((read_unit(lower(unit.symbol), unit.dimension) == nullptr ||
               find_unit(unit.dimension, lower(unit.symbol)) != nullptr));
    }
}

TEST_CASE("a key with an error of one letter is never led to another unit") {
  std::size_t hinted = 0;
  for (const Field& field : fields)
    for (const Unit& unit : units) {
      if (unit.dimension != field.dimension) continue;
      const std::string key = key_of(field, unit);
      for (const std::string& edit : with_an_error(key)) {
        const Meaning meaning = meaning_of(edit);
        const std::string suffix = edit.substr(std::min(edit.size(), field.name.size() + 1));
        if (meaning.kind == Meaning::Kind::quantity && row_of(meaning.field).name == field.name &&
            meaning.unit_was_named)
          for (const double size : sizes_of(suffix, field.dimension, false))
            if (!is_about(size, size_of(*meaning.unit)) && lower(suffix) != suffix)
              FAIL_CHECK(edit << " is read in " << meaning.unit->symbol);
        if (meaning.kind != Meaning::Kind::unknown) continue;
        const std::string hint = single_hint(hint_for_near_key(edit).value_or(""));
        if (hint != key) continue;
        ++hinted;
        if (!edit.ends_with(unit.key)) FAIL_CHECK(edit << " hints at " << key);
        for (const Prefix& prefix : prefixes)
          if (!prefix.symbol.empty() && lower(edit) == lower(prefix.symbol) + key)
            FAIL_CHECK(edit << " hints at " << key);
      }
    }
  CHECK(hinted > 1000);
}

TEST_CASE("hints that were a thousand or more times too large or too small") {
  struct Case {
    std::string_view written;
    Dimension dimension;
    std::string_view hint;
  };
  const auto cases = std::to_array<Case>({
      {"MWH", Dimension::energy, "case matters: did you mean MWh or mWh?"},
      {"mj", Dimension::energy, "case matters: did you mean mJ or MJ?"},
      {"GFLOPS", Dimension::compute, "GFLOPS is GFLOP a second; a number of operations is written in GFLOP"},
      {"TFLOP/s", Dimension::compute, "a number of operations is written in TFLOP"},
  });
  for (const Case& one : cases) {
    CAPTURE(one.written);
    CHECK(read_unit(one.written, one.dimension) == nullptr);
    CHECK(unit_fault("", one.written, one.dimension).hint == one.hint);
  }
  CHECK(unit_fault("", "Mb", Dimension::storage).message == "\"Mb\" is in bits, not in bytes");
  CHECK(unit_fault("", "kw", Dimension::energy).message == "kW is a power, not an energy");
}

TEST_CASE("units as real files spell them") {
  struct Case {
    std::string_view written;
    Dimension dimension;
    double size;
  };
  const auto cases = std::to_array<Case>({
      {"uJ", Dimension::energy, 1e-6},     {"\u00B5J", Dimension::energy, 1e-6}, {"\u03BCs", Dimension::time, 1e-6},
      {"nJ", Dimension::energy, 1e-9},     {"ps", Dimension::time, 1e-12},       {"Ws", Dimension::energy, 1},
      {"kWs", Dimension::energy, 1000},    {"YFLOP", Dimension::compute, 1e24},  {"RFLOP", Dimension::compute, 1e27},
      {"hours", Dimension::time, 3600},    {"hrs", Dimension::time, 3600},       {"sec", Dimension::time, 1},
      {"tonnes", Dimension::mass, 1e6},    {"lbs", Dimension::mass, 453.59237},  {"million", Dimension::count, 1e6},
      {"GFLOPs", Dimension::compute, 1e9}, {"MMACs", Dimension::compute, 2e6},   {"BFLOPs", Dimension::compute, 1e9},
      {"kg CO2e", Dimension::mass, 1000},  {"kgCO2eq", Dimension::mass, 1000},   {"g CO\u2082", Dimension::mass, 1},
      {"kwh", Dimension::energy, 3.6e6},   {"KG", Dimension::mass, 1000},
  });
  for (const Case& one : cases) {
    CAPTURE(one.written);
    const Unit* unit = read_unit(one.written, one.dimension);
    REQUIRE(unit != nullptr);
    CHECK(size_of(*unit) == Approx(one.size));
  }
  CHECK(read_unit("gCO2eq/kWh", Dimension::carbon_intensity) == find_unit(Dimension::carbon_intensity, "g/kWh"));
  CHECK(read_unit("tons", Dimension::mass) == nullptr);  // 907, 1000 or 1016 kg
}
