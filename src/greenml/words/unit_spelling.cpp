#include "words/unit_spelling.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <numeric>
#include <vector>

#include "words/excerpt.hpp"
#include "words/written_parts.hpp"

namespace greenml {

namespace {

/// Another way to write a unit of the table.
struct UnitWord {
  std::string_view word;
  Dimension dimension;
  std::string_view symbol;
  bool in_any_case = true;
};

constexpr auto unit_words = std::to_array<UnitWord>({
    {"pct", Dimension::accuracy, "%"},
    {"BFLOP", Dimension::compute, "GFLOP"},  // a billion, as Darknet prints it
    {"BFLOPs", Dimension::compute, "GFLOP", false},
    {"pfs-days", Dimension::compute, "pfs-day"},
    {"PF-days", Dimension::compute, "pfs-day"},
    {"petaflop/s-day", Dimension::compute, "pfs-day"},
    {"petaflop/s-days", Dimension::compute, "pfs-day"},
    {"thousand", Dimension::count, "k"},
    {"million", Dimension::count, "M"},
    {"billion", Dimension::count, "B"},
    {"trillion", Dimension::count, "T"},
    {"byte", Dimension::storage, "B"},
    {"bytes", Dimension::storage, "B"},
    {"msec", Dimension::time, "ms"},
    {"sec", Dimension::time, "s"},
    {"secs", Dimension::time, "s"},
    {"second", Dimension::time, "s"},
    {"seconds", Dimension::time, "s"},
    {"mins", Dimension::time, "min"},
    {"minute", Dimension::time, "min"},
    {"minutes", Dimension::time, "min"},
    {"hr", Dimension::time, "h"},
    {"hrs", Dimension::time, "h"},
    {"hour", Dimension::time, "h"},
    {"hours", Dimension::time, "h"},
    {"day", Dimension::time, "d"},
    {"days", Dimension::time, "d"},
    {"joule", Dimension::energy, "J"},
    {"joules", Dimension::energy, "J"},
    {"Ws", Dimension::energy, "J"},  // a watt-second
    {"kWs", Dimension::energy, "kJ"},
    {"gram", Dimension::mass, "g"},
    {"grams", Dimension::mass, "g"},
    {"tonne", Dimension::mass, "t"},  // a "ton" can be one of three
    {"tonnes", Dimension::mass, "t"},
    {"lbs", Dimension::mass, "lb"},
    {"kgs", Dimension::mass, "kg"},
    {"watt", Dimension::power, "W"},
    {"watts", Dimension::power, "W"},
});
static_assert(std::all_of(unit_words.begin(), unit_words.end(),
                          [](const UnitWord& word) { return find_unit(word.dimension, word.symbol) != nullptr; }));

constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_but_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char one, char other) { return lower(one) == lower(other); });
}

bool ends_in_any_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && same_but_case(text.substr(text.size() - end.size()), end);
}

void replace_first(std::string& text, std::string_view what, std::string_view with) {
  if (const std::size_t found = text.find(what); found != std::string::npos) text.replace(found, what.size(), with);
}

/// "kg CO2e" as "kg": that a mass is one of greenhouse gases is the field's to say.
std::string_view without_gas(std::string_view mass) {
  for (const std::string_view gas : {"CO2eq", "CO2-eq", "CO2e", "CO2-e", "CO2"})
    if (mass.size() > gas.size() && ends_in_any_case(mass, gas))
      return trimmed(mass.substr(0, mass.size() - gas.size()));
  return mass;
}

bool is_spelled(const UnitWord& word, std::string_view written) {
  return word.in_any_case ? same_but_case(word.word, written) : word.word == written;
}

/// With what has several spellings in one: the micro sign, the small two of CO₂, and what a mass is of.
std::string in_one_spelling(std::string_view written, Dimension dimension) {
  std::string text(written);
  replace_first(text, "\u00B5", "u");
  replace_first(text, "\u03BC", "u");
  if (dimension == Dimension::mass || dimension == Dimension::carbon_intensity) {
    replace_first(text, "\u2082", "2");
    replace_first(text, " per ", "/");
    const std::size_t slash = std::min(text.find('/'), text.size());
    text = fmt::format("{}{}", without_gas(std::string_view(text).substr(0, slash)), text.substr(slash));
  }
  return text;
}

/// Whether a unit, without regard to case, is what stands behind a prefix: "Wh" in "mWh", nothing in the count "M".
bool can_have_prefix(std::string_view rest) {
  return rest.empty() ||
         std::any_of(units.begin(), units.end(), [&](const Unit& unit) { return same_but_case(unit.symbol, rest); });
}

