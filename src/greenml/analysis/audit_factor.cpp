#include "analysis/audit_factor.hpp"

#include <array>
#include <cmath>

namespace greenml::audit_detail {

namespace {

struct FactorRow {
  double factor;
  std::optional<Dimension> dimension;  ///< nothing: of any
  std::string_view when_too_large;
  std::string_view when_too_small;
};

/// One row is one kind of mistake.
constexpr auto factors = std::to_array<FactorRow>({
    {2, Dimension::compute, "FLOPs taken for multiply-accumulates and doubled", "multiply-accumulates taken for FLOPs"},
    {2, Dimension::count, "bytes of 16-bit numbers counted as parameters", "half of the parameters left out"},
    {2, Dimension::storage, "32-bit numbers taken for 16-bit ones", "16-bit numbers taken for 32-bit ones"},
    {3, Dimension::compute, "training (forward and backward) counted as inference",
     "a third of the operations counted"},
    {4, Dimension::count, "bytes of 32-bit numbers counted as parameters", "parameters divided by four bytes"},
    {4, Dimension::compute, "image sides doubled, or operations doubled twice",
     "image sides halved, or MACs halved again"},
    {8, Dimension::count, "bits of 8-bit numbers, or bytes of 64-bit ones, counted as parameters", ""},
    {8, Dimension::storage, "bits taken for bytes", "bytes taken for bits"},
    {3.6, Dimension::energy, "MJ taken for kWh", "kWh taken for MJ"},
    {60, Dimension::time, "minutes taken for hours, or seconds for minutes",
     "hours taken for minutes, or minutes for seconds"},
    {60, Dimension::energy, "minutes taken for hours, or seconds for minutes",
     "hours taken for minutes, or minutes for seconds"},
    {24, Dimension::time, "hours taken for days", "days taken for hours"},
    {24, Dimension::energy, "hours taken for days", "days taken for hours"},
    {3600, Dimension::time, "seconds taken for hours", "hours taken for seconds"},
    {3600, Dimension::energy, "joules taken for watt-hours", "watt-hours taken for joules"},
    {3.6e6, Dimension::energy, "joules taken for kilowatt-hours", "kilowatt-hours taken for joules"},
    {453.59237, Dimension::mass, "grams taken for pounds", "pounds taken for grams"},
    {2.20462, Dimension::mass, "pounds taken for kilograms", "kilograms taken for pounds"},
    {10, std::nullopt, "a digit too many", "a digit lost"},
    {100, Dimension::accuracy, "a fraction taken for a percentage twice", "a percentage taken for a fraction"},
    {100, std::nullopt, "two digits too many", "two digits lost"},
    {1000, Dimension::mass, "grams taken for kilograms", "kilograms taken for grams"},
    {1000, Dimension::energy, "Wh taken for kWh", "kWh taken for Wh"},
    {1000, Dimension::time, "milliseconds taken for seconds", "seconds taken for milliseconds"},
    {1000, std::nullopt, "one unit prefix too high (k for none, M for k, G for M)",
     "one unit prefix too low (k for M, M for G)"},
    {1024, std::nullopt, "one binary prefix too high (MiB for KiB)", "one binary prefix too low (KiB for MiB)"},
    {1e6, std::nullopt, "two unit prefixes too high (M for none, G for k)",
     "two unit prefixes too low: millions taken for ones"},
    {1e9, std::nullopt, "three unit prefixes too high", "three unit prefixes too low: billions taken for ones"},
});

}  // namespace

std::optional<NamedFactor> named_factor(double ratio, Dimension dimension) {
  constexpr double tolerance = 0.05;
  std::optional<NamedFactor> found;
  double nearest = std::log(1 + tolerance);
  for (const FactorRow& row : factors) {
    if (row.dimension && *row.dimension != dimension) continue;
    const bool large = ratio > 1;
    const double off = std::abs(std::log(large ? ratio / row.factor : ratio * row.factor));
    if (!(off < nearest)) continue;
    nearest = off;
    found = {large ? row.factor : 1 / row.factor, large ? row.when_too_large : row.when_too_small};
  }
  return found;
}

}  // namespace greenml::audit_detail
