/// \file
/// Orders many numbers in little time and memory: by radix, and without a copy of them.

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <future>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "catalog/parallel.hpp"

namespace greenml {

/// A whole number that is the greater the greater the double is. -0 and 0, which are equal, have the same; a NaN
/// without sign has the greatest.
constexpr std::uint64_t ordinal(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 + 0 is 0
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  return bits & sign ? ~bits : bits | sign;
}

/// The same of the nearest float, which tells most doubles apart.
constexpr std::uint32_t short_ordinal(double value) {
  constexpr double most = std::numeric_limits<float>::max();
  const double held = value < -most ? -most : value > most ? most : value;  // a NaN remains one
  const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(held) + 0.0F);
  constexpr std::uint32_t sign = std::uint32_t{1} << 31;
  return bits & sign ? ~bits : bits | sign;
}

/// Values in their order.
struct Order {
  std::vector<std::uint32_t> positions;  ///< the smallest value first, and of equal values the smallest position
  std::vector<bool> ties;                ///< by place in the order: whether the value equals the one before it

  /// Calls `visit(first, last)` for each run of equal values among the first `count`.
  template <typename Visit>
  void for_each_run(std::size_t count, Visit visit) const {
    for (std::size_t first = 0; first < count;) {
      std::size_t last = first + 1;
      while (last < count && ties[last]) ++last;
      visit(first, last);
      first = last;
    }
  }
};

/// Digits of the numbers by which values are ordered.
struct RadixDigits {
  static constexpr unsigned bits = 11;
  static constexpr std::size_t radix = 1 << bits;
  static constexpr unsigned count = 3;  // of 33 bits, of which 32 are used

  static constexpr std::uint32_t of(std::uint32_t number, unsigned digit) {
    return number >> (digit * bits) & (radix - 1);
  }
};

/// How often each digit is there.
using DigitCounts = std::array<std::array<std::uint32_t, RadixDigits::radix>, RadixDigits::count>;

/// Fills in the short ordinals of the values of positions from `first` up to `last`, and counts their digits.
template <typename ValueOf>
DigitCounts count_digits(std::vector<std::uint32_t>& ordinals, std::size_t first, std::size_t last,
                         const ValueOf& value_of) {
  DigitCounts counts{};
  for (std::size_t position = first; position < last; ++position) {
    ordinals[position] = short_ordinal(value_of(position));
    for (unsigned digit = 0; digit < RadixDigits::count; ++digit)
      ++counts[digit][RadixDigits::of(ordinals[position], digit)];
  }
  return counts;
}

/// Orders the values of the positions from 0. NaN comes last. `value_of` is called once for each position, by two
/// threads where there are many, and again for values that are nearly equal.
template <typename ValueOf>
Order ascending_order(std::size_t count, ValueOf value_of) {
  std::vector<std::uint32_t> ordinals(count);  // the short ones, by position
  const std::size_t half = count / 2;
  std::future<DigitCounts> of_rest =
      std::async(launch_for(count), [&] { return count_digits(ordinals, half, count, value_of); });
  DigitCounts counts = count_digits(ordinals, 0, half, value_of);
  const DigitCounts further = of_rest.get();
  for (unsigned digit = 0; digit < RadixDigits::count; ++digit)
    for (std::size_t value = 0; value < RadixDigits::radix; ++value) counts[digit][value] += further[digit][value];
  Order order;
  std::vector<std::uint32_t>& positions = order.positions;
  positions.resize(count);
  std::iota(positions.begin(), positions.end(), std::uint32_t{0});
  std::vector<std::uint32_t> sorted(count);
  for (unsigned digit = 0; digit < RadixDigits::count; ++digit) {
    std::uint32_t before = 0;
    for (std::uint32_t& one : counts[digit]) before += std::exchange(one, before);
    for (const std::uint32_t position : positions)
      sorted[counts[digit][RadixDigits::of(ordinals[position], digit)]++] = position;
    positions.swap(sorted);
  }

  order.ties.resize(count);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> run;  // ordinals of values that are nearly equal, and positions
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && ordinals[positions[last]] == ordinals[positions[first]]) ++last;
    if (last - first > 1) {
      run.clear();
      for (std::size_t index = first; index < last; ++index)
        run.emplace_back(ordinal(value_of(positions[index])), positions[index]);
      std::sort(run.begin(), run.end());
      for (std::size_t index = 0; index < run.size(); ++index) {
        order.ties[first + index] = index > 0 && run[index].first == run[index - 1].first;
        positions[first + index] = run[index].second;
      }
    }
    first = last;
  }
  return order;
}

}  // namespace greenml
