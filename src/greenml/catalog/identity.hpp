/// \file
/// What tells models apart: the texts of some labels. They are compared by their texts, within a catalog or across two,
/// and hashed so that who has many models finds equal ones.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"

namespace greenml {

/// The names of the labels that are marked so in label.hpp.
std::vector<std::string> identity_labels();

/// Labels of one catalog, which must stay and not change.
class Identity {
 public:
  /// A label that no model of the catalog has is as good as an empty one.
  Identity(const Catalog& catalog, std::span<const std::string> names);

  const Catalog& catalog() const { return catalog_; }
  /// The same for equal texts, in whichever catalog they are.
  std::uint64_t hash(std::size_t row) const;
  /// The same for each of the rows from `first` on, in less time.
  void hash(std::size_t first, std::span<std::uint64_t> hashes) const;

  /// Whether the texts of two models are equal. Both have the same labels.
  static bool alike(const Identity& left, std::size_t left_row, const Identity& right, std::size_t right_row);

 private:
  /// The hash of a model is the sum of what each of its texts contributes.
  struct Part {
    std::optional<LabelId> label;
    std::uint64_t weight;
    std::vector<std::uint64_t> shares;  // by the label's number; of the first numbers, if they are very many

    bool is_name() const { return label == label_id("name"); }
  };

  std::uint64_t share(const Part& part, std::uint32_t number) const;
  std::string_view text(const Part& part, std::size_t row) const {
    return part.label ? catalog_.label(*part.label, row).text : std::string_view();
  }

  const Catalog& catalog_;
  std::vector<Part> parts_;
};

}  // namespace greenml
