#include "view/label_series.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/quantity.hpp"

namespace greenml::cli {

SeriesByLabel::SeriesByLabel(const Catalog& catalog, std::span<const std::size_t> rows, std::string label)
    : label_(std::move(label)) {
  std::map<std::string_view, std::size_t> counts;
  std::size_t without = 0;
  for (const std::size_t row : rows) {
    const std::string_view text = catalog.label(label_, row).text;
    ++(text.empty() ? without : counts[text]);
  }
  std::vector<std::pair<std::string_view, std::size_t>> order(counts.begin(), counts.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& left, const auto& right) { return left.second > right.second; });
  const bool all_fit = order.size() <= render::looks.size();
  if (!all_fit) order.resize(render::looks.size() - 1);

  for (const auto& [text, count] : order) {
    positions_[text] = series_.size();
    series_.push_back({.name = std::string(text)});
  }
  if (!all_fit)
    series_.push_back({fmt::format("{} others", thousands(counts.size() - order.size())), true});
  else if (without > 0)
    series_.push_back({"not stated", true});
}

std::size_t SeriesByLabel::of(const Catalog& catalog, std::size_t row) const {
  if (label_.empty()) return 0;
  const auto found = positions_.find(catalog.label(label_, row).text);
  return found != positions_.end() ? found->second : series_.size() - 1;
}

std::string labels_to_color_by(const Catalog& catalog, std::span<const std::size_t> rows) {
  std::vector<std::string_view> known;
  for (const Label& label : labels) known.push_back(label.name);
  for (const std::string_view label : catalog.further_labels()) known.push_back(label);
  std::erase_if(known, [&](std::string_view label) {
    const auto text = [&](std::size_t row) { return catalog.label(label, row).text; };
    return label == "name" || std::all_of(rows.begin(), rows.end(), [&](std::size_t row) {
             return text(row).empty() || text(row) == text(rows.front());
           });
  });
  return known.empty() ? "no label tells these models apart" : fmt::format("they have {}", fmt::join(known, ", "));
}

}  // namespace greenml::cli
