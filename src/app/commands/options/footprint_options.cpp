#include "commands/options/footprint_options.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

#include "commands/options/catalog_options.hpp"
#include "commands/options/reference_options.hpp"
#include "greenml/model_name.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

/// Reads a quantity of a field from an option; says what is wrong.
bool parse_option(Messages& messages, std::string_view option, FieldId id, const Typed& typed,
                  std::optional<double>& value) {
  if (!typed) return true;
  const Parsed<double> parsed = parse_field(row_of(id), {*typed, &own_unit(row_of(id)), false});
  if (!parsed) {
    messages.error(option, parsed.complaint());
    return false;
  }
  value = *parsed;
  return true;
}

/// How a field came about that models have only by derivation.
std::string how_derived(FieldId field) {
  if (const Derivation* derivation = find_derivation(field)) return fmt::format("derived: {}", derivation->formula);
  if (row_of(field).dimension == Dimension::power)
    return "estimated from nameplate power, from which real power differs by up to 40 %";
  return "looked up by its grid";
}

/// An error where CO2e waits for the grid; else a warning, since the model can do without, for the first model on it.
void add_unknown_grid(Problems& problems, const Catalog& catalog, const UnknownGrid& unknown,
                      const ReferenceTable& table, std::set<std::string_view>& warned_of) {
  const Model model = catalog[unknown.row];
  const std::string_view grid = model.label("grid");
  if (unknown.is_needed && problems.full()) return problems.count_error();
  const bool may_warn = problems.warnings().size() < Problems::kept_in_full;
  if (!unknown.is_needed && (!may_warn || !warned_of.insert(grid).second)) return;
  Problem problem;
  problem.severity = unknown.is_needed ? Severity::error : Severity::warning;
  problem.place.file = model.file();
  problem.place.line = model.line();
  problem.model = model.name();
  problem.key = "grid";
  problem.message = fmt::format("\"{}\" is not in the table of grids", grid);
  problem.hint = table.near(grid);
  problems.add(std::move(problem));
}

/// Names hardware for lack of whose power no energy could be worked out, each once.
void note_unknown_hardware(Messages& messages, const Catalog& catalog, const std::vector<std::size_t>& rows,
                           const ReferenceTable* table, std::string_view whose) {
  constexpr std::size_t most_told = 3;
  std::set<std::string_view> names;
  for (const std::size_t row : rows) {
    const std::string_view name = catalog.label("hardware", row).text;
    if (!names.insert(name).second || names.size() > most_told) continue;
    const std::string near = table->near(name);
    messages.note(fmt::format("{}no nameplate power is known for {}{}{}", whose, name, near.empty() ? "" : "; ", near));
  }
  if (names.size() > most_told)
    messages.note(fmt::format("{}nor is it for {} of hardware", whose,
                              plural(names.size() - most_told, "other kind", "other kinds")));
}

void note_contradictions(Messages& messages, const Catalog& catalog, const std::vector<Contradiction>& contradictions,
                         std::string_view whose) {
  constexpr std::size_t most_told = 3;
  for (std::size_t index = 0; index < std::min(most_told, contradictions.size()); ++index) {
    const Contradiction& one = contradictions[index];
    const Dimension dimension = row_of(one.field).dimension;
    messages.note(fmt::format("{}{}: {} is stated as {}, but {} is {}", whose, full_name(catalog[one.row]),
                              row_of(one.field).name, for_people(one.stated, dimension),
                              find_derivation(one.field)->formula, for_people(one.derived, dimension)));
  }
  if (contradictions.size() > most_told)
    messages.note(fmt::format("{}{} more than 10 % from what follows", whose,
                              plural(contradictions.size() - most_told, "other number is", "other numbers are")));
}

/// Whether there is anything, stated or derived, that depends on where a model runs.
bool has_footprint(const Catalog& catalog) {
  constexpr auto footprint = std::to_array<FieldId>(
      {field_id("energy"), field_id("co2"), field_id("training_energy"), field_id("training_co2")});
  return std::any_of(footprint.begin(), footprint.end(), [&](FieldId field) { return catalog.has(field); });
}

}  // namespace

