/// \file
/// Whether two costs tell the same story: how much their orders of models agree, and whether what was saved in
/// training is lost at inference.

#pragma once

#include <optional>
#include <span>

namespace greenml {

/// Kendall's rank correlation with ties, tau-b (Kendall 1945): 1 for the same order, 0 for none in common, -1 for the
/// reverse. Nothing where one of the series is constant or has fewer than two values. O(n log n), by Knight 1966.
std::optional<double> kendall_tau(std::span<const double> left, std::span<const double> right);

/// What a model takes once, and at every inference, in one unit.
struct TotalCost {
  double training;
  double inference;
};

/// After how many inferences two models have cost the same in all.
struct BreakEven {
  bool left_is_dearer = false;       ///< to train; it is the one that has to pay for itself
  std::optional<double> inferences;  ///< nothing: it never does
};

/// training + n x inference is the same for both: n = difference in training / difference in inference.
BreakEven break_even(const TotalCost& left, const TotalCost& right);

}  // namespace greenml
