#include "words/written_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "greenml/quantity.hpp"
#include "words/digit.hpp"
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
  const auto reads_back = [&](const std::string& text) {
    const Parsed<double> back = parse_number(text, unit.scale);
    return back && *back == value;
  };
  const double scaled = in_unit(value, unit);
  constexpr int sure_digits = 15;  // a decimal of so many is the same after it was a double
  // Mostly the first try: a number that short is what rounding to so many digits gives.
  std::string shortest = round_trip(scaled);
  const auto digits_of_shortest = std::count_if(shortest.begin(), shortest.end(), is_digit);
  if (digits_of_shortest <= sure_digits && reads_back(shortest)) return shortest;
  for (int digits = sure_digits; digits <= 17; ++digits) {
    const Parsed<double> rounded_to = parse_number(fmt::format("{:.{}g}", scaled, digits));
    if (!rounded_to) return std::nullopt;
    // As numbers are written everywhere: a program that reads and writes it keeps all of its digits.
    std::string text = round_trip(*rounded_to);
    if (reads_back(text)) return text;
  }
  return std::nullopt;
}

}  // namespace greenml
