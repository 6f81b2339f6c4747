/// \file
/// Holds models to limits and to a baseline. Gives a finding for each model and requirement; which words they become
/// and how a run ends is the command line's business.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/measure.hpp"
#include "greenml/selection.hpp"

namespace greenml {

enum class Level { error, warning };

/// How much worse than its baseline a measure may be; worse is lower or higher, as the measure has it.
struct Drop {
  std::optional<Measure> measure;  ///< nothing: every metric that the baseline has, or every field if it has none
  double amount = 0;               ///< a fraction of the baseline (0.05 is 5 %), or in the measure's own unit
  bool relative = true;
  std::string text;  ///< as it was written: "accuracy=0.5"
};

/// Reads "5%", "0", "energy=5%", "accuracy=0.5", "latency=2ms". A percent sign is always relative.
std::optional<Drop> parse_drop(std::string_view text, Complaint& complaint);

/// Requirements, and the models that are held to them.
struct Block {
  std::string name;  ///< where it was written: "command line", "greenml-budget.json: limits[0]"
  std::vector<LabelMatch> matches;
  std::vector<Limit> limits;
  std::vector<Drop> drops;
  Level level = Level::error;
};

/// From what is most urgent to what is well.
enum class Standing { cannot_judge, falls_short, indeterminate, permitted, is_new, holds };

/// Why a requirement is not met, or cannot be judged.
enum class Reason {
  none,
  beyond_limit,    ///< the value is known, and on the wrong side
  not_known,       ///< the model has no such value
  model_vanished,  ///< it is in the baseline only
  value_vanished,  ///< the baseline knows the value, the catalog does not
  weaker_method,   ///< it was measured or counted, and is now derived, estimated, assumed or unstated
  within_error,    ///< worse than allowed, but by less than the two errors together
  baseline_zero,   ///< a change relative to 0 says nothing
  no_model,        ///< the block selects none
  no_overlap,      ///< no selected model is in the baseline
  known_by_none,   ///< no selected model has the value
};

struct Finding {
  Standing standing = Standing::holds;
  Reason reason = Reason::none;
  std::size_t block = 0;                    ///< in the span that was checked
  std::optional<std::size_t> row;           ///< of the catalog; nothing for a vanished model, or for no one model
  std::optional<std::size_t> baseline_row;  ///< of the baseline
  std::optional<Measure> measure;
  std::optional<Bound> bound;    ///< of a limit; nothing for a drop
  std::optional<double> value;   ///< in the measure's own unit, as are the next two
  std::optional<double> before;  ///< in the baseline
  std::optional<double> limit;   ///< the last value that would hold
  std::optional<Drop> drop;
};

struct CheckOptions {
  bool allow_missing = false;  ///< a model that is only in the baseline is permitted
};

/// Findings come by block, then model by model in the order of names, limits before drops.
std::vector<Finding> check(const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                           const CheckOptions& options);

}  // namespace greenml
