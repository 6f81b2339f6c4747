#include "commands/options/catalog_options.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/model_name.hpp"
#include "greenml/ranking.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

void CatalogOptions::declare(OptionTable& table) {
  if (how_many_ == Files::one)
    table.operand("CATALOG", files_.emplace_back(), "A file of models; - is standard input");
  else
    table.operands("CATALOG", files_, "Files of models: JSON, NDJSON, CSV, TSV, other tools' files; -: standard input");
  selection_.declare(table);
  what_if_.declare(table);
  file_options_.declare(table);
}

bool CatalogOptions::resolve(Console& console) {
  return what_if_.resolve(console) && file_options_.resolve(console) && selection_.resolve(console);
}

std::optional<Catalog> read_files(Console& console, std::span<const std::string> files, const ReadOptions& options) {
  std::vector<Input> inputs;
  for (const std::string& file : files) {
    std::optional<Input> input = console.open(file);
    if (!input) return std::nullopt;
    inputs.push_back(std::move(*input));
  }
  Problems problems;
  Catalog catalog = read_catalogs(inputs, problems, options);
  if (!console.all_read()) return std::nullopt;
  console.show(problems);
  return problems.errors() == 0 ? std::optional(std::move(catalog)) : std::nullopt;
}

std::optional<Catalog> CatalogOptions::read(Console& console, const ReadOptions& options) const {
  std::optional<Catalog> catalog = read_files(console, files_, file_options_.added_to(options));
  if (!catalog) return std::nullopt;
  if (!what_if_.derive(console, *catalog) || !selection_.check_names(console, *catalog)) return std::nullopt;
  return catalog;
}

std::optional<Catalog> CatalogOptions::read_other(Console& console, const std::string& file) const {
  ReadOptions options = file_options_.added_to({});
  options.map_is_for_others_too = true;
  options.join.reset();  // of the files that are given, which this one is none of
  return read_files(console, std::span(&file, 1), options);
}

void GroupOptions::declare(OptionTable& table) {
  table.value(
      "--group-by", group_by_, "LABELS",
      "Compare models that have these labels alike (default: task,dataset,quality_metric; functional_unit for what "
      "one inference costs; hardware,hardware_count for what depends on it)");
  table.flag("--mixed", mixed_, "Compare all models with each other, comparable or not");
}

std::optional<std::vector<std::string>> GroupOptions::labels(Console& console, const Catalog& catalog,
                                                             std::span<const Measure> measures) const {
  if (group_by_ && mixed_) {
    console.error("--group-by and --mixed are two answers to one question", "give one of them");
    return std::nullopt;
  }
  std::vector<std::string> names = labels_to_group_by(measures);
  if (group_by_) names = split_list(*group_by_);
  if (mixed_) names.clear();
  for (const std::string& name : names) {
    Complaint complaint;
    if (check_label(catalog, name, complaint)) continue;
    console.error(fmt::format("--group-by: {}", complaint.message), complaint.hint);
    return std::nullopt;
  }
  return names;
}

void GroupOptions::note(Console& console, std::size_t groups, const std::vector<std::string>& labels) const {
  if (groups < 2) return;
  // Whoever chose the labels knows why.
  const std::string_view why = group_by_ ? "" : " that cannot be compared with each other";
  console.note(fmt::format("{} groups{}, by {}{}", thousands(groups), why, fmt::join(labels, ", "),
                           group_by_ ? "" : "; --mixed takes all together"));
}

std::optional<Chosen> choose(Console& console, CatalogOptions& catalogs, OutputOptions& output,
                             const ReadOptions& options) {
  if (!output.resolve(console) || !catalogs.resolve(console)) return std::nullopt;
  output.assume(catalogs.what_if());
  std::optional<Catalog> catalog = catalogs.read(console, options);
  if (!catalog) return std::nullopt;
  std::optional<Selection> selection = catalogs.selection().select(console, *catalog);
  if (!selection) return std::nullopt;
  return Chosen{std::move(*catalog), std::move(selection->rows)};
}

std::optional<std::size_t> find_one(Console& console, const Catalog& catalog, std::span<const std::size_t> among,
                                    std::string_view name) {
  std::vector<std::size_t> rows = find_by_name(catalog, name);
  std::erase_if(rows, [&](std::size_t row) { return !std::binary_search(among.begin(), among.end(), row); });
  if (rows.size() == 1) return rows.front();
  if (rows.empty()) {
    console.error(fmt::format("no model is named \"{}\"", name), name_hint(catalog, name));
    return std::nullopt;
  }
  const std::string first = full_name(catalog[rows.front()]);
  const bool variants_tell = first != full_name(catalog[rows.back()]);
  console.error(fmt::format("{} models are named \"{}\"", thousands(rows.size()), name),
                variants_tell ? fmt::format("name one with its variant: \"{}\"", first)
                              : "choose one with --where task=..., dataset=... or hardware=...");
  return std::nullopt;
}

void note_better_cost(Console& console, const Catalog& catalog, std::span<const std::size_t> rows, FieldId chosen) {
  if (const std::optional<FieldId> better = better_known_cost(catalog, rows, chosen))
    console.note(fmt::format("the cost taken is {}, since no model has FLOPs; every model has {}, which says more",
                             row_of(chosen).name, row_of(*better).name));
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    std::string_view name = text.substr(start, end - start);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    names.emplace_back(name);
    start = end + 1;
  }
  return names;
}

std::optional<std::size_t> parse_count(Console& console, std::string_view option, std::string_view text) {
  std::size_t count = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc() && rest == text.data() + text.size() && count > 0) return count;
  console.error(fmt::format("{}: \"{}\" is not a whole number from 1", option, text));
  return std::nullopt;
}

std::optional<Measure> parse_measure(Console& console, std::string_view option, std::string_view text,
                                     const Catalog& catalog) {
  const Parsed<NamedMeasure> named = find_measure_or_label(text, Better::higher);
  Complaint complaint = named ? Complaint{} : named.complaint();
  if (named && check_measure(catalog, named->measure, complaint)) return named->measure;
  console.error(fmt::format("{}: {}", option, complaint.message), complaint.hint);
  return std::nullopt;
}

}  // namespace greenml::cli
