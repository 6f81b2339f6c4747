#include "json_mutator.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <random>
#include <vector>

#include "greenml/field.hpp"
#include "greenml/label.hpp"
#include "greenml/metric.hpp"
#include "greenml/result_key.hpp"
#include "greenml/unit.hpp"

namespace greenml {

namespace {

/// Numbers at which something changes, and what is nearly a number.
constexpr auto edge_numbers = std::to_array<std::string_view>({"0",
                                                               "-0",
                                                               "1",
                                                               "-1",
                                                               "100",
                                                               "100.00000000000001",
                                                               "0.1",
                                                               "1e-7",
                                                               "2.5e3",
                                                               "1E+2",
                                                               "9007199254740991",
                                                               "9007199254740993",
                                                               "1e15",
                                                               "1e308",
                                                               "1e309",
                                                               "5e-324",
                                                               "1e-290",
                                                               "1e-400",
                                                               "-1e308",
                                                               "18446744073709551616",
                                                               "4294967296",
                                                               "2147483648",
                                                               "01",
                                                               "1.",
                                                               ".5",
                                                               "+1",
                                                               "1e",
                                                               "1e+",
                                                               "0x10",
                                                               "NaN",
                                                               "Infinity",
                                                               "-",
                                                               "1_000",
                                                               "1,5",
                                                               "123456789012345678901234567890",
                                                               "0.000000000000000000000000000001"});

/// Values that a model, or a part of one, may have or not.
constexpr auto other_values =
    std::to_array<std::string_view>({"null", "true", "false", "\"\"", "[]", "{}", "\"a\"", "\"N/A\"", "\"\\u0000\"",
                                     "\"\\ud83d\\ude00\"", "\"\xE2\x80\xAE\"", "\"1.5 \xC2\xB1 0.2\"", "\"12,5\"",
                                     "\"NVIDIA A100\"", "\"FRA\"", "\"top-1\"", "nul", "[[1]]", "{\"value\": 1}"});

constexpr auto keys_of_parts =
    std::to_array<std::string_view>({"name", "models", "defaults", "description", "source", "$schema", "value", "unit",
                                     "method", "working", "plus_minus", "macs", "a"});

constexpr auto blanks_between =
    std::to_array<std::string_view>({"\n", " ", "\r\n", "\t", "\n\n", "        ", "\xEF\xBB\xBF", "\n,\n"});

/// Every key that greenml knows.
std::vector<std::string> known_keys() {
  std::vector<std::string> keys(keys_of_parts.begin(), keys_of_parts.end());
  for (const Label& label : labels) {
    keys.emplace_back(label.name);
    if (!label.also.empty()) keys.emplace_back(label.also);
  }
  for (const Field& field : fields) {
    keys.emplace_back(field.name);
    for (const Unit& unit : units)
      if (unit.dimension == field.dimension)
        keys.push_back(fmt::format("{}_{}", field.name, unit.key.empty() ? unit.symbol : unit.key));
  }
  for (const Metric& metric : metrics) keys.emplace_back(metric.name);
  keys.insert(keys.end(), result::of_models.begin(), result::of_models.end());
  keys.insert(keys.end(), result::of_files.begin(), result::of_files.end());
  return keys;
}

/// A key or a value in the text.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_key = false;
};

std::size_t end_of_string(std::string_view text, std::size_t begin) {
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return text.size();
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// In the order in which they begin.
std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  std::vector<std::size_t> open;
  for (std::size_t at = skip_blanks(text, 0); at < text.size(); at = skip_blanks(text, at)) {
    const char first = text[at];
    if (first == '{' || first == '[') {
      open.push_back(pieces.size());
      pieces.push_back({at, text.size()});
      ++at;
    } else if (first == '}' || first == ']') {
      ++at;
      if (open.empty()) continue;
      pieces[open.back()].end = at;
      open.pop_back();
    } else if (first == ',' || first == ':') {
      ++at;
    } else {
      const std::size_t end =
          first == '"' ? end_of_string(text, at) : std::min(text.find_first_of(" \t\r\n{}[],:", at), text.size());
      const std::size_t next = skip_blanks(text, end);
      pieces.push_back({at, end, first == '"' && next < text.size() && text[next] == ':'});
      at = end;
    }
  }
  return pieces;
}

class Mutation {
  std::size_t below(std::size_t count) { return random_() % count; }
  const auto& any_of(const auto& choices) { return choices[below(choices.size())]; }

