#include "analysis/baseline_match.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>

#include "catalog/identity.hpp"

namespace greenml {

namespace {

/// Figures of models that differ in these alone are of one model, and cannot be compared.
constexpr auto incomparable_labels = std::to_array<std::string_view>({"quality_metric", "hardware_count"});

std::string shown(std::string_view text) { return text.empty() ? "not stated" : std::string(text); }

}  // namespace

BaselineMatch::BaselineMatch(const Catalog& catalog, const Catalog& baseline, const std::vector<std::string>& match_by,
                             bool whatever_their_names)
    : catalog_(catalog),
      baseline_(baseline),
      labels_(match_by.empty() && !whatever_their_names ? identity_labels() : match_by),
      index_(catalog, baseline, labels_) {}

std::optional<std::size_t> BaselineMatch::same_but_incomparable(std::size_t baseline_row) const {
  if (!by_comparable_labels_) {
    std::vector<std::string> comparable = {"name"};
    for (const std::string& label : labels_)
      if (std::find(incomparable_labels.begin(), incomparable_labels.end(), label) == incomparable_labels.end())
        comparable.push_back(label);
    by_comparable_labels_.emplace(catalog_, baseline_, comparable);
  }
  for (const std::size_t row : by_comparable_labels_->of_baseline_row(IdentityIndex::Side::catalog, baseline_row))
    if (in_baseline(row).empty()) return row;
  return std::nullopt;
}

std::string BaselineMatch::difference(std::size_t row, std::size_t baseline_row) const {
  std::vector<std::string> differences;
  for (const std::string& label : labels_) {
    const std::string_view now = catalog_.label(label, row).text;
    const std::string_view before = baseline_.label(label, baseline_row).text;
    if (now != before)
      differences.push_back(fmt::format("{} is {}, in the baseline {}", label, shown(now), shown(before)));
  }
  return fmt::format("{}", fmt::join(differences, "; "));
}

std::string BaselineMatch::nearest_difference(std::size_t baseline_row) const {
  const std::vector<std::string> name = {"name"};
  if (!by_name_) by_name_.emplace(catalog_, baseline_, name);
  std::size_t fewest = labels_.size() + 1;
  std::string nearest;
  for (const std::size_t row : by_name_->of_baseline_row(IdentityIndex::Side::catalog, baseline_row)) {
    const auto differing =
        static_cast<std::size_t>(std::count_if(labels_.begin(), labels_.end(), [&](const std::string& label) {
          return catalog_.label(label, row).text != baseline_.label(label, baseline_row).text;
        }));
    if (differing == 0 || differing >= fewest) continue;
    fewest = differing;
    nearest = difference(row, baseline_row);
    if (fewest == 1) break;
  }
  return nearest;
}

}  // namespace greenml
