/// \file
/// Places names in a picture so that they cover neither marks nor each other; a name that finds no room is left out.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::render {

/// A rectangle in a picture whose y axis points down.
struct Box {
  double left;
  double top;
  double right;
  double bottom;

  bool overlaps(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
  bool contains(const Box& other) const {
    return left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom;
  }
};

struct Dot {
  double x;
  double y;
};

/// A name that has found its place.
struct PlacedName {
  Box box;
  double anchor;              ///< where in its width it is held: 0 on the left, 0.5 in the middle, 1 on the right
  std::optional<Dot> leader;  ///< where a line to the mark begins, if the name stands away from it
};

/// Estimates the width of a text set in a sans-serif face, as a multiple of the type size; rather too wide.
double width_in_ems(std::string_view text);

/// The free room of a picture. What is put into it first has it.
class Room {
 public:
  explicit Room(const Box& frame) : frame_(frame) {}

  /// A mark, or something else that no name may cover.
  void occupy(const Box& box) { taken_.push_back(box); }
  /// A horizontal or vertical line of the picture, which no name may cover but a line to a mark may cross.
  void occupy_line(const Dot& from, const Dot& to);

  /// Finds a place for a name of that size near a mark, or farther away with a line to it.
  std::optional<PlacedName> place(const Dot& mark, double radius, double width, double height);

 private:
  bool is_free(const Box& box) const;
  /// Whether a line from a name to its mark runs through a name, another mark or another such line.
  bool is_clear(const Dot& from, const Dot& mark) const;
  void occupy_leader(const Dot& from, const Dot& mark, double radius);

  Box frame_;
  std::vector<Box> taken_;
  std::vector<Box> lines_;
};

}  // namespace greenml::render
