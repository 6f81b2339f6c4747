#include "view/model_columns.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unordered_map>

#include "greenml/label.hpp"
#include "greenml/model_name.hpp"
#include "greenml/quantity.hpp"
#include "greenml/result_key.hpp"
#include "view/measured_values.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;
using render::Cell;
using render::Column;

Cell label_cell(const LabelValue& value) {
  switch (value.kind) {
    case LabelKind::missing:
      return std::monostate();
    case LabelKind::text:
      return value.text;
    case LabelKind::number:
      return render::Digits{value.text};
    case LabelKind::boolean:
      return value.text == "true";
  }
  return std::monostate();
}

/// Whether a row of the groups is of a kind.
template <typename IsOfTheKind>
bool any_row(std::span<const Group> groups, IsOfTheKind is_of_the_kind) {
  return std::any_of(groups.begin(), groups.end(),
                     [&](const Group& one) { return std::any_of(one.rows.begin(), one.rows.end(), is_of_the_kind); });
}

bool varies(const Catalog& catalog, const Label& label, const Group& group) {
  const bool is_grouped_by =
      std::any_of(group.labels.begin(), group.labels.end(), [&](const auto& same) { return same.first == label.name; });
  if (is_grouped_by || group.rows.empty() || !catalog.has_label(label.name)) return false;
  const auto id = static_cast<LabelId>(&label - labels.data());
  const std::size_t first = group.rows.front();
  return std::any_of(group.rows.begin(), group.rows.end(), [&](std::size_t row) {
    const bool is_same = catalog.label_number(id, row) == catalog.label_number(id, first);
    return !is_same && catalog.label(id, row).text != catalog.label(id, first).text;
  });
}

}  // namespace

LabelValue label_in_result(const Catalog& catalog, LabelId label, std::size_t row) {
  const bool is_replaced = label == label_id("grid") && catalog.origin(field_id("carbon_intensity"), row).is_what_if();
  return is_replaced ? LabelValue{} : catalog.label(label, row);
}

Column label_column(const Catalog& catalog, std::string_view label, Audience audience) {
  const Label* row_of_label = find_label(label);
  Column column = {.key = std::string(label),
                   .title = std::string(label == "name" ? "model" : label),
                   .audience = audience,
                   .tells_apart = row_of_label != nullptr && row_of_label->identity};
  if (!catalog.has_label(label)) return column;
  const LabelId id = *catalog.find_label_id(label);
  column.cell = [&catalog, id](std::size_t row) { return label_cell(label_in_result(catalog, id, row)); };
  const bool may_be_replaced = id == label_id("grid") && catalog.has_origins();
  if (id == label_id("name"))
    column.texts = [&catalog](render::Rows rows, std::span<std::string_view> texts) { catalog.names(rows, texts); };
  else if (!may_be_replaced)
    column.kinds = [&catalog, id](render::Rows rows, std::span<std::uint32_t> kinds) {
      std::transform(rows.begin(), rows.end(), kinds.begin(),
                     [&](std::size_t row) { return catalog.label_number(id, row); });
    };
  return column;
}

Column measure_column(const Catalog& catalog, const Measure& measure, Audience audience) {
  Column column = {.key = measure.key(),
                   .title = std::string(measure.title()),
                   .align = Align::right,
                   .dimension = measure.dimension(),
                   .audience = audience};
  const std::vector<FieldId> inputs = measure.inputs();
  if (!std::all_of(inputs.begin(), inputs.end(), [&](FieldId input) { return catalog.has(input); })) return column;
  if (!measure.label().empty() && !catalog.has_label(measure.label())) return column;
  if (audience == Audience::people && quantity_of(catalog, measure).is_date) {
    column.cell = label_column(catalog, measure.label(), audience).cell;  // 2024-07-18 says more than 2024.544
    return column;
  }
  column.cell = [&catalog, measure](std::size_t row) -> Cell {
    const std::optional<double> value = measure.value(catalog[row]);
    return value ? Cell(*value) : std::monostate();
  };
  column.numbers = [&catalog, measure](render::Rows rows, std::span<double> numbers) {
    measure.values(catalog, rows, numbers);
  };
  return column;
}

std::vector<Column> all_label_columns(const Catalog& catalog) {
  std::vector<Column> columns;
  for (const Label& label : labels) columns.push_back(label_column(catalog, label.name, Audience::programs));
  return columns;
}

Column derived_column(const Catalog& catalog, Audience audience) {
  Column column = {.key = std::string(result::derived), .title = std::string(result::derived), .audience = audience};
  if (catalog.has_origins())
    column.cell = [&catalog](std::size_t row) -> Cell {
      std::string names;
      for (std::size_t index = 0; index < fields.size(); ++index) {
        const Origin& origin = catalog.origin(static_cast<FieldId>(index), row);
        if (!origin.computed) continue;
        names.append(names.empty() ? "" : " ").append(fields[index].name);
        if (origin.method == Method::estimated || origin.method == Method::assumed)
          names.append(":").append(name_of(origin.method));
      }
      return names.empty() ? Cell() : Cell(std::move(names));
    };
  return column;
}

