/// \file
/// A budget: the requirements of `check` as a file that is kept with the models.
///
///     {"baseline": "baseline.json", "max_drop": {"accuracy": 0.5, "energy": "5%"},
///      "limits": [{"where": "task=image-*", "min": {"accuracy": "75 %"}, "max": {"latency_ms": 5}, "level": "warn"}]}
///
/// The keys of a block may also stand at the top, for a budget of one block.

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
};

/// Reads a budget. Every problem is reported, with its key; the budget is fit for use only if there are no errors.
Budget read_budget(const std::string& file, std::string_view bytes, Problems& problems);

}  // namespace greenml
