#include "greenml/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace greenml {

namespace {

/// Pairs among `count` things.
double pairs(std::size_t count) { return static_cast<double>(count) * (static_cast<double>(count) - 1) / 2; }

/// Pairs of neighbours that are equal, in a series whose equals stand together.
template <typename Equal>
double tied_pairs(std::size_t size, Equal equal) {
  double tied = 0;
  for (std::size_t first = 0; first < size;) {
    std::size_t last = first + 1;
    while (last < size && equal(first, last)) ++last;
    tied += pairs(last - first);
    first = last;
  }
  return tied;
}

/// Sorts by merging and counts how many pairs were the wrong way round.
double sort_and_count_swaps(std::vector<double>& values, std::vector<double>& merged, std::size_t first,
                            std::size_t last) {
  if (last - first < 2) return 0;
  const std::size_t middle = first + (last - first) / 2;
  double swaps =
      sort_and_count_swaps(values, merged, first, middle) + sort_and_count_swaps(values, merged, middle, last);
  std::size_t left = first;
  std::size_t right = middle;
  for (std::size_t out = first; out < last; ++out) {
    const bool take_left = right == last || (left < middle && values[left] <= values[right]);
    if (!take_left) swaps += static_cast<double>(middle - left);
    merged[out] = take_left ? values[left++] : values[right++];
  }
  std::copy(merged.begin() + static_cast<std::ptrdiff_t>(first), merged.begin() + static_cast<std::ptrdiff_t>(last),
            values.begin() + static_cast<std::ptrdiff_t>(first));
  return swaps;
}

}  // namespace

std::optional<double> kendall_tau(std::span<const double> left, std::span<const double> right) {
  const std::size_t size = left.size();
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    return left[one] != left[other] ? left[one] < left[other] : right[one] < right[other];
  });
  const auto left_at = [&](std::size_t index) { return left[order[index]]; };
  std::vector<double> values;
  for (const std::size_t index : order) values.push_back(right[index]);

  const double tied_left =
      tied_pairs(size, [&](std::size_t one, std::size_t other) { return left_at(one) == left_at(other); });
  const double tied_both = tied_pairs(size, [&](std::size_t one, std::size_t other) {
    return left_at(one) == left_at(other) && values[one] == values[other];
  });
  std::vector<double> merged(size);
  const double swaps = sort_and_count_swaps(values, merged, 0, size);
  const double tied_right =
      tied_pairs(size, [&](std::size_t one, std::size_t other) { return values[one] == values[other]; });

  const double all = pairs(size);
  if (all == tied_left || all == tied_right) return std::nullopt;
  const double concordant_less_discordant = all - tied_left - tied_right + tied_both - 2 * swaps;
  return concordant_less_discordant / std::sqrt((all - tied_left) * (all - tied_right));
}

BreakEven break_even(const TotalCost& left, const TotalCost& right) {
  BreakEven result{.left_is_dearer = left.training > right.training, .inferences = std::nullopt};
  const TotalCost& dearer = result.left_is_dearer ? left : right;
  const TotalCost& cheaper = result.left_is_dearer ? right : left;
  const double saved_each_time = cheaper.inference - dearer.inference;
  if (dearer.training == cheaper.training)
    result.inferences = 0;
  else if (saved_each_time > 0)
    result.inferences = (dearer.training - cheaper.training) / saved_each_time;
  return result;
}

}  // namespace greenml