bool is_computed(const Catalog& catalog, const Measure& measure, std::span<const Group> groups) {
  if (!catalog.has_origins()) return false;
  const std::vector<FieldId> inputs = measure.inputs();
  return any_row(groups, [&](std::size_t row) {
    return std::any_of(inputs.begin(), inputs.end(),
                       [&](FieldId input) { return catalog.origin(input, row).computed; });
  });
}

std::vector<Column> all_measure_columns(const Catalog& catalog) {
  std::vector<Column> columns = {derived_column(catalog, Audience::programs)};
  for (std::size_t index = 0; index < fields.size(); ++index)
    columns.push_back(measure_column(catalog, static_cast<FieldId>(index), Audience::programs));
  for (const Metric& metric : metrics) columns.push_back(measure_column(catalog, metric, Audience::programs));
  for (const std::string_view label : catalog.further_labels())
    columns.push_back(label_column(catalog, label, Audience::programs));
  return columns;
}

Method least_sure_method(const Catalog& catalog, const Measure& measure, std::size_t row) {
  Method found = Method::unstated;
  for (const FieldId input : measure.inputs()) {
    const Method method = catalog.origin(input, row).method;
    const bool is_guess = method == Method::estimated || method == Method::assumed;
    if (is_guess || (method == Method::derived && found == Method::unstated)) found = method;
  }
  return found;
}

std::optional<Column> method_column(const Catalog& catalog, const Measure& measure, std::span<const Group> groups) {
  if (!catalog.has_origins()) return std::nullopt;
  const auto worst = [&catalog, measure](std::size_t row) { return least_sure_method(catalog, measure, row); };
  if (!any_row(groups, [&](std::size_t row) { return worst(row) != Method::unstated; })) return std::nullopt;
  return Column{
      .key = "method", .title = "how", .audience = Audience::people, .cell = [worst](std::size_t row) -> Cell {
        const Method method = worst(row);
        return method == Method::unstated ? Cell() : Cell(name_of(method));
      }};
}

std::vector<std::string_view> telling_labels(const Catalog& catalog, std::span<const Group> groups) {
  std::vector<std::string_view> telling;
  for (const Label& label : labels) {
    const bool may_tell = label.name != "name" && (label.identity || label.grouping != Grouping::never);
    const bool tells = may_tell && std::any_of(groups.begin(), groups.end(),
                                               [&](const Group& one) { return varies(catalog, label, one); });
    if (tells) telling.push_back(label.name);
  }
  return telling;
}

std::vector<std::string_view> labels_of_namesakes(const Catalog& catalog, std::span<const Group> groups) {
  std::vector<std::size_t> rows;
  for (const Group& group : groups) rows.insert(rows.end(), group.rows.begin(), group.rows.end());
  std::unordered_map<std::string_view, std::size_t> first_of_name;
  std::array<bool, labels.size()> differs{};
  for (const std::size_t row : namesakes(catalog, rows)) {
    const auto [first, is_new] = first_of_name.emplace(catalog.name(row), row);
    for (std::size_t index = 0; index < labels.size() && !is_new; ++index)
      if (labels[index].identity && labels[index].name != "name" &&
          catalog.label(static_cast<LabelId>(index), row).text !=
              catalog.label(static_cast<LabelId>(index), first->second).text)
        differs[index] = true;
  }
  std::vector<std::string_view> names;
  for (std::size_t index = 0; index < labels.size(); ++index)
    if (differs[index]) names.push_back(labels[index].name);
  return names;
}

std::string name_of(const Group& group) {
  std::string name;
  for (const auto& [label, text] : group.labels) {
    if (text.empty()) continue;
    if (!name.empty()) name += " / ";
    name += text;
  }
  return name;
}

std::string quality_unit(FieldId quality) {
  return row_of(quality).dimension == Dimension::accuracy ? "points" : std::string(row_of(quality).title);
}

std::string describe_defeat(const Catalog& catalog, const Objectives& objectives, std::size_t row, std::size_t by) {
  std::vector<std::string> ratios;
  for (const FieldId cost : objectives.costs) {
    const double own = catalog.value(cost, row);
    ratios.push_back(own == 0 ? fmt::format("no more {}", row_of(cost).title)
                              : fmt::format("{}x the {}", rounded(catalog.value(cost, by) / own), row_of(cost).title));
  }
  if (!objectives.quality) return fmt::format("beaten by {}: {}", full_name(catalog[by]), fmt::join(ratios, ", "));
  const FieldId quality = *objectives.quality;
  const double difference = catalog.value(quality, by) - catalog.value(quality, row);
  return fmt::format("beaten by {}: {}{} {} at {}", full_name(catalog[by]), difference < 0 ? "" : "+",
                     rounded(difference), quality_unit(quality), fmt::join(ratios, ", "));
}

}  // namespace greenml::cli
