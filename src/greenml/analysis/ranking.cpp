#include "greenml/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/radix_order.hpp"
#include "catalog/parallel.hpp"
#include "greenml/model_name.hpp"

namespace greenml {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

/// Spearman's rank correlation of two series from their orders, of which the first `size` count; see spearman(). It
/// uses up the ordinals of the left one.
std::optional<double> rank_correlation(Order& left, const Order& right, std::size_t size) {
  if (size < 3) return std::nullopt;
  // Equal values share the mean of the ranks they take up. Its distance from the mean of all ranks is a whole number of
  // halves.
  const auto halves = [&](std::size_t first, std::size_t last) {
    return static_cast<std::int32_t>(static_cast<std::int64_t>(first + last) - static_cast<std::int64_t>(size));
  };
  const auto left_halves = [&](std::uint32_t position) -> std::uint32_t& { return left.values[position].ordinal; };
  double left_variance = 0;
  left.for_each_run(size, [&](std::size_t first, std::size_t last) {
    const std::int32_t distance = halves(first, last);
    left_variance += static_cast<double>(distance) * distance * static_cast<double>(last - first);
    for (std::size_t index = first; index < last; ++index)
      left_halves(left.values[index].position) = static_cast<std::uint32_t>(distance);
  });
  double covariance = 0;
  double right_variance = 0;
  right.for_each_run(size, [&](std::size_t first, std::size_t last) {
    const std::int32_t distance = halves(first, last);
    right_variance += static_cast<double>(distance) * distance * static_cast<double>(last - first);
    for (std::size_t index = first; index < last; ++index)
      covariance +=
          static_cast<double>(distance) * static_cast<std::int32_t>(left_halves(right.values[index].position));
  });
  if (left_variance == 0 || right_variance == 0) return std::nullopt;
  return covariance / std::sqrt(left_variance * right_variance);
}

}  // namespace

std::optional<double> spearman(std::span<const double> left, std::span<const double> right) {
  Order by_left;
  Order by_right;
  const auto order = [](std::span<const double> values) {
    return ascending_order(values.size(), [&](std::size_t position) { return values[position]; });
  };
  do_both(
      left.size(), [&] { by_left = order(left); }, [&] { by_right = order(right); });
  return rank_correlation(by_left, by_right, left.size());
}

Ranking rank(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by, const Extent& extent) {
  Ranking ranking;
  const auto value_at = [&](std::size_t position) { return by.value(catalog[rows[position]]); };
  const double sign = by.better() == Better::higher ? -1 : 1;
  Order order;
  Order cheapest_first;  // of a ratio, those with a value
  const auto put_in_order = [&] {
    order = ascending_order(rows.size(), [&](std::size_t position) {
      const std::optional<double> value = value_at(position);
      return value ? sign * *value : nowhere;
    });
  };
  const bool is_ratio = by.metric() != nullptr && by.metric()->is_ratio();
  if (!is_ratio) {
    put_in_order();
  } else {
    do_both(rows.size(), put_in_order, [&, quality = by.metric()->inputs.ids[0], cost = by.metric()->cost()] {
      cheapest_first = ascending_order(rows.size(), [&](std::size_t position) {
        const double of_model = catalog.value(cost, rows[position]);
        const bool has_ratio = of_model != 0 && !std::isnan(catalog.value(quality, rows[position]));
        return has_ratio ? of_model : nowhere;
      });
    });
  }
  // Those without a value are last.
  const auto unranked = std::partition_point(order.values.begin(), order.values.end(),
                                             [&](const Placed& one) { return value_at(one.position).has_value(); });
  ranking.ranked_count = static_cast<std::size_t>(unranked - order.values.begin());
  ranking.unranked_count = rows.size() - ranking.ranked_count;
  for (auto one = unranked; one != order.values.end(); ++one) {
    ranking.unranked.push_back(rows[one->position]);
    if (by.lack(catalog[rows[one->position]]) == Lack::zero) ++ranking.divided_by_zero;
  }

  if (is_ratio) ranking.spearman_with_cheapest = rank_correlation(order, cheapest_first, ranking.ranked_count);

  const std::size_t wanted = std::min(extent.most, ranking.ranked_count);
  const std::size_t from = extent.worst_first ? ranking.ranked_count - wanted : 0;
  const auto begin = order.values.begin();
  order.for_each_run(ranking.ranked_count, [&](std::size_t first, std::size_t last) {
    if (last <= from || first >= from + wanted) return;
    std::sort(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
              [&](const Placed& left, const Placed& right) {
                return precedes_by_name(catalog, rows[left.position], rows[right.position]);
              });
    for (std::size_t index = std::max(first, from); index < std::min(last, from + wanted); ++index) {
      const std::uint32_t position = order.values[index].position;
      ranking.ranked.push_back({rows[position], first + 1, *value_at(position)});
    }
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

std::optional<FieldId> first_field(const Catalog& catalog, std::span<const std::size_t> rows, Role role) {
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const auto field = static_cast<FieldId>(index);
    if (fields[index].role == role && catalog.has(field) &&
        std::any_of(rows.begin(), rows.end(), [&](std::size_t row) { return !std::isnan(catalog.value(field, row)); }))
      return field;
  }
  return std::nullopt;
}

std::optional<FieldId> default_cost(const Catalog& catalog, std::span<const std::size_t> rows,
                                    std::optional<FieldId> quality) {
  const Metric* metric = default_metric(catalog, rows);
  if (metric != nullptr && metric->inputs.ids[0] == quality) return metric->cost();
  return first_field(catalog, rows, Role::cost);
}

std::optional<FieldId> better_known_cost(const Catalog& catalog, std::span<const std::size_t> rows, FieldId chosen) {
  if (chosen != field_id("params")) return std::nullopt;
  for (const FieldId cost : {field_id("energy"), field_id("latency")})
    if (std::none_of(rows.begin(), rows.end(), [&](std::size_t row) { return std::isnan(catalog.value(cost, row)); }))
      return cost;
  return std::nullopt;
}

}  // namespace greenml
