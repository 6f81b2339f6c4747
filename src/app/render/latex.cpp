#include <algorithm>
#include <string>
#include <vector>

#include "render/readable_columns.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

/// A text that means nothing in LaTeX but itself.
std::string latex_text(std::string_view original) {
  std::string out;
  for (const char character : visible(original)) {
    switch (character) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '<':
        out += "\\textless{}";
        break;
      case '>':
        out += "\\textgreater{}";
        break;
      case '|':
        out += "\\textbar{}";
        break;
      case '"':
        out += "\\textquotedbl{}";
        break;
      case '[':
      case ']':
        // After a line's end they would begin its option.
        ((out += '{') += character) += '}';
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        (out += '\\') += character;
        break;
      case '`':
      case '*':
        // A star after a line's end would belong to it, and with others a grave makes other characters.
        ((out += '{') += character) += '}';
        break;
      case '-':
      case '\'':
        // Two in a row would be another character.
        if (out.ends_with(character)) out += "{}";
        out += character;
        break;
      default:
        out += character;
    }
  }
  return out;
}

void latex_section(const Sheet& sheet, const Section& section, Writer& out) {
  const std::vector<PeopleColumn> columns = columns_for_people(sheet, section);
  // What is in a comment ends with its line, and visible() leaves no line end in a title.
  if (!section.title.empty()) out << "% " << visible(section.title) << '\n';
  out << "\\begin{tabular}{";
  for (const PeopleColumn& column : columns) out << (column.align == Align::right ? "r" : "l");
  out << "}\n\\toprule\n";
  const auto line = [&](auto text_of) {
    for (std::size_t index = 0; index < columns.size(); ++index)
      out << (index == 0 ? "" : " & ") << latex_text(text_of(columns[index]));
    out << " \\\\\n";
  };
  line([](const PeopleColumn& column) { return column.head; });
  out << "\\midrule\n";
  for (std::size_t row = 0; row < section.rows.size(); ++row)
    line([&](const PeopleColumn& column) { return column.cells[row]; });
  out << "\\bottomrule\n\\end{tabular}\n";
  if (!section.footer.empty()) out << "% " << visible(section.footer) << '\n';
}

}  // namespace

void render_latex(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  for (const Section& section : sheet.sections) {
    if (&section != &sheet.sections.front()) out << '\n';
    latex_section(sheet, section, out);
  }
}

}  // namespace greenml::render
