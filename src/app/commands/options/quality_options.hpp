/// \file
/// --quality: which quality field models are weighed by. Without it, the first one in the table of fields that the
/// models have.

#pragma once

#include <optional>
#include <span>

#include "commands/options/option_table.hpp"
#include "greenml/catalog.hpp"
#include "sheet/messages.hpp"

namespace greenml::cli {

class QualityOptions {
 public:
  void declare(OptionTable& table);
  /// Finds the quality of these models; says what is wrong with the one that was named. False where there is an error;
  /// models that have no quality are none.
  bool resolve(Messages& messages, const Catalog& catalog, std::span<const std::size_t> rows);
  /// Nothing where the models have no quality.
  const std::optional<FieldId>& field() const { return field_; }

 private:
  Typed typed_;
  std::optional<FieldId> field_;
};

}  // namespace greenml::cli
