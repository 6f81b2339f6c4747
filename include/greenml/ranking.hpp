/// \file
/// Orders comparable models by a measure, best first, and tells how much the order means.

#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/measure.hpp"

namespace greenml {

struct Ranked {
  std::size_t row;   ///< of the catalog
  std::size_t rank;  ///< from 1; models with equal values share it (1, 2, 2, 4)
  double value;      ///< of the measure
};

/// Spearman's rank correlation from which on an order is as good as that of the cost alone.
inline constexpr double order_of_cost = 0.95;

/// Which models of a ranking are wanted: finding out the order of all takes time.
struct Extent {
  std::size_t most = std::numeric_limits<std::size_t>::max();
  bool worst_first = false;
};

struct Ranking {
  std::vector<Ranked> ranked;         ///< best first, or worst first; models of equal value by name
  std::vector<std::size_t> unranked;  ///< rows whose value is not known, by name
  // How many there are in all, be they wanted or not.
  std::size_t ranked_count = 0;
  std::size_t unranked_count = 0;
  std::size_t divided_by_zero = 0;  ///< how many of the unranked have a cost of 0
  /// How much the order is that of cost alone, cheapest first: Spearman's rank correlation, 1 if it is the same.
  /// Nothing for fields, for metrics that are not accuracy / cost, and for fewer than three models. Of many models it is
  /// known as well as it is shown: to four decimals, on which side of `order_of_cost` it is, and whether it is 1.
  std::optional<double> spearman_with_cheapest;
};

/// The first models of an order: the ranked, then the unranked.
Ranking rank(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by, const Extent& extent = {});

/// How many models there are by whole percents of an accuracy, from 0 to 100.
using ModelsByPercent = std::array<std::size_t, 101>;

/// Of the models that have a value of the measure, for which they must have the accuracy.
ModelsByPercent models_by_percent(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& by,
                                  FieldId accuracy);

/// Spearman's rank correlation of two series of equal length, ties sharing their mean rank; nothing where one of
/// them is constant or there are fewer than three values. Spearman 1904.
std::optional<double> spearman(std::span<const double> left, std::span<const double> right);

/// The first metric, in the order of the table, that at least one of the models has.
const Metric* default_metric(const Catalog& catalog, std::span<const std::size_t> rows);

/// The first field of a role, in the order of the table, that at least one of the models has.
std::optional<FieldId> first_field(const Catalog& catalog, std::span<const std::size_t> rows, Role role);

/// What a quality is weighed against where nobody says: the cost of the default metric if the metric is of that
/// quality, else the first cost that the models have.
std::optional<FieldId> default_cost(const Catalog& catalog, std::span<const std::size_t> rows,
                                    std::optional<FieldId> quality);

/// A cost that says more than the number of parameters and that every model states: energy, else latency. Nothing where
/// `chosen` is another cost than that number.
std::optional<FieldId> better_known_cost(const Catalog& catalog, std::span<const std::size_t> rows, FieldId chosen);

}  // namespace greenml