/// Whether another size or kind may be meant than that of a symbol which what is written differs from in case alone: by
/// the prefixes milli and mega, pico and peta, zepto and zetta, yocto and yotta, ronto and ronna; the bit and the byte;
/// kB and KB, which may be KiB.
bool case_tells_apart(std::string_view written, std::string_view symbol, Dimension dimension) {
  if (dimension == Dimension::storage) return written != symbol;
  constexpr std::string_view prefixes_in_both_cases = "mpzyrq";
  for (std::size_t start = 0; start < symbol.size();) {
    const std::size_t end = std::min(symbol.find('/', start), symbol.size());
    const std::string_view rest = symbol.substr(start + 1, end - start - 1);
    const bool is_prefix = prefixes_in_both_cases.find(lower(symbol[start])) != std::string_view::npos;
    const bool differs = written.substr(start, end - start) != symbol.substr(start, end - start);
    if (is_prefix && differs && can_have_prefix(rest)) return true;
    start = end + 1;
  }
  return false;
}

/// In how many letters two texts of one length differ.
std::size_t differences(std::string_view left, std::string_view right) {
  return std::inner_product(left.begin(), left.end(), right.begin(), std::size_t{0}, std::plus<>(),
                            std::not_equal_to<>());
}

/// The units of a dimension whose symbols differ from what is written in case alone, the most alike first.
std::vector<const Unit*> units_in_any_case(std::string_view written, Dimension dimension) {
  std::vector<const Unit*> found;
  for (const Unit& unit : units)
    if (unit.dimension == dimension && same_but_case(unit.symbol, written)) found.push_back(&unit);
  std::stable_sort(found.begin(), found.end(), [&](const Unit* left, const Unit* right) {
    return differences(left->symbol, written) < differences(right->symbol, written);
  });
  return found;
}

/// The unit of a plural that is written as such: "GFLOPs", "MMACs". "GFLOPS" are GFLOP a second.
const Unit* singular(std::string_view written, Dimension dimension) {
  if (dimension != Dimension::compute || !written.ends_with('s')) return nullptr;
  return find_unit(dimension, written.substr(0, written.size() - 1));
}

std::string_view noun(Dimension dimension) {
  const std::string_view phrase = row_of(dimension).phrase;
  return phrase.substr(phrase.find(' ') + 1);
}

/// The words in which a complaint speaks of a quantity, or of a unit alone where there is no quantity.
struct Subject {
  std::string_view quantity;  ///< with its quotation marks; may be empty
  std::string_view unit;

  std::string itself() const { return quantity.empty() ? quote(unit) : std::string(quantity); }
  std::string and_its_unit() const {
    return quantity.empty() ? quote(unit) : fmt::format("{}: {}", quantity, quote(unit));
  }
};

/// The unit before "per second", or before another time.
const Unit* unit_of_rate(std::string_view written, Dimension dimension) {
  for (const std::string_view per : {"/s", "/sec", "/second", " per second", "/min", " per minute", "/h", " per hour"})
    if (written.ends_with(per)) return read_unit(written.substr(0, written.size() - per.size()), dimension);
  return nullptr;
}

std::optional<Complaint> rate(const Subject& subject, Dimension dimension) {
  const std::string_view written = subject.unit;
  const std::string is_rate = fmt::format("{} is a rate, not {}", subject.itself(), row_of(dimension).phrase);
  if (const Unit* unit = unit_of_rate(written, dimension))
    return Complaint{is_rate, fmt::format("{} is written in {}", row_of(dimension).phrase, unit->symbol)};
  if (dimension != Dimension::compute) return std::nullopt;
  if (written.ends_with("OPS") && written.size() <= 4) return Complaint{is_rate, "OPS are operations a second"};

  if (!ends_in_any_case(written, "s")) return std::nullopt;
  const std::vector<const Unit*> amounts = units_in_any_case(written.substr(0, written.size() - 1), dimension);
  if (amounts.empty()) return std::nullopt;
  const std::string_view symbol = amounts.front()->symbol;
  if (written.ends_with("FLOPS") && written.starts_with(symbol))
    return Complaint{is_rate, fmt::format("{0}S is {0} a second; a number of operations is written in {0}", symbol)};
  const bool one_size = !case_tells_apart(written.substr(0, written.size() - 1), symbol, dimension);
  return Complaint{
      fmt::format("{} may be a number of operations or a rate", subject.itself()),
      one_size ? fmt::format("{0}s are operations, {0}S operations a second", symbol) : units_of(dimension)};
}

