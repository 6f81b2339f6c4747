#include "greenml/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>

#include "analysis/coarse_order.hpp"
#include "analysis/radix_order.hpp"
#include "analysis/spearman.hpp"
#include "catalog/parallel.hpp"
#include "greenml/model_name.hpp"

namespace greenml {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

/// What orders models: the values of a measure, and what the models cost.
class OrderedBy {
 public:
  using Positions = std::span<const std::uint32_t>;  // in the rows
  /// A short ordinal for each row, so that smaller ones come first; that of NaN where a model has no value.
  using Ordinals = std::vector<std::uint32_t>;

  OrderedBy(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by)
      : catalog_(catalog),
        rows_(rows),
        by_(by),
        sign_(by.better() == Better::higher ? -1 : 1),
        is_ratio_(by.metric() != nullptr && by.metric()->is_ratio()) {}

  /// Whether it is a ratio, which may be little else than the order of its cost.
  bool is_ratio() const { return is_ratio_; }

  /// The ordinals of the measure; and those of the cost, where it is a ratio.
  std::pair<Ordinals, Ordinals> ordinals() const {
    std::pair<Ordinals, Ordinals> all{Ordinals(rows_.size()), Ordinals(is_ratio_ ? rows_.size() : 0)};
    share(rows_.size(), [&](std::size_t begin, std::size_t end) {
      std::array<double, Order::block> values;
      std::array<double, Order::block> costs;
      for (std::size_t first = begin; first < end; first += Order::block) {
        const std::size_t count = std::min(Order::block, end - first);
        const auto put = [&](std::span<const double> from, Ordinals& to) {
          std::transform(from.begin(), from.end(), to.begin() + static_cast<std::ptrdiff_t>(first), short_ordinal);
        };
        const std::span<const std::size_t> rows = rows_.subspan(first, count);
        values_of(rows, std::span(values).first(count));
        put(std::span(values).first(count), all.first);
        if (!is_ratio_) continue;
        costs_of(rows, std::span(values).first(count), std::span(costs).first(count));
        put(std::span(costs).first(count), all.second);
      }
    });
    return all;
  }

  /// The order of some rows by the measure, the best first. Positions in it are those in `some`.
  Order order(Positions some, const Ordinals& ordinals) const {
    return ascending_order(placed(some, ordinals), [&](Positions positions, std::span<double> values) {
      Block block;
      values_of(rows_at(some, positions, block), values);
    });
  }

  /// The order of some rows by cost, the cheapest first.
  Order cheapest_first(Positions some, const Ordinals& ordinals) const {
    return ascending_order(placed(some, ordinals), [&](Positions positions, std::span<double> costs) {
      Block block;
      std::array<double, Order::block> values;
      const std::span<const std::size_t> rows = rows_at(some, positions, block);
      values_of(rows, std::span(values).first(rows.size()));
      costs_of(rows, std::span(values).first(rows.size()), costs);
    });
  }

 private:
  using Block = std::array<std::size_t, Order::block>;

  std::span<const std::size_t> rows_at(Positions some, Positions positions, Block& block) const {
    std::transform(positions.begin(), positions.end(), block.begin(),
                   [&](std::uint32_t position) { return rows_[some[position]]; });
    return std::span<const std::size_t>(block).first(positions.size());
  }
  /// So that the best is the smallest.
  void values_of(std::span<const std::size_t> rows, std::span<double> values) const {
    by_.values(catalog_, rows, values);
    for (double& value : values) value = std::isnan(value) ? nowhere : sign_ * value;
  }
  /// What those cost that have a value.
  void costs_of(std::span<const std::size_t> rows, std::span<const double> values, std::span<double> costs) const {
    catalog_.values(by_.metric()->cost(), rows, costs);
    std::transform(values.begin(), values.end(), costs.begin(), costs.begin(),
                   [](double value, double cost) { return std::isnan(value) ? nowhere : cost; });
  }
  static std::vector<Placed> placed(Positions some, const Ordinals& ordinals) {
    std::vector<Placed> values(some.size());
    for (std::uint32_t position = 0; position < values.size(); ++position)
      values[position] = {position, ordinals[some[position]]};
    return values;
  }

