/// \file
/// Which model of a baseline is which model of a catalog: those that are alike in the labels of their identity, or in
/// the labels that a person chose.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/identity_index.hpp"
#include "greenml/catalog.hpp"

namespace greenml {

class BaselineMatch {
 public:
  /// `match_by`: labels; empty for those of the identity. `whatever_their_names`: no labels at all, for one model on
  /// each side. Both catalogs must stay.
  BaselineMatch(const Catalog& catalog, const Catalog& baseline, const std::vector<std::string>& match_by,
                bool whatever_their_names);

  /// The rows of the one catalog that are the same model as a row of the other. More than one only where the labels
  /// that were chosen do not tell models apart.
  IdentityIndex::Rows in_catalog(std::size_t baseline_row) const {
    return index_.of_baseline_row(IdentityIndex::Side::catalog, baseline_row);
  }
  IdentityIndex::Rows in_baseline(std::size_t row) const {
    return index_.of_catalog_row(IdentityIndex::Side::baseline, row);
  }

  /// A model of the catalog that is in no baseline, and differs from this one of the baseline in nothing but what a
  /// quality counts or how many devices there are: the same model in figures that cannot be compared.
  std::optional<std::size_t> same_but_incomparable(std::size_t baseline_row) const;

  /// In which labels of its identity the nearest model of the other catalog that has the same name differs: "hardware
  /// is runner-b, in the baseline runner-a"; empty where no model has the name.
  std::string nearest_difference(std::size_t baseline_row) const;
  /// The labels in which two models differ, as a text.
  std::string difference(std::size_t row, std::size_t baseline_row) const;

 private:
  const Catalog& catalog_;
  const Catalog& baseline_;
  std::vector<std::string> labels_;
  IdentityIndex index_;
  // Made when they are asked for, which they are of models that are gone.
  mutable std::optional<IdentityIndex> by_name_;
  mutable std::optional<IdentityIndex> by_comparable_labels_;  // all of labels_ but those in which figures may differ
};

}  // namespace greenml
