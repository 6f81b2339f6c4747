/// \file
/// Which models take part: --where, --min and --max.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/options/option_table.hpp"
#include "greenml/catalog.hpp"
#include "greenml/selection.hpp"
#include "sheet/messages.hpp"

namespace greenml::cli {

class SelectionOptions {
 public:
  /// What --min and --max are for: to choose models, or to hold them to.
  enum class Limits { select, are_checked };
  explicit SelectionOptions(Limits limits = Limits::select) : limits_(limits) {}

  void declare(OptionTable& table);
  /// Reads what was typed; says what is wrong.
  bool resolve(Messages& messages);
  /// A complaint about a label or measure that these models do not have.
  std::optional<Complaint> check_names(const Catalog& catalog) const;
  /// The models that take part, with a note on how many were left out by what. Nothing, and an error, if none are left.
  std::optional<Selection> select(Messages& messages, const Catalog& catalog) const;
  const Criteria& criteria() const { return criteria_; }
  /// Whether a limit is set on this measure.
  bool limits(const Measure& measure) const;

 private:
  std::optional<Complaint> resolve_limits(const std::vector<std::string>& texts, Bound bound);
  std::optional<Complaint> resolve_matches();

  Limits limits_;
  std::vector<std::string> least_;
  std::vector<std::string> most_;
  std::vector<std::string> where_;
  Criteria criteria_;
};

}  // namespace greenml::cli