  const Catalog& catalog_;
  std::span<const std::size_t> rows_;
  const Measure& by_;
  double sign_;
  bool is_ratio_;
};

/// Positions among which those of the wanted places are, and the place of the first in the order of all.
struct Contenders {
  std::vector<std::uint32_t> positions;
  std::size_t first_place = 0;
};

/// Those that may stand at the places from `from` up to `to`.
Contenders contenders_for(const CoarseOrder& order, std::size_t from, std::size_t to) {
  Contenders contenders;
  contenders.first_place = order.known();
  for (std::uint32_t position = 0; position < order.size(); ++position) {
    const CoarseOrder::Places places = order.places_of(position);
    if (places.first >= to || places.last <= from || places.first >= order.known()) continue;
    contenders.positions.push_back(position);
    contenders.first_place = std::min<std::size_t>(contenders.first_place, places.first);
  }
  return contenders;
}

/// Spearman's correlation with the order of cost, where it is known well enough before the models are in order: to four
/// decimals, on which side of `order_of_cost` it is, and that it is not 1.
std::optional<double> early_spearman(const CoarseOrder& order, const CoarseOrder& cheapest_first) {
  const std::optional<SpearmanBounds> bounds = spearman_bounds(order, cheapest_first);
  if (!bounds) return std::nullopt;
  constexpr double decimals = 1e4;
  const bool is_on_one_side = (bounds->least >= order_of_cost) == (bounds->most >= order_of_cost);
  const bool is_rounded_alike = std::round(bounds->least * decimals) == std::round(bounds->most * decimals);
  const bool is_known = is_on_one_side && is_rounded_alike && bounds->most < 1;
  return is_known ? std::optional((bounds->least + bounds->most) / 2) : std::nullopt;
}

/// One ranking of some rows.
class Ranker {
 public:
  Ranker(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by, const Extent& extent)
      : catalog_(catalog), rows_(rows), by_(by), extent_(extent), ordered_(catalog, rows, by) {}

  Ranking rank() {
    std::tie(ordinals_, costs_) = ordered_.ordinals();
    find_unranked();
    wanted_ = std::min(extent_.most, ranking_.ranked_count);
    from_ = extent_.worst_first ? ranking_.ranked_count - wanted_ : 0;
    find_contenders();
    put_in_order();
    find_ranked();
    keep_wanted_unranked();
    return std::move(ranking_);
  }

 private:
  void find_unranked() {
    for (std::size_t position = 0; position < rows_.size(); ++position) {
      if (ordinals_[position] <= greatest_known_ordinal) continue;
      ranking_.unranked.push_back(rows_[position]);
      if (by_.lack(catalog_[rows_[position]]) == Lack::zero) ++ranking_.divided_by_zero;
    }
    ranking_.unranked_count = ranking_.unranked.size();
    ranking_.ranked_count = rows_.size() - ranking_.unranked_count;
  }

  /// Of many models, a look first: mostly it says enough of the correlation, and then those alone are put in order that
  /// are wanted. Else all are.
  void find_contenders() {
    constexpr std::size_t many = 50'000;
    std::optional<CoarseOrder> order;
    if (rows_.size() >= many) {
      std::optional<CoarseOrder> cheapest_first;
      do_both(
          rows_.size(), [&] { order.emplace(ordinals_); }, [&] { cheapest_first.emplace(costs_); });
      if (ordered_.is_ratio()) ranking_.spearman_with_cheapest = early_spearman(*order, *cheapest_first);
    }
    if (order && !wants_spearman())
      contenders_ = contenders_for(*order, from_, from_ + wanted_);
    else
      for (std::uint32_t position = 0; position < rows_.size(); ++position)
        if (ordinals_[position] <= greatest_known_ordinal) contenders_.positions.push_back(position);
  }

  bool wants_spearman() const { return ordered_.is_ratio() && !ranking_.spearman_with_cheapest; }

