#include "greenml/quantity.hpp"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <random>
#include <vector>

#include "catch.hpp"

using namespace greenml;

namespace {

Parsed<double> parse(std::string_view text, Dimension dimension, const Unit* bare = nullptr) {
  return parse_quantity(text, dimension, bare);
}

std::string complaint_about(std::string_view text, Dimension dimension) {
  const Parsed<double> parsed = parse(text, dimension);
  REQUIRE_FALSE(parsed);
  return parsed.complaint().message;
}

}  // namespace

TEST_CASE("a quantity is a number and a unit") {
  struct Case {
    std::string_view text;
    Dimension dimension;
    double value;
  };
  const auto cases = std::to_array<Case>({
      {"4.1 GFLOP", Dimension::compute, 4.1e9},
      {"4.09 GMAC", Dimension::compute, 8.18e9},
      {"2EFLOP", Dimension::compute, 2e18},
      {"1 pfs-day", Dimension::compute, 8.64e19},
      {"25.6M", Dimension::count, 25600000},
      {"1.5 B", Dimension::count, 1500000000},
      {"0.42 Wh", Dimension::energy, 1512},
      {"1,507 kWh", Dimension::energy, 5.4252e9},
      {"626,155 lb", Dimension::mass, 626155 * 453.59237},
      {"79.2 h", Dimension::time, 285120},
      {"12 ms", Dimension::time, 0.012},
      {"76.1%", Dimension::accuracy, 76.1},
      {"0.57 fraction", Dimension::accuracy, 57},
      {"14 MiB", Dimension::storage, 14680064},
      {"$4,000", Dimension::money, 4000},
      {"4000 USD", Dimension::money, 4000},
      {"954 lb/MWh", Dimension::carbon_intensity, 432.72712098},
      {"1e3 J", Dimension::energy, 1000},
      {" 5  J ", Dimension::energy, 5},
      {"0 J", Dimension::energy, 0},
  });
  for (const Case& one : cases) {
    CAPTURE(one.text);
    REQUIRE(parse(one.text, one.dimension));
    CHECK(*parse(one.text, one.dimension) == Approx(one.value).epsilon(1e-15));
  }
}

TEST_CASE("powers of ten are exact, because the decimal point is moved before the number becomes binary") {
  CHECK(*parse("0.57 fraction", Dimension::accuracy) == 57.0);
  CHECK(*parse("0.07 fraction", Dimension::accuracy) == 7.0);
  CHECK(*parse("13.7 ms", Dimension::time) == 0.0137);
  CHECK(*parse("25.557032M", Dimension::count) == 25557032.0);
  CHECK(*parse("4.09 GFLOP", Dimension::compute) == 4090000000.0);
}

TEST_CASE("what is no number is refused") {
  for (const std::string_view text : {"",         " ",           "J",      "nan J", "inf J",   "0x10 J", "1e999 J",
                                      "1e-999 J", "5 J J",       "--5 J",  "+5 J",  "1.2.3 J", "1,23 J", "0,420 J",
                                      "1,2345 J", "12,34,567 J", ",123 J", "1e J",  "5 kWhh",  "5 mj",   "٣ J"}) {
    CAPTURE(text);
    CHECK_FALSE(parse(text, Dimension::energy));
  }
}

TEST_CASE("a unit of another dimension is named as what it is") {
  CHECK(complaint_about("0.42 kg", Dimension::energy) == "\"0.42 kg\" is a mass, not an energy");
  CHECK(complaint_about("300 kW", Dimension::energy) == "\"300 kW\" is a power, not an energy");
  CHECK(complaint_about("5 kWh", Dimension::power) == "\"5 kWh\" is an energy, not a power");
  CHECK(complaint_about("5", Dimension::power) == "\"5\" has no unit");
}

TEST_CASE("a unit is read in any case where no other unit differs by case alone") {
  CHECK(*parse("5 gflop", Dimension::compute) == 5e9);
  CHECK(*parse("5 KG", Dimension::mass) == 5000);
  CHECK(*parse("5 kwh", Dimension::energy) == 18e6);
  CHECK(parse("5 MWH", Dimension::energy).complaint().hint == "case matters: did you mean MWh or mWh?");
}

TEST_CASE("a bare number is in the unit that goes with it") {
  CHECK(*parse("5", Dimension::time, find_unit(Dimension::time, "ms")) == 0.005);
  CHECK(*parse("5 s", Dimension::time, find_unit(Dimension::time, "ms")) == 5);
}

