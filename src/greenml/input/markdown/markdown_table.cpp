#include "input/markdown/markdown_table.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <simdjson.h>
#include <string>
#include <vector>

#include "input/csv/csv_value.hpp"
#include "words/excerpt.hpp"
#include "words/written_parts.hpp"

namespace greenml::read {

namespace {

constexpr std::size_t most_table_cells = 4096;

struct Line {
  std::string_view text;
  std::size_t offset;
};

struct Cell {
  std::string text;  ///< without marks
  std::size_t offset;
};

std::vector<Line> lines_of(std::string_view document) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < document.size();) {
    const std::size_t end = std::min(document.find('\n', at), document.size());
    std::string_view text = document.substr(at, end - at);
    if (text.ends_with('\r')) text.remove_suffix(1);
    lines.push_back({text, at});
    at = end + 1;
  }
  return lines;
}

bool is_fence(std::string_view line) {
  line = trimmed(line);
  return line.starts_with("```") || line.starts_with("~~~");
}

/// "|---|:---:|": what stands below a header.
bool is_rule(std::string_view line) {
  line = trimmed(line);
  return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
         line.find_first_not_of("|:- \t") == std::string_view::npos;
}

/// Leaves out tags, for which a blank stands: "Params<br>(M)" is "Params (M)".
std::string without_tags(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('<');
    const std::size_t close = open == std::string_view::npos ? open : text.find('>', open);
    const bool is_tag = close != std::string_view::npos && open + 1 < text.size() &&
                        (std::isalpha(static_cast<unsigned char>(text[open + 1])) != 0 || text[open + 1] == '/');
    if (!is_tag) {
      const std::size_t taken = open == std::string_view::npos ? text.size() : open + 1;
      out += text.substr(0, taken);
      text.remove_prefix(taken);
      continue;
    }
    (out += text.substr(0, open)) += ' ';
    text.remove_prefix(close + 1);
  }
  return out;
}

/// "[YOLOX-s](./exps/yolox_s.py)" is "YOLOX-s"; of an image nothing is left.
std::string without_links(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    const std::size_t middle = open == std::string_view::npos ? open : text.find("](", open);
    const std::size_t close = middle == std::string_view::npos ? middle : text.find(')', middle);
    if (close == std::string_view::npos) return out += text;
    const bool is_image = open > 0 && text[open - 1] == '!';
    out += text.substr(0, is_image ? open - 1 : open);
    if (!is_image) out += text.substr(open + 1, middle - open - 1);
    text.remove_prefix(close + 1);
  }
  return out;
}

/// Without bold, italics, code, and backslashes before marks; blanks in a row are one.
std::string plain(std::string_view cell) {
  constexpr std::string_view marks = "*`|_\\[]<>~";
  const std::string text = without_links(without_tags(cell));
  std::string out;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char character = text[index];
    if (character == '\\' && index + 1 < text.size() && marks.find(text[index + 1]) != std::string_view::npos)
      out += text[++index];
    else if (character == '*' || character == '`' || text.substr(index, 2) == "__")
      index += character == '_' ? 1 : 0;
    else if ((character != ' ' && character != '\t') || (!out.empty() && out.back() != ' '))
      out += character == '\t' ? ' ' : character;
  }
  return std::string(trimmed(out));
}

/// The cells of a line. A bar with a backslash before it is a character like others.
std::vector<Cell> cells_of(const Line& line) {
  const std::size_t first = std::min(line.text.find_first_not_of(" \t"), line.text.size());
  std::string_view text = line.text.substr(first);
  text = text.substr(0, text.find_last_not_of(" \t") + 1);
  std::size_t offset = line.offset + first;
  if (text.starts_with('|')) {
    text.remove_prefix(1);
    ++offset;
  }
  if (text.ends_with('|') && !text.ends_with("\\|")) text.remove_suffix(1);
  std::vector<Cell> cells;
  for (std::size_t begin = 0;;) {
    std::size_t end = begin;
    while (end < text.size() && text[end] != '|') end += text[end] == '\\' ? 2 : 1;
    end = std::min(end, text.size());
    const std::string_view cell = text.substr(begin, end - begin);
    const std::size_t blanks = std::min(cell.find_first_not_of(" \t"), cell.size());
    cells.push_back({plain(cell), offset + begin + blanks});
    if (end == text.size()) return cells;
    begin = end + 1;
  }
}

/// The lines of a table, from its header on.
struct Table {
  std::size_t first;
  std::size_t end;
};

std::vector<Table> tables_of(const std::vector<Line>& lines) {
  std::vector<Table> tables;
  bool in_code = false;
  for (std::size_t index = 0; index + 1 < lines.size(); ++index) {
    if (is_fence(lines[index].text)) in_code = !in_code;
    if (in_code || lines[index].text.find('|') == std::string_view::npos || !is_rule(lines[index + 1].text)) continue;
    std::size_t end = index + 2;
    while (end < lines.size() && lines[end].text.find('|') != std::string_view::npos) ++end;
    tables.push_back({index, end});
    index = end - 1;
  }
  return tables;
}

