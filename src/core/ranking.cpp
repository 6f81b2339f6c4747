#include "greenml/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "greenml/label.hpp"

namespace greenml {

namespace {

/// Ranks from 1; equal values share the mean of the ranks they take up.
std::vector<double> mean_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return values[left] < values[right]; });

  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
    const double mean = static_cast<double>(first + last) / 2 + 1;
    for (std::size_t index = first; index <= last; ++index) ranks[order[index]] = mean;
    first = last + 1;
  }
  return ranks;
}

std::optional<double> correlation_with_cheapest(const Catalog& catalog, const std::vector<Ranked>& ranked,
                                                const Measure& by) {
  if (by.metric() == nullptr || !by.metric()->is_ratio()) return std::nullopt;
  std::vector<double> scores;
  std::vector<double> cheapness;
  for (const Ranked& one : ranked) {
    scores.push_back(one.value);
    cheapness.push_back(-catalog.value(by.metric()->cost(), one.row));
  }
  return spearman(scores, cheapness);
}

}  // namespace

bool precedes_by_name(const Catalog& catalog, std::size_t left, std::size_t right) {
  for (const Label& label : labels) {
    if (!label.identity) continue;
    const int order = catalog.label(label.name, left).text.compare(catalog.label(label.name, right).text);
    if (order != 0) return order < 0;
  }
  return left < right;
}

std::optional<double> spearman(std::span<const double> left, std::span<const double> right) {
  if (left.size() < 3) return std::nullopt;
  const std::vector<double> left_ranks = mean_ranks(left);
  const std::vector<double> right_ranks = mean_ranks(right);
  const double mean = (static_cast<double>(left.size()) + 1) / 2;

  double covariance = 0;
  double left_variance = 0;
  double right_variance = 0;
  for (std::size_t index = 0; index < left.size(); ++index) {
    const double left_deviation = left_ranks[index] - mean;
    const double right_deviation = right_ranks[index] - mean;
    covariance += left_deviation * right_deviation;
    left_variance += left_deviation * left_deviation;
    right_variance += right_deviation * right_deviation;
  }
  if (left_variance == 0 || right_variance == 0) return std::nullopt;
  return covariance / std::sqrt(left_variance * right_variance);
}

Ranking rank(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by) {
  Ranking ranking;
  for (const std::size_t row : rows) {
    const Model model = catalog[row];
    if (const std::optional<double> value = by.value(model)) {
      ranking.ranked.push_back({row, 0, *value});
    } else {
      ranking.unranked.push_back(row);
      if (by.lack(model) == Lack::zero) ++ranking.divided_by_zero;
    }
  }

  const bool higher = by.better() == Better::higher;
  std::sort(ranking.ranked.begin(), ranking.ranked.end(), [&](const Ranked& left, const Ranked& right) {
    if (left.value != right.value) return higher ? left.value > right.value : left.value < right.value;
    return precedes_by_name(catalog, left.row, right.row);
  });
  std::sort(ranking.unranked.begin(), ranking.unranked.end(),
            [&](std::size_t left, std::size_t right) { return precedes_by_name(catalog, left, right); });

  for (std::size_t index = 0; index < ranking.ranked.size(); ++index) {
    const bool tie = index > 0 && ranking.ranked[index].value == ranking.ranked[index - 1].value;
    ranking.ranked[index].rank = tie ? ranking.ranked[index - 1].rank : index + 1;
  }
  ranking.spearman_with_cheapest = correlation_with_cheapest(catalog, ranking.ranked, by);
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
