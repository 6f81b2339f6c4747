/// \file
/// Numbers with units, from text and to text: "4.1 GFLOP" -> 4.1e9, 4.1e9 -> "4.1 GFLOP". What the number is a
/// quantity of, and which values make sense, is the business of field.hpp.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "greenml/parsed.hpp"
#include "greenml/unit.hpp"

namespace greenml {

/// Reads a decimal number ("0.42", "-1e3", "626,155") and scales it, exactly for powers of ten. Refuses what is not
/// finite, hexadecimal, or followed by anything. Groups of thousands are three digits after a comma; a decimal
/// comma is refused.
Parsed<double> parse_number(std::string_view text, Scale scale = {});

/// Reads a number and its unit: "4.1 GFLOP", "25.6M", "76.1%"; and a time as a clock shows it: "0:00:10". The result is
/// in the dimension's base unit. A unit may be in any spelling that can be no other: "5 hours", "3 kwh", "4.1 GFLOPs".
/// A number without unit is taken in `bare`, or refused where that is nullptr.
Parsed<double> parse_quantity(std::string_view text, Dimension dimension, const Unit* bare);

/// The unit that a quantity is written in, or nullptr where it has none of that dimension.
const Unit* unit_of(std::string_view text, Dimension dimension);

/// Converts from the base unit of the unit's dimension.
double in_unit(double value, const Unit& unit);
/// The same with several values, in less time.
void convert_to(const Unit& unit, std::span<double> values);

/// The unit in which these numbers, given in the dimension's base unit, are read best: their median is at least 1
/// in it when it is rounded. NaN stands for a missing number and is passed over.
const Unit& unit_for_people(std::span<const double> values, Dimension dimension);

/// Rounds for people: four significant digits, no exponent where zeros will do: "0.602", "119.4", "3814".
std::string rounded(double value);

/// A count for people, in sentences and titles: "1,556". Numbers in tables have no commas.
std::string thousands(std::size_t count);

/// Rounds and scales for people: "4.09 GFLOP", "1.5 kWh", "76.13%".
std::string for_people(double value, Dimension dimension);

/// All digits: the shortest decimal that reads back as the same double. A whole number has no point: "8180000000".
std::string round_trip(double value);
/// Writes the same, and returns its end. `to` has room for `most_round_trip` characters.
char* write_round_trip(char* to, double value);
inline constexpr std::size_t most_round_trip = 32;

}  // namespace greenml
