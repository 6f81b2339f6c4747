#include "help_page.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>
#include <vector>

#include "greenml/quantity.hpp"
#include "render/text.hpp"

namespace greenml::cli {

namespace {

constexpr std::string_view introduction =
    "greenml ranks machine-learning models by what their accuracy costs: operations, parameters, bytes, time, energy, "
    "CO2, money.";

/// A line each: the command line, and behind it what it is for.
constexpr std::string_view examples =
    "greenml rank models.json\twhich models get the most out of an operation\n"
    "greenml rank models.json --min accuracy=75%\t... among those that are good enough\n"
    "greenml pareto models.json --cost energy\twhich no other beats, and what a further point costs\n"
    "greenml compare models.json ResNet-50 VGG-16\tside by side\n"
    "greenml check models.json --max energy=5J\tfail a build where a model uses more\n"
    "greenml rank models.json --by energy --top 10\tthe ten that use the least energy\n"
    "greenml rank models.json --format csv -o out.csv\teverything, for a spreadsheet\n";

constexpr std::string_view exit_status =
    "Exit status: 0 done, 1 models fall short of their limits or figures cannot be right, 2 could not be done.";

/// The help of the parser's own options.
constexpr std::string_view help_of_help = "Show this help";
constexpr std::string_view help_of_version = "Show the version";

/// A page as it grows.
class HelpPage {
 public:
  explicit HelpPage(std::size_t width) : width_(width) {}

  void heading(std::string_view title) { text_ += fmt::format("\n{}:\n", title); }
  void paragraph(std::string_view words) { append(words, 0, 0); }
  void blank_line() { text_ += '\n'; }

  /// "Usage: greenml rank [OPTIONS] CATALOG..."
  void usage(std::string_view words) { append(words, 0, std::string_view("Usage: greenml ").size()); }

  /// A term and, beside it or below it, what it means.
  void entry(std::string_view term, std::string_view meaning) {
    constexpr std::size_t least_beside = 72;  // columns of a page that has room for meanings beside the terms
    constexpr std::size_t beside = 28;
    constexpr std::size_t below = 6;
    text_ += fmt::format("  {}", term);
    const std::size_t end = 2 + render::display_width(term);
    if (width_ >= least_beside && end < beside) {
      text_.append(beside - end, ' ');
      append(meaning, beside, beside);
    } else {
      text_ += '\n';
      const std::size_t indent = width_ >= least_beside ? beside : below;
      text_.append(indent, ' ');
      append(meaning, indent, indent);
    }
  }

  /// A command line, which stays one for a shell where it is broken, and what it is for.
  void example(std::string_view command_line, std::string_view meaning) {
    constexpr std::string_view to_be_continued = " \\";
    const std::size_t room = width_ - 4 - to_be_continued.size();
    const std::vector<std::string> lines = render::display_width(command_line) + 2 <= width_
                                               ? std::vector{std::string(command_line)}
                                               : render::in_whole_words(command_line, room);
    text_ += fmt::format("  {}\n      ", fmt::join(lines, fmt::format("{}\n    ", to_be_continued)));
    append(meaning, 6, 6);
  }

  /// Lines with a tab between command line and meaning.
  void examples(std::string_view lines) {
    heading("Examples");
    while (!lines.empty()) {
      const std::size_t tab = lines.find('\t');
      const std::size_t end = lines.find('\n');
      example(lines.substr(0, tab), lines.substr(tab + 1, end - tab - 1));
      lines.remove_prefix(end + 1);
    }
  }

  std::string text() const { return text_; }

 private:
  /// Words from a column on, and where they fill their line, in lines of this indent.
  void append(std::string_view words, std::size_t column, std::size_t indent) {
    const std::size_t room = width_ - std::max(column, indent);
    text_ += fmt::format("{}\n", fmt::join(render::in_whole_words(words, room), fmt::format("\n{:{}}", "", indent)));
  }

  std::size_t width_;
  std::string text_;
};

/// "-n,--top N", "--min NAME=VALUE ...", "CATALOG ..."
std::string term_of(const Option& row) {
  std::string term = row.names;
  if (!row.value_name.empty()) term += ' ' + row.value_name;
  if (row.takes == Takes::a_value_each_time || row.takes == Takes::operands) term += " ...";
  return term;
}

std::string usage_of(const Command& command, const OptionTable& table) {
  std::string text = fmt::format("Usage: greenml {} [OPTIONS]", command.name);
  for (const Option& row : table.rows()) {
    if (!row.is_operand()) continue;
    const std::string operand = row.names + (row.takes == Takes::operands ? "..." : "");
    text += row.required ? ' ' + operand : fmt::format(" [{}]", operand);
  }
  return text;
}

void add_operands(HelpPage& page, const OptionTable& table) {
  const auto is_operand = [](const Option& row) { return row.is_operand(); };
  if (std::none_of(table.rows().begin(), table.rows().end(), is_operand)) return;
  page.heading("Arguments");
  for (const Option& row : table.rows())
    if (row.is_operand()) page.entry(term_of(row), row.help);
}

/// Under their headings, in the order in which these come first.
void add_options(HelpPage& page, const OptionTable& table) {
  std::vector<std::string_view> headings = {"Options"};
  for (const Option& row : table.rows())
    if (!row.is_operand() && std::find(headings.begin(), headings.end(), row.heading) == headings.end())
      headings.push_back(row.heading);
  for (const std::string_view heading : headings) {
    page.heading(heading);
    if (heading == headings.front()) page.entry("-h,--help", help_of_help);
    for (const Option& row : table.rows())
      if (!row.is_operand() && row.heading == heading) page.entry(term_of(row), row.help);
  }
}

}  // namespace

std::size_t help_width(const World& world) {
  constexpr std::size_t least = 40;
  constexpr std::size_t most = 100;
  constexpr std::size_t usual = 80;
  const char* const stated = std::getenv("COLUMNS");
  const Parsed<double> columns = parse_number(stated == nullptr ? "" : stated);
  if (columns && *columns >= 1)
    return static_cast<std::size_t>(std::clamp(*columns, static_cast<double>(least), static_cast<double>(most)));
  return std::clamp(world.width().value_or(usual), least, most);
}

std::string help_of_program(std::size_t width) {
  HelpPage page(width);
  page.paragraph(introduction);
  page.blank_line();
  page.usage("Usage: greenml [OPTIONS] COMMAND");
  page.heading("Options");
  page.entry("-V,--version", help_of_version);
  page.entry("-h,--help", help_of_help);
  page.heading("Commands");
  for (const Command& command : commands) page.entry(command.name, command.help);
  page.examples(examples);
  page.blank_line();
  page.paragraph(exit_status);
  return page.text();
}

std::string help_of(const Command& command, const OptionTable& table, std::size_t width) {
  HelpPage page(width);
  page.paragraph(command.help);
  page.usage(usage_of(command, table));
  add_operands(page, table);
  add_options(page, table);
  page.examples(command.examples);
  return page.text();
}

}  // namespace greenml::cli
