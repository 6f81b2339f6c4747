/// \file
/// The Pareto frontier: the models that no other model beats on both accuracy and cost, and what each further point of
/// accuracy costs on it.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/field.hpp"
#include "greenml/measure.hpp"

namespace greenml {

struct Frontier {
  std::vector<FieldId> costs;               ///< all better when lower; one at least
  std::vector<std::size_t> on;              ///< rows, by the first cost, then accuracy, then name
  std::vector<std::size_t> beaten;          ///< rows, by name
  std::vector<std::size_t> not_comparable;  ///< rows without accuracy or one of the costs, by name
};

/// A model beats another if it is at least as good in accuracy and in every cost, and better in one of them; models
/// that are equal in all stay together. O(n log n) for one cost or two.
Frontier find_frontier(const Catalog& catalog, std::span<const std::size_t> rows, std::vector<FieldId> costs);

/// Only which rows are on the frontier, in rising order; less to find out.
std::vector<std::size_t> rows_on_frontier(const Catalog& catalog, std::span<const std::size_t> rows,
                                          const std::vector<FieldId>& costs);

/// Whether a model has an accuracy and all these costs, without which it can neither beat nor be beaten.
bool is_comparable(const Catalog& catalog, std::size_t row, const std::vector<FieldId>& costs);

/// The models that no other beats on two measures, each better in its own direction, from the best of the first to the
/// best of the second; models that are equal in both stay together. Those without a finite value of both take no part.
std::vector<std::size_t> frontier_of(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& first,
                                     const Measure& second);

/// The model on the frontier that beats this one most: of those that beat it the most accurate, then the cheapest.
std::optional<std::size_t> beaten_by(const Catalog& catalog, const Frontier& frontier, std::size_t row);

/// The step to a model on the frontier from the one before it, for a frontier of one cost.
struct Step {
  double points = 0;            ///< percentage points gained
  double cost = 0;              ///< cost added, in the field's own unit
  std::optional<double> price;  ///< cost added / points gained; nothing between equal models
};

/// Steps from each row to the next; one fewer than rows.
std::vector<Step> steps_between(const Catalog& catalog, std::span<const std::size_t> on, FieldId cost);

/// The rows of a frontier of one cost that are on its convex hull, where prices never fall. Models between two others
/// of the hull, by mixing which one would do better, are left out.
std::vector<std::size_t> hull_of(const Catalog& catalog, std::span<const std::size_t> on, FieldId cost);

}  // namespace greenml