TEST_CASE("what is typed in any unit comes out of in_unit again") {
  for (const Unit& unit : units) {
    CAPTURE(unit.symbol);
    const Parsed<double> base = parse_number("12.5", unit.scale);
    REQUIRE(base);
    CHECK(in_unit(*base, unit) == Approx(12.5).epsilon(1e-14));
  }
}

TEST_CASE("round_trip writes the shortest decimal that reads back as the same double") {
  std::mt19937_64 random(9);
  std::vector<double> values = {1e-4, 9.9999e-5, 0.000123456789, 0.00012345678, 999999.999999999, 999999.9999999999,
                                0.5,  1e6,       0.1 + 0.2,      5e-324};
  for (int count = 0; count < 20'000; ++count) {
    const double power = std::pow(10, std::uniform_int_distribution<int>(0, 12)(random));
    const auto digits = static_cast<double>(random() % 10'000'000'000);
    const double decimal = digits / power;
    values.insert(values.end(),
                  {decimal, std::nextafter(decimal, 0.0), std::nextafter(decimal, 1e300), digits * 1e-9 + 1e-4});
  }
  std::vector<double> wrong;
  for (const double value : values) {
    const bool is_whole = value < 1e15 && value == std::trunc(value);
    if (round_trip(value) != (is_whole ? fmt::format("{:.0f}", value) : fmt::format("{}", value)))
      wrong.push_back(value);
  }
  CHECK(wrong.empty());
}

TEST_CASE("round_trip gives the same double back, and whole numbers without a point") {
  CHECK(round_trip(8.18e9) == "8180000000");
  CHECK(round_trip(76.13) == "76.13");
  CHECK(round_trip(9007199254740992.0) == "9007199254740992");
  std::mt19937_64 random(1);
  for (int repeat = 0; repeat < 10000; ++repeat) {
    const double value = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 1000) - 500);
    CHECK(std::stod(round_trip(value)) == value);
  }
}

TEST_CASE("people get four digits and a fitting unit") {
  CHECK(for_people(8.18e9, Dimension::compute) == "8.18 GFLOP");
  CHECK(for_people(5.4e6, Dimension::energy) == "1.5 kWh");
  CHECK(for_people(76.13, Dimension::accuracy) == "76.13%");
  CHECK(for_people(25557032, Dimension::count) == "25.56M");
  CHECK(for_people(0.0137, Dimension::time) == "13.7 ms");
  CHECK(for_people(1.58, Dimension::ratio) == "1.58");
  CHECK(for_people(0, Dimension::energy) == "0 J");
  CHECK(rounded(119.39867) == "119.4");
  CHECK(rounded(999.96) == "1000");
  CHECK(rounded(123456.7) == "123457");
  CHECK(rounded(-3.21987) == "-3.22");
}

TEST_CASE("a number that is rounded up to the next unit is in that unit") {
  CHECK(for_people(999999999, Dimension::compute) == "1 GFLOP");
  CHECK(for_people(999.96e6, Dimension::compute) == "1 GFLOP");
  CHECK(for_people(999.9e6, Dimension::compute) == "999.9 MFLOP");
  CHECK(for_people(999999, Dimension::count) == "1M");
  CHECK(for_people(59.997, Dimension::time) == "1 min");
  CHECK(for_people(59.99, Dimension::time) == "59.99 s");
  CHECK(for_people(86399, Dimension::time) == "1 d");
  CHECK(for_people(3599900, Dimension::energy) == "1 kWh");
  CHECK(for_people(3599100, Dimension::energy) == "3599 kJ");
  CHECK(for_people(999999e12, Dimension::compute) == "1 EFLOP");
  CHECK(for_people(-999999999, Dimension::compute) == "-1 GFLOP");
  const double nearly = 999999999;
  CHECK(unit_for_people(std::span(&nearly, 1), Dimension::compute).symbol == "GFLOP");
}

TEST_CASE("a count in a sentence has commas") {
  CHECK(thousands(0) == "0");
  CHECK(thousands(999) == "999");
  CHECK(thousands(1556) == "1,556");
  CHECK(thousands(123456) == "123,456");
  CHECK(thousands(1000000) == "1,000,000");
}

TEST_CASE("a column gets the unit in which its median is at least 1") {
  const std::vector<double> values = {0.6e9, 8e9, 50e9, std::numeric_limits<double>::quiet_NaN(), 0};
  CHECK(unit_for_people(values, Dimension::compute).symbol == "GFLOP");
  CHECK(unit_for_people({}, Dimension::energy).symbol == "J");
}
