#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "render/readable_columns.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

constexpr std::string_view gap = "  ";
/// Texts are not shortened below this, and sentences not broken into shorter lines, so that they still say something.
constexpr std::size_t least_text = 16;
constexpr std::size_t least_prose = 24;
/// What a column asks for at most where columns are shared out among tables below each other.
constexpr std::size_t most_head = 24;
constexpr std::size_t most_cell = 40;
/// Titles are not broken into shorter lines.
constexpr std::size_t least_title = 40;
/// A text longer than all of these and twice the usual one sticks out of its own row and does not widen the column for
/// the others; none widens it beyond the second.
constexpr std::size_t least_alignment = 72;
constexpr std::size_t most_alignment = 240;

/// A column with its cells padded on the right of the decimal point, and the width that all rows are given.
struct TableColumn {
  PeopleColumn content;
  std::vector<std::string> head = {};    // its lines: "accuracy", "/GFLOP"
  std::vector<std::size_t> widths = {};  // of the cells
  std::size_t prose_width = 0;           // to which cells are broken into lines; 0: they are not
  std::size_t width = 0;
};

/// Pads numbers so that their decimal points stand under each other when they are aligned right.
void align_points(PeopleColumn& column) {
  const auto behind_point = [](const std::string& cell) {
    const std::size_t point = cell.find('.');
    return point == std::string::npos ? 0 : cell.size() - point;
  };
  std::size_t most = 0;
  for (std::size_t row = 0; row < column.cells.size(); ++row)
    if (column.is_number[row]) most = std::max(most, behind_point(column.cells[row]));
  for (std::string& cell : column.cells) cell.append(most - std::min(most, behind_point(cell)), ' ');
}

/// Breaks the head of a column of numbers before its unit: numbers are narrower than "accuracy/GFLOP".
std::vector<std::string> in_two_lines(const PeopleColumn& column) {
  const std::string& head = column.head;
  if (column.align == Align::left) return {head};
  if (const std::size_t unit = head.find(" ("); unit != std::string::npos)
    return {head.substr(0, unit), head.substr(unit + 1)};
  if (const std::size_t per = head.find('/'); per != std::string::npos) return {head.substr(0, per), head.substr(per)};
  return {head};
}

std::size_t head_width(const TableColumn& column) {
  std::size_t width = 0;
  for (const std::string& line : column.head) width = std::max(width, display_width(line));
  return width;
}

/// How wide a cell may be to widen its column: where all names are long they are aligned, an outlier is not, nor are
/// long sentences, which are read one by one.
std::size_t alignment_bound(const PeopleColumn& content, std::vector<std::size_t> widths) {
  if (content.prose || widths.empty()) return least_alignment;
  const auto middle = widths.begin() + static_cast<std::ptrdiff_t>((widths.size() - 1) / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return std::clamp(2 * *middle, least_alignment, most_alignment);
}

void measure(TableColumn& column) {
  column.widths.clear();
  if (column.head.empty()) column.head = in_two_lines(column.content);
  column.width = head_width(column);
  for (const std::string& cell : column.content.cells) column.widths.push_back(display_width(cell));
  const std::size_t bound = alignment_bound(column.content, column.widths);
  for (const std::size_t width : column.widths)
    if (width <= bound) column.width = std::max(column.width, width);
}

/// What the widest cell takes, whether or not the column is aligned to it.
std::size_t widest_cell(const TableColumn& column) {
  return column.widths.empty() ? 0 : *std::max_element(column.widths.begin(), column.widths.end());
}

std::size_t total_width(const std::vector<TableColumn>& columns) {
  std::size_t total = columns.empty() ? 0 : gap.size() * (columns.size() - 1);
  for (const TableColumn& column : columns) total += std::max(column.width, widest_cell(column));
  return total;
}

/// What the widest text takes that could be shortened, head included: not sentences, and never a number.
std::size_t widest_text(const TableColumn& column) {
  if (column.content.align == Align::right || column.content.prose) return 0;
  std::size_t widest = head_width(column);
  for (std::size_t row = 0; row < column.widths.size(); ++row)
    if (!column.content.is_number[row]) widest = std::max(widest, column.widths[row]);
  return widest;
}

std::size_t widest_word(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    widest = std::max(widest, display_width(std::string_view(text).substr(start, end - start)));
    start = end + 1;
  }
  return widest;
}

