#include "commands/options/output_options.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <optional>

#include "greenml/result_key.hpp"
#include "system/files.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

constexpr auto color_names = std::to_array<std::string_view>({"auto", "always", "never"});

/// The first of each format that shows rows.
std::vector<std::string_view> suffixes_of_tables() {
  std::vector<std::string_view> suffixes;
  for (const render::Format& format : render::formats)
    if (format.shows == render::Shows::rows && !format.suffixes.empty())
      suffixes.push_back(format.suffixes.substr(0, format.suffixes.find(' ')));
  return suffixes;
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
  table.value("--decimal", decimal_text_, "CHAR", "CSV, TSV: what stands before decimals, . or , (default: .)")
      .under("Output");
  table.flag("--csv-raw", csv_raw_, "CSV, TSV: text as it is; no apostrophe before what a spreadsheet would run")
      .under("Output");
  table.flag("--csv-bom", csv_bom_, "CSV: begin with a byte order mark, for spreadsheets that want one")
      .under("Output");
  if (also_ == render::Shows::chart)
    table.flag("--ascii", ascii_, "In a terminal: draw with ASCII characters only").under("Output");
}

bool OutputOptions::resolve(World& world, Messages& messages, std::span<const render::Format* const> further) {
  if (quiet_) world.be_quiet();
  if (file_name_ && file_name_->empty()) {
    messages.error("-o: the name of the file is empty");
    return false;
  }
  if (file_name_ && *file_name_ != "-") file_ = *file_name_;
  if (!messages.is_good(resolve_format(world)) || !messages.is_good(resolve_color()) ||
      !messages.is_good(resolve_delimiter()) || !messages.is_good(resolve_decimal()) ||
      !messages.is_good(world.will_write(file_)))
    return false;
  note_unused(messages, further);
  return true;
}

/// An option that only other formats have was typed for nothing.
void OutputOptions::note_unused(Messages& messages, std::span<const render::Format* const> further) const {
  struct StyleOption {
    std::string_view name;
    bool is_typed;
    std::vector<std::string_view> formats;  // that have it
  };
  const std::vector<StyleOption> options = {
      {"--delimiter", delimiter_text_.has_value(), {"csv"}},
      {"--decimal", decimal_text_.has_value(), {"csv", "tsv"}},
      {"--csv-raw", csv_raw_, {"csv", "tsv"}},
      {"--csv-bom", csv_bom_, {"csv"}},
      {"--ascii", ascii_, {"chart"}},
  };
  for (const StyleOption& option : options) {
    const auto has_it = [&](const render::Format* format) {
      return std::find(option.formats.begin(), option.formats.end(), format->name) != option.formats.end();
    };
    if (option.is_typed && !has_it(format_) && std::none_of(further.begin(), further.end(), has_it))
      messages.note(fmt::format("{} has no effect on the format {}, only on {}", option.name, format_->name,
                                fmt::join(option.formats, " and ")));
  }
}

/// By the suffix of the file: a format of this command, or one of another, which the caller refuses. A suffix that
/// names no format is an error: whoever opens the file would not find in it what its name promises.
Parsed<const render::Format*> OutputOptions::default_format() const {
  const bool draws = also_ == render::Shows::chart;
  const std::string suffix = render::suffix_of(file_);
  if (suffix.empty()) return draws ? render::find_format("chart") : &render::formats.front();
  const render::Format* found = nullptr;
  for (const render::Format& format : render::formats) {
    const bool is_better = found == nullptr || (format.shows == also_ && found->shows != also_);
    if (is_better && (offers(format) || found == nullptr) && render::has_suffix(format, suffix)) found = &format;
  }
  if (found != nullptr) return found;
  return Complaint{fmt::format("{}: greenml does not {} {} files", file_, draws ? "draw" : "write", suffix),
                   draws ? "name it .svg, of which rsvg-convert makes a bitmap, or .html; or say --format"
                         : fmt::format("name it {}; or say --format", fmt::join(suffixes_of_tables(), ", "))};
}

Parsed<const render::Format*> OutputOptions::named_format() const {
  if (const render::Format* found = render::find_format(*format_name_)) return found;
  return Complaint{fmt::format("--format: unknown format \"{}\"", *format_name_),
                   near_or_all(*format_name_, format_names())};
}

