/// \file
/// A budget: the requirements of `check` as a file that is kept with the models.
///
///     {"baseline": "baseline.json", "max_drop": {"accuracy": 0.5, "energy": "5%"},
///      "limits": [{"where": "task=image-*", "min": {"accuracy": "75 %"}, "max": {"latency_ms": 5}, "level": "warn"}]}
///
/// The keys of a block may also stand at the top, for a budget of one block; `where` and `level` at the top go for
/// every block.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "greenml/check.hpp"
#include "greenml/problem.hpp"

namespace greenml {

struct Budget {
  std::vector<Block> blocks;
  std::string baseline;  ///< as it is written, relative to the budget's folder; may be empty
  bool allow_missing = false;
  bool require_baseline = false;
  std::string match_by;  ///< labels by which models are matched with the baseline's, separated by commas; may be empty
};

/// Reads a budget. Every problem is reported, with its key; the budget is fit for use only if there are no errors.
Budget read_budget(const std::string& file, std::string_view bytes, Problems& problems);

}  // namespace greenml
