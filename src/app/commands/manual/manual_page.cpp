#include "commands/manual/manual_page.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>
#include <vector>

#include "greenml/field.hpp"
#include "greenml/label.hpp"
#include "greenml/metric.hpp"
#include "greenml/source.hpp"
#include "greenml/unit.hpp"
#include "version.hpp"

namespace greenml::cli {

namespace {

/// A page as it grows.
class Page {
 public:
  Page(std::string_view name, int section, std::string_view what) {
    std::string title(name);
    std::transform(title.begin(), title.end(), title.begin(), [](unsigned char c) { return std::toupper(c); });
    text_ = fmt::format(".TH {} {} {} \"greenml {}\" \"greenml\"\n", title, section, release_date, version);
    heading("NAME");
    text_ += fmt::format("{} \\- {}\n", escaped(name), escaped(what));
  }

  void heading(std::string_view title) { text_ += fmt::format(".SH {}\n", title); }
  void smaller_heading(std::string_view title) { text_ += fmt::format(".SS {}\n", escaped(title)); }
  /// After the first of a section.
  void next_paragraph() { text_ += ".PP\n"; }
  void paragraph(std::string_view words) { text_ += line(escaped(words)); }
  /// Bold.
  void term(std::string_view word) { text_ += fmt::format(".TP\n.B {}\n", escaped(word)); }
  /// Bold, then a value in italics.
  void term(std::string_view word, std::string_view value) {
    text_ += fmt::format(".TP\n\\fB{}\\fP \\fI{}\\fP\n", escaped(word), escaped(value));
  }
  void synopsis(std::string_view command, const std::vector<std::string>& operands) {
    text_ += fmt::format(".B greenml {}\n", escaped(command));
    for (const std::string& operand : operands) text_ += line(fmt::format("\\fI{}\\fP", escaped(operand)));
  }
  /// As it stands.
  void example(std::string_view lines) {
    text_ += ".PP\n.nf\n.RS 4\n";
    while (!lines.empty()) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      text_ += line(escaped(lines.substr(0, end)));
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    text_ += ".RE\n.fi\n";
  }
  void see_also(const std::vector<std::string>& pages) {
    heading("SEE ALSO");
    for (std::size_t index = 0; index < pages.size(); ++index) {
      const std::string& page = pages[index];
      text_ += fmt::format(".BR {} ({}){}\n", escaped(page), page == "greenml-catalog" ? 5 : 1,
                           index + 1 < pages.size() ? "," : "");
    }
  }

  std::string text() const { return text_; }

 private:
  static std::string escaped(std::string_view words) {
    std::string out;
    for (const char c : words) {
      if (c == '\\')
        out += "\\e";
      else if (c == '-')
        out += "\\-";
      else if (c == '\'')
        out += "\\(aq";
      else if (c == '"')
        out += "\\(dq";
      else if (c == '^')
        out += "\\(ha";
      else if (c == '~')
        out += "\\(ti";
      else if (c == '`')
        out += "\\(ga";
      else
        out += c;
    }
    return out;
  }
  /// A dot at its beginning would be a request.
  static std::string line(std::string words) { return (words.starts_with('.') ? "\\&" : "") + std::move(words) + "\n"; }

