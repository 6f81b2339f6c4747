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

/// Those of NaN are above it.
inline constexpr std::uint32_t greatest_known_ordinal = short_ordinal(std::numeric_limits<double>::infinity());

/// Where a value stands in a series.
struct Placed {
  std::uint32_t position;
  std::uint32_t ordinal;  ///< the short one; nobody needs it any more once the values are in order
};

/// Places in an order whose values are equal: at least two.
struct Tie {
  std::uint32_t first;
  std::uint32_t last;  ///< the place after them

  std::size_t size() const { return last - first; }
};

/// Values in their order.
struct Order {
  static constexpr std::size_t block = 256;  ///< so many values are asked for at a time, at most

  std::vector<Placed> values;  ///< the smallest first, and of equal ones the smallest position
  std::vector<Tie> ties;       ///< in their order

  /// Calls `visit(first, last)` for each run of equal values, also of one alone, that begins from the place `begin` up
  /// to `end`. A run must begin at `begin`.
  template <typename Visit>
  void for_each_run(std::size_t begin, std::size_t end, Visit visit) const {
    auto tie = first_tie_that_ends_after(begin);
    for (std::size_t place = begin; place < end;) {
      const std::size_t next_tie = tie == ties.end() ? end : std::min<std::size_t>(tie->first, end);
      for (; place < next_tie; ++place) visit(place, place + 1);
      if (place == end) return;
      visit(place, std::size_t{tie->last});
      place = tie->last;
      ++tie;
    }
  }
  /// The first place of the run that a place is in.
  std::size_t begin_of_run(std::size_t place) const {
    const auto tie = first_tie_that_ends_after(place);
    return tie == ties.end() ? place : std::min<std::size_t>(tie->first, place);
  }

 private:
  std::vector<Tie>::const_iterator first_tie_that_ends_after(std::size_t place) const {
    return std::partition_point(ties.begin(), ties.end(), [&](const Tie& tie) { return tie.last <= place; });
  }
};

