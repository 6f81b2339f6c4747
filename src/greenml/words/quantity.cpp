#include "greenml/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "words/decimal.hpp"
#include "words/digit.hpp"
#include "words/excerpt.hpp"
#include "words/scaled_exactly.hpp"
#include "words/unit_spelling.hpp"
#include "words/written_parts.hpp"

namespace greenml {

namespace {

/// Whether the commas in "626,155" separate thousands: one to three digits not starting with 0, then threes.
bool groups_thousands(std::string_view whole) {
  if (whole.find(',') == std::string_view::npos) return true;
  std::size_t position = whole.find(',');
  if (position == 0 || position > 3 || whole[0] == '0') return false;
  for (; position < whole.size(); position += 4)
    if (whole[position] != ',' || whole.size() - position < 4 ||
        whole.substr(position + 1, 3).find(',') != std::string_view::npos)
      return false;
  return true;
}

/// A decimal number as it was written: sign and digits without commas, and its power of ten.
struct Decimal {
  std::string digits;
  long exponent = 0;
};

std::optional<Decimal> split_decimal(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, end);
  const std::string_view unsigned_part = mantissa.substr(mantissa.starts_with('-') ? 1 : 0);
  const std::string_view whole = unsigned_part.substr(0, unsigned_part.find('.'));
  const std::string_view fraction = unsigned_part.substr(std::min(whole.size() + 1, unsigned_part.size()));
  if (!groups_thousands(whole) || fraction.find_first_not_of("0123456789") != std::string_view::npos ||
      (whole.empty() && fraction.empty()))
    return std::nullopt;

  Decimal decimal;
  for (const char character : mantissa)
    if (character != ',') decimal.digits += character;
  if (end < text.size()) {
    std::string_view exponent = text.substr(end + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    const bool negative = exponent.starts_with('-');
    const auto [rest, error] = std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.exponent);
    if (error == std::errc::result_out_of_range) decimal.exponent = negative ? -1'000'000 : 1'000'000;
    decimal.exponent = std::clamp(decimal.exponent, -1'000'000L, 1'000'000L);
  }
  return decimal;
}

/// Whether "-10 h" behind a first number makes a range of it: "5-10 h", "5 – 10 h", "5 to 10 h".
bool continues_a_range(std::string_view rest) {
  for (const std::string_view to : {"-", "\u2013", "\u2014", "..", "to "}) {
    if (!rest.starts_with(to)) continue;
    const std::string_view second = trimmed(rest.substr(to.size()));
    return !second.empty() && is_digit(second.front());
  }
  return false;
}

/// The first control character, or nothing.
std::optional<unsigned> control_character(std::string_view text) {
  for (const char character : text)
    if (const auto code = static_cast<unsigned char>(character); code < 0x20 || code == 0x7F) return code;
  return std::nullopt;
}

bool is_number_below(std::string_view text, int limit) {
  int number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && rest == text.data() + text.size() && is_digit(text.front()) && number < limit;
}

/// Reads a time as a clock shows it, with its days as Python writes them: "0:00:10", "1 day, 2:03:04.5".
Parsed<double> parse_clock(std::string_view text) {
  const Complaint no_time = {fmt::format("{} is not a time", quote(text)),
                             "write h:mm:ss, as in 0:00:10, or a number with its unit"};
  std::string_view days = "0";
  std::string_view clock = text;
  if (const std::size_t comma = text.find(", "); comma != std::string_view::npos) {
    const std::size_t blank = text.find(" day");
    if (blank == std::string_view::npos || blank > comma) return no_time;
    days = text.substr(0, blank);
    clock = text.substr(comma + 2);
  }
  const std::size_t first = clock.find(':');
  const std::size_t second = clock.find(':', first + 1);
  if (second == std::string_view::npos)
    return Complaint{fmt::format("{} may be hours and minutes, or minutes and seconds", quote(text)), no_time.hint};
  const std::string_view hours = clock.substr(0, first);
  const std::string_view minutes = clock.substr(first + 1, second - first - 1);
  const std::string_view seconds = clock.substr(second + 1);
  const std::string_view whole_seconds = seconds.substr(0, seconds.find('.'));
  constexpr int most = 1'000'000;
  if (!is_number_below(days, most) || !is_number_below(hours, most) || !is_number_below(minutes, 60) ||
      !is_number_below(whole_seconds, 60))
    return no_time;
  const auto in_seconds = [](std::string_view number, std::string_view unit) {
    return *parse_number(number, find_unit(Dimension::time, unit)->scale);
  };
  const Parsed<double> rest = parse_number(seconds);
  if (!rest) return no_time;
  return in_seconds(days, "d") + in_seconds(hours, "h") + in_seconds(minutes, "min") + *rest;
}

/// A number as a person reads it, who sees four digits of it.
double as_read(double value) { return parse_decimal(rounded(value)).value_or(value); }

}  // namespace

Parsed<double> parse_number(std::string_view text, Scale scale) {
  if (text.empty() || number_length(text) != text.size() || text[0] == '+')
    return Complaint{fmt::format("{} is not a number", quote(text))};
  const std::optional<Decimal> decimal = split_decimal(text);
  if (!decimal) {
    const bool comma = text.find(',') != std::string_view::npos;
    return Complaint{fmt::format("{} is not a number", quote(text)),
                     comma ? "a comma separates thousands, as in 626,155; a decimal point is a point" : ""};
  }

  const std::string scaled = fmt::format("{}e{}", decimal->digits, decimal->exponent + scale.exponent);
  const bool all_zero = decimal->digits.find_first_of("123456789") == std::string::npos;
  if (all_zero) return 0.0;
  const double value = parse_decimal(scaled).value_or(0) * scale.significand;
  if (!std::isfinite(value) || value == 0)
    return Complaint{fmt::format("{} is beyond what a number can hold", quote(text))};
  return value;
}

