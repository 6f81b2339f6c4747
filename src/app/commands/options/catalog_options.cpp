#include "commands/options/catalog_options.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/model_name.hpp"
#include "greenml/ranking.hpp"
#include "greenml/result_key.hpp"
#include "greenml/spelling.hpp"

namespace greenml::cli {

namespace {

constexpr auto color_names = std::to_array<std::string_view>({"auto", "always", "never"});

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

bool OutputOptions::offers(const render::Format& format) const {
  return format.shows == render::Shows::rows || format.shows == also_;
}

std::vector<std::string_view> OutputOptions::format_names() const {
  std::vector<std::string_view> names;
  for (const render::Format& format : render::formats)
    if (offers(format)) names.push_back(format.name);
  return names;
}

void OutputOptions::declare(OptionTable& table) {
  const std::vector<std::string_view> names = format_names();
  table
      .value("--format", format_name_, "FORMAT",
             fmt::format("{} (default: by the suffix of FILE, else {})", fmt::join(names, ", "),
                         also_ == render::Shows::chart ? "chart" : "table"))
      .one_of({names.begin(), names.end()})
      .under("Output");
  table.value("-o,--output", file_name_, "FILE", "Write to FILE; it is replaced as a whole or not at all")
      .under("Output");
  table.value("--color", color_name_, "WHEN", "auto, always or never; NO_COLOR is honoured")
      .one_of({color_names.begin(), color_names.end()})
      .under("Output");
  table.flag("--quiet", quiet_, "No notes on standard error").under("Output");
  table.value("--delimiter", delimiter_text_, "CHAR", "CSV: one character between cells (default: ,)").under("Output");
  table.flag("--csv-raw", csv_raw_, "CSV, TSV: text as it is; no apostrophe before what a spreadsheet would run")
      .under("Output");
  table.flag("--csv-bom", csv_bom_, "CSV: begin with a byte order mark, for spreadsheets that want one")
      .under("Output");
  if (also_ == render::Shows::chart)
    table.flag("--ascii", ascii_, "In a terminal: draw with ASCII characters only").under("Output");
}

bool OutputOptions::resolve(Console& console) {
  if (quiet_) console.be_quiet();
  if (file_name_ && file_name_->empty()) {
    console.error("-o: the name of the file is empty");
    return false;
  }
  if (file_name_ && *file_name_ != "-") file_ = *file_name_;
  return resolve_format(console) && resolve_color(console) && resolve_delimiter(console) && console.will_write(file_);
}

/// By the suffix of the file: a format of this command, or one of another, which the caller refuses. A suffix that
/// names no format is an error: whoever opens the file would not find in it what its name promises.
const render::Format* OutputOptions::default_format(Console& console) const {
  const bool draws = also_ == render::Shows::chart;
  const std::string suffix = render::suffix_of(file_);
  if (suffix.empty()) return draws ? render::find_format("chart") : &render::formats.front();
  const render::Format* found = nullptr;
  for (const render::Format& format : render::formats) {
    const bool is_better = found == nullptr || (format.shows == also_ && found->shows != also_);
    if (is_better && (offers(format) || found == nullptr) && render::has_suffix(format, suffix)) found = &format;
  }
  if (found != nullptr) return found;
  console.error(fmt::format("{}: greenml does not {} {} files", file_, draws ? "draw" : "write", suffix),
                draws ? "name it .svg, which programs for pictures read, or .html; or say --format"
                      : "name it .csv, .tsv, .json, .ndjson, .md or .txt; or say --format");
  return nullptr;
}

bool OutputOptions::resolve_format(Console& console) {
  format_ = format_name_ ? render::find_format(*format_name_) : default_format(console);
  if (format_ != nullptr && !offers(*format_)) {
    const std::string_view command = format_->shows == render::Shows::chart ? "plot" : "check";
    if (format_name_)
      console.error(fmt::format("{} is a format of greenml {}", format_->name, command));
    else
      console.error(fmt::format("{}: the suffix {} asks for {}, a format of greenml {}", file_,
                                render::suffix_of(file_), format_->name, command),
                    "give the file another name, or say --format");
    return false;
  }
  if (format_ != nullptr || !format_name_) return format_ != nullptr;
  const std::string near = did_you_mean(*format_name_, format_names());
  console.error(fmt::format("--format: unknown format \"{}\"", *format_name_),
                near.empty() ? fmt::format("known: {}", fmt::join(format_names(), ", ")) : near);
  return false;
}

bool OutputOptions::resolve_color(Console& console) {
  if (!color_name_) return true;
  const auto color = std::find(color_names.begin(), color_names.end(), *color_name_);
  if (color == color_names.end()) {
    console.error(fmt::format("--color: unknown \"{}\"", *color_name_),
                  fmt::format("known: {}", fmt::join(color_names, ", ")));
    return false;
  }
  color_ = static_cast<Color>(color - color_names.begin());
  return true;
}

bool OutputOptions::resolve_delimiter(Console& console) {
  if (!delimiter_text_) return true;
  constexpr std::string_view not_between_cells = "\"'\r\n.+-0123456789";
  const std::string& text = *delimiter_text_;
  const bool good = text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 &&
                    not_between_cells.find(text[0]) == std::string_view::npos;
  if (good)
    delimiter_ = text[0];
  else
    console.error(fmt::format("--delimiter: \"{}\" cannot stand between cells", text),
                  "one character, as in --delimiter ';'");
  return good;
}

void OutputOptions::assume(const WhatIfOptions& what_if) {
  end_of_titles_ = what_if.text();
  what_if_ = what_if.fact();
}

std::size_t OutputOptions::rows_to_show(const Console& console, std::size_t groups, std::size_t rows) const {
  constexpr std::size_t lines_beside = 4;  // of each group: a blank line, its title, and the two lines of the head
  constexpr std::size_t least = 5;
  const std::optional<std::size_t> height = for_terminal() ? console.height() : std::nullopt;
  const std::size_t beside = 1 + groups * lines_beside;  // and the next prompt
  if (!height || rows + beside <= *height) return std::numeric_limits<std::size_t>::max();
  return std::max(least, (std::max(*height, beside) - beside) / std::max<std::size_t>(groups, 1));
}

Outcome OutputOptions::print(Console& console, const render::Sheet& sheet) const {
  return print_to(console, sheet, *format_, file_) ? Outcome::done : Outcome::cannot;
}

bool OutputOptions::print_to(Console& console, const render::Sheet& sheet, const render::Format& format,
                             const std::string& file) const {
  const bool to_stdout = file.empty() || file == "-";
  render::Style style;
  style.color = to_stdout ? console.colors(color_) : color_ == Color::always;
  if (to_stdout) style.width = console.width();
  style.delimiter = delimiter_;
  style.csv_raw = csv_raw_;
  style.csv_bom = csv_bom_;
  style.ascii = ascii_;
  render::Sheet titled = sheet;
  for (render::Section& section : titled.sections) section.title += end_of_titles_;
  if (!what_if_.empty()) titled.facts.emplace_back(result::what_if, std::string_view(what_if_));
  return console.print(file, [&](render::Writer& out) { format.render(titled, style, out); });
}

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
