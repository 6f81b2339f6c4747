#include "render/people.hpp"
#include "render/sheet.hpp"

namespace greenml::render {

namespace {

/// Makes a text mean nothing in Markdown but itself: no markup, no HTML, no link, no mention, no new cell.
std::string escaped(std::string_view text) {
  constexpr std::string_view punctuation = "\\`*_{}[]#!|~^$";
  std::string out;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char character = text[index];
    // An invisible entity behind these keeps GitHub from turning addresses into links and names into mentions.
    const bool links = character == '@' || (character == ':' && text.substr(index).starts_with("://"));
    if (character == '&')
      out += "&amp;";
    else if (character == '<')
      out += "&lt;";
    else if (character == '>')
      out += "&gt;";
    else if (punctuation.find(character) != std::string_view::npos)
      (out += '\\') += character;
    else if (links)
      out += character == '@' ? "&#64;" : "&#58;";
    else
      out += character;
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
