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
  if (how_many_ != Files::several)
    table.operand("CATALOG", files_.emplace_back(), "A file of models; - is standard input");
  else
    table.operands("CATALOG", files_, "Files of models: JSON, NDJSON, CSV, TSV, other tools' files; -: standard input");
  selection_.declare(table);
  what_if_.declare(table);
  file_options_.declare(table);
}

bool CatalogOptions::resolve(World& world, Messages& messages) {
  return what_if_.resolve(world, messages) && file_options_.resolve(world, messages) && selection_.resolve(messages);
}

std::optional<Catalog> read_files(World& world, Messages& messages, std::span<const std::string> files,
                                  const ReadOptions& options, std::string_view hint_if_missing) {
  std::vector<Input> inputs;
  for (const std::string& file : files) {
    if (&*std::find(files.begin(), files.end(), file) != &file) {
      messages.error(fmt::format("{} is given twice", file == "-" ? "standard input" : file));
      return std::nullopt;
    }
    Parsed<Input> input = world.open(file);
    if (!input) {
      Complaint complaint = input.complaint();
      if (complaint.hint.empty()) complaint.hint = hint_if_missing;
      messages.error(complaint);
      return std::nullopt;
    }
    inputs.push_back(*std::move(input));
  }
  Problems problems;
  Catalog catalog = read_catalogs(inputs, problems, options);
  for (const Complaint& complaint : world.unread()) messages.error(complaint);
  if (!world.unread().empty()) return std::nullopt;
  messages.add(problems);
  return problems.errors() == 0 ? std::optional(std::move(catalog)) : std::nullopt;
}

std::optional<Catalog> CatalogOptions::read(World& world, Messages& messages, const ReadOptions& options) const {
  // greenml compare ResNet-50 VGG-16
  const bool may_be_model =
      how_many_ == Files::one_before_models && files_.front().find_first_of("./") == std::string::npos;
  std::optional<Catalog> catalog =
      read_files(world, messages, files_, file_options_.added_to(options),
                 may_be_model ? "a file of models comes first, names of models after it" : "");
  if (!catalog) return std::nullopt;
  if (!what_if_.derive(world, messages, *catalog) || !messages.is_good(selection_.check_names(*catalog)))
    return std::nullopt;
  return catalog;
}

std::optional<Catalog> CatalogOptions::read_other(World& world, Messages& messages, const std::string& file) const {
  ReadOptions options = file_options_.added_to({});
  options.map_is_for_others_too = true;
  options.join.reset();  // of the files that are given, which this one is none of
  return read_files(world, messages, std::span(&file, 1), options);
}

void GroupOptions::declare(OptionTable& table) {
  table.value(
      "--group-by", group_by_, "LABELS",
      "Compare models that have these labels alike (default: task,dataset,quality_metric; functional_unit for what "
      "one inference costs; hardware,hardware_count for what depends on it)");
  table.flag("--mixed", mixed_, "Compare all models with each other, comparable or not");
}

std::optional<std::vector<std::string>> GroupOptions::labels(Messages& messages, const Catalog& catalog,
                                                             std::span<const Measure> measures) const {
  if (group_by_ && mixed_) {
    messages.error("--group-by and --mixed are two answers to one question", "give one of them");
    return std::nullopt;
  }
  std::vector<std::string> names = labels_to_group_by(measures);
  if (group_by_) names = split_list(*group_by_);
  if (mixed_) names.clear();
  for (const std::string& name : names) {
    Complaint complaint;
    if (check_label(catalog, name, complaint)) continue;
    messages.error("--group-by", complaint);
    return std::nullopt;
  }
  return names;
}

void GroupOptions::note(Messages& messages, std::size_t groups, const std::vector<std::string>& labels) const {
  if (groups < 2) return;
  // Whoever chose the labels knows why.
  const std::string_view why = group_by_ ? "" : " that cannot be compared with each other";
  messages.note(fmt::format("{} groups{}, by {}{}", thousands(groups), why, fmt::join(labels, ", "),
                            group_by_ ? "" : "; --mixed takes all together"));
}

std::optional<Chosen> choose(World& world, Report& report, CatalogOptions& catalogs, OutputOptions& output,
                             const ReadOptions& options) {
  Messages& messages = report.messages;
  if (!output.resolve(world, messages) || !catalogs.resolve(world, messages)) return std::nullopt;
  output.assume(catalogs.what_if());
  std::optional<Catalog> read = catalogs.read(world, messages, options);
  if (!read) return std::nullopt;
  const Catalog& catalog = report.keep<Catalog>(*std::move(read));
  std::optional<Selection> selection = catalogs.selection().select(messages, catalog);
  if (!selection) return std::nullopt;
  return Chosen{catalog, std::move(selection->rows)};
}

Parsed<std::size_t> find_one(const Catalog& catalog, std::span<const std::size_t> among, std::string_view name) {
  std::vector<std::size_t> rows = find_by_name(catalog, name);
  std::erase_if(rows, [&](std::size_t row) { return !std::binary_search(among.begin(), among.end(), row); });
  if (rows.size() == 1) return rows.front();
  if (rows.empty()) return Complaint{fmt::format("no model is named \"{}\"", name), name_hint(catalog, name)};
  const std::string first = full_name(catalog[rows.front()]);
  const bool variants_tell = first != full_name(catalog[rows.back()]);
  return Complaint{fmt::format("{} models are named \"{}\"", thousands(rows.size()), name),
                   variants_tell ? fmt::format("name one with its variant: \"{}\"", first)
                                 : "choose one with --where task=..., dataset=... or hardware=..."};
}

void note_better_cost(Messages& messages, const Catalog& catalog, std::span<const std::size_t> rows, FieldId chosen) {
  if (const std::optional<FieldId> better = better_known_cost(catalog, rows, chosen))
    messages.note(fmt::format("the cost taken is {}, since no model has FLOPs; every model has {}, which says more",
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

Parsed<std::size_t> parse_count(std::string_view option, std::string_view text) {
  std::size_t count = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc() && rest == text.data() + text.size() && count > 0) return count;
  return Complaint{fmt::format("{}: \"{}\" is not a whole number from 1", option, text)};
}

Parsed<Measure> parse_measure(std::string_view option, std::string_view text, const Catalog& catalog) {
  const Parsed<NamedMeasure> named = find_measure_or_label(text, Better::higher);
  if (!named) return about(option, named.complaint());
  Complaint complaint;
  if (check_measure(catalog, named->measure, complaint)) return named->measure;
  return about(option, complaint);
}

}  // namespace greenml::cli
