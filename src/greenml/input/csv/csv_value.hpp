/// \file
/// What the text of a cell is by its looks: nothing, a number, true or false, or a text.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "input/raw_object.hpp"

namespace greenml::read {

/// Fills a value from a cell. A text between quotation marks is a text, which a quantity may still take for a number
/// (see RawValue::is_cell); an empty cell is nothing in either way. With a decimal comma "0,42" is a number and "0.42"
/// is none. `canonical` holds the text with a decimal point where the file has a decimal comma.
void read_cell(std::string_view text, bool quoted, char decimal, RawValue& value, std::string& canonical);

/// A number with decimal comma, perhaps with points between groups of thousands and with what stands behind it, with a
/// decimal point: "1.014,45 kWh" is "1014.45 kWh". Nothing where it is no such number.
std::optional<std::string> with_decimal_point(std::string_view text);

}  // namespace greenml::read