 public:
  Mutation(std::string_view text, std::uint32_t seed) : text_(text), random_(seed), pieces_(pieces_of(text)) {}

  std::string make() {
    if (pieces_.empty()) return insert(0, "[{\"name\": \"a\"}]");
    static constexpr auto changes = std::to_array<std::string (Mutation::*)()>(
        {&Mutation::drop, &Mutation::repeat, &Mutation::swap, &Mutation::copy_over, &Mutation::nest, &Mutation::unnest,
         &Mutation::change_key, &Mutation::change_key, &Mutation::change_number, &Mutation::change_value,
         &Mutation::change_to_quantity, &Mutation::change_to_quantity, &Mutation::add_member, &Mutation::add_member,
         &Mutation::add_blanks});
    return (this->*any_of(changes))();
  }

 private:
  std::string_view text_of(const Piece& piece) const { return text_.substr(piece.begin, piece.end - piece.begin); }
  std::string replace(const Piece& piece, std::string_view by) const {
    return std::string(text_).replace(piece.begin, piece.end - piece.begin, by);
  }
  std::string insert(std::size_t at, std::string_view what) const { return std::string(text_).insert(at, what); }

  /// A member as a whole, or an element.
  Piece any_item() {
    const std::size_t index = below(pieces_.size());
    if (index > 0 && pieces_[index - 1].is_key) return {pieces_[index - 1].begin, pieces_[index].end};
    if (pieces_[index].is_key && index + 1 < pieces_.size()) return {pieces_[index].begin, pieces_[index + 1].end};
    return pieces_[index];
  }
  /// A value; the first is that of the whole text.
  Piece any_value() {
    for (std::size_t index = below(pieces_.size()); index < pieces_.size(); ++index)
      if (!pieces_[index].is_key) return pieces_[index];
    return pieces_.front();
  }
  /// The one that comes next after some place for which it holds.
  const Piece* any_piece(const auto& holds) {
    const std::size_t first = below(pieces_.size());
    for (std::size_t count = 0; count < pieces_.size(); ++count)
      if (const Piece& piece = pieces_[(first + count) % pieces_.size()]; holds(piece)) return &piece;
    return nullptr;
  }

