#include "view/inspection_view.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

using render::Audience;
using render::Column;

std::vector<Column> inspection_columns(const Catalog& catalog) {
  std::vector<Column> columns;
  const auto add_label = [&](std::string_view label) {
    if (catalog.has_label(label)) columns.push_back(label_column(catalog, label, Audience::people));
  };
  const auto add_field = [&](FieldId field) {
    if (catalog.has(field)) columns.push_back(measure_column(catalog, field, Audience::people));
  };
  add_label("name");
  add_label("variant");
  const auto counted = {field_id("flops"), field_id("params"), field_id("active_params"), field_id("size")};
  for (const FieldId field : counted) add_field(field);
  // What a person said besides.
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const auto field = static_cast<FieldId>(index);
    if (std::find(counted.begin(), counted.end(), field) == counted.end()) add_field(field);
  }
  add_label("weights");
  add_label("input");
  for (Column& column : all_label_columns(catalog)) columns.push_back(std::move(column));
  for (Column& column : all_measure_columns(catalog)) columns.push_back(std::move(column));
  return columns;
}

render::Sheet inspection_sheet(std::vector<Column> columns, std::vector<std::size_t> rows) {
  render::Sheet sheet;
  sheet.columns = std::move(columns);
  const std::string title = fmt::format("{}, counted from {}; 1 MAC is 2 FLOP", plural(rows.size(), "model", "models"),
                                        rows.size() == 1 ? "its file" : "their files");
  sheet.sections.push_back({title, std::move(rows)});
  return sheet;
}

}  // namespace greenml::cli
