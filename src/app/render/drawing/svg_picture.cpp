#include "render/drawing/svg_picture.hpp"

#include <cmath>
#include <fmt/format.h>
#include <span>

#include "render/drawing/axis.hpp"
#include "render/text.hpp"
#include "render/xml.hpp"

namespace greenml::render {

namespace {

/// Colours are classes with plain values, which every program that shows SVG understands; custom properties are not.
constexpr std::string_view style_on_light = R"(
.paper { fill: #ffffff; }
.heading, .value { fill: #1f2328; }
.name, .legend { fill: #1f2328; }
.quiet, .tick, .axis { fill: #59636e; }
.grid { stroke: #e4e8ec; }
.minor { stroke: #f1f3f5; }
.frame { stroke: #b4bcc5; }
.leader { stroke: #8a939d; }
.step { stroke: #59636e; }
.rim { stroke: #ffffff; }
)";

constexpr std::string_view style_on_dark = R"(
.paper { fill: #0d1117; }
.heading, .value { fill: #f0f6fc; }
.name, .legend { fill: #e6edf3; }
.quiet, .tick, .axis { fill: #9198a1; }
.grid { stroke: #232a33; }
.minor { stroke: #181e26; }
.frame { stroke: #4b5563; }
.leader { stroke: #7d8590; }
.step { stroke: #9198a1; }
.rim { stroke: #0d1117; }
)";

constexpr std::string_view style_everywhere = R"(
text { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; font-size: 12px; }
.heading { font-size: 16px; font-weight: 600; }
.value { font-variant-numeric: tabular-nums; }
.grid, .minor, .frame, .leader { stroke-width: 1; fill: none; }
.step { stroke-width: 1.5; stroke-linecap: square; fill: none; }
.rim { stroke-width: 1; }
.beaten { fill-opacity: 0.38; stroke-opacity: 0.45; }
.hollow { stroke-width: 2; fill: none; }
.hollow.beaten { stroke-opacity: 0.45; }
)";

std::string colors_of_series(const Chart& chart, bool dark) {
  std::string rules;
  for (std::size_t index = 0; index < chart.series.size(); ++index) {
    const Look& look = look_of(chart, index);
    const std::string_view color = dark ? look.on_dark : look.on_light;
    const std::string name = class_of(chart, index);
    rules += fmt::format(".{0} {{ fill: {1}; }}\n.{0}.hollow {{ fill: none; stroke: {1}; }}\n", name, color);
  }
  return rules;
}

std::string style_sheet(const Chart& chart) {
  return fmt::format("{}{}{}@media (prefers-color-scheme: dark) {{{}{}}}\n", style_everywhere, style_on_light,
                     colors_of_series(chart, false), style_on_dark, colors_of_series(chart, true));
}

/// A path round a point for every shape but the circle, which SVG has.
std::string outline(const Dot& at, double radius, Shape shape) {
  const auto path = [&](std::span<const Dot> corners) {
    std::string text;
    for (const Dot& corner : corners)
      text +=
          fmt::format("{}{:.1f} {:.1f}", text.empty() ? "M" : "L", at.x + corner.x * radius, at.y + corner.y * radius);
    return text + "Z";
  };
  switch (shape) {
    case Shape::square:
      return path(std::array<Dot, 4>{{{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}}});
    case Shape::triangle:
      return path(std::array<Dot, 3>{{{0, -1.15}, {1.1, 0.85}, {-1.1, 0.85}}});
    case Shape::triangle_down:
      return path(std::array<Dot, 3>{{{0, 1.15}, {1.1, -0.85}, {-1.1, -0.85}}});
    case Shape::diamond:
      return path(std::array<Dot, 4>{{{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}}});
    case Shape::plus:
      return path(std::array<Dot, 12>{{{-0.4, -1.15},
                                       {0.4, -1.15},
                                       {0.4, -0.4},
                                       {1.15, -0.4},
                                       {1.15, 0.4},
                                       {0.4, 0.4},
                                       {0.4, 1.15},
                                       {-0.4, 1.15},
                                       {-0.4, 0.4},
                                       {-1.15, 0.4},
                                       {-1.15, -0.4},
                                       {-0.4, -0.4}}});
    case Shape::cross:
      return path(std::array<Dot, 12>{{{-0.6, -1.1},
                                       {0, -0.5},
                                       {0.6, -1.1},
                                       {1.1, -0.6},
                                       {0.5, 0},
                                       {1.1, 0.6},
                                       {0.6, 1.1},
                                       {0, 0.5},
                                       {-0.6, 1.1},
                                       {-1.1, 0.6},
                                       {-0.5, 0},
                                       {-1.1, -0.6}}});
    case Shape::circle:
    case Shape::ring:
      break;
  }
  return {};
}

std::string_view name_of(Pen::Anchor anchor) {
  switch (anchor) {
    case Pen::Anchor::start:
      return "start";
    case Pen::Anchor::middle:
      return "middle";
    case Pen::Anchor::end:
      break;
  }
  return "end";
}

/// The series and their looks, in lines; returns where they end.
double draw_legend(Pen& pen, const Chart& chart, double top) {
  if (!chart.series_title) return top;
  Pen legend = pen.group("");
  double x = 16;
  double y = top + layout::line_height;
  legend.text(x, y, Pen::Anchor::start, "quiet", *chart.series_title + ":");
  x += width_in_ems(visible(*chart.series_title)) * layout::type_size + 22;
  for (std::size_t index = 0; index < chart.series.size(); ++index) {
    const std::string name = shortened(visible(chart.series[index].name), 40);
    const double length = width_in_ems(name) * layout::type_size;
    if (x + length > layout::right) {
      x = 32;
      y += layout::line_height + 4;
    }
    legend.mark({x, y - 4}, 5, look_of(chart, index).shape, class_of(chart, index));
    legend.text(x + 10, y, Pen::Anchor::start, "legend", name);
    x += length + 34;
  }
  return y + 14;
}

}  // namespace

std::string class_of(const Chart& chart, std::size_t series) {
  return chart.series[series].is_rest ? "rest" : fmt::format("s{}", series);
}

std::string title_of(const Chart& chart, const Point& point) {
  std::string title = visible(point.name);
  const auto add = [&](const Quantity& quantity, double value) {
    title += fmt::format("\n{}: {}", quantity.title, text_of(value, quantity));
  };
  if (!chart.y.title.empty()) add(chart.y, point.y);
  add(chart.x, point.x);
  if (chart.size) add(*chart.size, point.size);
  if (chart.series_title && !chart.series[point.series].is_rest)
    title += fmt::format("\n{}: {}", visible(*chart.series_title), visible(chart.series[point.series].name));
  if (!point.remark.empty()) title += "\n" + visible(point.remark);
  return title;
}

Pen Pen::element(const char* name, std::string_view css_class) {
  Pen pen(node_.append_child(name));
  if (!css_class.empty()) set_attribute(pen.node_, "class", css_class);
  return pen;
}

/// Half a tenth of a pixel is nothing that can be seen.
Pen& Pen::number(const char* name, double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  node_.append_attribute(name).set_value(text.c_str());
  return *this;
}

Pen Pen::group(std::string_view css_class) { return element("g", css_class); }

Pen Pen::text(double x, double y, Anchor anchor, std::string_view css_class, std::string_view content) {
  Pen pen = element("text", css_class);
  pen.number("x", x).number("y", y);
  if (anchor != Anchor::start) set_attribute(pen.node_, "text-anchor", name_of(anchor));
  append_text(pen.node_, content);
  return pen;
}

Pen Pen::line(const Dot& from, const Dot& to, std::string_view css_class) {
  Pen pen = element("line", css_class);
  pen.number("x1", from.x).number("y1", from.y).number("x2", to.x).number("y2", to.y);
  return pen;
}

Pen Pen::rectangle(const Box& box, std::string_view css_class) {
  Pen pen = element("rect", css_class);
  pen.number("x", box.left).number("y", box.top);
  pen.number("width", box.right - box.left).number("height", box.bottom - box.top);
  return pen;
}

Pen Pen::mark(const Dot& at, double radius, Shape shape, std::string_view css_class) {
  if (shape == Shape::circle || shape == Shape::ring) {
    const std::string hollow = std::string(css_class) + (shape == Shape::ring ? " hollow" : "");
    Pen pen = element("circle", hollow);
    pen.number("cx", at.x).number("cy", at.y).number("r", radius);
    return pen;
  }
  Pen pen = element("path", css_class);
  set_attribute(pen.node_, "d", outline(at, radius, shape));
  return pen;
}

void Pen::set_title(std::string_view title) {
  node_.append_child("title").append_child(pugi::node_pcdata).set_value(std::string(title).c_str());
}

void Pen::set_row(std::size_t row) {
  node_.append_attribute("data-row").set_value(static_cast<unsigned long long>(row));
}

void append_picture(pugi::xml_node parent, const Chart& chart) {
  pugi::xml_node svg = parent.append_child("svg");
  svg.append_attribute("xmlns").set_value("http://www.w3.org/2000/svg");
  pugi::xml_node style = svg.append_child("style");
  style.append_child(pugi::node_pcdata).set_value(style_sheet(chart).c_str());

  pugi::xml_node drawing = svg.append_child("g");
  Pen pen(drawing);
  double bottom = draw_legend(pen, chart, 8);
  for (const Panel& panel : chart.panels) {
    Pen one = pen.group("panel");
    bottom = chart.kind == Chart::Kind::bars ? draw_bars(one, chart, panel, bottom)
                                             : draw_scatter(one, chart, panel, bottom);
  }

  const double height = std::ceil(bottom);
  Pen(svg).rectangle({0, 0, layout::width, height}, "paper");  // known only now, but below the rest
  svg.insert_move_before(svg.last_child(), drawing);
  set_attribute(svg, "viewBox", fmt::format("0 0 {} {}", layout::width, height));
  set_attribute(svg, "width", fmt::format("{}", layout::width));
  set_attribute(svg, "height", fmt::format("{}", height));
  set_attribute(svg, "role", "img");
  if (!chart.panels.empty()) set_attribute(svg, "aria-label", chart.panels.front().title);
}

}  // namespace greenml::render
