/// \file
/// What the text of a cell is by its looks: nothing, a number, true or false, or a text.

#pragma once

#include <optional>
#include <string_view>

#include "input/raw_object.hpp"

namespace greenml::read {

/// Fills a value from a cell. A text between quotation marks is no number and no truth value, though a quantity takes
/// it for one (see RawValue::is_cell). With a decimal comma "0,42" is a number and "0.42" is none.
/// `canonical` holds the number with a decimal point where the file has a decimal comma.
void read_cell(std::string_view text, bool quoted, char decimal, RawValue& value, std::string& canonical);

/// A number as JSON writes it, which is also how greenml does.
std::optional<RawNumber> read_json_number(std::string_view text);

/// A number with decimal comma, and perhaps points between groups of thousands, with a decimal point: "1.014,45" is
/// "1014.45". Nothing where it is no such number.
std::optional<std::string> with_decimal_point(std::string_view text);

}  // namespace greenml::read
