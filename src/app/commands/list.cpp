#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/reference_options.hpp"
#include "greenml/audit.hpp"
#include "greenml/field.hpp"
#include "greenml/inspect.hpp"
#include "greenml/measure.hpp"
#include "greenml/quantity.hpp"
#include "greenml/reference.hpp"
#include "greenml/selection.hpp"
#include "greenml/source.hpp"
#include "greenml/spelling.hpp"
#include "greenml/unit.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Cell;
using render::Column;
using render::Sheet;

/// A column of texts, one for each row of a table of greenml's own.
template <typename Table, typename Text>
Column column(const std::string& name, const Table& table, Text text, int expendable = 0) {
  return {.key = name,
          .title = name,
          .dimension = std::nullopt,
          .expendable = expendable,
          .prose = true,
          .cell = [&table, text](std::size_t row) -> Cell { return text(table[row]); }};
}

/// "1 grid", "12 grids"; `what` is a plural.
std::string counted(std::size_t count, const std::string& what) {
  return plural(count, what.ends_with('s') ? what.substr(0, what.size() - 1) : what, what);
}

template <typename Table>
Sheet sheet_of(const std::string& what, const Table& table, std::vector<Column> columns) {
  Sheet sheet;
  sheet.rows_key = what;
  sheet.columns = std::move(columns);
  render::Section& section = sheet.sections.emplace_back();
  section.title = counted(table.size(), what);
  for (std::size_t row = 0; row < table.size(); ++row) section.rows.push_back(row);
  return sheet;
}

std::string other_units(const Field& field) {
  std::vector<std::string_view> symbols;
  for (const Unit& unit : units)
    if (unit.dimension == field.dimension && &unit != &own_unit(field)) symbols.push_back(unit.symbol);
  return fmt::format("{}", fmt::join(symbols, " "));
}

std::string fields_in(const Unit& unit) {
  std::vector<std::string_view> names;
  for (const Field& field : fields)
    if (field.dimension == unit.dimension) names.push_back(field.name);
  return fmt::format("{}", fmt::join(names, " "));
}

Sheet list_metrics() {
  return sheet_of(
      "metrics", metrics,
      {column("name", metrics, [](const Metric& metric) { return metric.name; }),
       column("formula", metrics, [](const Metric& metric) { return metric.formula; }),
       column(
           "in_bare_amount", metrics, [](const Metric& metric) { return metric.in_bare_amount; }, 3),
       column("same_hardware", metrics, [](const Metric& metric) { return Measure(metric).bound_to_hardware(); }),
       column(
           "source", metrics, [](const Metric& metric) { return metric.source; }, 2)});
}

Sheet list_fields() {
  return sheet_of(
      "fields", fields,
      {column("name", fields, [](const Field& field) { return field.name; }),
       column("unit", fields, [](const Field& field) { return own_unit(field).symbol; }),
       column("better", fields,
              [](const Field& field) { return std::string_view(field.better == Better::higher ? "higher" : "lower"); }),
       column("role", fields, [](const Field& field) { return name_of(field.role); }),
       column("same_hardware", fields, [](const Field& field) { return field.bound_to_hardware; }),
       column(
           "in_bare_amount", fields, [](const Field& field) { return field.in_bare_amount; }, 3),
       column("meaning", fields, [](const Field& field) { return field.help; }),
       column(
           "other_units", fields, [](const Field& field) { return other_units(field); }, 2)});
}

Sheet list_units() {
  return sheet_of(
      "units", units,
      {column("unit", units, [](const Unit& unit) { return unit.symbol; }),
       column("is", units,
              [](const Unit& unit) {
                const double factor = *parse_number("1", unit.scale);
                return fmt::format("{} {}", round_trip(factor), base_unit(unit.dimension).symbol);
              }),
       column("in_a_key", units, [](const Unit& unit) { return unit.key.empty() ? Cell() : Cell(unit.key); }),
       column("fields", units, [](const Unit& unit) { return fields_in(unit); })});
}

