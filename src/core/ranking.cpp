#include "greenml/ranking.hpp"

#include <algorithm>
#include <cmath>

#include "core/order.hpp"
#include "greenml/label.hpp"

namespace greenml {

namespace {

/// Calls `visit(first, last)` for each run of equal values in an order.
template <typename ValueOf, typename Visit>
void for_each_tie(const std::vector<std::uint32_t>& order, ValueOf value_of, Visit visit) {
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && value_of(order[last]) == value_of(order[first])) ++last;
    visit(first, last);
    first = last;
  }
}

/// Spearman's rank correlation of two series from their orders; see spearman().
template <typename LeftOf, typename RightOf>
std::optional<double> rank_correlation(const std::vector<std::uint32_t>& left_order, LeftOf left_of,
                                       const std::vector<std::uint32_t>& right_order, RightOf right_of) {
  const std::size_t size = left_order.size();
  if (size < 3) return std::nullopt;
  // Equal values share the mean of the ranks they take up. Its distance from the mean of all ranks is a whole number of
  // halves.
  const auto halves = [&](std::size_t first, std::size_t last) {
    return static_cast<std::int32_t>(static_cast<std::int64_t>(first + last) - static_cast<std::int64_t>(size));
  };
  std::vector<std::int32_t> left_halves(size);  // by position
  double left_variance = 0;
  for_each_tie(left_order, left_of, [&](std::size_t first, std::size_t last) {
    const std::int32_t distance = halves(first, last);
    left_variance += static_cast<double>(distance) * distance * static_cast<double>(last - first);
    for (std::size_t index = first; index < last; ++index) left_halves[left_order[index]] = distance;
  });
  double covariance = 0;
  double right_variance = 0;
  for_each_tie(right_order, right_of, [&](std::size_t first, std::size_t last) {
    const std::int32_t distance = halves(first, last);
    right_variance += static_cast<double>(distance) * distance * static_cast<double>(last - first);
    for (std::size_t index = first; index < last; ++index)
      covariance += static_cast<double>(distance) * left_halves[right_order[index]];
  });
  if (left_variance == 0 || right_variance == 0) return std::nullopt;
  return covariance / std::sqrt(left_variance * right_variance);
}

}  // namespace

bool precedes_by_name(const Catalog& catalog, std::size_t left, std::size_t right) {
  for (const Label& label : labels) {
    if (!label.identity) continue;
    const auto id = static_cast<LabelId>(&label - labels.data());
    const int order = catalog.label(id, left).text.compare(catalog.label(id, right).text);
    if (order != 0) return order < 0;
  }
  return left < right;
}

std::optional<double> spearman(std::span<const double> left, std::span<const double> right) {
  const auto left_of = [&](std::size_t position) { return left[position]; };
  const auto right_of = [&](std::size_t position) { return right[position]; };
  return rank_correlation(ascending_order(left.size(), left_of), left_of, ascending_order(right.size(), right_of),
                          right_of);
}

Ranking rank(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by, const Extent& extent) {
  Ranking ranking;
  std::vector<std::uint32_t> known;  // rows with a value
  for (const std::size_t row : rows) {
    const Model model = catalog[row];
    if (by.value(model)) {
      known.push_back(static_cast<std::uint32_t>(row));
    } else {
      ranking.unranked.push_back(row);
      if (by.lack(model) == Lack::zero) ++ranking.divided_by_zero;
    }
  }
  ranking.ranked_count = known.size();
  ranking.unranked_count = ranking.unranked.size();

  const bool higher = by.better() == Better::higher;
  const auto value_at = [&](std::size_t position) { return *by.value(catalog[known[position]]); };
  const auto turned = [&](std::size_t position) { return higher ? -value_at(position) : value_at(position); };
  std::vector<std::uint32_t> order = ascending_order(known.size(), turned);
  if (by.metric() != nullptr && by.metric()->is_ratio()) {
    const auto cost_at = [&](std::size_t position) { return catalog.value(by.metric()->cost(), known[position]); };
    ranking.spearman_with_cheapest = rank_correlation(order, turned, ascending_order(known.size(), cost_at), cost_at);
  }

  const std::size_t wanted = std::min(extent.most, known.size());
  const std::size_t from = extent.worst_first ? known.size() - wanted : 0;
  for_each_tie(order, turned, [&](std::size_t first, std::size_t last) {
    if (last <= from || first >= from + wanted) return;
    const auto begin = order.begin();
    std::sort(
        begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
        [&](std::uint32_t left, std::uint32_t right) { return precedes_by_name(catalog, known[left], known[right]); });
    for (std::size_t index = std::max(first, from); index < std::min(last, from + wanted); ++index)
      ranking.ranked.push_back({known[order[index]], first + 1, value_at(order[index])});
  });
  if (extent.worst_first) std::reverse(ranking.ranked.begin(), ranking.ranked.end());

  const std::size_t wanted_unranked = std::min(extent.most - wanted, ranking.unranked.size());
  std::partial_sort(ranking.unranked.begin(), ranking.unranked.begin() + static_cast<std::ptrdiff_t>(wanted_unranked),
                    ranking.unranked.end(),
                    [&](std::size_t left, std::size_t right) { return precedes_by_name(catalog, left, right); });
  ranking.unranked.resize(wanted_unranked);
  return ranking;
}

const Metric* default_metric(const Catalog& catalog, std::span<const std::size_t> rows) {
  for (const Metric& metric : metrics)
    if (std::any_of(rows.begin(), rows.end(),
                    [&](std::size_t row) { return score(metric, catalog[row]).lack == Lack::none; }))
      return &metric;
  return nullptr;
}

}  // namespace greenml