/// How narrow a head may become. That of numbers has two lines already where it names a unit, and short words.
std::size_t least_head(const TableColumn& column) {
  if (column.content.align == Align::left) return std::max(least_text, widest_cell(column));
  return column.head.size() > 1 ? head_width(column) : std::max(widest_word(column.content.head), widest_cell(column));
}

/// Breaks the widest head that is wider than what stands below it, as far as it has to and can be. It says what the
/// column is, so nothing of it is lost.
bool break_widest_head(std::vector<TableColumn>& columns, std::size_t width) {
  TableColumn* widest = nullptr;
  for (TableColumn& column : columns)
    if (head_width(column) > least_head(column) && (widest == nullptr || head_width(column) > head_width(*widest)))
      widest = &column;
  if (widest == nullptr) return false;
  const std::size_t excess = total_width(columns) - width;
  const std::size_t natural = head_width(*widest);
  widest->head = broken(widest->content.head, std::max(least_head(*widest), natural - std::min(natural, excess)));
  measure(*widest);
  return true;
}

/// Makes the widest text column narrower, as far as it has to and can be.
bool shorten_widest_text(std::vector<TableColumn>& columns, std::size_t width) {
  TableColumn* widest = nullptr;
  for (TableColumn& column : columns)
    if (widest_text(column) > std::max(least_text, widest == nullptr ? 0 : widest_text(*widest))) widest = &column;
  if (widest == nullptr) return false;
  const std::size_t excess = total_width(columns) - width;
  const std::size_t natural = widest_text(*widest);
  const std::size_t target = std::max(least_text, natural - std::min(natural, excess));
  PeopleColumn& content = widest->content;
  widest->head = broken(content.head, target);
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < content.cells.size(); ++row)
    if (!content.is_number[row]) texts.push_back(std::move(content.cells[row]));
  texts = shortened_apart(texts, target);
  auto text = texts.begin();
  for (std::size_t row = 0; row < content.cells.size(); ++row)
    if (!content.is_number[row]) content.cells[row] = std::move(*text++);
  measure(*widest);
  return true;
}

/// Lets the widest column of sentences be broken into lines, as short as they have to and can be.
bool break_widest_prose(std::vector<TableColumn>& columns, std::size_t width) {
  TableColumn* widest = nullptr;
  for (TableColumn& column : columns)
    if (column.content.prose &&
        widest_cell(column) > std::max(least_prose, widest == nullptr ? 0 : widest_cell(*widest)))
      widest = &column;
  if (widest == nullptr) return false;
  const std::size_t natural = widest_cell(*widest);
  const std::size_t excess = total_width(columns) - width;
  widest->prose_width = std::max(least_prose, natural - std::min(natural, excess));
  if (head_width(*widest) > widest->prose_width) widest->head = broken(widest->content.head, widest->prose_width);
  widest->width = std::max(head_width(*widest), widest->prose_width);
  for (std::size_t& cell : widest->widths) cell = std::min(cell, widest->prose_width);
  return true;
}

/// Leaves out the column that is missed least; returns its head, or nothing where none is that expendable.
std::string leave_out_one(std::vector<TableColumn>& columns, int expendable) {
  // From the end, since of two that are missed alike the last goes.
  const auto least_missed =
      std::max_element(columns.rbegin(), columns.rend(), [](const TableColumn& left, const TableColumn& right) {
        return left.content.expendable < right.content.expendable;
      });
  if (least_missed == columns.rend() || least_missed->content.expendable < expendable) return {};
  std::string head = least_missed->content.head;
  columns.erase(std::prev(least_missed.base()));
  return head;
}

