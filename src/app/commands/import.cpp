#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <memory>
#include <numeric>
#include <utility>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "greenml/catalog_text.hpp"
#include "greenml/column_mapping.hpp"
#include "greenml/model_name.hpp"
#include "greenml/source.hpp"
#include "greenml/spelling.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using Rows = std::vector<std::size_t>;

/// What a catalog is written as.
struct CatalogFormat {
  std::string_view name;
  std::string_view suffix;
  void (*write)(const Catalog& catalog, const Rows& rows, std::string_view description, render::Writer& out);
};

void write_json(const Catalog& catalog, const Rows& rows, std::string_view description, render::Writer& out) {
  out << json_of_catalog(catalog, rows, description);
}

void write_ndjson(const Catalog& catalog, const Rows& rows, std::string_view /*description*/, render::Writer& out) {
  for (const std::size_t row : rows) out << json_of_model(catalog, row) << "\n";
}

/// Labels and fields that some model has, in the fields' own units.
render::Sheet sheet_of(const Catalog& catalog, const Rows& rows) {
  render::Sheet sheet;
  const auto add_label = [&](std::string_view label) {
    if (catalog.has_label(label)) sheet.columns.push_back(label_column(catalog, label, render::Audience::programs));
  };
  for (const Label& label : labels) add_label(label.name);
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (catalog.has(static_cast<FieldId>(index)))
      sheet.columns.push_back(
          measure_column(catalog, Measure(static_cast<FieldId>(index)), render::Audience::programs));
  for (const std::string_view label : catalog.further_labels()) add_label(label);
  sheet.sections.push_back({.title = "", .rows = rows});
  return sheet;
}

void write_csv(const Catalog& catalog, const Rows& rows, std::string_view /*description*/, render::Writer& out) {
  render::render_csv(sheet_of(catalog, rows), {}, out);
}

void write_tsv(const Catalog& catalog, const Rows& rows, std::string_view /*description*/, render::Writer& out) {
  render::render_tsv(sheet_of(catalog, rows), {}, out);
}

constexpr auto catalog_formats = std::to_array<CatalogFormat>({
    {"json", ".json", write_json},
    {"ndjson", ".ndjson", write_ndjson},
    {"csv", ".csv", write_csv},
    {"tsv", ".tsv", write_tsv},
});

