#include "analysis/baseline_match.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>

#include "greenml/label.hpp"

namespace greenml {

namespace {

/// Figures of models that differ in these alone are of one model, and cannot be compared.
constexpr auto incomparable_labels = std::to_array<std::string_view>({"quality_metric", "hardware_count"});

const std::vector<std::size_t> none;

template <typename Rows>
const std::vector<std::size_t>& rows_in(const Rows& rows, const std::string& key) {
  const auto found = rows.find(key);
  return found == rows.end() ? none : found->second;
}

std::string shown(std::string_view text) { return text.empty() ? "not stated" : std::string(text); }

}  // namespace

BaselineMatch::BaselineMatch(const Catalog& catalog, const Catalog& baseline, const std::vector<std::string>& match_by,
                             bool whatever_their_names)
    : catalog_(catalog), baseline_(baseline), labels_(match_by) {
  if (labels_.empty() && !whatever_their_names)
    for (const Label& label : labels)
      if (label.identity) labels_.emplace_back(label.name);
  for (std::size_t row = 0; row < catalog_.size(); ++row) {
    catalog_rows_[key_of(catalog_, row)].push_back(row);
    by_name_[std::string(catalog_.name(row))].push_back(row);
  }
  for (std::size_t row = 0; row < baseline_.size(); ++row) baseline_rows_[key_of(baseline_, row)].push_back(row);
}

/// The texts, each after its length, so that no text can pass for the end of another.
std::string BaselineMatch::key_of(const Catalog& catalog, std::size_t row) const {
  std::string key;
  for (const std::string& label : labels_) {
    const std::string_view text = catalog.label(label, row).text;
    key += fmt::format("{}:{}", text.size(), text);
  }
  return key;
}

const std::vector<std::size_t>& BaselineMatch::in_catalog(std::size_t baseline_row) const {
  return rows_in(catalog_rows_, key_of(baseline_, baseline_row));
}

const std::vector<std::size_t>& BaselineMatch::in_baseline(std::size_t row) const {
  return rows_in(baseline_rows_, key_of(catalog_, row));
}

std::optional<std::size_t> BaselineMatch::same_but_incomparable(std::size_t baseline_row) const {
  const auto is_incomparable = [](std::string_view label) {
    return std::find(incomparable_labels.begin(), incomparable_labels.end(), label) != incomparable_labels.end();
  };
  for (const std::size_t row : rows_in(by_name_, std::string(baseline_.name(baseline_row)))) {
    const bool same = std::all_of(labels_.begin(), labels_.end(), [&](const std::string& label) {
      return is_incomparable(label) || catalog_.label(label, row).text == baseline_.label(label, baseline_row).text;
    });
    if (same && in_baseline(row).empty()) return row;
  }
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
  std::size_t fewest = labels_.size() + 1;
  std::string nearest;
  for (const std::size_t row : rows_in(by_name_, std::string(baseline_.name(baseline_row)))) {
    const auto differing =
        static_cast<std::size_t>(std::count_if(labels_.begin(), labels_.end(), [&](const std::string& label) {
          return catalog_.label(label, row).text != baseline_.label(label, baseline_row).text;
        }));
    if (differing == 0 || differing >= fewest) continue;
    fewest = differing;
    nearest = difference(row, baseline_row);
  }
  return nearest;
}

}  // namespace greenml
