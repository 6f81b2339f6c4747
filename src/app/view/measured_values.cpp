#include "view/measured_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenml::cli {

bool has_whole_numbers(const Catalog& catalog, const Measure& measure) {
  for (std::size_t row = 0; row < catalog.size(); ++row)
    if (const std::optional<double> value = measure.value(catalog[row]); value && *value != std::floor(*value))
      return false;
  return true;
}

bool span_too_much_for_bars(const Catalog& catalog, std::span<const Group> groups, const Measure& measure) {
  constexpr double most_between_bars = 500;  // the shortest of them is a pixel
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  for (const Group& one : groups)
    for (const std::size_t row : one.rows)
      if (const std::optional<double> value = measure.value(catalog[row])) {
        least = std::min(least, *value);
        most = std::max(most, *value);
      }
  return least > 0 && most > least * most_between_bars;
}

}  // namespace greenml::cli
