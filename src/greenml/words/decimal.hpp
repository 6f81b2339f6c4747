/// \file
/// Decimal digits to the nearest double, whatever the locale and whichever standard library. It knows no unit, and no
/// thousands separator: see quantity.hpp.

#pragma once

#include <optional>
#include <string_view>

namespace greenml {

/// Reads all of "-1.5e3": digits, a point, an exponent. Nothing for any other text, as "+1", " 1", "0x10" and "inf"
/// are, and for what a double cannot hold.
std::optional<double> parse_decimal(std::string_view text);

}  // namespace greenml
