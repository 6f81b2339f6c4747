#include "greenml/column_mapping.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/label.hpp"
#include "greenml/spelling.hpp"
#include "words/excerpt.hpp"
#include "words/unit_spelling.hpp"
#include "words/written_parts.hpp"

namespace greenml {

namespace {

constexpr std::string_view nothing = "drop";

/// The units that a column without one is usually in; a person who must choose is shown these.
struct UsualUnits {
  Dimension dimension;
  std::array<std::string_view, 4> symbols;
};
constexpr auto usual_units = std::to_array<UsualUnits>({
    {Dimension::accuracy, {"%", "fraction"}},
    {Dimension::compute, {"GFLOP", "GMAC", "FLOP", "MAC"}},
    {Dimension::count, {"M", "B", "count"}},
    {Dimension::storage, {"MB", "GB", "MiB", "B"}},
    {Dimension::time, {"ms", "s", "min", "h"}},
    {Dimension::rate, {"/s", "tok/s", "x"}},
    {Dimension::energy, {"J", "Wh", "kWh"}},
    {Dimension::mass, {"g", "kg", "t"}},
    {Dimension::power, {"W", "kW"}},
    {Dimension::money, {"USD"}},
    {Dimension::carbon_intensity, {"g/kWh", "kg/kWh"}},
});

Complaint choose_unit(const Field& field, std::string message) {
  return {std::move(message), fmt::format("one of {}", fmt::join(choices_for(*find_field(field.name)), ", "))};
}

Parsed<ColumnMapping> to_field(ColumnMapping mapping, const Field& field, std::string_view unit) {
  mapping.target = ColumnMapping::Target::quantity;
  mapping.field = *find_field(field.name);
  if (unit == "?") return choose_unit(field, fmt::format("the unit of {} is to be chosen", quote(mapping.column)));
  if (unit.empty() && !is_plain(field.dimension))
    return choose_unit(field, fmt::format("{} is in which unit?", quote(mapping.column)));
  mapping.unit = unit.empty() ? &own_unit(field) : read_unit(unit, field.dimension);
  if (mapping.unit == nullptr) return unit_fault("", unit, field.dimension);
  return mapping;
}

/// A label may have any name, but for one that is nearly a field's or a known label's.
Parsed<ColumnMapping> to_label(ColumnMapping mapping, std::string_view target) {
  mapping.target = ColumnMapping::Target::label;
  mapping.label = target;
  if (find_label(target) != nullptr) return mapping;
  std::vector<std::string_view> known = {nothing};
  for (const Field& field : fields) known.push_back(field.name);
  for (const Label& label : labels) known.push_back(label.name);
  if (const std::string near = did_you_mean(target, known); !near.empty())
    return Complaint{fmt::format("{} is no field and no label", quote(target)), near};
  return mapping;
}

}  // namespace

Parsed<ColumnMapping> parse_column_target(std::string_view column, std::string_view target) {
  ColumnMapping mapping;
  mapping.column = column;
  if (target == nothing) return mapping;
  const std::size_t colon = target.find(':');
  const std::string_view name = trimmed(target.substr(0, colon));
  const std::string_view unit = colon == std::string_view::npos ? "" : trimmed(target.substr(colon + 1));
  if (name.empty()) return Complaint{fmt::format("{} becomes nothing", quote(column)), "COLUMN=drop leaves it out"};
  if (name == "?")
    return Complaint{fmt::format("what {} means is to be chosen", quote(column)),
                     "a field with its unit, a label, or drop; greenml list fields"};
  // A label that is called nearly like a field: label:training_type.
  if (name == "label" && !unit.empty() && !find_field(unit)) {
    mapping.target = ColumnMapping::Target::label;
    mapping.label = unit;
    return mapping;
  }
  if (const std::optional<FieldId> field = find_field(name)) return to_field(std::move(mapping), row_of(*field), unit);
  if (colon == std::string_view::npos) return to_label(std::move(mapping), name);
  std::vector<std::string_view> known;
  for (const Field& field : fields) known.push_back(field.name);
  const std::string near = did_you_mean(name, known);
  return Complaint{fmt::format("{} has a unit, and is no field", quote(name)),
                   near.empty() ? "greenml list fields has them all" : near};
}

Parsed<ColumnMapping> parse_column_mapping(std::string_view text) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos || trimmed(text.substr(0, equals)).empty())
    return Complaint{fmt::format("{} is not COLUMN=FIELD:UNIT", quote(text)),
                     "as in --map 'Energy (kWh)=training_energy:kWh' or --map model=name"};
  return parse_column_target(trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1)));
}

std::string target_text(const ColumnMapping& mapping) {
  switch (mapping.target) {
    case ColumnMapping::Target::quantity:
      return fmt::format("{}:{}", row_of(mapping.field).name, mapping.unit->symbol);
    case ColumnMapping::Target::label:
      return find_label(mapping.label) != nullptr ? mapping.label : fmt::format("label:{}", mapping.label);
    case ColumnMapping::Target::nothing:
      break;
  }
  return std::string(nothing);
}

std::string map_option(std::string_view column, std::string_view target) {
  std::string quoted;
  for (const char character : column) {
    if (character == '\'') quoted += "'\\'";
    quoted += character;
  }
  return fmt::format("--map '{}={}'", quoted, target);
}

std::vector<std::string> choices_for(FieldId id) {
  const Field& field = row_of(id);
  std::vector<std::string> choices;
  for (const UsualUnits& usual : usual_units)
    for (const std::string_view symbol : usual.symbols)
      if (usual.dimension == field.dimension && !symbol.empty())
        choices.push_back(fmt::format("{}:{}", field.name, symbol));
  if (choices.empty()) choices.emplace_back(field.name);
  return choices;
}

}  // namespace greenml
