/// \file
/// Orders many numbers in little time and memory: by radix and in place.

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

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

/// Where a value stands in a series.
struct Placed {
  std::uint32_t position;
  std::uint32_t ordinal;  ///< the short one; nobody needs it any more once the values are in order
};

/// Values in their order.
struct Order {
  std::vector<Placed> values;  ///< the smallest first, and of equal ones the smallest position
  std::vector<bool> ties;      ///< by place in the order: whether the value equals the one before it

  /// Calls `visit(first, last)` for each run of equal values from the place `begin` up to `end`.
  template <typename Visit>
  void for_each_run(std::size_t begin, std::size_t end, Visit visit) const {
    for (std::size_t first = begin; first < end;) {
      std::size_t last = first + 1;
      while (last < end && ties[last]) ++last;
      visit(first, last);
      first = last;
    }
  }
  /// The first place of the run that a place is in.
  std::size_t begin_of_run(std::size_t place) const {
    while (ties[place]) --place;
    return place;
  }
};

/// Sorts by short ordinals, in place: by the eight bits from `shift` on, then by those below. Those above are equal.
/// "American flag sort": McIlroy, Bostic and McIlroy, Engineering Radix Sort, 1993.
inline void sort_by_ordinals(std::span<Placed> values, unsigned shift = 24) {
  constexpr std::size_t few = 64;  // which are sorted in less time by comparing them
  if (values.size() <= few) {
    std::sort(values.begin(), values.end(),
              [](const Placed& left, const Placed& right) { return left.ordinal < right.ordinal; });
    return;
  }
  constexpr std::size_t radix = 256;
  const auto digit_of = [shift](const Placed& value) { return value.ordinal >> shift & (radix - 1); };
  std::array<std::size_t, radix + 1> begin{};  // of the values with a digit
  for (const Placed& value : values) ++begin[digit_of(value) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::array<std::size_t, radix> next;  // the first place of a digit where there may be another one
  std::copy_n(begin.begin(), radix, next.begin());
  for (std::size_t digit = 0; digit < radix; ++digit)
    while (next[digit] < begin[digit + 1]) {
      Placed value = values[next[digit]];
      while (digit_of(value) != digit) std::swap(value, values[next[digit_of(value)]++]);
      values[next[digit]++] = value;
    }
  for (std::size_t digit = 0; shift > 0 && digit < radix; ++digit)
    if (begin[digit + 1] - begin[digit] > 1)
      sort_by_ordinals(values.subspan(begin[digit], begin[digit + 1] - begin[digit]), shift - 8);
}

/// Spreads short ordinals over all of their bits, so that the first eight tell as many apart as they can. Their order
/// stays, and so does which are equal; those of NaN come after all others.
inline void spread_ordinals(std::span<Placed> values) {
  constexpr std::uint32_t greatest_known = short_ordinal(std::numeric_limits<double>::infinity());
  std::uint32_t least = greatest_known;
  std::uint32_t most = 0;
  for (const Placed& value : values)
    if (value.ordinal <= greatest_known) {
      least = std::min(least, value.ordinal);
      most = std::max(most, value.ordinal);
    }
  if (least > most) return;                      // all are NaN
  const std::uint32_t range = most - least + 1;  // with the place of NaN
  const int unused_bits = std::countl_zero(range);
  for (Placed& value : values) value.ordinal = std::min(value.ordinal - least, range) << unused_bits;
}

/// Orders the values of the positions from 0. NaN comes last. `value_of` is called once for each position, and again
/// for values that are nearly equal. It takes eight bytes for each value.
template <typename ValueOf>
Order ascending_order(std::size_t count, const ValueOf& value_of) {
  Order order;
  order.values.resize(count);
  for (std::size_t position = 0; position < count; ++position)
    order.values[position] = {static_cast<std::uint32_t>(position), short_ordinal(value_of(position))};
  spread_ordinals(order.values);
  sort_by_ordinals(order.values);

  order.ties.resize(count);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> run;  // ordinals of values that are nearly equal, and positions
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && order.values[last].ordinal == order.values[first].ordinal) ++last;
    if (last - first > 1) {
      run.clear();
      for (std::size_t index = first; index < last; ++index)
        run.emplace_back(ordinal(value_of(order.values[index].position)), order.values[index].position);
      std::sort(run.begin(), run.end());
      for (std::size_t index = 0; index < run.size(); ++index) {
        order.ties[first + index] = index > 0 && run[index].first == run[index - 1].first;
        order.values[first + index].position = run[index].second;
      }
    }
    first = last;
  }
  return order;
}

}  // namespace greenml
