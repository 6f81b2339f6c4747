/// \file
/// Places names in a picture so that they cover neither marks nor each other; a name that finds no room is left out.

#pragma once

#include <cstddef>
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

/// Boxes, each of them in the cells of a grid that it touches: to find those that overlap another box, few are looked
/// at.
class BoxGrid {
 public:
  /// `frame`: where most boxes are. Those outside count to the cells at its edge.
  explicit BoxGrid(const Box& frame);

  void add(const Box& box);

  /// Whether the predicate holds for any box near this one; all that overlap it are.
  template <typename Predicate>
  bool any_near(const Box& box, Predicate predicate) const {
    const Cells near = cells_of(box);
    // From the middle on: what is in a cell that lies wholly within the box overlaps it.
    const std::size_t rows = near.bottom - near.top + 1;
    const std::size_t columns = near.right - near.left + 1;
    for (std::size_t down = 0; down < rows; ++down) {
      const std::size_t row = near.top + (down + rows / 2) % rows;
      for (std::size_t across = 0; across < columns; ++across)
        for (const Box& other : cells_[row * columns_ + near.left + (across + columns / 2) % columns])
          if (predicate(other)) return true;
    }
    return false;
  }

 private:
  /// From the first to the last column and row.
  struct Cells {
    std::size_t left;
    std::size_t top;
    std::size_t right;
    std::size_t bottom;
  };
  Cells cells_of(const Box& box) const;

  Box frame_;
  std::size_t columns_;
  std::size_t rows_;
  std::vector<std::vector<Box>> cells_;  // row by row
};

/// The free room of a picture. What is put into it first has it.
class Room {
 public:
  explicit Room(const Box& frame) : frame_(frame), taken_(frame), lines_(frame) {}

  /// A mark, or something else that no name may cover.
  void occupy(const Box& box) { taken_.add(box); }
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
  BoxGrid taken_;
  BoxGrid lines_;
};

}  // namespace greenml::render
