#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "render/drawing/axis.hpp"
#include "render/drawing/short_names.hpp"
#include "render/drawing/svg_picture.hpp"
#include "render/text.hpp"

namespace greenml::render {

namespace {

constexpr double row_height = 19;
constexpr double bar_height = 13;
constexpr double column_gap = 10;  // between the columns
constexpr std::size_t longest_bar_name = 44;

double width_of(const std::string& text) { return width_in_ems(text) * layout::type_size; }

/// A row of the panel in texts.
struct Row {
  std::string name;
  std::string beside;  ///< the accuracy, so that the bar is not the whole story
  std::string value;   ///< at the end of the bar
};

std::vector<Row> rows_of(const Chart& chart, const Panel& panel) {
  std::vector<Row> rows;
  const std::vector<std::string> names = short_names(panel, longest_bar_name);
  for (const Point& point : panel.points)
    rows.push_back({names[rows.size()],
                    chart.y.title.empty() ? "" : (std::isnan(point.y) ? "-" : text_of(point.y, chart.y)),
                    text_of(point.x, chart.x)});
  return rows;
}

double widest(const std::vector<Row>& rows, std::string Row::*column) {
  double width = 0;
  for (const Row& row : rows) width = std::max(width, width_of(row.*column));
  return width;
}

std::vector<double> lengths_of(const Panel& panel) {
  std::vector<double> lengths;
  for (const Point& point : panel.points) lengths.push_back(point.x);
  return lengths;
}

}  // namespace

double draw_bars(Pen& pen, const Chart& chart, const Panel& panel, double top) {
  const std::vector<Row> rows = rows_of(chart, panel);
  const bool as_dots = chart.x.scale == ScaleKind::logarithmic;  // which has no zero for a bar to begin at
  const Axis axis = as_dots ? Axis(chart.x, lengths_of(panel)) : Axis::from_zero(chart.x, lengths_of(panel));
  const double names_end = 16 + widest(rows, &Row::name);
  const double beside_end =
      chart.y.title.empty() ? names_end
                            : names_end + column_gap + std::max(width_of(chart.y.title), widest(rows, &Row::beside));
  const double first = beside_end + column_gap;
  const double last = layout::right - widest(rows, &Row::value) - column_gap;
  const auto x_of = [&](double value) { return first + axis.place(value) * (last - first); };

  pen.text(16, top + 20, Pen::Anchor::start, "heading", panel.title);
  double y = top + layout::title_height;
  if (!chart.y.title.empty()) pen.text(beside_end, y - 6, Pen::Anchor::end, "axis", chart.y.title);
  pen.text(first, y - 6, Pen::Anchor::start, "axis", as_dots ? axis.title() : chart.x.title);

  for (std::size_t index = 0; index < rows.size(); ++index, y += row_height) {
    const Point& point = panel.points[index];
    const double baseline = y + 13;
    Pen row = pen.link(point.url).group("");
    row.set_row(point.row);
    row.set_title(title_of(chart, point));
    row.text(names_end, baseline, Pen::Anchor::end, point.leads ? "name" : "quiet", rows[index].name);
    row.text(beside_end, baseline, Pen::Anchor::end, "quiet value", rows[index].beside);
    const double end = x_of(point.x);
    const double zero = as_dots ? end - bar_height : x_of(0);  // a dot is a bar as long as it is high
    const double bar_top = y + (row_height - bar_height) / 2;
    const std::string css_class = fmt::format("{} {}", class_of(chart, point.series), point.leads ? "rim" : "beaten");
    row.rectangle({std::min(zero, end), bar_top, std::max(zero, end), bar_top + bar_height}, css_class);
    row.text(std::max(zero, end) + 5, baseline, Pen::Anchor::start, "value", rows[index].value);
  }
  if (!as_dots) pen.line({x_of(0), top + layout::title_height}, {x_of(0), y}, "frame");
  return y + 20;
}

}  // namespace greenml::render
