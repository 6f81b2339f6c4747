/// \file
/// What the digits of a number as it was written say: how far it may have been rounded, and how it is written in a unit
/// so that it reads back as the same.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "greenml/unit.hpp"

namespace greenml {

/// Half a unit of the last digit, in the base unit: "25.6" in millions is off by 50,000 at most. The text may have
/// quotation marks, groups of thousands and a unit. Nothing where it has no number.
std::optional<double> half_of_last_digit(std::string_view text, const Unit& unit);

/// This value, given in the base unit, in `unit`: the shortest decimal of a double that, scaled, is the same value.
/// Nothing where there is none.
std::optional<std::string> decimal_in(double value, const Unit& unit);

}  // namespace greenml
