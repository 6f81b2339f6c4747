#include "greenml/metric.hpp"

#include <cmath>
#include <fmt/format.h>

namespace greenml {

namespace {

double in_millions(double params) { return in_unit(params, unit_named(Dimension::count, "M")); }

double in_gmacs(double flops) { return in_unit(flops, unit_named(Dimension::compute, "GMAC")); }

}  // namespace

double accuracy_per_cost(const Metric& metric, const InputValues& values) {
  return values[0] / in_unit(values[1], *metric.cost_unit);
}

std::string worked_accuracy_per_cost(const Metric& metric, const InputValues& values) {
  return fmt::format("{} / {}", round_trip(values[0]), rounded(in_unit(values[1], *metric.cost_unit)));
}

double netscore(const Metric& /*metric*/, const InputValues& values) {
  const auto [accuracy, params, flops] = values;
  return 20 * std::log10(accuracy * accuracy / std::sqrt(in_millions(params) * in_gmacs(flops)));
}

std::string worked_netscore(const Metric& /*metric*/, const InputValues& values) {
  const auto [accuracy, params, flops] = values;
  return fmt::format("20 log10({}^2 / sqrt({} x {}))", round_trip(accuracy), rounded(in_millions(params)),
                     rounded(in_gmacs(flops)));
}

}  // namespace greenml
