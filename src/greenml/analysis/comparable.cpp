#include "analysis/comparable.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <vector>

#include "greenml/field.hpp"
#include "greenml/label.hpp"

namespace greenml {

bool has_weaker_method(const Measure& measure, const Model& before, const Model& now) {
  const std::vector<FieldId> inputs = measure.inputs();
  return std::any_of(inputs.begin(), inputs.end(),
                     [&](FieldId input) { return is_weaker(now.origin(input).method, before.origin(input).method); });
}

bool within_error(const Measure& measure, const Model& before, const Model& now) {
  const std::optional<double> error_before = measure.error(before);
  const std::optional<double> error_now = measure.error(now);
  if (!error_before && !error_now) return false;
  return std::abs(*measure.value(now) - *measure.value(before)) <=
         std::hypot(error_before.value_or(0), error_now.value_or(0));
}

bool error_hides_value(const Measure& measure, const Model& model) {
  const std::optional<double> error = measure.error(model);
  const std::optional<double> value = measure.value(model);
  return error && value && *error > 0 && *error >= std::abs(*value);
}

std::string incomparable_in(const Measure& measure, const Model& before, const Model& now) {
  const std::vector<FieldId> inputs = measure.inputs();
  const bool of_emissions = std::any_of(inputs.begin(), inputs.end(),
                                        [](FieldId input) { return row_of(input).dimension == Dimension::mass; });
  const bool of_quality =
      std::any_of(inputs.begin(), inputs.end(), [](FieldId input) { return row_of(input).role == Role::quality; });
  const bool one_grid = now.origin(field_id("carbon_intensity")).is_what_if();
  for (const Label& label : labels) {
    const bool matters = (label.grouping == Grouping::per_inference && measure.per_inference()) ||
                         (label.grouping == Grouping::always && of_quality) ||
                         (label.name == "hardware_count" && measure.bound_to_hardware()) ||
                         (label.name == "grid" && of_emissions && !one_grid);
    if (!matters) continue;
    const std::string_view text_now = now.label(label.name);
    const std::string_view text_before = before.label(label.name);
    if (text_now != text_before)
      return fmt::format("{} is {}, in the baseline {}", label.name, text_now.empty() ? "not stated" : text_now,
                         text_before.empty() ? "not stated" : text_before);
  }
  return {};
}

}  // namespace greenml
