/// \file
/// What changed between two catalogs: models that came, went or have another name now, and by how much quantities
/// changed. It judges nothing: limits are the business of check.hpp.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "greenml/catalog.hpp"

namespace greenml {

/// How a model or one of its quantities changed.
enum class ChangeKind {
  worse,         ///< a quantity, in the direction that its field calls worse
  better,        ///< a quantity, in the other direction
  within_error,  ///< a quantity, by no more than the two errors together
  appeared,      ///< a quantity that is known now
  vanished,      ///< a quantity that is no longer known
  came,          ///< a model that only the later catalog has
  went,          ///< a model that only the earlier catalog has
  renamed,       ///< a guess: a model that went and one that came have the same figures
  same,          ///< a model of which nothing changed
};

struct Change {
  ChangeKind kind = ChangeKind::same;
  std::optional<std::size_t> before_row;
  std::optional<std::size_t> after_row;
  std::optional<FieldId> field;  ///< of a quantity
  std::optional<double> before;  ///< in the field's own unit
  std::optional<double> after;

  /// (after - before) / |before|; nothing where one is not known or `before` is 0.
  std::optional<double> relative() const;
};

/// Compares the rows that are named, models by their identity (the labels that tell models apart). Quantities that
/// changed come first, the greatest ratio before smaller ones; then what is known now and no longer, models that were
/// renamed, came, and went; last the models of which nothing changed. Values that differ by less than 1e-12 of their
/// size are equal. A renamed model is guessed where two figures or more are known, all are equal, and no third model
/// has them.
std::vector<Change> difference(const Catalog& before, std::span<const std::size_t> before_rows, const Catalog& after,
                               std::span<const std::size_t> after_rows);

}  // namespace greenml
