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
#include "greenml/unit.hpp"
#include "view/columns_of.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Cell;
using render::Column;
using render::Sheet;

/// "1 grid", "12 grids"; `what` is a plural.
std::string counted(std::size_t count, const std::string& what) {
  return plural(count, what.ends_with('s') ? what.substr(0, what.size() - 1) : what, what);
}

/// A list of the rows of a table of greenml's own, which must stay.
template <typename Row>
class ListOf {
 public:
  ListOf(std::string what, std::span<const Row> rows) : what_(std::move(what)), size_(rows.size()), columns_(rows) {}

  /// `value` is a member or function of a row.
  template <typename Value>
  void add(std::string name, Value value, int expendable = 0) {
    columns_.add({.title = std::move(name), .expendable = expendable, .prose = true}, value);
  }

  Sheet sheet() {
    Sheet sheet{.rows_key = what_, .columns = columns_.take()};
    render::Section& section = sheet.sections.emplace_back();
    section.title = counted(size_, what_);
    for (std::size_t row = 0; row < size_; ++row) section.rows.push_back(row);
    return sheet;
  }

 private:
  std::string what_;  // a plural
  std::size_t size_;
  ColumnsOf<Row> columns_;
};

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
  ListOf<Metric> list("metrics", metrics);
  list.add("name", &Metric::name);
  list.add("formula", &Metric::formula);
  list.add("in_bare_amount", &Metric::in_bare_amount, 3);
  list.add(
      "same_hardware", [](const Metric& metric) { return Measure(metric).bound_to_hardware(); }, 1);
  list.add("source", &Metric::source, 2);
  return list.sheet();
}

Sheet list_fields() {
  ListOf<Field> list("fields", fields);
  list.add("name", &Field::name);
  list.add("unit", [](const Field& field) -> Cell { return own_unit(field).symbol; });
  list.add("better",
           [](const Field& field) { return std::string_view(field.better == Better::higher ? "higher" : "lower"); });
  list.add("role", [](const Field& field) { return name_of(field.role); });
  list.add("same_hardware", &Field::bound_to_hardware, 1);
  list.add("in_bare_amount", &Field::in_bare_amount, 3);
  list.add("meaning", &Field::help);
  list.add(
      "other_units", [](const Field& field) -> Cell { return other_units(field); }, 2);
  return list.sheet();
}

Sheet list_units() {
  ListOf<Unit> list("units", units);
  list.add("unit", [](const Unit& unit) -> Cell { return unit.symbol; });
  list.add("is", [](const Unit& unit) {
    const double factor = *parse_number("1", unit.scale);
    return fmt::format("{} {}", round_trip(factor), base_unit(unit.dimension).symbol);
  });
  list.add("in_a_key", &Unit::key, 1);
  list.add("fields", [](const Unit& unit) -> Cell { return fields_in(unit); });
  return list.sheet();
}

Sheet list_rules() {
  ListOf<AuditRule> list("rules", audit_rules());
  list.add("name", &AuditRule::name);
  list.add("compares", &AuditRule::compares);
  list.add("bounds", &AuditRule::bounds);
  list.add("reason", &AuditRule::reason, 2);
  list.add("source", &AuditRule::source, 3);
  return list.sheet();
}

Sheet list_of_operators() {
  static const std::vector<OperatorRow> rows = list_operators();
  ListOf<OperatorRow> list("operators", rows);
  list.add("format", &OperatorRow::format);
  list.add("domain", &OperatorRow::domain, 2);
  list.add("name", &OperatorRow::name);
  list.add("macs", &OperatorRow::macs);
  return list.sheet();
}

Sheet list_of_sources() {
  static const std::vector<SourceRow> rows = list_sources();
  ListOf<SourceRow> list("sources", rows);
  list.add("name", &SourceRow::name);
  list.add("title", &SourceRow::title);
  list.add("format", &SourceRow::format, 2);
  list.add(
      "recognised_by", [](const SourceRow& row) -> Cell { return fmt::format("{}", fmt::join(row.recognised, ", ")); },
      4);
  list.add(
      "becomes", [](const SourceRow& row) -> Cell { return fmt::format("{}", fmt::join(row.becomes, "; ")); }, 5);
  list.add("url", &SourceRow::url, 3);
  return list.sheet();
}

/// A reference table, with its values as they are written.
Sheet list_reference(ReferenceKind kind, const ReferenceTable& table) {
  ListOf<ReferenceRow> list(std::string(reference_kinds[static_cast<std::size_t>(kind)].name), table.rows);
  list.add("name", &ReferenceRow::name);
  list.add("title", &ReferenceRow::title);
  list.add("value", &ReferenceRow::written);
  list.add("year", [](const ReferenceRow& row) { return row.year > 0 ? std::optional(row.year) : std::nullopt; });
  list.add(
      "also", [](const ReferenceRow& row) { return fmt::format("{}", fmt::join(row.also, ", ")); }, 2);
  list.add("source", &ReferenceRow::source, 3);
  return list.sheet();
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
    if (table == nullptr) return std::nullopt;
    return list_reference(kind.kind, report.keep<ReferenceTable>(*table));
  }
  names.push_back(models);
  messages.error(fmt::format("there is no list of \"{}\"", options.what), near_or_all(options.what, names));
  return std::nullopt;
}

Report run(World& world, ListOptions options) {
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
