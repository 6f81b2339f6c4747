// What was counted of a model file, with what a person says of the model: in a catalog in memory, and in the text of
// one.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/inspect.hpp"
#include "greenml/label.hpp"
#include "greenml/problem.hpp"
#include "greenml/quantity.hpp"
#include "greenml/spelling.hpp"
#include "input/into.hpp"
#include "input/json_places.hpp"
#include "words/json_quoted.hpp"

namespace greenml {

namespace {

/// Reads one key with its value as a catalog would. A model alone gets the name "x".
Catalog read_member(std::string_view key, std::string_view json, Problems& problems) {
  const std::string text = fmt::format("[{{\"name\": \"x\", {}: {}}}]", json_quoted(key), json);
  Input input = from_memory("text", text);
  return read_catalogs(std::span(&input, 1), problems);
}

/// What a person says as JSON: a number as a number, all else as a text.
std::string as_json(std::string_view text) {
  const bool is_number = parse_number(text) && nlohmann::json::accept(text);
  return is_number ? std::string(text) : json_quoted(text);
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

/// What is wrong with a setting before it is read.
std::optional<Complaint> check_setting(const LabelSetting& setting, std::span<const LabelSetting> all) {
  const std::string& key = setting.label;
  if (key == "name" || key == "variant") return Complaint{fmt::format("--set: {0} is set by --{0}", key)};
  if (key == "input" || key == "weights" || key == "architecture")
    return Complaint{fmt::format("--set {0}: {0} is what the file tells", key)};
  if (std::count_if(all.begin(), all.end(), [&](const LabelSetting& other) { return other.label == key; }) > 1)
    return Complaint{fmt::format("--set: {} is said twice", key), "leave one of them out"};
  return std::nullopt;
}

/// A number under a key that is no quantity is mostly a quantity that is spelt otherwise.
std::optional<Complaint> check_label(const LabelSetting& setting) {
  if (find_label(setting.label) != nullptr) return std::nullopt;
  std::vector<std::string_view> known;
  for (const Label& label : labels) known.push_back(label.name);
  for (const Field& field : fields) known.push_back(field.name);
  std::string near = did_you_mean(setting.label, known);
  const bool is_number = !setting.text.empty() && setting.text.front() >= '0' && setting.text.front() <= '9';
  if (near.empty() && !is_number) return std::nullopt;
  if (near.empty()) near = "greenml list fields has the quantities";
  return Complaint{fmt::format("--set {}={}: {} is no quantity or label that greenml knows", setting.label,
                               setting.text, setting.label),
                   near};
}

std::string source_of(const Inspection& inspection) {
  return inspection.input.empty() ? inspection.source : fmt::format("{}, {}", inspection.source, inspection.input);
}

read::NewMember quantity(const Inspection& inspection, std::string_view key, std::uint64_t number,
                         std::string_view unit, double value, bool is_estimated = false) {
  return {std::string(key),
          fmt::format(R"({{"value": {}, "unit": "{}", "method": "{}", "source": {}}})", number, unit,
                      is_estimated ? "estimated" : "counted", json_quoted(source_of(inspection))),
          value};
}

}  // namespace

std::optional<Complaint> add_settings(Catalog& catalog, std::span<const LabelSetting> settings) {
  for (const LabelSetting& setting : settings) {
    if (const std::optional<Complaint> complaint = check_setting(setting, settings)) return complaint;
    Problems problems;
    const Catalog said = read_member(setting.label, as_json(setting.text), problems);
    if (problems.errors() > 0 && !problems.kept().empty()) {
      const Problem& problem = problems.kept().front();
      return Complaint{fmt::format("--set {}={}: {}", setting.label, setting.text, problem.message), problem.hint};
    }
    const std::optional<FieldId> field = field_in(said);
    if (!field)
      if (const std::optional<Complaint> complaint = check_label(setting)) return complaint;
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
  if (inspection.batch != 1)
    return Complaint{fmt::format("FLOPs of a batch of {} are not put into a catalog, which has those of one inference",
                                 inspection.batch),
                     "leave out the size of the batch"};
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
  if (!inspection.input.empty()) model.members.push_back({"input", json_quoted(inspection.input), std::nullopt});
  for (const LabelSetting& setting : settings) {
    std::string json = as_json(setting.text);
    const read::StatedMember means = meaning(setting.label, json);
    // Another spelling has its unit in its key.
    if (means.value && means.key != setting.label) {
      const FieldId field = *find_field(means.key);
      json = fmt::format(R"({{"value": {}, "unit": "{}"}})", round_trip(*means.value), own_unit(row_of(field)).symbol);
    }
    model.members.push_back({means.key, std::move(json), std::nullopt});
  }
  Parsed<read::EditedCatalog> edited = read::put_into(catalog, model, meaning);
  if (!edited) return edited.complaint();
  return EditedText{std::move(edited->text), std::move(edited->notes)};
}

}  // namespace greenml
