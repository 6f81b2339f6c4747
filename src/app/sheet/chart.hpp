/// \file
/// A picture of models, before it is decided how it is drawn: points with two coordinates, in panels that are not
/// comparable with each other. Drawn by svg.cpp, html.cpp and characters.cpp; where things go on an axis is in
/// axis.hpp.

#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/field.hpp"

namespace greenml::render {

/// What is measured along one direction of a picture, in the dimension's base unit; no dimension: a plain number.
struct Quantity {
  std::string title;  ///< "FLOPs"
  std::optional<Dimension> dimension;
  ScaleKind scale = ScaleKind::linear;
  double most = std::numeric_limits<double>::infinity();  ///< that there can be: an axis does not count beyond 100 %
  double least_step = 0;                                  ///< between two numbers on an axis: 1 for years
  bool is_date = false;                                   ///< a year, with the part of it that has passed
  const Unit* unit = nullptr;  ///< of an axis; nullptr: the one in which its numbers are read best
};

/// Stands for a number that is not known.
inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

struct Point {
  std::size_t row;  ///< of the sheet that the picture belongs to
  std::string name;
  double x;
  double y;  ///< bars: what stands beside the name; may be `not_known`
  double size = not_known;
  std::size_t series = 0;   ///< position in `Chart::series`
  bool leads = false;       ///< on the frontier
  std::string url = {};     ///< where more about it is to be found; may be empty, or no address
  std::string remark = {};  ///< a line to be said with its numbers: "FLOPs: estimated"; may be empty
};

/// Points that can be compared with each other.
struct Panel {
  std::string title;
  std::string note = {};              ///< what a reader of the picture should know; may be empty
  std::vector<Point> points;          ///< bars: in their order
  std::vector<std::size_t> frontier;  ///< positions in `points`, from the best x to the best y
};

/// One member of each point, in their order: `values_of(panel, &Point::x)`.
inline std::vector<double> values_of(const Panel& panel, double Point::*member) {
  std::vector<double> values;
  values.reserve(panel.points.size());
  for (const Point& point : panel.points) values.push_back(point.*member);
  return values;
}

/// Points that look alike: those with one text in a label.
struct Series {
  std::string name;
  bool is_rest = false;  ///< all texts that have no looks of their own
};

struct Chart {
  enum class Kind { scatter, bars };
  enum class Named { frontier, all, none };

  Kind kind = Kind::scatter;
  Named named = Named::frontier;
  bool has_frontier = true;                 ///< whether one direction of both is better
  Quantity x;                               ///< bars: their length
  Quantity y;                               ///< bars: what stands beside the name
  std::optional<Quantity> size;             ///< the area of a mark
  std::optional<std::string> series_title;  ///< the label that the series are of
  std::vector<Series> series;               ///< at least one
  std::vector<Panel> panels;
  std::string minimum_of;  ///< key of the sheet's column for which a page lets its reader set a minimum; may be empty
  std::string maximum_of = {};  ///< the same for a maximum
};

enum class Shape { circle, square, triangle, diamond, triangle_down, plus, cross, ring };

/// How the points of a series look. Colours are those of Okabe and Ito, which people with any colour vision tell apart,
/// made lighter on a dark background; the shape says the same without colour.
struct Look {
  Shape shape;
  std::string_view on_light;
  std::string_view on_dark;
  std::string_view character;  ///< in a terminal
  char ascii;
  std::string_view terminal_color;  ///< the parameters of the escape sequence
};

/// One row is one series' looks.
inline constexpr auto looks = std::to_array<Look>({
    {Shape::circle, "#0072b2", "#56a9e8", "●", 'o', "34"},
    {Shape::square, "#d55e00", "#ff8c4d", "■", '#', "31"},
    {Shape::triangle, "#009e73", "#2fc79b", "▲", '^', "32"},
    {Shape::diamond, "#b8508f", "#e79cc6", "◆", '%', "35"},
    {Shape::triangle_down, "#b87a00", "#f0b429", "▼", 'v', "33"},
    {Shape::plus, "#2b7fb0", "#9ad8ff", "+", '+', "36"},
    {Shape::cross, "#7a6c00", "#f0e442", "×", 'x', "93"},
    {Shape::ring, "#444444", "#e0e0e0", "○", '=', "37"},
});

/// Of all that have no looks of their own.
inline constexpr Look rest_look = {Shape::circle, "#8a8f98", "#7d8590", "·", '.', "90"};

inline const Look& look_of(const Chart& chart, std::size_t series) {
  return chart.series[series].is_rest ? rest_look : looks[series % looks.size()];
}

}  // namespace greenml::render
