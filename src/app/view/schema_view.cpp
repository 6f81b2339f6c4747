#include "view/schema_view.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "greenml/field.hpp"
#include "greenml/label.hpp"
#include "greenml/measure.hpp"
#include "greenml/metric.hpp"
#include "greenml/result_key.hpp"
#include "greenml/unit.hpp"

namespace greenml::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view draft = "http://json-schema.org/draft-07/schema#";

/// "trained parameters" -> "Trained parameters."
std::string sentence(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') result[0] = static_cast<char>(result[0] - 'a' + 'A');
  return result + ".";
}

Json reference(std::string_view definition) { return {{"$ref", fmt::format("#/definitions/{}", definition)}}; }

Json described(std::string_view description, std::string_view definition) {
  return {{"description", description}, {"allOf", Json::array({reference(definition)})}};
}

/// The keywords that limit a number to a range, in the field's own unit.
void limit_number(Json& schema, const Range& range) {
  if (!range.zero)
    schema["exclusiveMinimum"] = 0;
  else if (std::isfinite(range.least))
    schema["minimum"] = range.least;
  if (std::isfinite(range.most)) schema["maximum"] = range.most;
}

/// Everything that a quantity of a range can be written as.
Json quantity(const Range& range) {
  Json number = {{"type", "number"}};
  limit_number(number, range);
  Json value = {{"description", "The number."}, {"type", {"number", "null"}}};
  limit_number(value, range);
  Json names_of_methods = Json::array();
  for (const MethodRow& method : methods)
    if (!method.name.empty() && method.name != name_of(Method::derived)) names_of_methods.push_back(method.name);
  names_of_methods.push_back(nullptr);
  const Json text_or_null = {"string", "null"};
  const Json detailed = {
      {"type", "object"},
      {"required", {"value"}},
      {"additionalProperties", false},
      {"properties",
       {{"value", value},
        {"unit", {{"description", "Its unit; without one it is in the field's own."}, {"type", text_or_null}}},
        {"method", {{"description", "How it came about; counted is from the model file."}, {"enum", names_of_methods}}},
        {"source", {{"description", "Where it comes from."}, {"type", text_or_null}}},
        {"error",
         {{"description", "Plus-minus, in the same unit, or a text such as \"5%\"."},
          {"type", {"number", "string", "null"}},
          {"minimum", 0}}}}}};
  const std::string_view pattern = range.least < 0 ? "^\\s*[-$0-9.]" : "^\\s*[$0-9.]";
  return {{"oneOf", Json::array({number, {{"type", "string"}, {"pattern", pattern}}, {{"type", "null"}}, detailed})}};
}

/// The name of the definition for a field's range in a unit; a unit of another size has no upper limit.
std::string definition_of(const Field& field, const Unit& unit) {
  const bool own = unit.scale == own_unit(field).scale;
  if (own && (std::isfinite(field.range.most) || field.range.least > 0)) return std::string(field.name);
  if (field.range.least < 0) return "any_quantity";
  return field.range.zero ? "quantity" : "positive_quantity";
}

std::string description_of(const Field& field) {
  std::vector<std::string_view> others;
  for (const Unit& unit : units)
    if (unit.dimension == field.dimension && &unit != &own_unit(field)) others.push_back(unit.symbol);
  const std::string_view own = own_unit(field).symbol;
  std::string text = sentence(field.help);
  if (own != row_of(Dimension::number).base_unit) text += fmt::format(" A bare number is in {}.", own);
  if (!others.empty()) text += fmt::format(" Other units: {}.", fmt::join(others, " "));
  return text;
}

constexpr std::string_view macs_description =
    "Multiply-accumulates of one inference, another way to give flops: each is two operations.";

/// Calls `add` with each key that states a field, its description and its definition.
template <typename Add>
void for_each_quantity_key(Add add) {
  for (const Field& field : fields) {
    add(std::string(field.name), description_of(field), definition_of(field, own_unit(field)));
    for (const Unit& unit : units)
      if (unit.dimension == field.dimension && !unit.key.empty())
        add(key_of(field, unit), fmt::format("{}, a bare number in {}.", field.name, unit.symbol),
            definition_of(field, unit));
  }
  add("macs", std::string(macs_description), "positive_quantity");
}

void add_labels(Json& properties) {
  for (const Label& label : labels) {
    Json schema = described(sentence(label.help), "label");
    if (label.name == "name") schema = {{"description", sentence(label.help)}, {"type", "string"}, {"pattern", "\\S"}};
    if (label.name == "hardware_count")
      schema = {{"description", sentence(label.help)},
                {"type", {"integer", "string", "null"}},
                {"minimum", 1},
                {"pattern", "^[1-9][0-9]*$"}};
    properties[std::string(label.name)] = schema;
    if (!label.also.empty())
      properties[std::string(label.also)] = described(fmt::format("The same as {}.", label.name), "label");
  }
}

void add_results(Json& properties) {
  for (const std::string_view key : result::of_models)
    properties[std::string(key)] = {{"description", "A result; passed over, and computed anew where it is asked for."}};
  for (const std::string_view before : result::before_fields)
    for (const Field& field : fields)
      properties[fmt::format("{}{}", before, key_of(field, own_unit(field)))] = {
          {"description", "A result of greenml pareto; passed over."}};
  for (const Metric& metric : metrics)
    properties[std::string(metric.name)] = {
        {"description", fmt::format("A result: {}; passed over and computed anew.", metric.formula)}};
}

