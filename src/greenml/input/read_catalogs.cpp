#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <span>
#include <vector>

#include "catalog/identity.hpp"
#include "catalog/parallel.hpp"
#include "catalog/seen.hpp"
#include "greenml/catalog.hpp"
#include "greenml/inspect.hpp"
#include "greenml/label.hpp"
#include "greenml/spelling.hpp"
#include "input/catalog_notes.hpp"
#include "input/formats.hpp"
#include "input/interpreter.hpp"
#include "input/join.hpp"
#include "input/markdown/markdown_table.hpp"
#include "input/source/read_source.hpp"
#include "input/source_text.hpp"
#include "model_file/magic.hpp"
#include "words/excerpt.hpp"

namespace greenml {

namespace {

/// What a file is by its first bytes.
const model_file::Magic* magic_of(read::Window& window) {
  while (window.bytes().size() < model_file::recognised_bytes && !window.is_last() && window.move_to(0)) {
  }
  const auto first_bytes = std::as_bytes(std::span(window.bytes()));
  return model_file::recognise(first_bytes.first(std::min(first_bytes.size(), model_file::recognised_bytes)));
}

bool is_model_file(read::Window& window) {
  const model_file::Magic* magic = magic_of(window);
  return magic != nullptr && magic->content != model_file::Content::json &&
         magic->content != model_file::Content::foreign;
}

/// What was given in place of a catalog, where it is known by its first bytes: a workbook, an archive, a model. It is
/// no catalog whatever comes later, so that the name of the file does not matter.
std::optional<Problem> mistaken_for_catalog(read::Window& window) {
  const model_file::Magic* magic = magic_of(window);
  if (magic == nullptr || magic->content == model_file::Content::json) return std::nullopt;
  const std::string words = model_file::describe(*magic, std::as_bytes(std::span(window.bytes())));
  const bool is_model = magic->content != model_file::Content::foreign;
  return Problem{.place = {.file = std::string(window.text().name())},
                 .message = fmt::format("{}, and no catalog", words.substr(0, words.find(", not "))),
                 .hint = is_model ? "greenml inspect counts what a model file costs" : std::string(magic->hint)};
}

/// What the user says of columns, and whether there are such columns.
struct Columns {
  std::vector<bool> met;           ///< by position in ReadOptions::map
  std::vector<std::string> names;  ///< of the tables
  bool met_source = false;         ///< whether a file is written as --as or --mapping says