/// Gives sentences the room that columns have left which had to go after them.
void give_back_room(std::vector<TableColumn>& columns, std::size_t width) {
  for (TableColumn& column : columns) {
    if (column.prose_width == 0 || total_width(columns) >= width) continue;
    std::size_t natural = 0;
    for (const std::string& cell : column.content.cells) natural = std::max(natural, display_width(cell));
    column.prose_width = std::min(natural, column.prose_width + width - total_width(columns));
    column.width = std::max(column.width, column.prose_width);
  }
}

/// Makes a table fit its terminal; returns the heads of the columns that had to go.
std::vector<std::string> fit(std::vector<TableColumn>& columns, std::size_t width) {
  std::vector<std::string> left_out;
  while (total_width(columns) > width) {
    if (break_widest_head(columns, width) || break_widest_prose(columns, width)) continue;
    std::string head = leave_out_one(columns, 2);
    if (head.empty() && shorten_widest_text(columns, width)) continue;
    if (head.empty()) head = leave_out_one(columns, 1);
    if (head.empty()) break;
    left_out.push_back(std::move(head));
  }
  give_back_room(columns, width);
  return left_out;
}

std::string_view color_of(Mark mark) {
  switch (mark) {
    case Mark::good:
      return "32";
    case Mark::bad:
      return "31";
    case Mark::unknown:
      return "33";
    case Mark::none:
      break;
  }
  return {};
}

/// A line of cells; `cell` gives each column's text and width. No blanks at its end.
template <typename CellOf>
std::string line_of(const std::vector<TableColumn>& columns, CellOf cell) {
  std::string line;
  for (const TableColumn& column : columns) {
    const auto [text, width] = cell(column);
    const std::string padding(column.width - std::min(column.width, width), ' ');
    if (&column != &columns.front()) line += gap;
    line += column.content.align == Align::right ? padding + text : text + padding;
  }
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

/// The lines of a row: one, or more where sentences are broken.
std::vector<std::string> lines_of_row(const std::vector<TableColumn>& columns, std::size_t row) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (const TableColumn& column : columns) {
    const std::string& cell = column.content.cells[row];
    cells.push_back(column.prose_width > 0 ? wrapped(cell, column.prose_width) : std::vector{cell});
    height = std::max(height, cells.back().size());
  }
  std::vector<std::string> lines;
  for (std::size_t line = 0; line < height; ++line)
    lines.push_back(line_of(columns, [&](const TableColumn& column) {
      const std::vector<std::string>& cell = cells[static_cast<std::size_t>(&column - columns.data())];
      const std::string text = line < cell.size() ? cell[line] : "";
      return std::pair(text, display_width(text));
    }));
  return lines;
}

void write_line(Writer& out, const std::string& line, std::string_view style, bool color) {
  if (color && !style.empty())
    out << "\x1b[" << style << 'm' << line << "\x1b[0m\n";
  else
    out << line << '\n';
}

/// A sentence, in as many lines as it takes.
void write_lines(Writer& out, const std::string& text, std::string_view color, const Style& style) {
  if (!style.width) return write_line(out, text, color, style.color);
  for (const std::string& line : broken(text, std::max(*style.width, least_title)))
    write_line(out, line, color, style.color);
}

/// The columns of a table, or of several to be shown below each other where they do not fit beside each other. Each
/// begins with those that the sheet wants repeated.
std::vector<std::vector<TableColumn>> shared_out(std::vector<TableColumn> columns, std::size_t repeated,
                                                 std::optional<std::size_t> width) {
  if (!width || repeated == 0 || columns.size() <= repeated || total_width(columns) <= *width)
    return {std::move(columns)};
  const auto wanted = [](const TableColumn& column) {
    return gap.size() + std::max(std::min(widest_cell(column), most_cell), std::min(head_width(column), most_head));
  };
  const auto first_of_all = columns.begin() + static_cast<std::ptrdiff_t>(repeated);
  std::size_t used_by_repeated = 0;
  for (auto column = columns.begin(); column != first_of_all; ++column) used_by_repeated += wanted(*column);

  std::vector<std::vector<TableColumn>> tables;
  std::size_t used = 0;
  for (auto column = first_of_all; column != columns.end(); ++column) {
    if (tables.empty() || used + wanted(*column) > *width + gap.size()) {
      tables.emplace_back(columns.begin(), first_of_all);
      used = used_by_repeated;
    }
    tables.back().push_back(*column);
    used += wanted(*column);
  }
  return tables;
}

