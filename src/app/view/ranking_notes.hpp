/// \file
/// What a reader of a ranking should know of it: which models are not ranked, and whether the order is that of cost
/// alone.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/measure.hpp"
#include "greenml/ranking.hpp"
#include "greenml/selection.hpp"

namespace greenml::cli {

/// One group of comparable models, in order.
struct RankedGroup {
  const Group& group;
  Ranking ranking;
  std::optional<double> reference;  ///< value of the model that --relative-to names
};

/// `quality_is_limited`: whether the reader has said which quality is good enough.
std::vector<std::string> ranking_notes(const Catalog& catalog, std::span<const RankedGroup> groups, const Measure& by,
                                       bool quality_is_limited);

}  // namespace greenml::cli
