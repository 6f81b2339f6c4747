#include "render/drawing/name_placer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/text.hpp"

namespace greenml::render {

namespace {

/// A direction from a mark to its name.
struct Direction {
  double x;
  double y;
};

/// To try near the mark, the easiest to read first. Above left and below right come before their mirror images, since
/// frontiers rise.
constexpr auto near_directions = std::to_array<Direction>(
    {{1, 0}, {-1, -1}, {0, -1}, {1, 1}, {-1, 0}, {0, 1}, {1, -1}, {-1, 1}, {0.5, -1}, {-0.5, -1}, {0.5, 1}, {-0.5, 1}});

/// To try farther away, where a line leads to the mark.
constexpr auto far_directions = std::to_array<Direction>({{-0.5, -1},
                                                          {-1, -1},
                                                          {0, -1},
                                                          {1, 1},
                                                          {0.5, 1},
                                                          {0.5, -1},
                                                          {1, 0.5},
                                                          {-1, -0.5},
                                                          {0, 1},
                                                          {1, 0},
                                                          {-1, 0},
                                                          {1, -1},
                                                          {-1, 1}});
constexpr auto far_distances = std::to_array<double>({14, 24, 36, 50, 66, 84, 104});

/// The room between a mark and its name.
constexpr double name_gap = 3;

/// A name on the left is held at its right end, so that it stays near its mark in any face.
double anchor_of(const Direction& direction) { return (1 - std::clamp(direction.x, -1.0, 1.0)) / 2; }

/// The box of a name whose nearest edge or corner is that far from the mark.
Box box_at(const Dot& mark, const Direction& direction, double distance, double width, double height) {
  const double x = mark.x + direction.x * distance;
  const double y = mark.y + direction.y * distance;
  const double left = x - width * anchor_of(direction);
  const double top = direction.y >= 1 ? y : direction.y <= -1 ? y - height : y - height / 2;
  return {left, top, left + width, top + height};
}

Dot nearest_to(const Dot& mark, const Box& box) {
  return {std::clamp(mark.x, box.left, box.right), std::clamp(mark.y, box.top, box.bottom)};
}

/// Small boxes along a line, so close that nothing slips between them.
std::vector<Box> pieces_of(const Dot& from, const Dot& to) {
  const auto count = static_cast<int>(std::hypot(to.x - from.x, to.y - from.y) / 2) + 1;
  std::vector<Box> pieces;
  for (int index = 0; index < count; ++index) {
    const double share = static_cast<double>(index) / count;
    const Dot dot = {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
    pieces.push_back({dot.x - 1, dot.y - 1, dot.x + 1, dot.y + 1});
  }
  return pieces;
}

/// The width of a character of a wide sans-serif face (DejaVu Sans), in ems, by the kind of its shape.
double width_of(std::int32_t code) {
  constexpr std::string_view narrow = "ijlI|!.,:;' ";
  constexpr std::string_view slim = "frt()[]-/\"";
  constexpr std::string_view broad = "mwMW@%";
  if (code >= 0x80) return 0.65;
  const char character = static_cast<char>(code);
  if (narrow.find(character) != std::string_view::npos) return 0.32;
  if (slim.find(character) != std::string_view::npos) return 0.41;
  if (broad.find(character) != std::string_view::npos) return 0.95;
  return character >= 'A' && character <= 'Z' ? 0.73 : 0.63;
}

}  // namespace

double width_in_ems(std::string_view text) {
  double latin = 0;
  std::size_t characters = 0;
  const std::size_t cells = display_width(text);
  while (!text.empty()) {
    const Character character = first_character(text);
    latin += width_of(character.code);
    ++characters;
    text.remove_prefix(character.length);
  }
  // Characters that take two cells are an em wide.
  return cells > characters ? std::max(latin, static_cast<double>(cells) / 2) : latin;
}

BoxGrid::BoxGrid(const Box& frame) : frame_(frame) {
  const auto cells = [](double length) {
    constexpr double cell = 7;  // so that a name, which is 15 high, has cells that lie wholly within it
    constexpr double most = 512;
    return static_cast<std::size_t>(std::clamp(length / cell, 1.0, most));
  };
  columns_ = cells(frame.right - frame.left);
  rows_ = cells(frame.bottom - frame.top);
  cells_.resize(columns_ * rows_);
}

BoxGrid::Cells BoxGrid::cells_of(const Box& box) const {
  const auto cell = [](double at, double first, double last, std::size_t count) {
    const double place = (at - first) / (last - first) * static_cast<double>(count);
    // Also where there is no place, in a frame without extent.
    return place >= 1 ? static_cast<std::size_t>(std::min(place, static_cast<double>(count - 1))) : 0;
  };
  return {cell(box.left, frame_.left, frame_.right, columns_), cell(box.top, frame_.top, frame_.bottom, rows_),
          cell(box.right, frame_.left, frame_.right, columns_), cell(box.bottom, frame_.top, frame_.bottom, rows_)};
}

void BoxGrid::add(const Box& box) {
  const Cells touched = cells_of(box);
  for (std::size_t row = touched.top; row <= touched.bottom; ++row)
    for (std::size_t column = touched.left; column <= touched.right; ++column)
      cells_[row * columns_ + column].push_back(box);
}

void Room::occupy_line(const Dot& from, const Dot& to) {
  lines_.add(
      {std::min(from.x, to.x) - 1, std::min(from.y, to.y) - 1, std::max(from.x, to.x) + 1, std::max(from.y, to.y) + 1});
}

bool Room::is_free(const Box& box) const {
  const auto covers = [&](const Box& other) { return box.overlaps(other); };
  return frame_.contains(box) && !taken_.any_near(box, covers) && !lines_.any_near(box, covers);
}

bool Room::is_clear(const Dot& from, const Dot& mark) const {
  const std::vector<Box> pieces = pieces_of(from, mark);
  return std::none_of(pieces.begin(), pieces.end(), [&](const Box& piece) {
    return taken_.any_near(piece, [&](const Box& other) {
      const bool own = other.left < mark.x && mark.x < other.right && other.top < mark.y && mark.y < other.bottom;
      return !own && piece.overlaps(other);
    });
  });
}

void Room::occupy_leader(const Dot& from, const Dot& mark, double radius) {
  // Up to the mark, whose own box is taken.
  for (const Box& piece : pieces_of(from, mark))
    if (std::hypot(piece.left - mark.x, piece.top - mark.y) > radius + 2) taken_.add(piece);
}

std::optional<PlacedName> Room::place(const Dot& mark, double radius, double width, double height) {
  const auto take = [&](const PlacedName& name) {
    taken_.add(name.box);
    return name;
  };
  for (const Direction& direction : near_directions) {
    const bool slanted = direction.x != 0 && direction.y != 0;
    const double distance = slanted ? radius * 0.7 + 1 : radius + name_gap;
    const Box box = box_at(mark, direction, distance, width, height);
    if (is_free(box)) return take({box, anchor_of(direction), std::nullopt});
  }
  for (const double distance : far_distances)
    for (const Direction& direction : far_directions) {
      const Box box = box_at(mark, direction, radius + distance, width, height);
      const Dot start = nearest_to(mark, box);
      if (is_free(box) && is_clear(start, mark)) {
        occupy_leader(start, mark, radius);
        return take({box, anchor_of(direction), start});
      }
    }
  return std::nullopt;
}

}  // namespace greenml::render