/// "Mb", "kbit": bits, of which a byte has eight.
bool is_in_bits(std::string_view written) {
  for (const std::string_view bit : {"bit", "bits"})
    if (ends_in_any_case(written, bit) && written.size() <= bit.size() + 2) return true;
  return written.ends_with('b') && !units_in_any_case(written, Dimension::storage).empty();
}

std::optional<Complaint> in_another_case(const Subject& subject, Dimension dimension) {
  const std::vector<const Unit*> found = units_in_any_case(subject.unit, dimension);
  if (found.empty()) return std::nullopt;
  if (found.size() > 1)
    return Complaint{fmt::format("{} is not a unit of {}", subject.and_its_unit(), noun(dimension)),
                     fmt::format("case matters: did you mean {} or {}?", found[0]->symbol, found[1]->symbol)};
  return Complaint{fmt::format("{} is not a unit of {}", subject.and_its_unit(), noun(dimension)),
                   fmt::format("case matters, m is milli and M is mega; {}", units_of(dimension))};
}

/// The dimension of the unit with exactly that symbol.
const DimensionRow* dimension_of(std::string_view symbol) {
  for (const Unit& unit : units)
    if (unit.symbol == symbol) return &row_of(unit.dimension);
  return nullptr;
}

/// The first dimension that has such a unit, or units that only case tells apart.
const DimensionRow* dimension_in_any_case(std::string_view written) {
  if (written.size() < 2) return nullptr;
  for (const DimensionRow& row : dimensions)
    if (read_unit(written, row.dimension) != nullptr || !units_in_any_case(written, row.dimension).empty()) return &row;
  return nullptr;
}

}  // namespace

const Unit* read_unit(std::string_view written, Dimension dimension) {
  if (const Unit* unit = find_unit(dimension, written)) return unit;
  const std::string spelled = in_one_spelling(written, dimension);
  if (const Unit* unit = find_unit(dimension, spelled)) return unit;
  if (const Unit* unit = singular(spelled, dimension)) return unit;
  for (const UnitWord& word : unit_words)
    if (word.dimension == dimension && is_spelled(word, spelled)) return find_unit(dimension, word.symbol);
  const std::vector<const Unit*> found = units_in_any_case(spelled, dimension);
  if (dimension_of(spelled) != nullptr || found.size() != 1 ||
      case_tells_apart(spelled, found.front()->symbol, dimension))
    return nullptr;
  return found.front();
}

std::string units_of(Dimension dimension) {
  std::vector<std::string_view> symbols;
  for (const Unit& unit : units)
    if (unit.dimension == dimension) symbols.push_back(unit.symbol);
  return fmt::format("units of {}: {}", noun(dimension), fmt::join(symbols, ", "));
}

std::optional<Complaint> recognised_fault(std::string_view quantity, std::string_view written, Dimension dimension) {
  const Subject subject = {quantity, written};
  if (std::optional<Complaint> complaint = rate(subject, dimension)) return complaint;
  if (dimension == Dimension::storage && is_in_bits(written))
    return Complaint{fmt::format("{} is in bits, not in bytes", subject.itself()),
                     fmt::format("b is a bit and B a byte, which is 8 bits; {}", units_of(dimension))};
  const DimensionRow* other = dimension_of(written);
  if (other == nullptr)
    if (std::optional<Complaint> complaint = in_another_case(subject, dimension)) return complaint;
  if (other == nullptr) other = dimension_in_any_case(written);
  if (other == nullptr) return std::nullopt;
  const Unit* unit = read_unit(written, other->dimension);
  const std::string itself = quantity.empty() && unit != nullptr ? std::string(unit->symbol) : subject.itself();
  return Complaint{fmt::format("{} is {}, not {}", itself, other->phrase, row_of(dimension).phrase),
                   units_of(dimension)};
}

Complaint unit_fault(std::string_view quantity, std::string_view written, Dimension dimension) {
  if (std::optional<Complaint> complaint = recognised_fault(quantity, written, dimension)) return *complaint;
  return {fmt::format("{} is not a unit of {}", Subject{quantity, written}.and_its_unit(), noun(dimension)),
          units_of(dimension)};
}

PerSomething per_something(std::string_view written, Dimension dimension) {
  for (const std::string_view per : {" per ", "/"}) {
    const std::size_t found = written.find(per);
    if (found == std::string_view::npos) continue;
    const Unit* unit = read_unit(trimmed(written.substr(0, found)), dimension);
    const std::string_view of = trimmed(written.substr(found + per.size()));
    if (unit != nullptr && !of.empty()) return {unit, of};
  }
  return {};
}

}  // namespace greenml
