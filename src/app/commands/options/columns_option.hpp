/// \file
/// --columns: which fields, metrics and labels are shown of each model.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/options/option_table.hpp"
#include "greenml/catalog.hpp"
#include "greenml/selection.hpp"
#include "sheet/messages.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

class ColumnsOption {
 public:
  /// Makes the columns of one command: "pareto". Nothing for a name that it does not know.
  using Own = std::function<std::optional<render::Column>(std::string_view name)>;

  void declare(OptionTable& table, std::string help);
  bool is_given() const { return typed_.has_value(); }
  /// `columns`, then the labels that tell namesakes apart, then what was asked for, with marks at what was not stated.
  /// Nothing, and an error, where a name is unknown.
  std::optional<std::vector<render::Column>> add_to(std::vector<render::Column> columns, Messages& messages,
                                                    const Catalog& catalog, std::span<const Group> groups,
                                                    const Own& own = {}) const;

 private:
  Typed typed_;
};

}  // namespace greenml::cli