void write_head(Writer& out, const std::vector<TableColumn>& columns, const Style& style) {
  std::size_t height = 1;
  for (const TableColumn& column : columns) height = std::max(height, column.head.size());
  for (std::size_t line = 0; line < height; ++line)
    write_line(out,
               line_of(columns,
                       [&](const TableColumn& column) {
                         const std::string text = line < column.head.size() ? column.head[line] : "";
                         return std::pair(text, display_width(text));
                       }),
               "2", style.color);
}

/// A table that no terminal of this width has room for, as records: a line for each column that has something in the
/// row.
void render_records(const Sheet& sheet, const Section& section, const std::vector<TableColumn>& columns,
                    std::size_t width, const Style& style, Writer& out) {
  std::size_t widest_head = 0;
  for (const TableColumn& column : columns) widest_head = std::max(widest_head, display_width(column.content.head));
  const std::size_t indent = std::min(widest_head, width / 2) + gap.size();
  const std::size_t room = std::max(width - std::min(width, indent), least_prose);
  for (std::size_t index = 0; index < section.rows.size(); ++index) {
    if (index > 0) out << '\n';
    for (const TableColumn& column : columns) {
      const std::string_view cell = column.content.cells[index];
      const std::size_t first = cell.find_first_not_of(' ');
      if (first == std::string_view::npos) continue;
      const std::string_view text = cell.substr(first, cell.find_last_not_of(' ') + 1 - first);
      const std::vector<std::string> heads = broken(column.content.head, indent - gap.size());
      const std::vector<std::string> lines = wrapped(text, room);
      for (std::size_t line = 0; line < std::max(heads.size(), lines.size()); ++line) {
        std::string shown = line < heads.size() ? heads[line] : "";
        shown.append(indent - std::min(indent, display_width(shown)), ' ');
        if (line < lines.size()) shown += lines[line];
        write_line(out, shown, color_of(sheet.mark(section.rows[index])), style.color);
      }
    }
  }
}

void render_columns(const Sheet& sheet, const Section& section, std::vector<TableColumn> columns, const Style& style,
                    Writer& out) {
  std::vector<std::string> left_out;
  if (style.width) {
    const std::vector<TableColumn> whole = columns;
    left_out = fit(columns, *style.width);
    if (total_width(columns) > *style.width && sheet.repeated == 0)
      return render_records(sheet, section, whole, *style.width, style, out);
  }
  write_head(out, columns, style);
  for (std::size_t index = 0; index < section.rows.size(); ++index)
    for (const std::string& line : lines_of_row(columns, index))
      write_line(out, line, color_of(sheet.mark(section.rows[index])), style.color);
  if (!left_out.empty())
    write_lines(out,
                fmt::format("(no room for {}; a wider terminal or --format csv has it)", fmt::join(left_out, ", ")),
                "2", style);
}

void render_section(const Sheet& sheet, const Section& section, const Style& style, Writer& out) {
  std::vector<TableColumn> columns;
  for (PeopleColumn& content : columns_for_people(sheet, section)) {
    if (content.numbers) align_points(content);
    measure(columns.emplace_back(TableColumn{.content = std::move(content)}));
  }
  if (!section.title.empty()) write_lines(out, visible(section.title), "1", style);
  const std::vector<std::vector<TableColumn>> tables = shared_out(std::move(columns), sheet.repeated, style.width);
  for (const std::vector<TableColumn>& table : tables) {
    if (&table != &tables.front()) out << '\n';
    render_columns(sheet, section, table, style, out);
  }
  if (!section.footer.empty()) write_lines(out, visible(section.footer), "", style);
}

}  // namespace

void render_table(const Sheet& sheet, const Style& style, Writer& out) {
  for (const Section& section : sheet.sections) {
    if (&section != &sheet.sections.front()) out << '\n';
    render_section(sheet, section, style, out);
  }
}

}  // namespace greenml::render
