/// \file
/// Digits are those of ASCII, whatever the locale is.

#pragma once

namespace greenml {

constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

}  // namespace greenml