  std::string text_;
};

std::string shown_operand(const Option& row) {
  const std::string text = row.names + (row.takes == Takes::operands ? " ..." : "");
  return row.required ? text : fmt::format("[{}]", text);
}

/// "-n, --top"
std::string shown_names(const Option& row) {
  std::string names = row.names;
  if (const std::size_t comma = names.find(','); comma != std::string::npos) names.insert(comma + 1, " ");
  return names;
}

void add_options(Page& page, const std::vector<Option>& rows) {
  page.heading("OPTIONS");
  std::vector<std::string> headings;
  for (const Option& row : rows)
    if (!row.is_operand() && std::find(headings.begin(), headings.end(), row.heading) == headings.end())
      headings.push_back(row.heading);
  for (const std::string& heading : headings) {
    if (heading != "Options") page.smaller_heading(heading);
    for (const Option& row : rows) {
      if (row.is_operand() || row.heading != heading) continue;
      if (row.value_name.empty())
        page.term(shown_names(row));
      else
        page.term(shown_names(row), row.value_name);
      page.paragraph(row.takes == Takes::a_value_each_time ? row.help + " (may be given several times)" : row.help);
    }
  }
}

void add_exit_status(Page& page) {
  page.heading("EXIT STATUS");
  page.term("0");
  page.paragraph("It is done. A gate holds.");
  page.term("1");
  page.paragraph("Models fall short of their limits, or figures cannot be right.");
  page.term("2");
  page.paragraph(
      "It could not be done: the input, the options or a file is at fault. A gate that cannot judge ends so.");
}

void add_examples(Page& page, std::string_view lines) {
  page.heading("EXAMPLES");
  while (!lines.empty()) {
    const std::size_t tab = lines.find('\t');
    const std::size_t end = lines.find('\n');
    page.term(lines.substr(0, tab));
    page.paragraph(lines.substr(tab + 1, end - tab - 1));
    lines.remove_prefix(end + 1);
  }
}

std::string units_of(const Field& field) {
  std::vector<std::string_view> symbols;
  for (const Unit& unit : units)
    if (unit.dimension == field.dimension && !unit.symbol.empty()) symbols.push_back(unit.symbol);
  return fmt::format("{}", fmt::join(symbols, " "));
}

}  // namespace

std::string manual_of_program() {
  Page page("greenml", 1, "rank machine-learning models by what their accuracy costs");
  page.heading("SYNOPSIS");
  page.synopsis("", {"COMMAND", "..."});
  page.heading("DESCRIPTION");
  page.paragraph(
      "greenml ranks machine-learning models by what their accuracy costs: operations, parameters, bytes, time, "
      "energy, "
      "CO2, money. It reads catalogs (JSON, NDJSON, CSV, TSV), files of other tools, and model files. It guesses no "
      "unit, "
      "says when a ranking means nothing, and in doubt a gate does not pass.");
  page.heading("COMMANDS");
  std::vector<std::string> pages;
  for (const Command& command : commands) {
    page.term(command.name);
    page.paragraph(command.help);
    pages.push_back(fmt::format("greenml-{}", command.name));
  }
  page.heading("OPTIONS");
  page.term("-h, --help");
  page.paragraph("Show the help of greenml, or of a command.");
  page.term("-V, --version");
  page.paragraph("Show the version, the commit it was built from, and the versions of its libraries.");
  add_exit_status(page);
  page.heading("ENVIRONMENT");
  page.term("NO_COLOR");
  page.paragraph("Where it is set, nothing is coloured.");
  page.term("GITHUB_STEP_SUMMARY");
  page.paragraph("The file to which greenml check --summary appends its report.");
  pages.emplace_back("greenml-catalog");
  page.see_also(pages);
  return page.text();
}

std::string manual_of(const Command& command) {
  OptionTable table;
  const Action action = command.declare(table);  // keeps what the table writes to
  Page page(fmt::format("greenml-{}", command.name), 1, command.help);
  page.heading("SYNOPSIS");
  std::vector<std::string> operands = {"[OPTION] ..."};
  for (const Option& row : table.rows())
    if (row.is_operand()) operands.push_back(shown_operand(row));
  page.synopsis(command.name, operands);
  page.heading("DESCRIPTION");
  page.paragraph(fmt::format("{}.", command.help));
  for (const Option& row : table.rows()) {
    if (!row.is_operand()) continue;
    page.term(row.names);
    page.paragraph(row.help);
  }
  if (std::any_of(table.rows().begin(), table.rows().end(), [](const Option& row) { return !row.is_operand(); }))
    add_options(page, table.rows());
  add_exit_status(page);
  add_examples(page, command.examples);
  page.see_also({"greenml", "greenml-catalog"});
  return page.text();
}

std::string manual_of_catalog() {
  Page page("greenml-catalog", 5, "the format of a catalog of models");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A catalog is a JSON array of models, an object with the key models, one JSON object a line (NDJSON), or a table "
      "(CSV, TSV) with a header. A model is an object with a name, and what is known of it. What is not known is left "
      "out.");
  page.example(
      "{\"defaults\": {\"task\": \"image-classification\", \"dataset\": \"ImageNet-1k\"},\n"
      " \"models\": [\n"
      "   {\"name\": \"ResNet-50\", \"accuracy\": 76.13, \"params\": 25557032, \"flops\": \"4.089 GMAC\"},\n"
      "   {\"name\": \"MobileNetV2\", \"accuracy\": 71.878, \"flops\": \"0.301 GMAC\", \"latency_ms\": 4.1}]}");
  page.next_paragraph();
  page.paragraph(
      "A quantity is a number in its field\'s own unit, a number under a key that names the unit (latency_ms), a text "
      "with "
      "a unit (\"4.1 ms\"), or an object with value, unit, method, source and error.");
  page.heading("QUANTITIES");
  for (const Field& field : fields) {
    page.term(field.name, own_unit(field).symbol);
    page.paragraph(fmt::format("{}. Units: {}", field.help, units_of(field)));
  }
  page.heading("LABELS");
  page.paragraph("Texts. A catalog may have others of any name.");
  for (const Label& label : labels) {
    page.term(label.name);
    page.paragraph(label.help);
  }
  page.heading("METRICS");
  page.paragraph("Computed from the quantities.");
  for (const Metric& metric : metrics) {
    page.term(metric.name);
    page.paragraph(metric.formula);
  }
  page.heading("FILES OF OTHER TOOLS");
  page.paragraph("Recognised, and read with the units that the tool states:");
  for (const SourceRow& source : list_sources()) {
    page.term(source.name);
    page.paragraph(source.title);
  }
  page.see_also({"greenml", "greenml-import", "greenml-list", "greenml-schema"});
  return page.text();
}

}  // namespace greenml::cli