  void add(const std::vector<bool>& also_met, const std::vector<std::string>& further) {
    for (std::size_t index = 0; index < met.size(); ++index)
      if (also_met[index]) met[index] = true;
    names.insert(names.end(), further.begin(), further.end());
  }
};

/// A column that the user explains and that no file has is a typing error, or another file's.
void report_unmet(const Columns& columns, const ReadOptions& options, const Catalog& catalog, Problems& problems) {
  std::vector<std::string_view> known(columns.names.begin(), columns.names.end());
  for (const std::string_view label : catalog.further_labels()) known.push_back(label);
  for (std::size_t index = 0; index < options.map.size(); ++index) {
    if (columns.met[index]) continue;
    const std::string& name = options.map[index].column;
    problems.add(
        {.message = fmt::format("--map: there is no column {}", quote(name)), .hint = did_you_mean(name, known)});
  }
}

/// Adds what can be counted of a model file, with the labels that every model gets.
void read_model_file(Catalog& catalog, const Input& input, Problems& problems, const ReadOptions& options) {
  // The file is named before each message.
  const auto without_file = [&](std::string_view message, std::string_view file) {
    const bool names_it = message.starts_with(file) && message.substr(file.size()).starts_with(": ");
    return std::string(names_it ? message.substr(file.size() + 2) : message);
  };
  const auto refuse = [&](const std::string& message, const std::string& hint) {
    problems.add({.place = {.file = input.name}, .message = without_file(message, input.path), .hint = hint});
  };
  InspectOptions inspect_options;
  inspect_options.before_options = "greenml inspect ";
  const Parsed<Inspection> inspection = inspect(input.path, inspect_options);
  if (!inspection) return refuse(inspection.complaint().message, inspection.complaint().hint);
  if (inspection->status == InspectionStatus::partial)
    return refuse(inspection->why_no_macs, "greenml inspect --partial takes what is known");
  for (const std::string& note : inspection_notes(std::span(&*inspection, 1)))
    problems.add({.severity = Severity::note,
                  .place = {.file = input.name},
                  .message = without_file(note, inspection->source),
                  .hint = ""});
  const std::size_t row = catalog.size();
  catalog.begin_file(input.name);
  catalog.append(catalog_of(std::span(&*inspection, 1)), 0);
  for (const auto& [label, text] : options.set)
    catalog.set_label(catalog.add_label(label), row, {LabelKind::text, text});
}

void read_as_catalog(read::Window& window, bool is_markdown, Catalog& catalog, Problems& problems,
                     const ReadOptions& options, Columns& columns) {
  if (!is_markdown && read::is_of_no_format(window))
    return problems.add({.place = {.file = window.text().name()},
                         .message = "neither a catalog nor a table, and no file of a tool that greenml knows",
                         .hint = window.text().name().ends_with(".md")
                                     ? "--as table reads a table of a Markdown document"
                                     : "greenml list sources has the tools; --mapping FILE reads by a mapping of your "
                                       "own"});
  Interpreter interpreter(catalog, window.text(), problems, options);
  const auto read = is_markdown ? read::read_markdown_table : read::reader_for(window).read;
  read::Parts parts(interpreter);
  read(window, parts, options.dialect);
  interpreter.finish();
  columns.add(interpreter.met_mappings(), interpreter.column_names());
}

/// Reads the file of another tool.
void read_as(const source::Source& source, read::Window& window, Catalog& catalog, Problems& problems,
             const ReadOptions& options, Columns& columns) {
  const source::Met met = source::read_source(source, window, catalog, problems, options);
  columns.add(met.mappings, met.columns);
}

void read_catalog(Catalog& catalog, const Input& input, Problems& problems, const ReadOptions& options,
                  Columns& columns) {
  const std::size_t models_before = catalog.size();
  const std::size_t errors_before = problems.errors();
  read::Window window(input.name, input.read, options.window);
  if (!input.path.empty() && is_model_file(window)) return read_model_file(catalog, input, problems, options);
  if (std::optional<Problem> mistaken = mistaken_for_catalog(window)) return problems.add(std::move(*mistaken));
  const Parsed<std::shared_ptr<source::Choice>> choice = source::choose_source(window, options);
  if (!choice)
    return problems.add(
        {.place = {.file = input.name}, .message = choice.complaint().message, .hint = choice.complaint().hint});
  columns.met_source = columns.met_source || (*choice)->is_asked_for;
  catalog.begin_file(input.name);
  if ((*choice)->source != nullptr)
    read_as(*(*choice)->source, window, catalog, problems, options, columns);
  else
    read_as_catalog(window, (*choice)->is_markdown, catalog, problems, options, columns);
  if (catalog.size() == models_before && problems.errors() == errors_before)
    problems.add({.place = {.file = input.name}, .message = "there are no models in it"});
}

/// A model that is there already.
struct Twin {
  std::size_t row;
  std::size_t first;
};

/// Finds the twins among the models of some rows, in the order of the rows. Each row of the catalog has a hash.
std::vector<Twin> twins_among(const Identity& identity, std::span<const std::uint32_t> rows,
                              std::span<const std::uint32_t> hashes) {
  constexpr std::uint32_t no_row = 0xFFFF'FFFF;
  std::vector<Twin> twins;
  std::vector<std::uint32_t> slots(std::bit_ceil(2 * rows.size() + 1), no_row);
  for (const std::uint32_t row : rows) {
    const std::uint32_t hash = hashes[row];
    std::size_t slot = hash & (slots.size() - 1);
    while (slots[slot] != no_row &&
           !(hashes[slots[slot]] == hash && Identity::alike(identity, slots[slot], identity, row)))
      slot = (slot + 1) & (slots.size() - 1);
    if (slots[slot] == no_row)
      slots[slot] = row;
    else
      twins.push_back({row, slots[slot]});
  }
  return twins;
}

/// The rows whose hashes may be there twice, in their order. Nearly all models have no twin: a small table, which stays
/// in the cache, says so of most of them.
std::vector<std::uint32_t> rows_perhaps_twice(std::span<const std::uint32_t> hashes) {
  Seen seen(hashes.size());
  Seen seen_by_other(hashes.size());
  const auto add_to = [&](Seen& to) {
    return [&hashes, &to](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) to.add(hashes[row]);
    };
  };
  share(hashes.size(), add_to(seen), add_to(seen_by_other));
  seen.add(seen_by_other);
  return find_rows<std::uint32_t>(hashes.size(), [&](std::size_t begin, std::size_t end, auto& rows) {
    for (std::size_t row = begin; row < end; ++row)
      if (seen.perhaps_twice(hashes[row])) rows.push_back(static_cast<std::uint32_t>(row));
  });
}

/// Finds every model that has been there before, in the order of the rows.
std::vector<Twin> find_twins(const Catalog& catalog) {
  std::vector<std::uint32_t> hashes(catalog.size());
  const Identity identity(catalog, identity_labels());
  share(catalog.size(), [&](std::size_t begin, std::size_t end) {
    std::array<std::uint64_t, 1024> block;
    for (std::size_t row = begin; row < end; row += block.size()) {
      const std::span<std::uint64_t> of_rows = std::span(block).first(std::min(block.size(), end - row));
      identity.hash(row, of_rows);
      std::transform(of_rows.begin(), of_rows.end(), hashes.begin() + static_cast<std::ptrdiff_t>(row),
                     [](std::uint64_t hash) { return static_cast<std::uint32_t>(hash); });
    }
  });
  return twins_among(identity, rows_perhaps_twice(hashes), hashes);
}

/// What to do about two models of one identity: where a label tells them apart that is none of the identity's, it is
/// probably their variant.
std::string how_twins_may_differ(const Catalog& catalog, std::size_t row, std::size_t first) {
  if (catalog.file(row) != catalog.file(first))
    return "--join name brings together what several files say of one model";
  for (const std::string_view key : catalog.further_labels())
    if (catalog.label(key, row).text != catalog.label(key, first).text)
      return fmt::format("they differ in {}: if that tells them apart, call it variant", quote(key));
  return "two models differ in name, variant, task, dataset, quality_metric, hardware or hardware_count";
}

void report_twins(const Catalog& catalog, Problems& problems) {
  for (const auto& [row, first] : find_twins(catalog)) {
    if (problems.full()) {
      problems.count_error();
      continue;
    }
    problems.add(
        {.place = {.file = std::string(catalog.file(row)), .line = catalog.line(row)},
         .model = std::string(catalog.name(row)),
         .key = "",
         .message = fmt::format("is there already, in line {} of {}", catalog.line(first), catalog.file(first)),
         .hint = how_twins_may_differ(catalog, row, first)});
  }
}

}  // namespace

Catalog read_catalogs(std::span<Input> inputs, Problems& problems, const ReadOptions& given) {
  ReadOptions options = given;
  if (options.join) {  // the digits of two values tell whether they agree
    options.keep_spellings = true;
    options.spellings_of.reset();
  }
  Catalog catalog;
  Columns columns = {std::vector<bool>(options.map.size()), {}, false};
  for (const Input& input : inputs) read_catalog(catalog, input, problems, options, columns);
  if (!options.map_is_for_others_too) {
    report_unmet(columns, options, catalog, problems);
    const bool asks = options.mapping || !options.as.empty();
    if (asks && !columns.met_source && problems.errors() == 0)
      problems.add({.message = fmt::format("{}: none of the files is written as it says",
                                           options.mapping ? "--mapping" : "--as " + options.as)});
  }
  if (options.join && problems.errors() == 0 && catalog.size() > 0) catalog = joined(catalog, *options.join, problems);
  report_twins(catalog, problems);
  add_catalog_notes(catalog, problems);
  return catalog;
}

}  // namespace greenml
