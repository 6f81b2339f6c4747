/// \file
/// A chart as an SVG picture: a stack of panels, in colours for light and for dark backgrounds. The panels are drawn by
/// picture_scatter.cpp and picture_bars.cpp; this is what they share.

#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "render/drawing/name_placer.hpp"
#include "sheet/chart.hpp"

namespace greenml::render {

/// Appends the picture to `parent` as an <svg> element. Text stays text; every mark has a <title> with its numbers, and
/// names its row of the sheet in data-row.
void append_picture(pugi::xml_node parent, const Chart& chart);

/// What the title of a mark says: the name, and a line for each of its numbers. Safe to show as it is.
std::string title_of(const Chart& chart, const Point& point);

/// Lengths of a picture, in its own units: pixels, at its natural size.
namespace layout {
inline constexpr double width = 960;
inline constexpr double left = 64;  ///< of the frame of a scatter; the axis' texts stand before it
inline constexpr double right = width - 24;
inline constexpr double title_height = 56;  ///< the title and a line below it
inline constexpr double type_size = 12;
inline constexpr double line_height = 15;
}  // namespace layout

/// Draws elements under one node. Classes are those of the style sheet in picture.cpp.
class Pen {
 public:
  enum class Anchor { start, middle, end };

  explicit Pen(pugi::xml_node node) : node_(node) {}

  Pen group(std::string_view css_class);
  Pen text(double x, double y, Anchor anchor, std::string_view css_class, std::string_view content);
  Pen line(const Dot& from, const Dot& to, std::string_view css_class);
  Pen rectangle(const Box& box, std::string_view css_class);
  Pen mark(const Dot& at, double radius, Shape shape, std::string_view css_class);

  void set_title(std::string_view title);
  void set_row(std::size_t row);

 private:
  Pen element(const char* name, std::string_view css_class);
  Pen& number(const char* name, double value);

  pugi::xml_node node_;
};

/// "s3", or "rest": the class of a series' colour.
std::string class_of(const Chart& chart, std::size_t series);

/// Both draw a panel from y = `top` on and return where it ends.
double draw_scatter(Pen& pen, const Chart& chart, const Panel& panel, double top);
double draw_bars(Pen& pen, const Chart& chart, const Panel& panel, double top);

}  // namespace greenml::render
