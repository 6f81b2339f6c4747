#include "render/readable_columns.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

/// Makes a text mean nothing in Markdown but itself: no markup, no HTML, no link, no mention, no new cell.
std::string escaped(std::string_view text) {
  constexpr std::string_view punctuation = "\\`*_{}[]#!|~^$";
  // GitHub looks for mentions, issues and addresses after entities and backslashes are gone, so that neither hides
  // them. A zero-width space behind their first character does.
  constexpr std::string_view apart = "&#8203;";
  std::string out;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char character = text[index];
    const std::string_view rest = text.substr(index);
    const bool issue = character == '#' && rest.find_first_of("0123456789") == 1;
    const bool links =
        character == '@' || issue || rest.starts_with("://") || (character == '.' && out.ends_with("www"));
    if (character == '&')
      out += "&amp;";
    else if (character == '<')
      out += "&lt;";
    else if (character == '>')
      out += "&gt;";
    else if (punctuation.find(character) != std::string_view::npos)
      (out += '\\') += character;
    else
      out += character;
    if (links) out += apart;
  }
  return out;
}

void render_section(const Sheet& sheet, const Section& section, Writer& out) {
  const std::vector<PeopleColumn> columns = columns_for_people(sheet, section);
  if (!section.title.empty()) out << "**" << escaped(section.title) << "**\n\n";
  for (const PeopleColumn& column : columns) out << "| " << escaped(column.head) << ' ';
  out << "|\n";
  for (const PeopleColumn& column : columns) out << (column.align == Align::right ? "| ---: " : "| --- ");
  out << "|\n";
  for (std::size_t index = 0; index < section.rows.size(); ++index) {
    for (const PeopleColumn& column : columns) out << "| " << escaped(column.cells[index]) << ' ';
    out << "|\n";
  }
  if (!section.footer.empty()) out << '\n' << escaped(section.footer) << '\n';
}

}  // namespace

void render_markdown(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  for (const Section& section : sheet.sections) {
    if (&section != &sheet.sections.front()) out << '\n';
    render_section(sheet, section, out);
  }
}

}  // namespace greenml::render
