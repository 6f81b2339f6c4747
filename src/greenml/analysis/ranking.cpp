#include "greenml/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "analysis/radix_order.hpp"
#include "catalog/parallel.hpp"
#include "greenml/model_name.hpp"

namespace greenml {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

/// Spearman's rank correlation of two series from their orders, of which the first `size` count; see spearman(). It
/// uses up the ordinals of the left one.
class RankCorrelation {
 public:
  RankCorrelation(Order& left, const Order& right, std::size_t size) : left_(left), right_(right), size_(size) {}

  /// Nothing where a series has fewer than three values, or equal ones alone.
  std::optional<double> value() {
    if (size_ < 3) return std::nullopt;
    const double left_variance = variance(left_);
    const double right_variance = variance(right_);
    if (left_variance == 0 || right_variance == 0) return std::nullopt;
    note_left_distances();
    return covariance() / std::sqrt(left_variance * right_variance);
  }

 private:
  /// Equal values share the mean of the ranks they take up. How far it is from the mean of all ranks, in halves.
  std::int32_t distance(std::size_t first, std::size_t last) const {
    return static_cast<std::int32_t>(static_cast<std::int64_t>(first + last) - static_cast<std::int64_t>(size_));
  }

  /// The sum of all distances squared. Of n different values it is (n^3 - n) / 3, and t equal ones take (t^3 - t) / 3
  /// from it: Kendall, Rank Correlation Methods, 1948, chapter 3.
  double variance(const Order& order) const {
    const auto of_different = [](std::size_t count) {
      const auto as_number = static_cast<double>(count);
      return (as_number * as_number - 1) * as_number / 3;
    };
    double sum = of_different(size_);
    for (const Tie& tie : order.ties)
      if (tie.first < size_) sum -= of_different(tie.size());
    return sum;
  }

  /// Puts the distance of each value of the left series in the place of an ordinal, by position.
  void note_left_distances() {
    const auto note = [&](std::size_t begin, std::size_t end) {
      left_.for_each_run(begin, end, [&](std::size_t first, std::size_t last) {
        for (std::size_t index = first; index < last; ++index)
          left_.values[left_.values[index].position].ordinal = static_cast<std::uint32_t>(distance(first, last));
      });
    };
    const std::size_t half = left_.begin_of_run(size_ / 2);
    do_both(
        size_, [&] { note(0, half); }, [&] { note(half, size_); });
  }

  double covariance() const {
    const auto sum_of = [&](std::size_t begin, std::size_t end) {
      double sum = 0;
      right_.for_each_run(begin, end, [&](std::size_t first, std::size_t last) {
        for (std::size_t index = first; index < last; ++index)
          sum += static_cast<double>(distance(first, last)) *
                 static_cast<std::int32_t>(left_.values[right_.values[index].position].ordinal);
      });
      return sum;
    };
    const std::size_t half = right_.begin_of_run(size_ / 2);
    double first = 0;
    double second = 0;
    do_both(
        size_, [&] { first = sum_of(0, half); }, [&] { second = sum_of(half, size_); });
    return first + second;
  }

  Order& left_;
  const Order& right_;
  std::size_t size_;
};

}  // namespace

std::optional<double> spearman(std::span<const double> left, std::span<const double> right) {
  Order by_left;
  Order by_right;
  const auto order = [](std::span<const double> values) {
    return ascending_order(values.size(), [&](std::span<const std::uint32_t> positions, std::span<double> to) {
      std::transform(positions.begin(), positions.end(), to.begin(),
                     [&](std::uint32_t position) { return values[position]; });
    });
  };
  do_both(
      left.size(), [&] { by_left = order(left); }, [&] { by_right = order(right); });
  return RankCorrelation(by_left, by_right, left.size()).value();
}

