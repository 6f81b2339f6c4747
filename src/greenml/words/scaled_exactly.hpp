/// \file
/// Decimal digits to a double by one multiplication or division, where that is exact.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "greenml/unit.hpp"

namespace greenml {

/// Those above 10^22 are the nearest doubles.
inline constexpr auto powers_of_ten =
    std::to_array<double>({1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                           1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27});

constexpr double power_of_ten(int exponent) { return powers_of_ten[static_cast<std::size_t>(exponent)]; }

/// digits x 10^exponent, scaled, where a double can hold all steps exactly and thus the nearest result; the same as
/// `parse_number` gives for what is written so. NaN where it cannot.
inline double scaled_exactly(std::uint64_t digits, int exponent, Scale scale) {
  constexpr std::uint64_t most_exact = std::uint64_t{1} << 53;
  constexpr int most_power = 22;  // 10^22 is the largest power of ten that a double holds exactly
  exponent += scale.exponent;
  if (digits > most_exact || exponent < -most_power || exponent > most_power)
    return std::numeric_limits<double>::quiet_NaN();
  const auto value = static_cast<double>(digits);
  return (exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent)) * scale.significand;
}

}  // namespace greenml