std::string heads_of(const Line& header) {
  constexpr std::size_t most_named = 4;
  std::vector<std::string> names;
  for (Cell& cell : cells_of(header))
    if (names.size() < most_named) names.push_back(cut(cell.text));
  return fmt::format("{}", fmt::join(names, ", "));
}

/// The table that is meant; a problem where nobody can know.
const Table* chosen(const std::vector<Table>& tables, const std::vector<Line>& lines, const TableDialect& dialect,
                    RawSink& sink) {
  if (tables.empty()) {
    const bool has_html = std::any_of(lines.begin(), lines.end(), [](const Line& line) {
      return line.text.find("<table") != std::string_view::npos;
    });
    if (has_html)
      sink.problem(0, "the table in it is HTML, which greenml does not read", "copy its rows into a CSV file");
    else
      sink.problem(0, "there is no table in it", "a pipe table has a line of |---| below its header");
    return nullptr;
  }
  if (dialect.table && *dialect.table <= tables.size()) return &tables[*dialect.table - 1];
  if (!dialect.table && tables.size() == 1) return &tables.front();
  constexpr std::size_t most_named = 6;
  std::vector<std::string> texts;
  for (std::size_t index = 0; index < std::min(tables.size(), most_named); ++index)
    texts.push_back(fmt::format("{}: {}", index + 1, heads_of(lines[tables[index].first])));
  const std::string count = tables.size() == 1 ? "there is 1 table" : fmt::format("there are {} tables", tables.size());
  const std::string which = dialect.table ? fmt::format("not {}", *dialect.table) : "which is meant?";
  sink.problem(lines[tables.front().first].offset, fmt::format("{} in it, {}", count, which),
               fmt::format("say --table N; {}", fmt::join(texts, "; ")));
  return nullptr;
}

/// Hands on the header. False, and a problem, where two columns have one name, or one has none.
bool take_header(const std::vector<Cell>& header, RawSink& sink) {
  if (header.size() > most_table_cells) {
    sink.problem(header.front().offset,
                 fmt::format("the header has {} cells, more than {}", header.size(), most_table_cells), "");
    return false;
  }
  std::set<std::string_view> names;
  std::vector<RawMember> heads;
  for (std::size_t index = 0; index < header.size(); ++index) {
    const Cell& cell = header[index];
    if (cell.text.empty()) {
      sink.note(fmt::format("column {} has no name and is passed over", index + 1));
      continue;
    }
    if (!names.insert(cell.text).second) {
      sink.problem(cell.offset, fmt::format("there are two columns {}", quote(cell.text)), "keep one of them");
      return false;
    }
    RawMember& head = heads.emplace_back();
    head.key = cell.text;
    head.key_number = static_cast<std::uint32_t>(index);
    head.key_offset = cell.offset;
  }
  sink.columns(heads);
  return true;
}

void take_row(const std::vector<Cell>& header, const Line& line, char decimal, RawSink& sink) {
  const std::vector<Cell> cells = cells_of(line);
  if (cells.size() != header.size())
    return sink.problem(line.offset,
                        fmt::format("the row has {} cells, and the header {}", cells.size(), header.size()),
                        "a bar in a cell needs a backslash before it");
  std::vector<std::string> canonical(cells.size());
  RawObject object;
  object.offset = line.offset;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    if (header[index].text.empty()) continue;
    RawMember& member = object.members.add();
    member.key = header[index].text;
    member.key_number = static_cast<std::uint32_t>(index);
    member.key_offset = member.value.offset = cells[index].offset;
    read_cell(cells[index].text, false, decimal, member.value, canonical[index]);
  }
  sink.model(object);
}

}  // namespace

void read_markdown_table(Window& window, Parts& parts, const TableDialect& dialect) {
  RawSink& sink = parts.first();
  while (!window.is_last() && window.move_to(0)) {
  }
  if (!window.is_last()) return sink.problem(0, "more than 64 MB of Markdown", "");
  const std::string_view document = window.bytes();
  if (!simdjson::validate_utf8(document.data(), document.size()))
    return sink.problem(0, "the file is not UTF-8", "save the file as UTF-8");
  const std::vector<Line> lines = lines_of(document);
  const std::vector<Table> tables = tables_of(lines);
  const Table* table = chosen(tables, lines, dialect, sink);
  if (table == nullptr) return;
  const std::vector<Cell> header = cells_of(lines[table->first]);
  if (!take_header(header, sink)) return;
  for (std::size_t index = table->first + 2; index < table->end; ++index)
    take_row(header, lines[index], dialect.decimal, sink);
}

}  // namespace greenml::read
