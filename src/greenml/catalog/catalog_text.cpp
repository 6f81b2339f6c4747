#include "greenml/catalog_text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "greenml/label.hpp"
#include "words/json_quoted.hpp"
#include "words/key.hpp"
#include "words/written_number.hpp"

namespace greenml {

namespace {

/// A quantity in the unit that it was stated in, or in the field's own where it cannot be told in that one.
struct Stated {
  const Unit* unit;
  std::string number;
};

Stated stated(const Catalog& catalog, FieldId field, std::size_t row) {
  const double value = catalog.value(field, row);
  const Unit& own = own_unit(row_of(field));
  const Spelling* spelling = catalog.spelling(field, row);
  // A unit that no key names can stand in no key.
  if (spelling != nullptr && spelling->unit != nullptr && (!spelling->unit->key.empty() || spelling->unit == &own))
    if (std::optional<std::string> number = decimal_in(value, *spelling->unit)) return {spelling->unit, *number};
  return {&own, round_trip(value)};
}

void add_member(std::string& line, std::string_view key, std::string_view json) {
  if (line.size() > 1) line += ", ";
  ((line += json_quoted(key)) += ": ") += json;
}

void add_label(const Catalog& catalog, std::string_view label, std::size_t row, std::string& line) {
  const LabelValue value = catalog.label(label, row);
  if (value.kind == LabelKind::missing) return;
  // A label may be called like a key of a catalog but for a letter, which would be taken for a typing error.
  std::string key(label);
  while (find_label(label) == nullptr && hint_for_near_key(key)) key += " (label)";
  add_member(line, key, value.kind == LabelKind::text ? json_quoted(value.text) : std::string(value.text));
}

void add_quantity(const Catalog& catalog, FieldId field, std::size_t row, std::string& line) {
  const Origin& origin = catalog.origin(field, row);
  if (std::isnan(catalog.value(field, row)) || origin.computed) return;
  const Stated quantity = stated(catalog, field, row);
  if (origin == Origin{}) return add_member(line, key_of(row_of(field), *quantity.unit), quantity.number);

  std::string object = fmt::format(R"({{"value": {}, "unit": {})", quantity.number, json_quoted(quantity.unit->symbol));
  if (origin.method != Method::unstated)
    object += fmt::format(R"(, "method": {})", json_quoted(name_of(origin.method)));
  if (!origin.source.empty()) object += fmt::format(R"(, "source": {})", json_quoted(origin.source));
  if (origin.error) {
    const std::optional<std::string> error = decimal_in(*origin.error, *quantity.unit);
    object += error ? fmt::format(R"(, "error": {})", *error)
                    : fmt::format(R"(, "error": "{} {}")", round_trip(*origin.error), own_unit(row_of(field)).symbol);
  }
  add_member(line, row_of(field).name, object + "}");
}

std::vector<std::string_view> all_labels(const Catalog& catalog) {
  std::vector<std::string_view> keys;
  for (const Label& label : labels) keys.push_back(label.name);
  const std::vector<std::string_view> further = catalog.further_labels();
  keys.insert(keys.end(), further.begin(), further.end());
  return keys;
}

/// Labels that all of several models have alike.
std::vector<std::string_view> common_labels(const Catalog& catalog, std::span<const std::size_t> rows) {
  std::vector<std::string_view> common;
  if (rows.size() < 2) return common;
  for (const std::string_view label : all_labels(catalog)) {
    const LabelValue first = catalog.label(label, rows.front());
    const bool is_common = std::all_of(rows.begin(), rows.end(), [&](std::size_t row) {
      const LabelValue value = catalog.label(label, row);
      return value.kind == first.kind && value.text == first.text;
    });
    if (is_common && label != "name" && first.kind != LabelKind::missing) common.push_back(label);
  }
  return common;
}

std::string json_without(const Catalog& catalog, std::size_t row, std::span<const std::string_view> left_out) {
  std::string line = "{";
  for (const std::string_view label : all_labels(catalog))
    if (std::find(left_out.begin(), left_out.end(), label) == left_out.end()) add_label(catalog, label, row, line);
  for (std::size_t index = 0; index < fields.size(); ++index)
    add_quantity(catalog, static_cast<FieldId>(index), row, line);
  return line + "}";
}

}  // namespace

std::string json_of_model(const Catalog& catalog, std::size_t row) { return json_without(catalog, row, {}); }

std::string json_of_catalog(const Catalog& catalog, std::span<const std::size_t> rows, std::string_view description) {
  const std::vector<std::string_view> common = common_labels(catalog, rows);
  std::string text = "{\n";
  if (!description.empty()) text += fmt::format("  \"description\": {},\n", json_quoted(description));
  std::string defaults = "{";
  for (const std::string_view label : common) {
    if (label == "source")
      text += fmt::format("  \"source\": {},\n", json_quoted(catalog.label(label, rows.front()).text));
    else
      add_label(catalog, label, rows.front(), defaults);
  }
  if (defaults.size() > 1) text += fmt::format("  \"defaults\": {}}},\n", defaults);
  text += "  \"models\": [";
  for (std::size_t index = 0; index < rows.size(); ++index)
    text += (index == 0 ? "\n    " : ",\n    ") + json_without(catalog, rows[index], common);
  return text + "\n  ]\n}\n";
}

}  // namespace greenml
