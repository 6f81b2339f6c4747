#include "commands/options/catalog_options.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/model_name.hpp"
#include "greenml/ranking.hpp"
#include "greenml/spelling.hpp"

namespace greenml::cli {

namespace {

/// "1,440 by --min accuracy=80% (not known: 3)"
std::string describe(const LeftOut& left_out) {
  const std::size_t count = left_out.beyond + left_out.unknown;
  std::string text = fmt::format("{} by {}", thousands(count), left_out.criterion);
  if (left_out.unknown == count) return text + " (not known)";
  if (left_out.unknown > 0) text += fmt::format(" (not known: {})", thousands(left_out.unknown));
  return text;
}

/// How near the models come to each limit: "the highest accuracy is 82.7% (NASNet-A-Large)".
std::string nearest_to_limits(const Catalog& catalog, const Criteria& criteria) {
  std::vector<std::string> texts;
  for (const Limit& limit : criteria.limits) {
    const bool wants_high = limit.bound == Bound::at_least;
    std::optional<std::size_t> best;
    double most = 0;
    for (std::size_t row = 0; row < catalog.size(); ++row) {
      const std::optional<double> value = limit.measure.value(catalog[row]);
      if (!value || (best && (wants_high ? *value <= most : *value >= most))) continue;
      best = row;
      most = *value;
    }
    if (best)
      texts.push_back(fmt::format("the {} {} is {} ({})", wants_high ? "highest" : "lowest", limit.measure.name(),
                                  limit.measure.text(most), catalog.name(*best)));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

void CatalogOptions::declare(OptionTable& table) {
  if (how_many_ == Files::one)
    table.operand("CATALOG", files_.emplace_back(), "A file of models; - is standard input");
  else
    table.operands("CATALOG", files_, "Files of models: JSON, NDJSON, CSV, TSV, other tools' files; -: standard input");
  const bool selects = limits_ == Limits::select;
  const std::string who = selects ? "Only models with" : "Every model must have";
  const char* group = selects ? "Selection" : "Limits";
  table.repeatable("--min", least_, "NAME=VALUE", who + " at least this: accuracy=75%").under(group);
  table.repeatable("--max", most_, "NAME=VALUE", who + " at most this: params=25M, latency=5ms").under(group);
  table.repeatable("--where", where_, "LABEL=TEXT", "Only models with this label, or != without it: family=ResNet*")
      .under("Selection");
  what_if_.declare(table);
  file_options_.declare(table);
}

bool CatalogOptions::resolve(Console& console) {
  if (!what_if_.resolve(console) || !file_options_.resolve(console)) return false;
  const auto read_limits = [&](const std::vector<std::string>& texts, Bound bound, std::string_view option) {
    for (const std::string& text : texts) {
      Complaint complaint;
      std::optional<Limit> limit = parse_limit(text, bound, complaint);
      if (!limit) {
        console.error(fmt::format("{}: {}", option, complaint.message), complaint.hint);
        return false;
      }
      limit->text = fmt::format("{} {}", option, limit->text);
      criteria_.limits.push_back(std::move(*limit));
    }
    return true;
  };
  if (!read_limits(least_, Bound::at_least, "--min") || !read_limits(most_, Bound::at_most, "--max")) return false;
  for (const std::string& text : where_) {
    Complaint complaint;
    std::optional<LabelMatch> match = parse_label_match(text, complaint);
    if (!match) {
      console.error(fmt::format("--where: {}", complaint.message), complaint.hint);
      return false;
    }
    match->text = fmt::format("--where {}", text);
    criteria_.matches.push_back(std::move(*match));
  }
  return true;
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
  if (!what_if_.derive(console, *catalog)) return std::nullopt;
  Complaint complaint;
  for (const LabelMatch& match : criteria_.matches) {
    if (check_label(*catalog, match.label, complaint)) continue;
    console.error(fmt::format("--where: {}", complaint.message), complaint.hint);
    return std::nullopt;
  }
  for (const Limit& limit : criteria_.limits) {
    if (check_measure(*catalog, limit.measure, complaint)) continue;
    console.error(fmt::format("{}: {}", limit.bound == Bound::at_least ? "--min" : "--max", complaint.message),
                  complaint.hint);
    return std::nullopt;
  }
  return catalog;
}

std::optional<Catalog> CatalogOptions::read_other(Console& console, const std::string& file) const {
  ReadOptions options = file_options_.added_to({});
  options.map_is_for_others_too = true;
  options.join.reset();  // of the files that are given, which this one is none of
  return read_files(console, std::span(&file, 1), options);
}

bool CatalogOptions::limits(const Measure& measure) const {
  return std::any_of(criteria_.limits.begin(), criteria_.limits.end(),
                     [&](const Limit& limit) { return limit.measure == measure; });
}

std::optional<Selection> CatalogOptions::select(Console& console, const Catalog& catalog) const {
  Selection selection = greenml::select(catalog, criteria_);
  std::vector<std::string> reasons;
  for (const LeftOut& left_out : selection.left_out)
    if (left_out.beyond + left_out.unknown > 0) reasons.push_back(describe(left_out));
  const std::string why = fmt::format("{}", fmt::join(reasons, ", "));

  if (selection.rows.empty()) {
    std::string hint;
    for (const LabelMatch& match : criteria_.matches)
      if (hint.empty()) hint = match_hint(catalog, match);
    if (hint.empty()) hint = nearest_to_limits(catalog, criteria_);
    console.error(fmt::format("none of the {} models is left: {}", thousands(catalog.size()), why), hint);
    return std::nullopt;
  }
  const std::size_t gone = catalog.size() - selection.rows.size();
  if (gone > 0)
    console.note(fmt::format("{} of {} models are left out: {}", thousands(gone), thousands(catalog.size()), why));
  return selection;
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
  std::optional<Selection> selection = catalogs.select(console, *catalog);
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
