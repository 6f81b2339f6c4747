/// \file
/// Orders many numbers in little time and memory: by radix, and without a copy of them.

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace greenml {

/// A whole number that is the greater the greater the double is. -0 and 0, which are equal, have the same.
constexpr std::uint64_t ordinal(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 + 0 is 0
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  return bits & sign ? ~bits : bits | sign;
}

/// The positions of values, the smallest value first, and of equal values the smallest position. `value_of(position)`
/// is called a few times for each position from 0 and must not be NaN.
template <typename ValueOf>
std::vector<std::uint32_t> ascending_order(std::size_t count, ValueOf value_of) {
  struct Item {
    std::uint32_t high;  // the upper half of the ordinal, which tells most values apart
    std::uint32_t position;
  };
  constexpr unsigned digit_bits = 11;
  constexpr std::size_t radix = 1 << digit_bits;
  constexpr unsigned digits = 3;  // of 33 bits, of which 32 are used
  constexpr auto digit_of = [](const Item& item, unsigned digit) {
    return item.high >> (digit * digit_bits) & (radix - 1);
  };

  std::vector<Item> items(count);
  std::array<std::array<std::uint32_t, radix>, digits> counts{};
  for (std::size_t position = 0; position < count; ++position) {
    items[position] = {static_cast<std::uint32_t>(ordinal(value_of(position)) >> 32),
                       static_cast<std::uint32_t>(position)};
    for (unsigned digit = 0; digit < digits; ++digit) ++counts[digit][digit_of(items[position], digit)];
  }
  std::vector<Item> sorted(count);
  for (unsigned digit = 0; digit < digits; ++digit) {
    std::uint32_t before = 0;
    for (std::uint32_t& one : counts[digit]) {
      const std::uint32_t here = one;
      one = before;
      before += here;
    }
    for (const Item& item : items) sorted[counts[digit][digit_of(item, digit)]++] = item;
    items.swap(sorted);
  }
  sorted = {};

  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && items[last].high == items[first].high) ++last;
    if (last - first > 1)
      std::stable_sort(items.begin() + static_cast<std::ptrdiff_t>(first),
                       items.begin() + static_cast<std::ptrdiff_t>(last), [&](const Item& left, const Item& right) {
                         return ordinal(value_of(left.position)) < ordinal(value_of(right.position));
                       });
    first = last;
  }
  std::vector<std::uint32_t> order(count);
  std::transform(items.begin(), items.end(), order.begin(), [](const Item& item) { return item.position; });
  return order;
}

}  // namespace greenml