void WhatIfOptions::declare(OptionTable& table) {
  table.value("--grid", grid_, "GRID", "CO2e on this grid: FRA, US-CA, gcp:europe-west9").under("What if");
  table.value("--carbon-intensity", carbon_intensity_, "QUANTITY", "CO2e on a grid of, say, 56g/kWh").under("What if");
  table.value("--pue", pue_, "RATIO", "Energy and CO2e in a data centre of, say, 1.1").under("What if");
  table.value("--reference", reference_, "DIR", "Read grids.json, hardware.json, equivalents.json from there")
      .under("What if");
}

bool WhatIfOptions::resolve(World& world, Messages& messages) {
  if (!parse_option(messages, "--carbon-intensity", field_id("carbon_intensity"), carbon_intensity_,
                    what_if_.carbon_intensity) ||
      !parse_option(messages, "--pue", field_id("pue"), pue_, what_if_.pue))
    return false;
  if (!is_there(messages, reference_)) return false;  // also where no model needs a table
  if (!grid_) return true;
  if (carbon_intensity_) {
    messages.error("--grid and --carbon-intensity are two answers to one question", "give one of them");
    return false;
  }
  const ReferenceRow* grid = look_up(world, messages, ReferenceKind::grids, reference_, "--grid", *grid_);
  if (grid == nullptr) return false;
  what_if_.carbon_intensity = grid->value;
  grid_name_ = grid->title.empty() ? grid->name : fmt::format("{} ({})", grid->title, grid->name);
  return true;
}

bool WhatIfOptions::derive(World& world, Messages& messages, Catalog& catalog, std::string_view whose) const {
  FootprintTables tables;  // not read where no model needs them
  if (catalog.has_label("grid") && !what_if_.carbon_intensity &&
      (tables.grids = reference(world, messages, ReferenceKind::grids, reference_)) == nullptr)
    return false;
  if (catalog.has_label("hardware_count") &&
      (tables.hardware = reference(world, messages, ReferenceKind::hardware, reference_)) == nullptr)
    return false;

  const FootprintReport report = derive_footprints(catalog, what_if_, tables);
  Problems problems;
  std::set<std::string_view> warned_of;
  for (const UnknownGrid& unknown : report.unknown_grids)
    add_unknown_grid(problems, catalog, unknown, *tables.grids, warned_of);
  messages.add(problems);
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (report.derived[index] > 0)
      messages.note(fmt::format("{}{} of {} is {}", whose, fields[index].name,
                                plural(report.derived[index], "model", "models"),
                                how_derived(static_cast<FieldId>(index))));
    if (report.lost[index] > 0)
      messages.note(fmt::format("{}{} of {} cannot be known then: there is nothing to compute it from", whose,
                                fields[index].name, plural(report.lost[index], "model", "models")));
  }
  if (what_if_.any() && !has_footprint(catalog))
    messages.note(fmt::format("{}no model has an energy or CO2e that another grid or data centre would change", whose));
  note_unknown_hardware(messages, catalog, report.unknown_hardware, tables.hardware, whose);
  note_contradictions(messages, catalog, report.contradictions, whose);
  return problems.errors() == 0;
}

std::string WhatIfOptions::text() const {
  std::string text;
  if (what_if_.carbon_intensity)
    text += fmt::format(", if it ran {}at {}", grid_name_.empty() ? "" : "in " + grid_name_ + " ",
                        for_people(*what_if_.carbon_intensity, Dimension::carbon_intensity));
  if (what_if_.pue)
    text += fmt::format("{} a PUE of {}", text.empty() ? ", if it ran at" : " and", rounded(*what_if_.pue));
  return text;
}

std::string WhatIfOptions::fact() const {
  std::vector<std::string> assumed;
  if (what_if_.carbon_intensity)
    assumed.push_back(fmt::format("carbon_intensity {} g/kWh{}", round_trip(*what_if_.carbon_intensity),
                                  grid_name_.empty() ? "" : fmt::format(" in {}", grid_name_)));
  if (what_if_.pue) assumed.push_back(fmt::format("pue {}", round_trip(*what_if_.pue)));
  return fmt::format("{}", fmt::join(assumed, ", "));
}

}  // namespace greenml::cli
