/// \file
/// Holds models to limits and to a baseline. Gives a finding for each model and requirement; which words they become
/// and how a run ends is the command line's business.

#pragma once

#include <bitset>
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
  /// Nothing, for an amount that names none: then, for each model by itself, every quality that its baseline has, every
  /// ratio of a quality and a cost that it has, and every cost that is in none of those ratios. What exactly is the
  /// column in_bare_amount of fields and metrics.
  std::optional<Measure> measure;
  double amount = 0;  ///< a fraction of the baseline (0.05 is 5 %), or in the measure's own unit
  bool relative = true;
  std::string text;  ///< as it was written: "accuracy=0.5"
  /// Of a label, without ":higher" or ":lower": nobody knows which way it gets worse, and the caller should refuse it.
  bool lacks_direction = false;
};

/// Reads "5%", "0", "energy=5%", "accuracy=0.5", "latency=2ms". A percent sign is always relative. Refuses what allows
/// anything: 100 % and more of what is better when higher, more than 10,000 % of what is better when lower.
Parsed<Drop> parse_drop(std::string_view text);

/// Requirements, and the models that are held to them.
struct Block {
  std::string name;  ///< where it was written: "command line", "greenml-budget.json: limits[0]"
  std::vector<LabelMatch> matches;
  std::vector<Limit> limits;
  std::vector<Drop> drops;
  Level level = Level::error;
};

/// From what is most urgent to what is well.
enum class Standing { cannot_judge, falls_short, indeterminate, permitted, is_new, remark, holds };

/// Why a requirement is not met, or cannot be judged.
enum class Reason {
  none,
  beyond_limit,     ///< the value is known, and on the wrong side
  not_known,        ///< the model has no such value
  model_vanished,   ///< it is in the baseline only
  value_vanished,   ///< the baseline knows the value, the catalog does not
  lost_in_what_if,  ///< the baseline states the value, which cannot be known under the what-if
  not_comparable,   ///< a label by which values are comparable differs: `differs` says which
  weaker_method,    ///< it came about by a method that weighs less than before
  within_error,     ///< worse than allowed, but by less than the two errors together
  error_too_large,  ///< a stated error is as large as its value, so that nothing follows from the value
  condition,        ///< a condition of the place changed, which no amount covers
  value_is_new,     ///< the baseline does not know the value
  is_new,           ///< the baseline does not have the model
  no_model,         ///< the block selects none
  no_overlap,       ///< no selected model is in the baseline
  known_by_none,    ///< no selected model has the value
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
  std::string differs = {};  ///< "quality_metric is top-5, in the baseline top-1", or "probably renamed to ..."
};

struct CheckOptions {
  bool allow_missing = false;     ///< a model that is only in the baseline is permitted
  bool require_baseline = false;  ///< a model that is not in the baseline falls short, unless a limit holds it
  /// The labels that models of catalog and baseline are matched by, name among them; empty: those of their identity.
  std::vector<std::string> match_by = {};
  bool whatever_their_names = false;  ///< one model on each side: they are compared, whatever their labels say
  /// For each row of the baseline the fields, by position, that it states and that a what-if cleared; may be empty.
  std::vector<std::bitset<fields.size()>> lost_in_baseline = {};
};

struct CheckResult {
  std::vector<Finding> findings;
  std::size_t further_that_hold = 0;  ///< requirements that hold and are not among the findings
};

/// Findings come by block, then model by model in the order of names, limits before drops.
std::vector<Finding> check(const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                           const CheckOptions& options);

/// The same findings in the same order, but no more than the first so many models of each block for which all holds;
/// of the others it is counted. Who shows no more of them saves time and memory.
CheckResult check_in_brief(const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                           const CheckOptions& options, std::size_t most_that_hold);

}  // namespace greenml
