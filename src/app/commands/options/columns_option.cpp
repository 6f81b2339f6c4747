#include "commands/options/columns_option.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "commands/options/catalog_options.hpp"
#include "greenml/measure.hpp"
#include "greenml/result_key.hpp"
#include "view/model_columns.hpp"

namespace greenml::cli {

using render::Audience;
using render::Column;

void ColumnsOption::declare(OptionTable& table, std::string help) {
  table.value("--columns", typed_, "LIST", std::move(help));
}

std::optional<std::vector<Column>> ColumnsOption::add_to(std::vector<Column> columns, Messages& messages,
                                                         const Catalog& catalog, std::span<const Group> groups,
                                                         const Own& own) const {
  std::vector<std::string> names = split_list(*typed_);
  std::erase_if(names, [&](const std::string& name) {
    return std::any_of(columns.begin(), columns.end(), [&](const Column& column) { return column.key == name; });
  });
  for (const std::string_view label : labels_of_namesakes(catalog, groups))
    if (std::find(names.begin(), names.end(), label) == names.end())
      columns.push_back(label_column(catalog, label, Audience::everyone));

  bool any_computed = false;
  bool shows_derived = false;
  for (const std::string& name : names) {
    if (name == result::derived) {
      columns.push_back(derived_column(catalog, Audience::everyone));
      shows_derived = true;
    } else if (std::optional<Column> column = own ? own(name) : std::nullopt) {
      columns.push_back(*std::move(column));
    } else if (const std::optional<NamedMeasure> named = find_measure(name)) {
      columns.push_back(measure_column(catalog, named->measure, Audience::everyone));
      if (std::optional<Column> how = method_column(catalog, named->measure, groups))
        columns.push_back(*std::move(how));
      any_computed = any_computed || is_computed(catalog, named->measure, groups);
    } else if (Complaint complaint; check_label(catalog, name, complaint)) {
      columns.push_back(label_column(catalog, name, Audience::everyone));
    } else {
      const std::string near = complaint.hint.empty() ? measure_hint(name) : complaint.hint;
      messages.error(fmt::format("--columns: \"{}\" is no field, metric or label", name), near);
      return std::nullopt;
    }
  }
  if (any_computed && !shows_derived) columns.push_back(derived_column(catalog, Audience::programs));
  return columns;
}

}  // namespace greenml::cli
