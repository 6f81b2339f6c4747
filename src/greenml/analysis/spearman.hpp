/// \file
/// Spearman's rank correlation: exact, where both orders are known, and between bounds, where they are known to within
/// a few places. Spearman 1904; with ties: Kendall, Rank Correlation Methods, 1948, chapter 3.

#pragma once

#include <cstddef>
#include <optional>

#include "analysis/coarse_order.hpp"
#include "analysis/radix_order.hpp"

namespace greenml {

/// That of two series from their orders, of which the first `size` places count. Nothing where a series has fewer than
/// three values, or equal ones alone. Uses up the ordinals of the left one.
std::optional<double> spearman(Order& left, const Order& right, std::size_t size);

struct SpearmanBounds {
  double least;
  double most;
};

/// The same of two series of which the same positions are known. Nothing where their values may be equal alone.
std::optional<SpearmanBounds> spearman_bounds(const CoarseOrder& left, const CoarseOrder& right);

}  // namespace greenml
