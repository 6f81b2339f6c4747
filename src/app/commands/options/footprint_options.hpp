/// \file
/// --grid, --carbon-intensity, --pue: what if the models had run elsewhere. And what follows from what a catalog
/// states, which is computed at the same time.

#pragma once

#include <string>
#include <string_view>

#include "commands/options/option_table.hpp"
#include "greenml/catalog.hpp"
#include "greenml/footprint.hpp"
#include "sheet/messages.hpp"
#include "system/world.hpp"

namespace greenml::cli {

class WhatIfOptions {
 public:
  void declare(OptionTable& table);
  /// Reads what was typed; says what is wrong.
  bool resolve(World& world, Messages& messages);
  /// Fills in energy and CO2e that follow from what is stated, under the what-if that was asked for; says so. False,
  /// and an error, where a model names a grid that is not known and its CO2e depends on. What is said begins with
  /// `whose`: "baseline.json: ".
  bool derive(World& world, Messages& messages, Catalog& catalog, std::string_view whose = "") const;
  /// --reference, where newer tables than those built in may be.
  const Typed& reference_folder() const { return reference_; }
  /// For titles: ", if it ran at 56 g/kWh"; empty where nothing was asked for.
  std::string text() const;
  /// For programs: "carbon_intensity 40.695 g/kWh in Sweden (SWE), pue 1.1"; empty where nothing was asked for.
  std::string fact() const;

 private:
  Typed grid_;
  Typed carbon_intensity_;
  Typed pue_;
  Typed reference_;
  WhatIf what_if_;
  std::string grid_name_;  // as the table has it
};

}  // namespace greenml::cli