std::optional<Complaint> OutputOptions::resolve_format(const World& world) {
  const Parsed<const render::Format*> asked = format_name_ ? named_format() : default_format();
  if (!asked) return asked.complaint();
  format_ = *asked;
  if (!offers(*format_)) {
    const std::string_view command = render::commands_that_show[static_cast<std::size_t>(format_->shows)];
    if (format_name_) return Complaint{fmt::format("{} is a format of greenml {}", format_->name, command)};
    return Complaint{fmt::format("{}: the suffix {} asks for {}, a format of greenml {}", file_,
                                 render::suffix_of(file_), format_->name, command),
                     "give the file another name, or say --format"};
  }
  const std::string reason = format_->why_not == nullptr ? "" : format_->why_not();
  if (!reason.empty()) return Complaint{reason, "CSV opens in every spreadsheet"};
  if (format_->is_binary && file_.empty() && world.width())
    return Complaint{fmt::format("{} is no text, and nothing for a terminal", format_->name),
                     "-o FILE writes it to a file"};
  return std::nullopt;
}

std::optional<Complaint> OutputOptions::resolve_color() {
  if (!color_name_) return std::nullopt;
  const auto color = std::find(color_names.begin(), color_names.end(), *color_name_);
  if (color == color_names.end()) {
    return Complaint{fmt::format("--color: unknown \"{}\"", *color_name_),
                     fmt::format("known: {}", fmt::join(color_names, ", "))};
  }
  color_ = static_cast<Color>(color - color_names.begin());
  return std::nullopt;
}

std::optional<Complaint> OutputOptions::resolve_delimiter() {
  if (!delimiter_text_) return std::nullopt;
  constexpr std::string_view not_between_cells = "\"'\r\n.+-0123456789";
  const std::string& text = *delimiter_text_;
  const bool good = text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 &&
                    not_between_cells.find(text[0]) == std::string_view::npos;
  if (!good)
    return Complaint{fmt::format("--delimiter: \"{}\" cannot stand between cells", text),
                     "one character, as in --delimiter ';'"};
  delimiter_ = text[0];
  return std::nullopt;
}

/// A decimal comma needs another delimiter, as the spreadsheets have it that write one.
std::optional<Complaint> OutputOptions::resolve_decimal() {
  if (!decimal_text_) return std::nullopt;
  if (*decimal_text_ != "." && *decimal_text_ != ",") {
    return Complaint{fmt::format("--decimal: \"{}\" stands before no decimals", *decimal_text_), ". or ,"};
  }
  decimal_ = decimal_text_->front();
  if (decimal_ != ',') return std::nullopt;
  if (!delimiter_text_) delimiter_ = ';';
  if (delimiter_ != ',') return std::nullopt;
  return Complaint{"--decimal ,: a comma cannot stand between cells too", "leave out --delimiter: it is ; then"};
}

void OutputOptions::assume(const WhatIfOptions& what_if) {
  end_of_titles_ = what_if.text();
  what_if_ = what_if.fact();
}

std::size_t OutputOptions::rows_to_show(const World& world, std::size_t groups, std::size_t rows) const {
  constexpr std::size_t lines_beside = 4;  // of each group: a blank line, its title, and the two lines of the head
  constexpr std::size_t least = 5;
  const std::optional<std::size_t> height = for_terminal() ? world.height() : std::nullopt;
  const std::size_t beside = 1 + groups * lines_beside;  // and the next prompt
  if (!height || rows + beside <= *height) return std::numeric_limits<std::size_t>::max();
  return std::max(least, (std::max(*height, beside) - beside) / std::max<std::size_t>(groups, 1));
}

Result OutputOptions::result(render::Sheet sheet, const World& world, const render::Format& format,
                             const std::string& file) const {
  const bool to_stdout = is_standard_output(file);
  render::Style style;
  style.color = to_stdout ? world.colors(color_) : color_ == Color::always;
  if (to_stdout) style.width = world.width();
  style.delimiter = delimiter_;
  style.decimal = decimal_;
  style.csv_raw = csv_raw_;
  style.csv_bom = csv_bom_;
  style.ascii = ascii_;
  for (render::Section& section : sheet.sections) section.title += end_of_titles_;
  if (!what_if_.empty()) sheet.facts.emplace_back(result::what_if, what_if_);
  return {.content = FormattedSheet{std::move(sheet), &format, style}, .file = file};
}

}  // namespace greenml::cli
