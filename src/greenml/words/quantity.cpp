#include "greenml/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "greenml/spelling.hpp"
#include "words/decimal.hpp"
#include "words/excerpt.hpp"

namespace greenml {

namespace {

constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// How many characters from the start belong to a number; the rest is a unit. "5e3 J" -> 3, "2EFLOP" -> 1.
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

/// The symbols of a dimension, for a hint: "mJ, J, kJ, ...".
std::vector<std::string_view> symbols_of(Dimension dimension) {
  std::vector<std::string_view> symbols;
  for (const Unit& unit : units)
    if (unit.dimension == dimension) symbols.push_back(unit.symbol);
  return symbols;
}

Complaint unknown_unit(std::string_view text, std::string_view symbol, Dimension dimension) {
  const std::vector<std::string_view> symbols = symbols_of(dimension);
  const std::string hint = did_you_mean(symbol, symbols);
  for (const Unit& unit : units)
    if (unit.symbol == symbol)
      return {fmt::format("{} is {}, not {}", quote(text), row_of(unit.dimension).phrase, row_of(dimension).phrase),
              fmt::format("units of {}: {}", row_of(dimension).phrase.substr(row_of(dimension).phrase.find(' ') + 1),
                          fmt::join(symbols, ", "))};
  return {fmt::format("{}: {} is not a unit of {}", quote(text), quote(symbol),
                      row_of(dimension).phrase.substr(row_of(dimension).phrase.find(' ') + 1)),
          hint.empty() ? fmt::format("known units: {}", fmt::join(symbols, ", ")) : hint};
}

/// A quantity as it was written: "4.1 GFLOP" is "4.1" and "GFLOP", "$4,000" is "4,000" and "$". The number is empty
/// where there is none.
struct WrittenParts {
  std::string_view number;
  std::string_view symbol;
};

WrittenParts split_quantity(std::string_view text) {
  text = trimmed(text);
  const bool dollar_first = text.starts_with('$');
  const std::string_view rest = dollar_first ? trimmed(text.substr(1)) : text;
  const std::string_view number = rest.substr(0, number_length(rest));
  if (dollar_first) return number.size() == rest.size() ? WrittenParts{number, text.substr(0, 1)} : WrittenParts{};
  return {number, trimmed(rest.substr(number.size()))};
}

constexpr auto powers_of_ten =
    std::to_array<double>({1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                           1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22});

double power_of_ten(int exponent) { return powers_of_ten[static_cast<std::size_t>(exponent)]; }

/// A number as a person reads it, who sees four digits of it.
double as_read(double value) { return parse_decimal(rounded(value)).value_or(value); }

}  // namespace

std::optional<double> scaled_exactly(std::uint64_t digits, int exponent, Scale scale) {
  constexpr std::uint64_t most_exact = std::uint64_t{1} << 53;
  constexpr int most_power = 22;  // 10^22 is the largest power of ten that a double holds exactly
  exponent += scale.exponent;
  if (digits > most_exact || exponent < -most_power || exponent > most_power) return std::nullopt;
  const auto value = static_cast<double>(digits);
  return (exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent)) * scale.significand;
}

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
  return find_unit(dimension, split_quantity(text).symbol);
}

Parsed<double> parse_quantity(std::string_view text, Dimension dimension, const Unit* bare) {
  const auto [number, symbol] = split_quantity(text);
  if (number.empty()) return Complaint{fmt::format("{} is not a number", quote(trimmed(text)))};
  if (symbol.empty() && bare == nullptr)
    return Complaint{
        fmt::format("{} has no unit", quote(trimmed(text))),
        fmt::format("write a number without quotes, or a unit: \"{} {}\"", number, base_unit(dimension).symbol)};
  const Unit* unit = symbol.empty() ? bare : find_unit(dimension, symbol);
  if (unit == nullptr) return unknown_unit(trimmed(text), symbol, dimension);
  return parse_number(number, unit->scale);
}

double in_unit(double value, const Unit& unit) {
  const auto [significand, exponent] = unit.scale;
  return exponent < 0 ? value * power_of_ten(-exponent) / significand : value / (significand * power_of_ten(exponent));
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

void append_round_trip(std::string& text, double value) {
  constexpr double most_digits = 1e15;  // up to which no exponent is written
  std::array<char, 32> buffer{};
  char* end = nullptr;
  if (std::abs(value) < most_digits && value == std::trunc(value) && !std::signbit(value)) {
    end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<std::int64_t>(value)).ptr;
  } else {
    end = fmt::format_to(buffer.data(), FMT_COMPILE("{}"), value);
  }
  text.append(buffer.data(), end);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
}

std::string round_trip(double value) {
  std::string text;
  append_round_trip(text, value);
  return text;
}

}  // namespace greenml
