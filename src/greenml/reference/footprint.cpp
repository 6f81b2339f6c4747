#include "greenml/footprint.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <span>
#include <unordered_map>

#include "greenml/quantity.hpp"
#include "words/decimal.hpp"

namespace greenml {

namespace {

constexpr FieldId pue = field_id("pue");
constexpr FieldId carbon_intensity = field_id("carbon_intensity");
constexpr FieldId power = field_id("training_power");
constexpr FieldId energy = field_id("energy");
constexpr FieldId training_time = field_id("training_time");
constexpr FieldId training_energy = field_id("training_energy");
constexpr auto emissions = std::to_array<FieldId>({field_id("co2"), field_id("training_co2")});

constexpr std::string_view as_asked_for = "what if: as asked for";

constexpr std::size_t index_of(FieldId field) { return static_cast<std::size_t>(field); }

/// How sure a derived number is: as its least sure input.
Method method_of_result(const Derivation& derivation, const Model& model) {
  const bool estimated =
      std::any_of(derivation.inputs.begin(), derivation.inputs.begin() + derivation.input_count, [&](FieldId input) {
        const Method method = model.origin(input).method;
        return method == Method::estimated || method == Method::assumed;
      });
  return estimated ? Method::estimated : Method::derived;
}

/// Finds a label's text in a table, each text once: many models have the same.
class Lookup {
 public:
  const ReferenceRow* find(const ReferenceTable& table, const Catalog& catalog, LabelId label, std::size_t row) {
    const auto [known, is_new] = known_.try_emplace(catalog.label_number(label, row), nullptr);
    if (is_new) known->second = table.find(catalog.label(label, row).text);
    return known->second;
  }

 private:
  std::unordered_map<std::uint32_t, const ReferenceRow*> known_;  // by the number of the label's text
};

class Footprints {
 public:
  Footprints(Catalog& catalog, const WhatIf& what_if, const FootprintTables& tables, FootprintReport& report)
      : catalog_(catalog), what_if_(what_if), tables_(tables), report_(report) {}

  void run(std::size_t row) {
    std::array<bool, fields.size()> had{};
    for (std::size_t field = 0; field < fields.size(); ++field) had[field] = has(static_cast<FieldId>(field), row);
    const bool is_grid_known = look_up_grid(row);
    look_up_power(row);
    if (what_if_.any()) move(row);
    for (const Derivation& derivation : derivations) derive(derivation, row, had);
    if (!is_grid_known) report_.unknown_grids.push_back({row, needs_grid(row)});
    for (std::size_t field = 0; field < fields.size(); ++field)
      if (had[field] && !has(static_cast<FieldId>(field), row)) ++report_.lost[field];
  }

 private:
  bool has(FieldId field, std::size_t row) const { return !std::isnan(catalog_.value(field, row)); }

  /// False where a model's grid is not in the table.
  bool look_up_grid(std::size_t row) {
    const std::string_view name = catalog_.label("grid", row).text;
    // Where another intensity is asked for, that of the model's own grid does not matter.
    if (what_if_.carbon_intensity || tables_.grids == nullptr || name.empty() || has(carbon_intensity, row))
      return true;
    const ReferenceRow* grid = grids_.find(*tables_.grids, catalog_, label_id("grid"), row);
    if (grid == nullptr) return false;
    catalog_.set_value(carbon_intensity, row, grid->value,
                       {.method = Method::reported,
                        .source = fmt::format("{} in {}: {}", grid->written, grid->name, grid->source),
                        .computed = true});
    ++report_.derived[index_of(carbon_intensity)];
    return true;
  }

  /// Whether CO2e would follow if the grid were known.
  bool needs_grid(std::size_t row) const {
    return (has(energy, row) && !has(field_id("co2"), row)) ||
           (has(training_energy, row) && !has(field_id("training_co2"), row));
  }

  void look_up_power(std::size_t row) {
    const std::string_view count_text = catalog_.label("hardware_count", row).text;
    const std::string_view name = catalog_.label("hardware", row).text;
    if (tables_.hardware == nullptr || count_text.empty() || name.empty() || has(power, row)) return;
    const std::optional<double> count = parse_hardware_count(count_text);
    if (!count) return;
    const ReferenceRow* hardware = hardware_.find(*tables_.hardware, catalog_, label_id("hardware"), row);
    if (hardware == nullptr) {
      const bool is_needed = !has(training_energy, row) && has(training_time, row) && (what_if_.pue || has(pue, row));
      if (is_needed) report_.unknown_hardware.push_back(row);
      return;
    }
    catalog_.set_value(
        power, row, hardware->value * *count,
        {.method = Method::estimated,
         .source = fmt::format("{} x {} nameplate: {}", round_trip(*count), hardware->written, hardware->source),
         .computed = true});
    ++report_.derived[index_of(power)];
  }

