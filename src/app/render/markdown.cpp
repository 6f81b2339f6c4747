#include <algorithm>

#include "render/readable_columns.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }
bool is_letter(char character) { return (character | 0x20) >= 'a' && (character | 0x20) <= 'z'; }
bool is_hexadecimal(char character) {
  return is_digit(character) || ((character | 0x20) >= 'a' && (character | 0x20) <= 'f');
}

/// "GH-12" is an issue, as "#12" is.
bool begins_issue(std::string_view text) {
  if (text.size() < 4 || (text[0] | 0x20) != 'g' || (text[1] | 0x20) != 'h') return false;
  return text[2] == '-' && is_digit(text[3]);
}

/// ":tada:" is a picture.
bool begins_emoji(std::string_view text) {
  if (!text.starts_with(':')) return false;
  const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_+-", 1);
  return end != std::string_view::npos && end > 1 && text[end] == ':';
}

/// 7 to 40 hexadecimal digits, not all of them decimal, are a commit.
bool begins_commit(std::string_view text) {
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_hexadecimal) - text.begin());
  const bool is_word = digits == text.size() || !is_letter(text[digits]);
  constexpr std::size_t least = 7;
  constexpr std::size_t most = 40;
  return is_word && digits >= least && digits <= most &&
         !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(digits), is_digit);
}

/// Whether GitHub makes something of the text from `index` on: a mention, an issue, a commit, an address, a picture.
bool begins_reference(std::string_view text, std::size_t index) {
  const std::string_view rest = text.substr(index);
  const bool begins_word = index == 0 || (!is_letter(text[index - 1]) && !is_digit(text[index - 1]));
  if (rest.front() == '@' || rest.starts_with("://") || begins_emoji(rest)) return true;
  if (rest.front() == '#') return rest.size() > 1 && is_digit(rest[1]);
  if (rest.front() == '.')
    return index >= 3 && (text.substr(index - 3, 3) == "www" || text.substr(index - 3, 3) == "WWW");
  return begins_word && (begins_issue(rest) || begins_commit(rest));
}

/// Makes a text mean nothing in Markdown but itself: no markup, no HTML, no link, no mention, no new line or cell.
/// GitHub looks for mentions, issues, commits, addresses and emoji in the text that is left after Markdown: after
/// backslashes and entities are gone, so that neither hides them ("Autolinked references and URLs" of its
/// documentation; the mention filter of its html-pipeline, which goes through text nodes). A zero-width space behind
/// the first character does, which its own Dependabot writes; it is written as an entity, so that the source shows it.
std::string markdown_text(std::string_view original) {
  constexpr std::string_view punctuation = "\\`*_{}[]#!|~^$";
  constexpr std::string_view apart = "&#8203;";
  const std::string text = visible(original);
  std::string out;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char character = text[index];
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
    if (begins_reference(text, index)) out += apart;
  }
  return out;
}

/// The same for a text at the beginning of a line, where some characters begin a list, a heading or a rule.
std::string escaped_line(std::string_view text) {
  const std::string out = markdown_text(text);
  const std::size_t number = std::min(out.find_first_not_of("0123456789"), out.size());
  const bool begins_item = number > 0 && number < out.size() && (out[number] == '.' || out[number] == ')');
  if (begins_item) return out.substr(0, number) + '\\' + out.substr(number);
  constexpr std::string_view blocks = "-+=";
  const bool begins_block = !out.empty() && blocks.find(out.front()) != std::string_view::npos;
  return begins_block ? '\\' + out : out;
}

void markdown_section(const Sheet& sheet, const Section& section, Writer& out) {
  const std::vector<PeopleColumn> columns = columns_for_people(sheet, section);
  if (!section.title.empty()) out << "**" << markdown_text(section.title) << "**\n\n";
  for (const PeopleColumn& column : columns) out << "| " << markdown_text(column.head) << ' ';
  out << "|\n";
  for (const PeopleColumn& column : columns) out << (column.align == Align::right ? "| ---: " : "| --- ");
  out << "|\n";
  for (std::size_t index = 0; index < section.rows.size(); ++index) {
    for (const PeopleColumn& column : columns) out << "| " << markdown_text(column.cells[index]) << ' ';
    out << "|\n";
  }
  if (!section.footer.empty()) out << '\n' << escaped_line(section.footer) << '\n';
}

}  // namespace

void render_markdown(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  for (const Section& section : sheet.sections) {
    if (&section != &sheet.sections.front()) out << '\n';
    markdown_section(sheet, section, out);
  }
}

}  // namespace greenml::render
