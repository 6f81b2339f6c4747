/// \file
/// Numbers that are written plainly, as 0, 12 or 1.25, to values of a key.

#pragma once

#include <cstddef>
#include <cstdint>

#include "input/raw_object.hpp"
#include "words/scaled_exactly.hpp"

namespace greenml::read {

/// digits x 10^exponent.
struct PlainNumber {
  std::uint64_t digits = 0;
  std::int32_t exponent = 0;  ///< not above 0
};

/// Takes digits; those that do not fit overflow. Some byte after them must be none.
inline std::size_t take_digits(const char*& at, std::uint64_t& digits) {
  const char* const first = at;
  for (;; ++at) {
    const unsigned digit = static_cast<unsigned char>(*at) - unsigned{'0'};
    if (digit > 9) return static_cast<std::size_t>(at - first);
    digits = digits * 10 + digit;
  }
}

/// Takes a number without sign and exponent, as JSON has it. Returns whether that is all of the number, and its digits
/// fit.
inline bool take_number(const char*& at, PlainNumber& number) {
  constexpr std::size_t most_digits = 19;  // that surely fit into 64 bits
  const bool leading_zero = *at == '0';
  number.digits = 0;
  const std::size_t whole = take_digits(at, number.digits);
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  std::size_t decimals = 0;
  if (*at == '.') {
    decimals = take_digits(++at, number.digits);
    if (decimals == 0) return false;
  }
  number.exponent = -static_cast<std::int32_t>(decimals);
  return whole + decimals <= most_digits && *at != 'e' && *at != 'E';
}

/// Reads the value of a quantity. Returns false where it needs more than a look.
inline bool take_value(const char*& at, const PlainKey& key, double& value) {
  PlainNumber number;
  if (!take_number(at, number)) return false;
  value = scaled_exactly(number.digits, number.exponent, key.scale);
  if (!(value >= key.least && value <= key.most)) return false;  // also of NaN
  return !key.is_whole || static_cast<double>(static_cast<std::int64_t>(value)) == value;
}

}  // namespace greenml::read
