#include <algorithm>
#include <fmt/format.h>

#include "render/people.hpp"
#include "render/sheet.hpp"
#include "render/text.hpp"

namespace greenml::render {

namespace {

constexpr std::string_view gap = "  ";
/// Texts are not shortened below this, so that they still say something.
constexpr std::size_t least_text = 16;
/// A text longer than this sticks out of its own row and does not widen the column for the others.
constexpr std::size_t most_alignment = 60;

/// A column with its cells padded on the right of the decimal point, and the width that all rows are given.
struct TableColumn {
  PeopleColumn content;
  std::pair<std::string, std::string> head;  // its two lines: "accuracy", "/GFLOP"
  std::vector<std::size_t> widths;           // of the cells
  std::size_t width = 0;
};

/// Pads numbers so that their decimal points stand under each other when they are aligned right.
void align_points(PeopleColumn& column) {
  const auto behind_point = [](const std::string& cell) {
    const std::size_t point = cell.find('.');
    return point == std::string::npos ? 0 : cell.size() - point;
  };
  std::size_t most = 0;
  for (const std::string& cell : column.cells) most = std::max(most, behind_point(cell));
  for (std::string& cell : column.cells) cell.append(most - behind_point(cell), ' ');
}

/// Breaks the head of a column of numbers before its unit: numbers are narrower than "accuracy/GFLOP".
std::pair<std::string, std::string> in_two_lines(const PeopleColumn& column) {
  const std::string& head = column.head;
  if (column.align == Align::left) return {head, ""};
  if (const std::size_t unit = head.find(" ("); unit != std::string::npos)
    return {head.substr(0, unit), head.substr(unit + 1)};
  if (const std::size_t per = head.find('/'); per != std::string::npos) return {head.substr(0, per), head.substr(per)};
  return {head, ""};
}

void measure(TableColumn& column) {
  column.widths.clear();
  column.head = in_two_lines(column.content);
  column.width = std::max(display_width(column.head.first), display_width(column.head.second));
  for (const std::string& cell : column.content.cells) {
    column.widths.push_back(display_width(cell));
    if (column.widths.back() <= most_alignment) column.width = std::max(column.width, column.widths.back());
  }
}

std::size_t total_width(const std::vector<TableColumn>& columns) {
  std::size_t total = columns.empty() ? 0 : gap.size() * (columns.size() - 1);
  for (const TableColumn& column : columns)
    total += std::max(column.width,
                      column.widths.empty() ? 0 : *std::max_element(column.widths.begin(), column.widths.end()));
  return total;
}

/// Makes the widest text column narrower, as far as it has to and can be.
bool shorten_widest_text(std::vector<TableColumn>& columns, std::size_t width) {
  TableColumn* widest = nullptr;
  std::size_t widest_cell = least_text;
  for (TableColumn& column : columns) {
    if (column.content.align != Align::left || column.widths.empty()) continue;
    const std::size_t cell = *std::max_element(column.widths.begin(), column.widths.end());
    if (cell > widest_cell) {
      widest = &column;
      widest_cell = cell;
    }
  }
  if (widest == nullptr) return false;
  const std::size_t excess = total_width(columns) - width;
  const std::size_t target = std::max(least_text, widest_cell - std::min(widest_cell, excess));
  for (std::string& cell : widest->content.cells) cell = shortened(cell, target);
  measure(*widest);
  return true;
}

/// Leaves out the column that is missed least; returns its head, or nothing where none is that expendable.
std::string leave_out_one(std::vector<TableColumn>& columns, int expendable) {
  const auto least_missed =
      std::max_element(columns.begin(), columns.end(), [](const TableColumn& left, const TableColumn& right) {
        return left.content.expendable <= right.content.expendable;
      });
  if (least_missed == columns.end() || least_missed->content.expendable < expendable) return {};
  std::string head = least_missed->content.head;
  columns.erase(least_missed);
  return head;
}

/// Makes a table fit its terminal; returns the heads of the columns that had to go.
std::vector<std::string> fit(std::vector<TableColumn>& columns, std::size_t width) {
  std::vector<std::string> left_out;
  while (total_width(columns) > width) {
    std::string head = leave_out_one(columns, 2);
    if (head.empty() && shorten_widest_text(columns, width)) continue;
    if (head.empty()) head = leave_out_one(columns, 1);
    if (head.empty()) break;
    left_out.push_back(std::move(head));
  }
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

void write_line(Writer& out, const std::string& line, std::string_view style, bool color) {
  if (color && !style.empty())
    out << "\x1b[" << style << 'm' << line << "\x1b[0m\n";
  else
    out << line << '\n';
}

void render_section(const Sheet& sheet, const Section& section, const Style& style, Writer& out) {
  std::vector<TableColumn> columns;
  for (PeopleColumn& content : columns_for_people(sheet, section)) {
    if (content.numbers) align_points(content);
    measure(columns.emplace_back(TableColumn{std::move(content), {}, {}, 0}));
  }
  std::vector<std::string> left_out;
  if (style.width) left_out = fit(columns, *style.width);

  if (!section.title.empty()) write_line(out, visible(section.title), "1", style.color);
  const auto head = [](const TableColumn& column) {
    return std::pair(column.head.first, display_width(column.head.first));
  };
  const auto unit = [](const TableColumn& column) {
    return std::pair(column.head.second, display_width(column.head.second));
  };
  write_line(out, line_of(columns, head), "2", style.color);
  if (const std::string units = line_of(columns, unit); !units.empty()) write_line(out, units, "2", style.color);
  for (std::size_t index = 0; index < section.rows.size(); ++index) {
    const auto cell = [&](const TableColumn& column) {
      return std::pair(column.content.cells[index], column.widths[index]);
    };
    write_line(out, line_of(columns, cell), color_of(sheet.mark(section.rows[index])), style.color);
  }
  if (!section.footer.empty()) write_line(out, visible(section.footer), "", style.color);
  if (!left_out.empty())
    write_line(out, fmt::format("(no room for {}; a wider terminal or --format csv has it)", fmt::join(left_out, ", ")),
               "2", style.color);
}

}  // namespace

void render_table(const Sheet& sheet, const Style& style, Writer& out) {
  for (const Section& section : sheet.sections) {
    if (&section != &sheet.sections.front()) out << '\n';
    render_section(sheet, section, style, out);
  }
}

}  // namespace greenml::render