Json definitions_of_catalog() {
  Json properties = Json::object();
  add_labels(properties);
  for_each_quantity_key([&](const std::string& key, const std::string& description, const std::string& definition) {
    if (!properties.contains(key)) properties[key] = described(description, definition);
  });
  add_results(properties);
  const Json further = reference("label");
  Json definitions = {
      {"models", {{"type", "array"}, {"items", reference("model")}}},
      {"model",
       {{"type", "object"}, {"required", {"name"}}, {"properties", properties}, {"additionalProperties", further}}},
      {"label", {{"type", {"string", "number", "boolean", "null"}}}},
      {"quantity", quantity({})},
      {"positive_quantity", quantity(not_zero)},
      {"any_quantity", quantity({.least = -std::numeric_limits<double>::infinity()})}};
  for (const Field& field : fields)
    if (definition_of(field, own_unit(field)) == field.name)
      definitions[std::string(field.name)] = quantity(field.range);
  properties["name"] = false;
  definitions["facts"] = {{"type", "object"}, {"properties", properties}, {"additionalProperties", further}};
  return definitions;
}

Json described_text(std::string_view description) { return {{"description", description}, {"type", "string"}}; }

/// The keys of a block of limits.
Json block_properties() {
  const Json text = {{"type", "string"}};
  const std::string_view drop =
      "How much worse than the baseline is allowed: \"5%\" for each quality, each ratio and each cost that is in no "
      "ratio, or an amount for each measure.";
  return {{"description", described_text("What these limits are for.")},
          {"where",
           {{"description", "Which models the limits are for: LABEL=TEXT with wildcards, != excludes."},
            {"oneOf",
             Json::array(
                 {text, {{"type", "array"}, {"items", text}}, {{"type", "object"}, {"additionalProperties", text}}})}}},
          {"min", described("Every model must have at least this.", "limits")},
          {"max", described("Every model must have at most this.", "limits")},
          {"max_drop", {{"description", drop}, {"oneOf", Json::array({text, {{"const", 0}}, reference("limits")})}}},
          {"level",
           {{"description", "Whether a model that falls short fails the check, or is a warning."},
            {"enum", {"error", "warn"}}}}};
}

}  // namespace

std::string catalog_schema() {
  Json properties = {
      {"$schema", described_text("Where this schema is, for editors.")},
      {"description", described_text("What the models are.")},
      {"source", described_text("Where the figures come from; the source of every model that names none.")},
      {"defaults", described("Labels and quantities that every model has unless it says otherwise.", "facts")},
      {"models", described("The models.", "models")}};
  for (const std::string_view key : result::of_files)
    properties[std::string(key)] = {{"description", "A result; passed over."}};
  const Json object = {{"type", "object"}, {"required", {"models"}}, {"properties", properties}};
  const Json schema = {{"$schema", draft},
                       {"title", "greenml catalog"},
                       {"description", "Machine-learning models with their quality and what it costs."},
                       {"oneOf", Json::array({reference("models"), object})},
                       {"definitions", definitions_of_catalog()}};
  return schema.dump(2) + "\n";
}

std::string budget_schema() {
  Json properties = {
      {"$schema", described_text("Where this schema is, for editors.")},
      {"baseline", described_text("An earlier catalog to compare with, relative to this file.")},
      {"allow_missing", {{"description", "Whether models of the baseline may be gone."}, {"type", "boolean"}}},
      {"require_baseline",
       {{"description", "Whether a model that is not in the baseline, and that no limit holds, falls short."},
        {"type", "boolean"}}},
      {"match", described_text("The labels by which models are matched with the baseline's: name,variant.")}};
  const Json of_block = block_properties();
  for (const auto& [key, value] : of_block.items()) properties[key] = value;
  const Json block = {{"type", "object"}, {"additionalProperties", false}, {"properties", of_block}};
  properties["limits"] = {
      {"description", "Further limits, each for the models that it selects."}, {"type", "array"}, {"items", block}};

  Json measures = Json::object();
  const auto add = [&](const std::string& key, const std::string& description) {
    measures[key] = {{"description", description}, {"type", {"number", "string"}}};
  };
  for_each_quantity_key([&](const std::string& key, const std::string& description, const std::string&) {
    if (!measures.contains(key)) add(key, description);
  });
  for (const Metric& metric : metrics) add(std::string(metric.name), fmt::format("{}.", metric.formula));
  const Json label = {{"description", "A label whose values are numbers, and which direction of it is better."},
                      {"type", {"number", "string"}}};
  const Json schema = {{"$schema", draft},
                       {"title", "greenml budget"},
                       {"description", "The limits that greenml check holds models to."},
                       {"type", "object"},
                       {"additionalProperties", false},
                       {"properties", properties},
                       {"definitions",
                        {{"limits",
                          {{"type", "object"},
                           {"additionalProperties", false},
                           {"properties", measures},
                           {"patternProperties", {{"^.+:(higher|lower)$", label}}}}}}}};
  return schema.dump(2) + "\n";
}

}  // namespace greenml::cli