  std::string any_key() {
    static const std::vector<std::string> keys = known_keys();
    std::string key = any_of(keys);
    if (below(3) > 0) return key;
    const std::size_t at = below(key.size());  // a near miss
    switch (below(5)) {
      case 0:
        return key.erase(at, 1);
      case 1:
        return key.insert(at, 1, key[at]);
      case 2:
        key[at] = static_cast<char>(key[at] ^ 0x20);
        return key;
      case 3:
        std::swap(key[at], key[below(key.size())]);
        return key;
      default:
        return key + (below(2) == 0 ? "s" : "_x");
    }
  }
  std::string any_number() {
    return below(2) == 0 ? std::string(any_of(edge_numbers))
                         : fmt::format("{}", static_cast<double>(below(100'000)) / 100);
  }
  std::string any_quantity() {
    const std::string_view between = below(4) == 0 ? "" : " ";
    return fmt::format("\"{}{}{}\"", any_number(), between, any_of(units).symbol);
  }
  std::string any_new_value() {
    switch (below(3)) {
      case 0:
        return any_number();
      case 1:
        return any_quantity();
      default:
        return std::string(any_of(other_values));
    }
  }

  // The changes.

  std::string drop() {
    Piece item = any_item();
    const std::size_t next = skip_blanks(text_, item.end);
    const std::size_t before = text_.find_last_not_of(" \t\r\n", item.begin == 0 ? 0 : item.begin - 1);
    if (next < text_.size() && text_[next] == ',')
      item.end = next + 1;
    else if (before != std::string_view::npos && text_[before] == ',')
      item.begin = before;
    return replace(item, "");
  }
  std::string repeat() {
    const Piece item = any_item();
    const std::string_view between = below(4) == 0 ? "\n" : ", ";
    std::string copies;
    for (std::size_t count = below(8) == 0 ? 20 : 1; count > 0; --count) copies.append(between).append(text_of(item));
    return insert(item.end, copies);
  }
  std::string swap() {
    Piece first = any_item();
    Piece second = any_item();
    if (second.begin < first.begin) std::swap(first, second);
    if (second.begin < first.end) return replace(second, any_new_value());  // one is in the other
    std::string text = replace(second, text_of(first));
    return text.replace(first.begin, first.end - first.begin, text_of(second));
  }
  std::string copy_over() { return replace(any_value(), text_of(any_value())); }
  std::string nest() {
    const Piece value = any_value();
    const std::string_view text = text_of(value);
    switch (below(5)) {
      case 0:
        return replace(value, fmt::format("[{}]", text));
      case 1:
        return replace(value, fmt::format("{{\"{}\": {}}}", any_key(), text));
      case 2:
        return replace(pieces_.front(), fmt::format("{{\"defaults\": {{\"{}\": {}}}, \"models\": {}}}", any_key(),
                                                    any_new_value(), text_of(pieces_.front())));
      default:
        return replace(value, fmt::format("{{\"value\": {}, \"unit\": \"{}\", \"method\": \"{}\"}}", text,
                                          any_of(units).symbol, below(2) == 0 ? "measured" : "estimated"));
    }
  }
  /// Puts a part of an object or array into its place.
  std::string unnest() {
    const Piece outer = any_value();
    const Piece* inner =
        any_piece([&](const Piece& piece) { return piece.begin > outer.begin && piece.end < outer.end; });
    return inner == nullptr ? nest() : replace(outer, text_of(*inner));
  }
  std::string change_key() {
    const Piece* key = any_piece([](const Piece& piece) { return piece.is_key; });
    return key == nullptr ? add_member() : replace(*key, fmt::format("\"{}\"", any_key()));
  }
  std::string change_number() {
    const Piece* number = any_piece([&](const Piece& piece) {
      return std::string_view("-0123456789").find(text_[piece.begin]) != std::string_view::npos;
    });
    return number == nullptr ? change_value() : replace(*number, any_number());
  }
  std::string change_value() { return replace(any_value(), any_new_value()); }
  std::string change_to_quantity() { return replace(any_value(), any_quantity()); }
  std::string add_member() {
    const Piece* object = any_piece([&](const Piece& piece) { return text_[piece.begin] == '{'; });
    if (object == nullptr) return nest();
    const bool is_empty = text_of(*object).find(':') == std::string_view::npos;
    return insert(object->begin + 1, fmt::format("\"{}\": {}{}", any_key(), any_new_value(), is_empty ? "" : ", "));
  }
  std::string add_blanks() { return insert(any_item().begin, any_of(blanks_between)); }

  std::string_view text_;
  std::minstd_rand random_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::string mutated_json(std::string_view text, std::uint32_t seed) { return Mutation(text, seed).make(); }

std::size_t mutate_as_json(std::uint8_t* data, std::size_t size, std::size_t most, std::uint32_t seed,
                           std::size_t kept) {
  constexpr std::uint32_t share_of_bytes = 4;  // one of so many changes is libFuzzer's
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t first = std::min(text.find_first_of("[{", kept), size);
  const bool looks_like_json = size > kept && first < kept + 8;
  if (looks_like_json && seed % share_of_bytes != 0) {
    std::string changed(text.substr(kept));
    // Several changes at a time, now and then, as libFuzzer does.
    for (std::uint32_t count = 1 + seed / share_of_bytes % 3; count > 0; --count)
      changed = mutated_json(changed, seed + count);
    if (changed.size() <= most - kept) {
      std::memcpy(data + kept, changed.data(), changed.size());
      return kept + changed.size();
    }
  }
  return LLVMFuzzerMutate(data, size, most);
}

}  // namespace greenml
