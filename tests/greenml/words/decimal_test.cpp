#include "words/decimal.hpp"

#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"

using greenml::parse_decimal;

TEST_CASE("decimal digits become the nearest double") {
  struct Case {
    std::string text;
    double value;
  };
  for (const auto& [text, value] : std::vector<Case>{{"0", 0},
                                                     {"-1.5e3", -1500},
                                                     {"1e+2", 100},
                                                     {".5", 0.5},
                                                     {"0.1", 0.1},
                                                     {"9007199254740993", 9007199254740992.0},
                                                     {"1.7976931348623157e308", std::numeric_limits<double>::max()},
                                                     {"5e-324", std::numeric_limits<double>::denorm_min()},
                                                     {"2.2250738585072011e-308", 2.2250738585072011e-308}})
    CHECK(parse_decimal(text) == value);
}

TEST_CASE("what is no decimal number, and what a double cannot hold, is nothing") {
  for (const std::string text :
       {"", "+1", " 1", "1 ", "0x10", "inf", "nan", "1,5", "1e", "--1", "1.2.3", "1e999", "1e-999", "-1e999"})
    CHECK_FALSE(parse_decimal(text));
}
