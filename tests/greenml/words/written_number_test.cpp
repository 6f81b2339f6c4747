#include "words/written_number.hpp"

#include <cmath>
#include <optional>
#include <random>
#include <string>

#include "catch.hpp"
#include "greenml/quantity.hpp"

namespace greenml {

namespace {

/// A decimal number of up to so many digits: "0.00731", "482", "19.0625".
std::string some_decimal(std::mt19937_64& random, int most_digits) {
  const auto up_to = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  std::string digits(1, static_cast<char>('1' + up_to(8)));
  for (int left = up_to(most_digits - 1); left > 0; --left) digits += static_cast<char>('0' + up_to(9));
  const auto point = static_cast<std::size_t>(up_to(static_cast<int>(digits.size())));
  if (point == digits.size()) return digits;
  return digits.insert(point, point == 0 ? "0." : ".");
}

}  // namespace

TEST_CASE("a number that was written in a unit is written in it again with the same digits") {
  std::mt19937_64 random(20'261'127);
  for (const Unit& unit : units)
    for (int turn = 0; turn < 200; ++turn) {
      const std::string written = some_decimal(random, 15);
      const Parsed<double> value = parse_number(written, unit.scale);
      if (!value) continue;
      CAPTURE(unit.symbol, written);
      CHECK(decimal_in(*value, unit) == round_trip(*parse_number(written)));
    }
}

TEST_CASE("any value reads back from any unit that it can be written in") {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponents(-12, 25);
  for (const Unit& unit : units)
    for (int turn = 0; turn < 200; ++turn) {
      const double value = std::pow(10.0, exponents(random));
      const std::optional<std::string> written = decimal_in(value, unit);
      CAPTURE(unit.symbol, value);
      if (written) CHECK(*parse_number(*written, unit.scale) == value);
    }
}

TEST_CASE("half of the last digit that was written, in the base unit") {
  const Unit& millions = *find_unit(Dimension::count, "M");
  CHECK(half_of_last_digit("25.6", millions) == 50'000.0);
  CHECK(half_of_last_digit("\"25\"", millions) == 500'000.0);
  CHECK(half_of_last_digit("M", millions) == std::nullopt);
}

}  // namespace greenml
