#include "view/label_series.hpp"

#include <algorithm>
#include <fmt/format.h>

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

}  // namespace greenml::cli