std::string format_names() {
  std::vector<std::string_view> names;
  for (const CatalogFormat& format : catalog_formats) names.push_back(format.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

struct ImportCommand {
  std::vector<std::string> paths;
  Typed format_name;
  Typed output;
  Typed description;
  Typed save_mapping;
  bool keep_order = false;
  bool quiet = false;
  FileOptions files;
};

/// By its name, or by the suffix of the output.
Parsed<const CatalogFormat*> format_of(const ImportCommand& typed) {
  const std::string suffix = render::suffix_of(typed.output.value_or(""));
  for (const CatalogFormat& format : catalog_formats)
    if (typed.format_name ? format.name == *typed.format_name : suffix == format.suffix || suffix.empty())
      return &format;
  if (typed.format_name)
    return Complaint{fmt::format("--format: unknown format \"{}\"", *typed.format_name), "known: " + format_names()};
  return Complaint{fmt::format("{}: no catalog is written as {}", *typed.output, suffix),
                   "name it .json, .ndjson, .csv or .tsv; or say --format"};
}

/// Why no mapping can be saved there, or what is said of the columns is not all that the next reading needs.
std::optional<Complaint> complaint_about_saving(const std::string& path, const ReadOptions& options) {
  if (path.empty() || path == "-")
    return Complaint{"--save-mapping: a mapping is written to a file", "as in --save-mapping mine.json"};
  if (options.mapping || !options.as.empty())
    return Complaint{"--save-mapping: the file is read by a mapping already", "leave out --as and --mapping"};
  const auto computed = std::find_if(options.map.begin(), options.map.end(), [](const ColumnMapping& one) {
    return one.column.find_first_of("+/") != std::string::npos;
  });
  if (computed == options.map.end()) return std::nullopt;
  return Complaint{fmt::format("--save-mapping: {} may be computed, which is not kept", computed->column),
                   "write it into the mapping as \"computed\"; greenml schema mapping"};
}

/// The mapping that explains these columns in the same way, as JSON.
Parsed<std::string> mapping_text(const std::string& path, std::vector<ColumnMapping> columns,
                                 const ReadOptions& options) {
  if (columns.empty()) return Complaint{"--save-mapping: there is no table whose columns were explained"};
  // A column that several tables have must be the same in each of them.
  std::sort(columns.begin(), columns.end(), [](const ColumnMapping& left, const ColumnMapping& right) {
    return std::pair(left.column, target_text(left)) < std::pair(right.column, target_text(right));
  });
  columns.erase(std::unique(columns.begin(), columns.end(),
                            [](const ColumnMapping& left, const ColumnMapping& right) {
                              return left.column == right.column && target_text(left) == target_text(right);
                            }),
                columns.end());
  const auto other = std::adjacent_find(
      columns.begin(), columns.end(), [](const auto& left, const auto& right) { return left.column == right.column; });
  if (other != columns.end())
    return Complaint{fmt::format("--save-mapping: {} is {} in one table, and {} in another", other->column,
                                 target_text(*other), target_text(*std::next(other)))};
  const std::size_t slash = path.rfind('/');
  const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
  return mapping_of(name.substr(0, name.find('.')), columns, options.missing, options.set);
}

/// Reads what is imported, and has the mapping of its columns saved where that is asked for. Nothing, and an error,
/// where that cannot be.
std::optional<Catalog> read_all(World& world, Report& report, const ImportCommand& typed) {
  Messages& messages = report.messages;
  ReadOptions options = typed.files.added_to({.keep_spellings = true, .name_files = true});
  if (!typed.save_mapping) return read_files(world, messages, typed.paths, options);
  const std::string& path = *typed.save_mapping;
  if (!messages.is_good(complaint_about_saving(path, options)) || !messages.is_good(world.will_write(path)))
    return std::nullopt;
  std::vector<ColumnMapping> columns;
  options.columns = &columns;
  std::optional<Catalog> catalog = read_files(world, messages, typed.paths, options);
  if (!catalog) return std::nullopt;
  std::optional<std::string> mapping = messages.value_of(mapping_text(path, std::move(columns), options));
  if (!mapping) return std::nullopt;
  report.add_text(*std::move(mapping), path);
  messages.note(fmt::format("{}: for the next time, --mapping {}", path, path));
  return catalog;
}

Report run(World& world, ImportCommand typed) {
  Report report;
  Messages& messages = report.messages;
  if (typed.quiet) world.be_quiet();
  if (typed.output && typed.output->empty()) {
    messages.error("-o: the name of the file is empty");
    return report;
  }
  const std::string file = typed.output.value_or("");
  const std::optional<const CatalogFormat*> format = messages.value_of(format_of(typed));
  if (!format || !typed.files.resolve(world, messages) || !messages.is_good(world.will_write(file))) return report;
  std::optional<Catalog> read = read_all(world, report, typed);
  if (!read) return report;
  const Catalog& catalog = report.keep<Catalog>(*std::move(read));
  Rows& rows = report.keep<Rows>(catalog.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (!typed.keep_order) sort_by_name(catalog, rows);
  report.add({.content = [write = (*format)->write, &catalog, &rows, description = typed.description.value_or("")](
                             render::Writer& out) { write(catalog, rows, description, out); },
              .file = file});
  if (typed.output && file != "-") messages.note(fmt::format("{}: {}", file, plural(rows.size(), "model", "models")));
  return report;
}

}  // namespace

Action declare_import(OptionTable& table) {
  auto typed = std::make_shared<ImportCommand>();
  table.operands("FILE", typed->paths,
                 "Anything that can be read: JSON, NDJSON, CSV, TSV, other tools' files; -: standard input");
  table.flag("--keep-order", typed->keep_order, "Models in the order of the files, not of their names");
  table.value("--description", typed->description, "TEXT", "What the catalog says of itself, in JSON");
  table.value("--save-mapping", typed->save_mapping, "FILE",
              "Write what the columns of the table were read as, for --mapping FILE the next time");
  typed->files.declare(table);
  table
      .value("--format", typed->format_name, "FORMAT",
             fmt::format("{} (default: by the suffix of FILE, else json)", format_names()))
      .one_of(split_list(format_names()))
      .under("Output");
  table.value("-o,--output", typed->output, "FILE", "Write to FILE; it is replaced as a whole or not at all")
      .under("Output");
  table.flag("--quiet", typed->quiet, "No notes on standard error").under("Output");
  return [typed](World& world) { return run(world, *typed); };
}

}  // namespace greenml::cli
