#include "view/measured_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenml::cli {

namespace {

bool has_whole_numbers(const Catalog& catalog, const Measure& measure) {
  for (std::size_t row = 0; row < catalog.size(); ++row)
    if (const std::optional<double> value = measure.value(catalog[row]); value && *value != std::floor(*value))
      return false;
  return true;
}

/// As 2023-10-26.
bool has_dates(const Catalog& catalog, const Measure& measure) {
  constexpr std::size_t digits_of_year = 4;
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    const std::string_view text = catalog.label(measure.label(), row).text;
    if (text.find('-') == digits_of_year && measure.value(catalog[row])) return true;
  }
  return false;
}

}  // namespace

render::Quantity quantity_of(const Catalog& catalog, const Measure& measure) {
  render::Quantity quantity = {std::string(measure.title()), measure.dimension(), measure.scale()};
  if (measure.field()) quantity.most = row_of(*measure.field()).range.most;
  const bool is_label = !measure.label().empty();
  quantity.is_date = is_label && has_dates(catalog, measure);
  if (is_label) quantity.least_step = has_whole_numbers(catalog, measure) ? 1 : 0;
  return quantity;
}

bool span_too_much_for_bars(const render::Chart& chart) {
  constexpr double most_between_bars = 500;  // the shortest of them is a pixel
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  for (const render::Panel& panel : chart.panels)
    for (const render::Point& point : panel.points) {
      least = std::min(least, point.x);
      most = std::max(most, point.x);
    }
  return least > 0 && most > least * most_between_bars;
}

}  // namespace greenml::cli
