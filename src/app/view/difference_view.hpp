/// \file
/// What changed between two catalogs, in words and as a sheet.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/difference.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

/// Which changes are shown: a word for --only, and the kinds that it means.
struct OnlyRow {
  std::string_view name;
  std::vector<ChangeKind> kinds;
};
std::span<const OnlyRow> only_rows();

class DifferenceView {
 public:
  /// `name` is what was compared: "greenml diff old.json new.json".
  DifferenceView(std::string name, const Catalog& before, const Catalog& after, std::vector<Change> changes);

  /// "2 models came, 1 went, 3 quantities are worse, 1 is better; 12 models are the same"
  std::string summary() const;
  /// The changes of these kinds; for people at most so many rows, the greatest first.
  render::Sheet sheet(render::Audience audience, std::span<const ChangeKind> kinds) const;

 private:
  std::string model_name(const Change& change) const;
  render::Cell label_cell(const Change& change, std::string_view label) const;
  std::vector<render::Column> columns_for_people() const;
  std::vector<render::Column> columns_for_programs() const;

  std::string name_;
  const Catalog& before_;
  const Catalog& after_;
  std::vector<Change> changes_;
  std::vector<std::string_view> telling_;
};

}  // namespace greenml::cli