Sheet list_rules() {
  static const std::span<const AuditRule> rules = audit_rules();
  return sheet_of("rules", rules,
                  {column("name", rules, [](const AuditRule& rule) { return rule.name; }),
                   column("compares", rules, [](const AuditRule& rule) { return rule.compares; }),
                   column("bounds", rules, [](const AuditRule& rule) { return rule.bounds; }),
                   column(
                       "reason", rules, [](const AuditRule& rule) { return rule.reason; }, 2),
                   column(
                       "source", rules, [](const AuditRule& rule) { return rule.source; }, 3)});
}

Sheet list_of_operators() {
  static const std::vector<OperatorRow> rows = list_operators();
  return sheet_of(
      "operators", rows,
      {column("format", rows, [](const OperatorRow& row) { return row.format; }),
       column(
           "domain", rows, [](const OperatorRow& row) { return row.domain.empty() ? Cell() : Cell(row.domain); }, 2),
       column("name", rows, [](const OperatorRow& row) { return row.name; }),
       column("macs", rows, [](const OperatorRow& row) { return row.macs; })});
}

Sheet list_of_sources() {
  static const std::vector<SourceRow> rows = list_sources();
  return sheet_of(
      "sources", rows,
      {column("name", rows, [](const SourceRow& row) { return std::string_view(row.name); }),
       column("title", rows, [](const SourceRow& row) { return std::string_view(row.title); }),
       column(
           "format", rows, [](const SourceRow& row) { return std::string_view(row.format); }, 2),
       column(
           "recognised_by", rows,
           [](const SourceRow& row) { return fmt::format("{}", fmt::join(row.recognised, ", ")); }, 4),
       column(
           "becomes", rows, [](const SourceRow& row) { return fmt::format("{}", fmt::join(row.becomes, "; ")); }, 5),
       column(
           "url", rows, [](const SourceRow& row) { return std::string_view(row.url); }, 3)});
}

/// A reference table, with its values as they are written.
Sheet list_reference(ReferenceKind kind, const ReferenceTable& table) {
  const std::string what(reference_kinds[static_cast<std::size_t>(kind)].name);
  const auto text = [](const std::string& found) { return found.empty() ? Cell() : Cell(found); };
  return sheet_of(
      what, table.rows,
      {column("name", table.rows, [](const ReferenceRow& row) { return std::string_view(row.name); }),
       column("title", table.rows, [text](const ReferenceRow& row) { return text(row.title); }),
       column("value", table.rows, [](const ReferenceRow& row) { return std::string_view(row.written); }),
       column("year", table.rows,
              [](const ReferenceRow& row) { return row.year > 0 ? Cell(std::int64_t{row.year}) : Cell(); }),
       column(
           "also", table.rows,
           [text](const ReferenceRow& row) { return text(fmt::format("{}", fmt::join(row.also, ", "))); }, 2),
       column(
           "source", table.rows, [](const ReferenceRow& row) { return std::string_view(row.source); }, 3)});
}

/// One row is one thing that greenml can list.
struct List {
  std::string_view name;
  Sheet (*sheet)();
};
constexpr auto lists = std::to_array<List>({
    {"metrics", list_metrics},
    {"fields", list_fields},
    {"units", list_units},
    {"rules", list_rules},
    {"sources", list_of_sources},
    {"operators", list_of_operators},
});

struct ListOptions {
  std::string what;
  std::vector<std::string> where;
  Typed catalog;
  Typed reference;
  FileOptions files;
  OutputOptions output;
};

/// Leaves the rows whose column matches; a column that there is not is an error.
bool choose_rows(Messages& messages, const std::string& where, Sheet& sheet) {
  Complaint complaint;
  const std::optional<LabelMatch> match = parse_label_match(where, complaint);
  if (!match) {
    messages.error("--where", complaint);
    return false;
  }
  const auto found = std::find_if(sheet.columns.begin(), sheet.columns.end(),
                                  [&](const Column& one) { return one.key == match->label; });
  if (found == sheet.columns.end()) {
    std::vector<std::string_view> keys;
    for (const Column& one : sheet.columns) keys.push_back(one.key);
    messages.error(fmt::format("--where: there is no column \"{}\"", match->label),
                   fmt::format("columns: {}", fmt::join(keys, ", ")));
    return false;
  }
  render::Section& section = sheet.sections.front();
  std::erase_if(section.rows, [&](std::size_t row) { return !match->admits(render::plain_text(found->at(row))); });
  section.title = counted(section.rows.size(), sheet.rows_key);
  if (section.rows.empty()) messages.error(fmt::format("nothing in the list matches {}", where));
  return !section.rows.empty();
}

