#include "words/written_parts.hpp"

namespace greenml {

namespace {

constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

}  // namespace

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

}  // namespace greenml
