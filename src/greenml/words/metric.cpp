#include "greenml/metric.hpp"

#include <algorithm>
#include <cmath>

namespace greenml {

double accuracy_per_cost(const Metric& metric, const std::array<double, 3>& values) {
  return values[0] / in_unit(values[1], *metric.cost_unit);
}

double netscore(const Metric& /*metric*/, const std::array<double, 3>& values) {
  const auto [accuracy, params, flops] = values;
  const double millions = in_unit(params, unit_named(Dimension::count, "M"));
  const double gmacs = in_unit(flops, unit_named(Dimension::compute, "GMAC"));
  return 20 * std::log10(accuracy * accuracy / std::sqrt(millions * gmacs));
}

bool bound_to_hardware(const Metric& metric) {
  return std::any_of(metric.inputs.begin(), metric.inputs.end(),
                     [](FieldId input) { return row_of(input).bound_to_hardware; });
}

Score score(const Metric& metric, const Model& model) {
  std::array<double, 3> values{};
  for (std::size_t index = 0; index < metric.inputs.count; ++index) {
    const std::optional<double> value = model.value(metric.inputs.ids[index]);
    if (!value) return {.lack = Lack::quantity};
    const bool accuracy_of_ratio = index == 0 && metric.is_ratio();
    if (*value == 0 && !accuracy_of_ratio) return {.lack = Lack::zero};
    values[index] = *value;
  }
  return {.value = metric.compute(metric, values)};
}

}  // namespace greenml
