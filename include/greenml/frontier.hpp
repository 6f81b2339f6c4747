/// \file
/// The Pareto frontier: the models that no other model beats on both quality and cost, and what each further unit of
/// quality costs on it. Fields that are better when higher and those that are better when lower are taken alike.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/field.hpp"
#include "greenml/measure.hpp"

namespace greenml {

/// What models are weighed by.
struct Objectives {
  std::optional<FieldId> quality;  ///< nothing: by costs alone, of which there are two at least
  std::vector<FieldId> costs;      ///< one at least
};

struct Frontier {
  Objectives objectives;
  std::vector<std::size_t> on;              ///< rows, by the first cost, best first, then quality, then name
  std::vector<std::size_t> beaten;          ///< rows, in the order in which they were given
  std::vector<std::size_t> not_comparable;  ///< rows without the quality or one of the costs, in that order
};

/// A model beats another if it is at least as good in quality and in every cost, and better in one of them; models
/// that are equal in all stay together. O(n log n) for one cost or two, and O(n log^(k - 1) n) for k costs.
Frontier find_frontier(const Catalog& catalog, std::span<const std::size_t> rows, Objectives objectives);

/// Only which rows are on the frontier, in rising order; less to find out.
std::vector<std::size_t> rows_on_frontier(const Catalog& catalog, std::span<const std::size_t> rows,
                                          const Objectives& objectives);

/// Whether a model has the quality and all these costs, without which it can neither beat nor be beaten.
bool is_comparable(const Catalog& catalog, std::size_t row, const Objectives& objectives);

/// The models that no other beats on two measures, each better in its own direction, from the best of the first to the
/// best of the second; models that are equal in both stay together. Those without a finite value of both take no part.
std::vector<std::size_t> frontier_of(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& first,
                                     const Measure& second);

/// The model that beats this one most: of those that beat it the one of best quality, then of best cost, which is on
/// the frontier of `rows`. One look at each of them, for who wants to know it of one model.
std::optional<std::size_t> beaten_by(const Catalog& catalog, std::span<const std::size_t> rows,
                                     const Objectives& objectives, std::size_t row);

/// The same for each model that the frontier has as beaten, in their order; all of them in about the time that the
/// frontier takes.
std::vector<std::size_t> beaters_of(const Catalog& catalog, const Frontier& frontier);

/// By how much the left model is better in a field than the right one, in the field's own unit; negative where it is
/// worse.
double advantage(const Catalog& catalog, FieldId field, std::size_t left, std::size_t right);

/// The step to a model on the frontier from the one before it, for a frontier of a quality and one cost.
struct Step {
  double gained = 0;            ///< quality gained, in the field's own unit: percentage points of an accuracy
  double cost = 0;              ///< cost added, in the field's own unit; of a throughput what is given up
  std::optional<double> price;  ///< cost added / quality gained; nothing between equal models
};

/// Steps from each row to the next; one fewer than rows.
std::vector<Step> steps_between(const Catalog& catalog, std::span<const std::size_t> on, FieldId quality, FieldId cost);

/// The rows of a frontier of one cost that are on its convex hull, where prices never fall. Models between two others
/// of the hull, by mixing which one would do better, are left out.
std::vector<std::size_t> hull_of(const Catalog& catalog, std::span<const std::size_t> on, FieldId quality,
                                 FieldId cost);

}  // namespace greenml
