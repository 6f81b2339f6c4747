#include "input/csv/csv_value.hpp"

#include <algorithm>
#include <string>

#include "greenml/formula_text.hpp"
#include "input/json/json_number.hpp"
#include "words/digit.hpp"

namespace greenml::read {

namespace {

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

}  // namespace

std::optional<std::string> with_decimal_point(std::string_view text) {
  std::string canonical;
  if (text.starts_with('-')) canonical = "-";
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t end = std::min(text.find_first_not_of(".0123456789"), text.size());
  std::string_view whole = text.substr(0, end);
  const std::size_t group = count_digits(whole);
  const bool is_grouped = whole.find('.') != std::string_view::npos;
  if (group == 0 || (is_grouped && (group > 3 || whole[0] == '0'))) return std::nullopt;
  canonical += whole.substr(0, group);
  for (whole.remove_prefix(group); !whole.empty(); whole.remove_prefix(4)) {
    if (whole.size() < 4 || whole[0] != '.' || count_digits(whole.substr(1, 3)) != 3) return std::nullopt;
    canonical += whole.substr(1, 3);
  }
  std::string_view rest = text.substr(end);
  if (rest.starts_with(',')) {
    rest.remove_prefix(1);
    if (count_digits(rest) == 0) return std::nullopt;
    canonical += '.';
  }
  canonical += rest;
  return canonical;
}

void read_cell(std::string_view text, bool quoted, char decimal, RawValue& value, std::string& canonical) {
  value.is_cell = true;
  value.had_escapes = false;
  value.lacks_comma = false;
  value.cell_number = {};
  value.text = text;
  value.kind = RawKind::text;
  if (text.empty()) {
    value.kind = RawKind::null;
    return;
  }
  const char first = text.front();
  if (is_digit(first) || ((first == '-' || first == '+') && text.size() > 1 && is_digit(text[1]))) {
    if (decimal == ',') {
      std::optional<std::string> written = with_decimal_point(text);
      value.lacks_comma = !written && text.find('.') != std::string_view::npos;
      canonical = std::move(written).value_or("");
      if (canonical != text) value.cell_number = canonical;
    } else if (first == '+') {
      value.cell_number = text.substr(1);
    }
    const std::string_view number_text = value.cell_number.empty() ? text : value.cell_number;
    const bool may_be_number = !quoted && !value.lacks_comma;
    if (may_be_number && read_json_number(number_text, value.number)) value.kind = RawKind::number;
    return;
  }
  if (!quoted && (text == "true" || text == "false"))
    value.kind = RawKind::boolean;
  else
    value.text = without_apostrophe(text);
}

}  // namespace greenml::read