/// Sorts by the lowest `bits` bits of short ordinals; those above are equal. `buffer` has room for all of them.
inline void sort_by_low_bits(std::span<Placed> values, unsigned bits, std::span<Placed> buffer) {
  constexpr unsigned bits_of_digit = 8;
  constexpr std::size_t radix = std::size_t{1} << bits_of_digit;
  std::span<Placed> from = values;
  std::span<Placed> to = buffer.first(values.size());
  for (unsigned shift = 0; shift < bits; shift += bits_of_digit) {
    const auto digit_of = [shift](const Placed& value) { return value.ordinal >> shift & (radix - 1); };
    std::array<std::uint32_t, radix + 1> next{};  // where the next value with a digit goes
    for (const Placed& value : from) ++next[digit_of(value) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (const Placed& value : from) to[next[digit_of(value)]++] = value;
    std::swap(from, to);
  }
  if (from.data() != values.data()) std::copy(from.begin(), from.end(), values.begin());
}

/// Sorts by the lowest `bits` bits of short ordinals, a multiple of eight; those above are equal. It takes no more
/// memory than `buffer`.
inline void sort_by_ordinals(std::span<Placed> values, unsigned bits, std::span<Placed> buffer) {
  constexpr std::size_t few = 64;  // which are sorted in less time by comparing them
  if (values.size() <= few) {
    std::sort(values.begin(), values.end(),
              [](const Placed& left, const Placed& right) { return left.ordinal < right.ordinal; });
    return;
  }
  if (values.size() <= buffer.size()) return sort_by_low_bits(values, bits, buffer);

  // So many are put in place by their highest digit first.
  // "American flag sort": McIlroy, Bostic and McIlroy, Engineering Radix Sort, 1993.
  constexpr std::size_t radix = 256;
  const unsigned shift = bits - 8;
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
      sort_by_ordinals(values.subspan(begin[digit], begin[digit + 1] - begin[digit]), shift, buffer);
}

/// The least and the greatest of some short ordinals that are not of NaN; `least` > `most` where all are.
struct OrdinalRange {
  std::uint32_t least = greatest_known_ordinal;
  std::uint32_t most = 0;

  void add(std::uint32_t ordinal) {
    if (ordinal > greatest_known_ordinal) return;
    least = std::min(least, ordinal);
    most = std::max(most, ordinal);
  }
};

inline OrdinalRange range_of_known(std::span<const std::uint32_t> ordinals) {
  OrdinalRange range;
  for (const std::uint32_t ordinal : ordinals) range.add(ordinal);
  return range;
}

/// Spreads short ordinals over all of their bits, so that the first eight tell as many apart as they can. Their order
/// stays, and so does which are equal; those of NaN come after all others.
inline void spread_ordinals(std::span<Placed> values) {
  OrdinalRange known;
  for (const Placed& value : values) known.add(value.ordinal);
  const auto [least, most] = known;
  if (least > most) return;                      // all are NaN
  const std::uint32_t range = most - least + 1;  // with the place of NaN
  const int unused_bits = std::countl_zero(range);
  for (Placed& value : values) value.ordinal = std::min(value.ordinal - least, range) << unused_bits;
}

/// Puts runs of nearly equal values in order, many at a time.
template <typename ValuesOf>
class NearlyEqual {
 public:
  NearlyEqual(Order& order, const ValuesOf& values_of) : order_(order), values_of_(values_of) {}

  /// Places in the order whose short ordinals are equal. To be called in their order.
  void add(std::size_t first, std::size_t last) {
    constexpr std::size_t many = 4096;
    for (std::size_t place = first; place < last; ++place) positions_.push_back(order_.values[place].position);
    runs_.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
    if (positions_.size() >= many) settle();
  }

  /// Puts those in order that were added and are not yet.
  void settle() {
    values_.resize(positions_.size());
    for (std::size_t first = 0; first < positions_.size(); first += Order::block) {
      const std::size_t count = std::min(Order::block, positions_.size() - first);
      values_of_(std::span(positions_).subspan(first, count), std::span(values_).subspan(first, count));
    }
    std::size_t next = 0;
    for (const Tie& run : runs_) {
      sort(run, next);
      next += run.size();
    }
    runs_.clear();
    positions_.clear();
  }

 private:
  /// `begin`: where its values and positions begin.
  void sort(const Tie& run, std::size_t begin) {
    in_order_.clear();
    for (std::size_t index = begin; index < begin + run.size(); ++index)
      in_order_.emplace_back(ordinal(values_[index]), positions_[index]);
    std::sort(in_order_.begin(), in_order_.end());
    for (std::uint32_t index = 0; index < in_order_.size(); ++index) {
      const std::uint32_t place = run.first + index;
      order_.values[place].position = in_order_[index].second;
      if (index == 0 || in_order_[index].first != in_order_[index - 1].first) continue;
      if (!order_.ties.empty() && order_.ties.back().last == place)
        ++order_.ties.back().last;
      else
        order_.ties.push_back({place - 1, place + 1});
    }
  }

  Order& order_;
  const ValuesOf& values_of_;
  std::vector<Tie> runs_;
  std::vector<std::uint32_t> positions_;  // of all runs
  std::vector<double> values_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> in_order_;  // ordinals and positions of a run
};

/// Puts values in order of which the short ordinals are known, and those with equal values by position, as they must
/// stand. NaN comes last. `values_of(positions, values)` fills in the values of some positions, which is asked for
/// those that are nearly equal. It takes eight bytes for each value, and for each tie.
template <typename ValuesOf>
Order ascending_order(std::vector<Placed> values, const ValuesOf& values_of) {
  Order order;
  order.values = std::move(values);
  spread_ordinals(order.values);
  const std::size_t count = order.values.size();
  constexpr std::size_t most_in_buffer = 16 * 1024;  // so that it stays in the cache
  std::vector<Placed> buffer(std::min(count, most_in_buffer));
  sort_by_ordinals(order.values, 32, buffer);

  NearlyEqual nearly_equal(order, values_of);
  for (std::size_t first = 0; first < count;) {
    std::size_t last = first + 1;
    while (last < count && order.values[last].ordinal == order.values[first].ordinal) ++last;
    if (last - first > 1) nearly_equal.add(first, last);
    first = last;
  }
  nearly_equal.settle();
  return order;
}

/// The same of the positions from 0, of which all values are asked for.
template <typename ValuesOf>
Order ascending_order(std::size_t count, const ValuesOf& values_of) {
  std::vector<Placed> placed(count);
  std::array<std::uint32_t, Order::block> positions;
  std::array<double, Order::block> block;
  for (std::size_t first = 0; first < count; first += block.size()) {
    const std::span<double> values = std::span(block).first(std::min(block.size(), count - first));
    std::iota(positions.begin(), positions.end(), static_cast<std::uint32_t>(first));
    values_of(std::span<const std::uint32_t>(positions).first(values.size()), values);
    std::transform(values.begin(), values.end(), positions.begin(), placed.begin() + static_cast<std::ptrdiff_t>(first),
                   [](double value, std::uint32_t position) {
                     return Placed{position, short_ordinal(value)};
                   });
  }
  return ascending_order(std::move(placed), values_of);
}

}  // namespace greenml
