/// \file
/// What may have become of models that a baseline has and a catalog has not: another variant, another spelling of the
/// name, or a new name for the same figures. What is looked through for that is put in order the first time.

#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/baseline_match.hpp"
#include "greenml/catalog.hpp"
#include "greenml/field.hpp"

namespace greenml {

/// Finds models that state the same quantities as another, two at least, with values within 1 %.
class LikeFigures {
 public:
  /// Of models that are alike the first in `rows` is found.
  LikeFigures(const Catalog& catalog, std::vector<std::size_t> rows);

  std::optional<std::size_t> find(const Catalog& other, std::size_t row) const;

 private:
  using FieldSet = std::bitset<fields.size()>;

  /// Models that state the same quantities.
  struct Class {
    std::vector<std::uint32_t> places;  // in rows_
    FieldId field{};                    // the quantity in which they differ most
    std::vector<std::pair<double, std::uint32_t>> by_value;
  };

  static FieldSet stated(const Catalog& catalog, std::size_t row);
  bool is_like(std::size_t row, const FieldSet& fields_of_both, const Catalog& other, std::size_t other_row) const;
  void put_in_order(Class& one, const FieldSet& fields_of_class) const;

  const Catalog& catalog_;
  std::vector<std::size_t> rows_;
  std::unordered_map<FieldSet, Class> classes_;
};

class Vanished {
 public:
  /// `rows` are those of the catalog that a model may have become. All but `rows` must stay.
  Vanished(const Catalog& catalog, const Catalog& baseline, const BaselineMatch& match, std::vector<std::size_t> rows)
      : catalog_(catalog), baseline_(baseline), match_(match), rows_(std::move(rows)) {}

  /// How the model differs that has the same name, or else one that looks like it; empty where there is none.
  std::string nearest(std::size_t baseline_row);
  /// The same, or else which new model has the same figures.
  std::string explanation(std::size_t baseline_row);

 private:
  /// Of models whose names look alike the first, and the first of another name.
  struct LookAlikes {
    std::size_t first;
    std::optional<std::size_t> second;
  };

  void sort_by_name();

  const Catalog& catalog_;
  const Catalog& baseline_;
  const BaselineMatch& match_;
  std::vector<std::size_t> rows_;
  bool is_sorted_ = false;
  std::optional<std::unordered_map<std::string, LookAlikes>> by_looks_;
  std::optional<LikeFigures> new_figures_;
};

}  // namespace greenml