Ranking rank(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by, const Extent& extent) {
  Ranking ranking;
  const auto value_at = [&](std::size_t position) { return by.value(catalog[rows[position]]); };
  const double sign = by.better() == Better::higher ? -1 : 1;
  Order order;
  Order cheapest_first;  // of a ratio, those with a value
  using Positions = std::span<const std::uint32_t>;
  using Block = std::array<std::size_t, Order::block>;
  const auto rows_at = [&](Positions positions, Block& block) {
    std::transform(positions.begin(), positions.end(), block.begin(),
                   [&](std::uint32_t position) { return rows[position]; });
    return std::span<const std::size_t>(block).first(positions.size());
  };
  const auto put_in_order = [&] {
    order = ascending_order(rows.size(), [&](Positions positions, std::span<double> values) {
      Block block;
      by.values(catalog, rows_at(positions, block), values);
      for (double& value : values) value = std::isnan(value) ? nowhere : sign * value;
    });
  };
  const bool is_ratio = by.metric() != nullptr && by.metric()->is_ratio();
  if (!is_ratio) {
    put_in_order();
  } else {
    do_both(rows.size(), put_in_order, [&, cost = by.metric()->cost()] {
      cheapest_first = ascending_order(rows.size(), [&](Positions positions, std::span<double> values) {
        Block block;
        const std::span<const std::size_t> some = rows_at(positions, block);
        std::array<double, Order::block> costs;
        by.values(catalog, some, values);
        catalog.values(cost, some, costs);
        std::transform(values.begin(), values.end(), costs.begin(), values.begin(),
                       [](double value, double of_model) { return std::isnan(value) ? nowhere : of_model; });
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

  if (is_ratio) ranking.spearman_with_cheapest = RankCorrelation(order, cheapest_first, ranking.ranked_count).value();

  const std::size_t wanted = std::min(extent.most, ranking.ranked_count);
  const std::size_t from = extent.worst_first ? ranking.ranked_count - wanted : 0;
  const std::size_t to = from + wanted;
  ranking.ranked.resize(wanted);
  // Of the wanted places from `begin`, where a run of equal values begins, up to `end`.
  const auto fill = [&](std::size_t begin, std::size_t end) {
    order.for_each_run(begin, end, [&](std::size_t first, std::size_t last) {
      if (last - first > 1)
        std::sort(order.values.begin() + static_cast<std::ptrdiff_t>(first),
                  order.values.begin() + static_cast<std::ptrdiff_t>(last),
                  [&](const Placed& left, const Placed& right) {
                    return precedes_by_name(catalog, rows[left.position], rows[right.position]);
                  });
      for (std::size_t place = std::max(first, from); place < std::min(last, to); ++place)
        ranking.ranked[place - from] = {rows[order.values[place].position], first + 1, 0};
    });
    std::array<std::size_t, Order::block> block;
    std::array<double, Order::block> values;
    for (std::size_t first = std::max(begin, from); first < end; first += Order::block) {
      const std::span<Ranked> some =
          std::span(ranking.ranked).subspan(first - from, std::min(Order::block, end - first));
      std::transform(some.begin(), some.end(), block.begin(), [](const Ranked& one) { return one.row; });
      by.values(catalog, std::span(block).first(some.size()), values);
      for (std::size_t index = 0; index < some.size(); ++index) some[index].value = values[index];
    }
  };
  if (wanted > 0) {
    const std::size_t middle = order.begin_of_run(from + wanted / 2);
    do_both(
        wanted, [&] { fill(order.begin_of_run(from), middle); }, [&] { fill(middle, to); });
  }
  if (extent.worst_first) std::reverse(ranking.ranked.begin(), ranking.ranked.end());

  const std::size_t wanted_unranked = std::min(extent.most - wanted, ranking.unranked.size());
  sort_by_name(catalog, ranking.unranked, wanted_unranked);
  ranking.unranked.resize(wanted_unranked);
  return ranking;
}

ModelsByPercent models_by_percent(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by,
                                  FieldId accuracy) {
  const auto count = [&](std::span<const std::size_t> part, ModelsByPercent& models) {
    std::array<double, Order::block> values;
    std::array<double, Order::block> accuracies;
    for (; !part.empty(); part = part.subspan(std::min(part.size(), Order::block))) {
      const std::span<const std::size_t> some = part.first(std::min(part.size(), Order::block));
      by.values(catalog, some, values);
      catalog.values(accuracy, some, accuracies);
      for (std::size_t index = 0; index < some.size(); ++index)
        if (!std::isnan(values[index])) ++models.at(static_cast<std::size_t>(accuracies[index]));
    }
  };
  ModelsByPercent models{};
  ModelsByPercent others{};
  const std::size_t half = rows.size() / 2;
  do_both(
      rows.size(), [&] { count(rows.first(half), models); }, [&] { count(rows.subspan(half), others); });
  std::transform(models.begin(), models.end(), others.begin(), models.begin(), std::plus<>());
  return models;
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
