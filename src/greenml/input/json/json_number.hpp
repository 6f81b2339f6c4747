/// \file
/// A number as RFC 8259, section 6, has it: what JSON and greenml's own tables write.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "input/raw_object.hpp"
#include "words/digit.hpp"

namespace greenml::read {

/// Takes digits into a number, and returns how many. What does not fit overflows.
inline std::size_t take_digits(const char*& at, const char* end, std::uint64_t& digits) {
  const char* const first = at;
  for (; at != end && is_digit(*at); ++at) digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
  return static_cast<std::size_t>(at - first);
}

/// Reads a number; returns whether the text is one. Where its digits do not fit, it is not complete.
inline bool read_json_number(std::string_view text, RawNumber& number) {
  constexpr std::size_t most_digits = 19;  // that surely fit into 64 bits
  const char* at = text.data();
  const char* const end = at + text.size();
  number.negative = at != end && *at == '-';
  if (number.negative) ++at;
  const bool leading_zero = at != end && *at == '0';
  std::uint64_t digits = 0;
  const std::size_t whole = take_digits(at, end, digits);
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  std::size_t decimals = 0;
  if (at != end && *at == '.') {
    decimals = take_digits(++at, end, digits);
    if (decimals == 0) return false;
  }
  number.digits = digits;
  number.complete = whole + decimals <= most_digits;
  number.exponent = -static_cast<std::int32_t>(std::min(decimals, most_digits));
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    const bool negative = at != end && *at == '-';
    if (at != end && (*at == '-' || *at == '+')) ++at;
    std::uint64_t exponent = 0;
    const std::size_t exponent_digits = take_digits(at, end, exponent);
    if (exponent_digits == 0) return false;
    constexpr std::size_t usual = 6;
    number.complete = number.complete && exponent_digits <= usual;
    if (number.complete) number.exponent += static_cast<std::int32_t>(exponent) * (negative ? -1 : 1);
  }
  return at == end;
}

inline std::optional<RawNumber> read_json_number(std::string_view text) {
  RawNumber number;
  return read_json_number(text, number) ? std::optional(number) : std::nullopt;
}

}  // namespace greenml::read