  /// Takes a model to the other data centre; what must be computed anew is cleared.
  void move(std::size_t row) {
    double ratio = 1;
    if (what_if_.pue) {
      const double own_pue = catalog_.value(pue, row);
      ratio = *what_if_.pue / own_pue;  // NaN where the old one is not known
      note_pue_ratio(own_pue);
      for (const FieldId field : {energy, training_energy})
        if (has(field, row)) catalog_.replace_value(field, row, catalog_.value(field, row) * ratio, pue_working_);
      catalog_.replace_value(pue, row, *what_if_.pue, as_asked_for);
    }
    if (what_if_.carbon_intensity)
      catalog_.replace_value(carbon_intensity, row, *what_if_.carbon_intensity, as_asked_for);
    const bool intensity_known = has(carbon_intensity, row);
    for (const FieldId field : emissions) {
      // What is on the same grid, of unknown intensity, changes as the energy does.
      if (intensity_known)
        catalog_.clear_value(field, row);
      else if (has(field, row))
        catalog_.replace_value(field, row, catalog_.value(field, row) * ratio, pue_working_);
    }
  }

  /// Says how energy is taken from one PUE to the other, in new words only where it is another than of the model
  /// before.
  void note_pue_ratio(double own_pue) {
    if (own_pue == noted_pue_ || std::isnan(own_pue)) return;
    noted_pue_ = own_pue;
    pue_working_ = fmt::format("what if: x {} / {} (PUE)", round_trip(*what_if_.pue), round_trip(own_pue));
  }

  void derive(const Derivation& derivation, std::size_t row, const std::array<bool, fields.size()>& had) {
    const Model model = catalog_[row];
    const std::optional<double> value = derived_value(derivation, model);
    if (!value) return;
    const std::optional<double> stated = model.value(derivation.result);
    if (!stated) {
      catalog_.set_value(derivation.result, row, *value,
                         {.method = method_of_result(derivation, model),
                          .source = std::string(derivation.formula),
                          .error = std::nullopt,
                          .computed = true});
      if (!had[index_of(derivation.result)]) ++report_.derived[index_of(derivation.result)];
      return;
    }
    constexpr double much = 0.1;
    const bool contradicts = std::abs(*value - *stated) > much * *stated;
    if (contradicts && !what_if_.any()) report_.contradictions.push_back({row, derivation.result, *stated, *value});
  }

  Catalog& catalog_;
  const WhatIf& what_if_;
  const FootprintTables& tables_;
  FootprintReport& report_;
  Lookup grids_;
  Lookup hardware_;
  double noted_pue_ = std::numeric_limits<double>::quiet_NaN();
  std::string pue_working_;
};

}  // namespace

std::optional<double> parse_hardware_count(std::string_view text) {
  const std::optional<double> count = parse_decimal(text);
  return count && *count >= 1 && *count == std::floor(*count) ? count : std::nullopt;
}

std::optional<double> derived_value(const Derivation& derivation, const Model& model) {
  double product = 1;
  for (std::size_t index = 0; index < derivation.input_count; ++index) {
    const std::optional<double> input = model.value(derivation.inputs[index]);
    if (!input) return std::nullopt;
    product *= *input;
  }
  const double value = product / derivation.per;
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

FootprintReport derive_footprints(Catalog& catalog, const WhatIf& what_if, const FootprintTables& tables) {
  FootprintReport report;
  const bool anything_to_derive =
      std::any_of(derivations.begin(), derivations.end(), [&](const Derivation& derivation) {
        return std::all_of(derivation.inputs.begin(), derivation.inputs.begin() + derivation.input_count,
                           [&](FieldId input) { return catalog.has(input); });
      });
  if (!anything_to_derive && !what_if.any() && tables.grids == nullptr && tables.hardware == nullptr) return report;
  Footprints footprints(catalog, what_if, tables, report);
  for (std::size_t row = 0; row < catalog.size(); ++row) footprints.run(row);
  return report;
}

}  // namespace greenml
