#include "view/inspection_view.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/quantity.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Audience;

}  // namespace

render::Sheet inspection_sheet(const Catalog& catalog) {
  render::Sheet sheet;
  sheet.columns.push_back(label_column(catalog, "name", Audience::people));
  for (const std::string_view label : {"variant"})
    if (catalog.has_label(label)) sheet.columns.push_back(label_column(catalog, label, Audience::people));
  const auto counted = {field_id("flops"), field_id("params"), field_id("active_params"), field_id("size")};
  for (const FieldId field : counted)
    if (catalog.has(field)) sheet.columns.push_back(measure_column(catalog, field, Audience::people));
  // What a person said besides.
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const auto field = static_cast<FieldId>(index);
    if (catalog.has(field) && std::find(counted.begin(), counted.end(), field) == counted.end())
      sheet.columns.push_back(measure_column(catalog, field, Audience::people));
  }
  for (const std::string_view label : {"weights", "input"})
    if (catalog.has_label(label)) sheet.columns.push_back(label_column(catalog, label, Audience::people));
  for (render::Column& column : all_label_columns(catalog)) sheet.columns.push_back(std::move(column));
  for (render::Column& column : all_measure_columns(catalog)) sheet.columns.push_back(std::move(column));
  render::Section& section = sheet.sections.emplace_back();
  section.title = fmt::format("{}, counted from {}; 1 MAC is 2 FLOP", plural(catalog.size(), "model", "models"),
                              catalog.size() == 1 ? "its file" : "their files");
  for (std::size_t row = 0; row < catalog.size(); ++row) section.rows.push_back(row);
  return sheet;
}

}  // namespace greenml::cli