const Unit* unit_of(std::string_view text, Dimension dimension) {
  return read_unit(split_quantity(text).symbol, dimension);
}

Parsed<double> parse_quantity(std::string_view text, Dimension dimension, const Unit* bare) {
  const auto [number, symbol] = split_quantity(text);
  if (const std::optional<unsigned> control = control_character(trimmed(text)))
    return Complaint{fmt::format("there is a control character (U+{:04X}) in {}", *control, quote(trimmed(text)))};
  if (dimension == Dimension::time && text.find(':') != std::string_view::npos) return parse_clock(trimmed(text));
  if (number.empty()) return Complaint{fmt::format("{} is not a number", quote(trimmed(text)))};
  if (continues_a_range(symbol))
    return Complaint{fmt::format("{} is a range", quote(trimmed(text))),
                     "write one value, and in its \"error\" how far it may be off"};
  if (symbol.empty() && bare == nullptr)
    return Complaint{
        fmt::format("{} has no unit", quote(trimmed(text))),
        fmt::format("write a number without quotes, or a unit: \"{} {}\"", number, base_unit(dimension).symbol)};
  const Unit* unit = symbol.empty() ? bare : read_unit(symbol, dimension);
  if (unit == nullptr) return unit_fault(quote(trimmed(text)), symbol, dimension);
  return parse_number(number, unit->scale);
}

double in_unit(double value, const Unit& unit) {
  convert_to(unit, std::span(&value, 1));
  return value;
}

void convert_to(const Unit& unit, std::span<double> values) {
  const auto [significand, exponent] = unit.scale;
  const double factor = exponent < 0 ? power_of_ten(-exponent) : 1;
  const double divisor = exponent < 0 ? significand : significand * power_of_ten(exponent);
  for (double& value : values) value = value * factor / divisor;
}

const Unit& unit_for_people(std::span<const double> values, Dimension dimension) {
  std::vector<double> sizes;
  for (const double value : values)
    if (std::isfinite(value) && value != 0) sizes.push_back(std::abs(value));
  if (sizes.empty()) return base_unit(dimension);

  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  const Unit* best = nullptr;
  for (const Unit& unit : units)
    if (unit.dimension == dimension && unit.for_people && (best == nullptr || as_read(in_unit(*middle, unit)) >= 1))
      best = &unit;
  return *best;
}

std::string rounded(double value) {
  if (value == 0) return "0";
  if (std::abs(value) >= 999.95 && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

std::string thousands(std::size_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t position = digits.size(); position > 3; position -= 3) digits.insert(position - 3, ",");
  return digits;
}

std::string for_people(double value, Dimension dimension) {
  // What is 60 s when it is rounded is read as 1 min.
  const Unit& finer = unit_for_people(std::span(&value, 1), dimension);
  const double read = as_read(in_unit(value, finer)) / in_unit(1, finer);
  const Unit& unit = unit_for_people(std::span(&read, 1), dimension);
  const std::string number = rounded(in_unit(&unit == &finer ? value : read, unit));
  if (is_plain(dimension) && unit.symbol == row_of(dimension).base_unit) return number;
  return fmt::format("{}{}{}", number, is_attached(dimension) ? "" : " ", unit.symbol);
}

namespace {

/// Writes a number that has so many decimals at most, and returns its end; nullptr for any other. A double tells all
/// decimals of 15 digits apart: one that it is nearest to is the shortest that reads back as it.
template <std::size_t decimals>
char* write_short_decimal(char* to, double value) {
  constexpr auto one = static_cast<std::uint64_t>(power_of_ten(decimals));
  constexpr double least = 1e-4;  // below which an exponent is written
  constexpr double most = 1e6;    // with nine decimals 15 digits in all
  if (!(value >= least && value < most)) return nullptr;
  const auto digits = static_cast<std::uint64_t>(value * static_cast<double>(one) + 0.5);
  if (static_cast<double>(digits) / static_cast<double>(one) != value) return nullptr;
  char* const point = std::to_chars(to, to + most_round_trip, digits / one).ptr;
  std::uint64_t rest = digits % one;
  *point = '.';
  for (std::size_t index = decimals; index > 0; --index, rest /= 10) point[index] = static_cast<char>('0' + rest % 10);
  char* end = point + decimals + 1;
  while (end[-1] == '0') --end;
  return end;
}

}  // namespace

char* write_round_trip(char* to, double value) {
  constexpr double most_digits = 1e15;  // up to which no exponent is written
  if (std::abs(value) < most_digits && value == std::trunc(value) && !std::signbit(value))
    return std::to_chars(to, to + most_round_trip, static_cast<std::int64_t>(value)).ptr;
  if (char* const end = write_short_decimal<4>(to, value); end != nullptr) return end;
  if (char* const end = write_short_decimal<9>(to, value); end != nullptr) return end;
  char* const end = fmt::format_to(to, FMT_COMPILE("{}"), value);
  return std::string_view(to, static_cast<std::size_t>(end - to)).ends_with(".0") ? end - 2 : end;
}

std::string round_trip(double value) {
  std::array<char, most_round_trip> text;
  return {text.data(), write_round_trip(text.data(), value)};
}

}  // namespace greenml
