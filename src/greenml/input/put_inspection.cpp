// What was counted of a model file, with what a person says of the model: in a catalog in memory, and in the text of
// one.
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/inspect.hpp"
#include "greenml/problem.hpp"
#include "greenml/quantity.hpp"
#include "input/into.hpp"
#include "input/json_places.hpp"

namespace greenml {

namespace {

/// Reads one key with its value as a catalog would. A model alone gets the name "x".
Catalog read_member(std::string_view key, std::string_view json, Problems& problems) {
  const std::string text = fmt::format("[{{\"name\": \"x\", {}: {}}}]", read::json_quoted(key), json);
  Input input = from_memory("text", text);
  return read_catalogs(std::span(&input, 1), problems);
}

/// What a person says as JSON: a number as a number, all else as a text.
std::string as_json(std::string_view text) {
  const bool is_number = parse_number(text) && nlohmann::json::accept(text);
  return is_number ? std::string(text) : read::json_quoted(text);
}

/// The field that a catalog of one model has a value of.
std::optional<FieldId> field_in(const Catalog& catalog) {
  for (std::size_t field = 0; field < fields.size() && catalog.size() == 1; ++field)
    if (const auto id = static_cast<FieldId>(field); !std::isnan(catalog.value(id, 0))) return id;
  return std::nullopt;
}

read::StatedMember meaning(std::string_view key, std::string_view json) {
  Problems problems;
  const Catalog catalog = read_member(key, json, problems);
  const std::optional<FieldId> field = problems.errors() == 0 ? field_in(catalog) : std::nullopt;
  if (!field) return {std::string(key), std::nullopt};
  return {std::string(row_of(*field).name), catalog.value(*field, 0)};
}

std::string source_of(const Inspection& inspection) {
  return inspection.input.empty() ? inspection.source : fmt::format("{}, {}", inspection.source, inspection.input);
}

read::NewMember quantity(const Inspection& inspection, std::string_view key, std::uint64_t number,
                         std::string_view unit, double value, bool is_estimated = false) {
  return {std::string(key),
          fmt::format(R"({{"value": {}, "unit": "{}", "method": "{}", "source": {}}})", number, unit,
                      is_estimated ? "estimated" : "counted", read::json_quoted(source_of(inspection))),
          value};
}

}  // namespace

std::optional<Complaint> add_settings(Catalog& catalog, std::span<const LabelSetting> settings) {
  for (const LabelSetting& setting : settings) {
    if (setting.label == "name") return Complaint{"--set: name is set by --name"};
    Problems problems;
    const Catalog said = read_member(setting.label, as_json(setting.text), problems);
    if (problems.errors() > 0 && !problems.kept().empty()) {
      const Problem& problem = problems.kept().front();
      return Complaint{fmt::format("--set {}={}: {}", setting.label, setting.text, problem.message), problem.hint};
    }
    const std::optional<FieldId> field = field_in(said);
    for (std::size_t row = 0; row < catalog.size(); ++row) {
      if (!field) {
        catalog.set_label(catalog.add_label(setting.label), row, {LabelKind::text, setting.text});
      } else if (std::isnan(catalog.value(*field, row))) {
        catalog.set_value(*field, row, said.value(*field, 0), said.origin(*field, 0));
      } else {
        return Complaint{fmt::format("--set {}: {} is counted from the file", setting.label, row_of(*field).name)};
      }
    }
  }
  return std::nullopt;
}

Parsed<EditedText> put_into_catalog(std::string_view catalog, const Inspection& inspection,
                                    std::span<const LabelSetting> settings) {
  read::NewModel model{inspection.name, inspection.variant, {}};
  const auto as_real = [](std::uint64_t number) { return static_cast<double>(number); };
  if (inspection.macs.value_or(0) > 0)
    model.members.push_back(quantity(inspection, "flops", *inspection.macs, "MAC", 2 * as_real(*inspection.macs),
                                     inspection.macs_estimated));
  if (inspection.params.value_or(0) > 0)
    model.members.push_back(quantity(inspection, "params", *inspection.params, "count", as_real(*inspection.params)));
  if (inspection.active_params.value_or(0) > 0)
    model.members.push_back(
        quantity(inspection, "active_params", *inspection.active_params, "count", as_real(*inspection.active_params)));
  model.members.push_back(quantity(inspection, "size", inspection.size, "B", as_real(inspection.size)));
  if (!inspection.input.empty()) model.members.push_back({"input", read::json_quoted(inspection.input), std::nullopt});
  for (const LabelSetting& setting : settings) {
    std::string json = as_json(setting.text);
    const read::StatedMember means = meaning(setting.label, json);
    // Another spelling has its unit in its key.
    if (means.value && means.key != setting.label) {
      const FieldId field = *find_field(means.key);
      json = fmt::format(R"({{"value": {}, "unit": "{}"}})", round_trip(*means.value), own_unit(row_of(field)).symbol);
    }
    model.members.push_back({means.key, std::move(json), means.value});
  }
  Parsed<read::EditedCatalog> edited = read::put_into(catalog, model, meaning);
  if (!edited) return edited.complaint();
  return EditedText{std::move(edited->text), std::move(edited->notes)};
}

}  // namespace greenml
