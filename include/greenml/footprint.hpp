/// \file
/// What a catalog does not state but follows from what it states: energy from power, time and PUE, CO2e from energy and
/// the carbon intensity of the grid. And what would follow on another grid.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/field.hpp"
#include "greenml/reference.hpp"

namespace greenml {

/// A field that is the product of others.
struct Derivation {
  FieldId result;
  std::array<FieldId, 3> inputs;
  std::size_t input_count;
  double per;  ///< the product of the inputs in their own units is divided by this
  std::string_view formula;
  std::string_view source;
};

inline constexpr double joules_per_kwh = 3.6e6;

/// One row is one derivation. They are applied in this order, so that one may build on those before it.
inline constexpr auto derivations = std::to_array<Derivation>({
    {field_id("training_energy"),
     {field_id("training_power"), field_id("training_time"), field_id("pue")},
     3,
     1,
     "training_power x training_time x pue",
     "Strubell et al. 2019, section 2 (arXiv 1906.02243)"},
    {field_id("training_co2"),
     {field_id("training_energy"), field_id("carbon_intensity")},
     2,
     joules_per_kwh,
     "training_energy x carbon_intensity",
     "Strubell et al. 2019, section 2 (arXiv 1906.02243)"},
    {field_id("co2"),
     {field_id("energy"), field_id("carbon_intensity")},
     2,
     joules_per_kwh,
     "energy x carbon_intensity",
     "Patterson et al. 2021, section 2 (arXiv 2104.10350)"},
});

/// The derivation of a field, or nullptr.
constexpr const Derivation* find_derivation(FieldId result) {
  for (const Derivation& derivation : derivations)
    if (derivation.result == result) return &derivation;
  return nullptr;
}

/// The value that follows for a model, in the field's own unit; nothing where an input is not known.
std::optional<double> derived_value(const Derivation& derivation, const Model& model);

/// Another grid or data centre than the models ran in.
struct WhatIf {
  std::optional<double> carbon_intensity;  ///< g/kWh
  std::optional<double> pue;

  bool any() const { return carbon_intensity.has_value() || pue.has_value(); }
};

/// A stated number that is more than 10 % away from the one that follows from the others.
struct Contradiction {
  std::size_t row;
  FieldId field;
  double stated;
  double derived;
};

/// Where a model's labels `grid` and `hardware` are looked up; nullptr: they are not.
struct FootprintTables {
  const ReferenceTable* grids = nullptr;
  const ReferenceTable* hardware = nullptr;
};

/// A model whose label `grid` is not in the table.
struct UnknownGrid {
  std::size_t row;
  bool is_needed;  ///< there is an energy, whose CO2e is not stated
};

struct FootprintReport {
  std::array<std::size_t, fields.size()> derived{};  ///< by field: how many models have it only by derivation
  std::array<std::size_t, fields.size()> lost{};     ///< by field: how many had it, and have none under the what-if
  std::vector<Contradiction> contradictions;
  std::vector<UnknownGrid> unknown_grids;
  std::vector<std::size_t> unknown_hardware;  ///< rows with all for an energy but the power, which is in no table
};

/// The number in a label `hardware_count`: a whole number from 1; nothing for any other text.
std::optional<double> parse_hardware_count(std::string_view text);

/// Fills in what follows, marked as derived, or as estimated where an input is. A stated number is never replaced,
/// except by a what-if: then energy is taken to the new PUE where the old one is known, and all CO2e is computed anew
/// from energy; with a PUE alone, CO2e on a grid of unknown intensity changes as the PUE does.
///
/// Before that, a model without carbon intensity gets that of its `grid`, and one without power the nameplate power of
/// its `hardware` times `hardware_count`, as an estimate.
FootprintReport derive_footprints(Catalog& catalog, const WhatIf& what_if, const FootprintTables& tables);

}  // namespace greenml
