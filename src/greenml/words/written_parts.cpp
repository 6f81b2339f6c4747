#include "words/written_parts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "words/digit.hpp"

namespace greenml {

namespace {}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t number_length(std::string_view text) {
  std::size_t end = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.' || text[end] == ',')) ++end;
  if (end == text.size() || (text[end] != 'e' && text[end] != 'E')) return end;

  std::size_t exponent = end + 1;
  if (exponent < text.size() && (text[exponent] == '-' || text[exponent] == '+')) ++exponent;
  if (exponent == text.size() || !is_digit(text[exponent])) return end;
  while (exponent < text.size() && is_digit(text[exponent])) ++exponent;
  return exponent;
}

WrittenParts split_quantity(std::string_view text) {
  text = trimmed(text);
  const bool dollar_first = text.starts_with('$');
  const std::string_view rest = dollar_first ? trimmed(text.substr(1)) : text;
  const std::string_view number = rest.substr(0, number_length(rest));
  if (dollar_first) return number.size() == rest.size() ? WrittenParts{number, text.substr(0, 1)} : WrittenParts{};
  return {number, trimmed(rest.substr(number.size()))};
}

std::optional<WrittenWithError> split_plus_minus(std::string_view text) {
  for (const std::string_view sign : {"\u00B1", "+/-", "+-"}) {
    const std::size_t found = text.find(sign);
    if (found == std::string_view::npos) continue;
    WrittenWithError parts = {split_quantity(text.substr(0, found)), split_quantity(text.substr(found + sign.size()))};
    if (parts.value.number.empty() || parts.error.number.empty()) return std::nullopt;
    if (parts.value.symbol.empty()) parts.value.symbol = parts.error.symbol;
    if (parts.error.symbol.empty()) parts.error.symbol = parts.value.symbol;
    return parts;
  }
  return std::nullopt;
}

bool stands_for_missing(std::string_view text) {
  constexpr auto words = std::to_array<std::string_view>({"",
                                                          "-",
                                                          "--",
                                                          "\u2013",
                                                          "\u2014",
                                                          "?",
                                                          "n/a",
                                                          "na",
                                                          "n.a.",
                                                          "nan",
                                                          "none",
                                                          "nil",
                                                          "null",
                                                          "unknown",
                                                          "not known",
                                                          "not reported",
                                                          "not measured",
                                                          "tbd",
                                                          "missing",
                                                          "<not supported>"});
  std::string lower(trimmed(text));
  for (char& character : lower)
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  return std::find(words.begin(), words.end(), lower) != words.end();
}

}  // namespace greenml
