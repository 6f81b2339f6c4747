#include "words/written_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "greenml/quantity.hpp"
#include "words/written_parts.hpp"

namespace greenml {

std::optional<double> half_of_last_digit(std::string_view text, const Unit& unit) {
  if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
  const std::string_view number = split_quantity(text).number;
  if (number.empty() || number.find_first_of("0123456789") == std::string_view::npos) return std::nullopt;
  const std::size_t e = std::min(number.find_first_of("eE"), number.size());
  const std::size_t point = std::min(number.find('.'), e);
  const int decimals = point < e ? static_cast<int>(e - point - 1) : 0;
  int exponent = 0;
  if (e < number.size()) {
    const char* first =
        number.data() + e + (number.substr(e).starts_with("e+") || number.substr(e).starts_with("E+") ? 2 : 1);
    std::from_chars(first, number.data() + number.size(), exponent);
  }
  const double step = std::pow(10.0, std::clamp(exponent - decimals + unit.scale.exponent, -300, 300));
  return 0.5 * step * unit.scale.significand;
}

std::optional<std::string> decimal_in(double value, const Unit& unit) {
  const double scaled = in_unit(value, unit);
  std::string shortest = round_trip(scaled);
  for (int digits = 15; digits <= 17; ++digits)
    for (std::string text : {fmt::format("{:.{}g}", scaled, digits), shortest}) {
      const Parsed<double> back = parse_number(text, unit.scale);
      if (!back || *back != value) continue;
      // Written as numbers are everywhere: no exponent where zeros will do.
      const Parsed<double> plain = parse_number(text);
      const std::string usual = round_trip(*plain);
      const Parsed<double> again = parse_number(usual, unit.scale);
      return again && *again == value ? usual : text;
    }
  return std::nullopt;
}

}  // namespace greenml