constexpr std::string_view models = "models";

/// The models of a catalog, with their labels.
std::optional<Sheet> list_models(World& world, Report& report, const ListOptions& options) {
  if (!options.catalog) {
    report.messages.error("list models: which?", "name a catalog, as in greenml list models models.json");
    return std::nullopt;
  }
  std::optional<Catalog> read =
      read_files(world, report.messages, std::span(&*options.catalog, 1), options.files.added_to({}));
  if (!read) return std::nullopt;
  const Catalog& catalog = report.keep<Catalog>(*std::move(read));
  Sheet sheet;
  sheet.rows_key = models;
  const auto add = [&](std::string_view label) {
    if (catalog.has_label(label)) sheet.columns.push_back(label_column(catalog, label, render::Audience::everyone));
  };
  for (const Label& label : labels) add(label.name);
  for (const std::string_view label : catalog.further_labels()) add(label);
  // The name stays where there is no room for all.
  for (std::size_t index = 0; index < sheet.columns.size(); ++index)
    sheet.columns[index].expendable = static_cast<int>(index);
  render::Section& section = sheet.sections.emplace_back();
  section.title = plural(catalog.size(), "model", "models");
  for (std::size_t row = 0; row < catalog.size(); ++row) section.rows.push_back(row);
  return sheet;
}

/// The list that was asked for; nothing, and an error, where there is none.
std::optional<Sheet> make_list(World& world, Report& report, const ListOptions& options) {
  Messages& messages = report.messages;
  if (options.what == models) return list_models(world, report, options);
  if (options.catalog) {
    messages.error(fmt::format("list {}: there is no list of a catalog but that of its models", options.what));
    return std::nullopt;
  }
  std::vector<std::string_view> names;
  for (const List& list : lists) {
    if (list.name == options.what) return list.sheet();
    names.push_back(list.name);
  }
  for (const ReferenceKindRow& kind : reference_kinds) {
    names.push_back(kind.name);
    if (kind.name != options.what) continue;
    const ReferenceTable* table = reference(world, messages, kind.kind, options.reference);
    return table == nullptr ? std::nullopt : std::optional(list_reference(kind.kind, *table));
  }
  names.push_back(models);
  const std::string near = did_you_mean(options.what, names);
  messages.error(fmt::format("there is no list of \"{}\"", options.what),
                 near.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : near);
  return std::nullopt;
}

Report run(World& world, ListOptions& options) {
  Report report;
  if (!options.output.resolve(world, report.messages) || !options.files.resolve(world, report.messages)) return report;
  std::optional<Sheet> sheet = make_list(world, report, options);
  if (!sheet) return report;
  for (const std::string& where : options.where)
    if (!choose_rows(report.messages, where, *sheet)) return report;
  report.add(options.output.result(*std::move(sheet), world));
  return report;
}

}  // namespace

Action declare_list(OptionTable& table) {
  auto options = std::make_shared<ListOptions>();
  std::vector<std::string_view> names;
  for (const List& list : lists) names.push_back(list.name);
  for (const ReferenceKindRow& kind : reference_kinds) names.push_back(kind.name);
  names.push_back(models);
  table.operand("WHAT", options->what, fmt::format("{}", fmt::join(names, ", "))).one_of({names.begin(), names.end()});
  table.optional_operand("CATALOG", options->catalog, "The catalog whose models are to be listed");
  table.repeatable("--where", options->where, "COLUMN=TEXT", "Only rows with this, wildcards allowed: title=*land*");
  table.value("--reference", options->reference, "DIR", "Read grids.json, hardware.json, equivalents.json from there");
  options->output.declare(table);
  options->files.declare(table);
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
