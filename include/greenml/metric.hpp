/// \file
/// The table of metrics: numbers computed from fields, all of them better when higher. Fields are in field.hpp;
/// measure.hpp takes a field and a metric alike, and computes a metric for a model.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "greenml/field.hpp"

namespace greenml {

/// The fields that a metric is computed from, the quality first. At most three.
struct Inputs {
  std::array<FieldId, 3> ids{};
  std::size_t count = 0;

  constexpr const FieldId* begin() const { return ids.data(); }
  constexpr const FieldId* end() const { return ids.data() + count; }
};

struct Metric;

/// The values of a metric's inputs, in the fields' own units.
using InputValues = std::array<double, 3>;

struct Metric {
  std::string_view name;
  std::string_view title;  ///< as the head of a column
  Inputs inputs;
  const Unit* cost_unit;  ///< of the second input, where the metric is quality / cost; else nullptr
  ScaleKind scale;
  bool in_bare_amount;  ///< covered by an amount of `check` that names no measure; see Field
  std::string_view formula;
  std::string_view source;  ///< who published it
  double (*compute)(const Metric& metric, const InputValues& values);
  /// The formula with the numbers put in: "76.13 / 8.178".
  std::string (*worked)(const Metric& metric, const InputValues& values);

  constexpr bool is_ratio() const { return cost_unit != nullptr; }
  constexpr FieldId cost() const { return inputs.ids[1]; }
};

/// Percentage points of accuracy for each unit of cost.
double accuracy_per_cost(const Metric& metric, const InputValues& values);
std::string worked_accuracy_per_cost(const Metric& metric, const InputValues& values);

/// 20 log10(accuracy^2 / sqrt(params in millions x GMACs)), in decibels. Wong 2018, NetScore, arXiv 1806.05512.
double netscore(const Metric& metric, const InputValues& values);
std::string worked_netscore(const Metric& metric, const InputValues& values);

/// A row for accuracy / cost. A field or unit that does not exist, or does not fit, does not compile.
consteval Metric ratio(std::string_view name, std::string_view title, std::string_view cost, std::string_view unit,
                       std::string_view formula, std::string_view source) {
  const FieldId cost_field = find_field(cost).value();
  const Unit& cost_unit = unit_named(row_of(cost_field).dimension, unit);
  return {.name = name,
          .title = title,
          .inputs = {{field_id("accuracy"), cost_field}, 2},
          .cost_unit = &cost_unit,
          .scale = ScaleKind::logarithmic,
          .in_bare_amount = true,
          .formula = formula,
          .source = source,
          .compute = accuracy_per_cost,
          .worked = worked_accuracy_per_cost};
}

/// The thesis that gave this form of metric to model size, and to time and energy of training and inference.
inline constexpr std::string_view greenml_thesis = "Dalgren & Lundegård 2019, GreenML";
inline constexpr std::string_view thesis_with_co2 = "Dalgren & Lundegård 2019, with CO2e for energy";

/// One row is one metric. The first that a catalog's models have is what they are ranked by.
inline constexpr auto metrics = std::to_array<Metric>({
    ratio("accuracy_per_gflop", "accuracy/GFLOP", "flops", "GFLOP", "accuracy / flops in GFLOP",
          "Schwartz et al. 2020 (arXiv 1907.10597), who recommend FLOPs"),
    ratio("accuracy_per_mparam", "accuracy/Mparam", "params", "M", "accuracy / params in millions",
          "Bianco et al. 2018 (arXiv 1810.00736), accuracy density"),
    ratio("accuracy_per_mb", "accuracy/MB", "size", "MB", "accuracy / size in MB", greenml_thesis),
    ratio("accuracy_per_ms", "accuracy/ms", "latency", "ms", "accuracy / latency in ms", greenml_thesis),
    ratio("accuracy_per_joule", "accuracy/J", "energy", "J", "accuracy / energy in J", greenml_thesis),
    ratio("accuracy_per_gco2", "accuracy/gCO2e", "co2", "g", "accuracy / co2 in g", thesis_with_co2),
    ratio("accuracy_per_training_hour", "accuracy/training h", "training_time", "h", "accuracy / training_time in h",
          greenml_thesis),
    ratio("accuracy_per_training_kwh", "accuracy/training kWh", "training_energy", "kWh",
          "accuracy / training_energy in kWh", greenml_thesis),
    ratio("accuracy_per_training_kgco2", "accuracy/training kgCO2e", "training_co2", "kg",
          "accuracy / training_co2 in kg", thesis_with_co2),
    ratio("accuracy_per_training_eflop", "accuracy/training EFLOP", "training_flops", "EFLOP",
          "accuracy / training_flops in EFLOP (1e18 FLOP)", "Schwartz et al. 2020 (arXiv 1907.10597)"),
    ratio("accuracy_per_training_usd", "accuracy/training USD", "training_cost", "USD",
          "accuracy / training_cost in USD", "Dalgren & Lundegård 2019, with money for energy"),
    Metric{.name = "netscore",
           .title = "NetScore",
           .inputs = {{field_id("accuracy"), field_id("params"), field_id("flops")}, 3},
           .cost_unit = nullptr,
           .scale = ScaleKind::linear,
           .in_bare_amount = false,  // a composite, which covers nothing that its parts do not
           .formula = "20 log10(accuracy^2 / sqrt(params in millions x flops in GMAC))",
           .source = "Wong 2018 (arXiv 1806.05512)",
           .compute = netscore,
           .worked = worked_netscore},
});

/// The metric with that name, or nullptr.
constexpr const Metric* find_metric(std::string_view name) {
  for (const Metric& metric : metrics)
    if (metric.name == name) return &metric;
  return nullptr;
}

}  // namespace greenml