  void put_in_order() {
    if (!wants_spearman()) {
      order_ = ordered_.order(contenders_.positions, ordinals_);
      return;
    }
    Order cheapest_first;
    do_both(
        contenders_.positions.size(), [&] { order_ = ordered_.order(contenders_.positions, ordinals_); },
        [&] { cheapest_first = ordered_.cheapest_first(contenders_.positions, costs_); });
    ranking_.spearman_with_cheapest = spearman(order_, cheapest_first, order_.values.size());
  }

  void find_ranked() {
    ranking_.ranked.resize(wanted_);
    if (wanted_ == 0) return;
    const std::size_t from = from_ - contenders_.first_place;
    const std::size_t middle = order_.begin_of_run(from + wanted_ / 2);
    do_both(
        wanted_, [&] { find_places(order_.begin_of_run(from), middle); }, [&] { find_places(middle, from + wanted_); });
    if (extent_.worst_first) std::reverse(ranking_.ranked.begin(), ranking_.ranked.end());
  }

  /// Finds those who stand at the wanted places from `begin` up to `end`: places in the order of the contenders. A run
  /// of equal values begins at `begin`.
  void find_places(std::size_t begin, std::size_t end) {
    const std::size_t from = from_ - contenders_.first_place;
    const auto row_of = [&](const Placed& one) { return rows_[contenders_.positions[one.position]]; };
    order_.for_each_run(begin, end, [&](std::size_t first, std::size_t last) {
      if (last - first > 1)
        std::sort(order_.values.begin() + static_cast<std::ptrdiff_t>(first),
                  order_.values.begin() + static_cast<std::ptrdiff_t>(last),
                  [&](const Placed& left, const Placed& right) {
                    return precedes_by_name(catalog_, row_of(left), row_of(right));
                  });
      for (std::size_t place = std::max(first, from); place < std::min(last, from + wanted_); ++place)
        ranking_.ranked[place - from] = {row_of(order_.values[place]), contenders_.first_place + first + 1, 0};
    });
    std::array<std::size_t, Order::block> block;
    std::array<double, Order::block> values;
    for (std::size_t first = std::max(begin, from); first < end; first += Order::block) {
      const std::span<Ranked> some =
          std::span(ranking_.ranked).subspan(first - from, std::min(Order::block, end - first));
      std::transform(some.begin(), some.end(), block.begin(), [](const Ranked& one) { return one.row; });
      by_.values(catalog_, std::span(block).first(some.size()), values);
      for (std::size_t index = 0; index < some.size(); ++index) some[index].value = values[index];
    }
  }

  void keep_wanted_unranked() {
    const std::size_t wanted = std::min(extent_.most - wanted_, ranking_.unranked.size());
    sort_by_name(catalog_, ranking_.unranked, wanted);
    ranking_.unranked.resize(wanted);
  }

  const Catalog& catalog_;
  std::span<const std::size_t> rows_;
  const Measure& by_;
  Extent extent_;
  OrderedBy ordered_;
  OrderedBy::Ordinals ordinals_;  // of the measure
  OrderedBy::Ordinals costs_;     // of the cost, of a ratio
  std::size_t wanted_ = 0;        // how many of the ranked
  std::size_t from_ = 0;          // the place of the first wanted
  Contenders contenders_;
  Order order_;  // of the contenders, by their positions in the list of them
  Ranking ranking_;
};

}  // namespace

Ranking rank(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by, const Extent& extent) {
  return Ranker(catalog, rows, by, extent).rank();
}

ModelsByPercent models_by_percent(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by,
                                  FieldId accuracy) {
  const auto count_in = [&](ModelsByPercent& models) {
    return [&, &models = models](std::size_t begin, std::size_t end) {
      std::array<double, Order::block> values;
      std::array<double, Order::block> accuracies;
      for (std::size_t first = begin; first < end; first += Order::block) {
        const std::span<const std::size_t> some = rows.subspan(first, std::min(Order::block, end - first));
        by.values(catalog, some, values);
        catalog.values(accuracy, some, accuracies);
        for (std::size_t index = 0; index < some.size(); ++index)
          if (!std::isnan(values[index])) ++models.at(static_cast<std::size_t>(accuracies[index]));
      }
    };
  };
  ModelsByPercent models{};
  ModelsByPercent others{};
  share(rows.size(), count_in(models), count_in(others));
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
