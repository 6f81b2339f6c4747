/// \file
/// A rectangle of terminal cells that can be drawn on in any order: each cell shows what was put there last, or the
/// braille dots that fell into it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sheet/writer.hpp"

namespace greenml::render {

class Canvas {
 public:
  Canvas(std::size_t columns, std::size_t rows) : columns_(columns), rows_(rows), cells_(columns * rows) {}

  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return rows_; }

  /// Puts a text of one cell's width there, instead of what was there.
  void put(std::size_t column, std::size_t row, std::string_view text, std::string_view color = "");
  /// Puts a text into one cell after another, as far as there are cells.
  void write(std::size_t column, std::size_t row, std::string_view text, std::string_view color = "");
  /// Sets a dot; both from 0 at the top left to 1 at the bottom right. Shown where nothing is put.
  void dot(double x, double y, std::string_view color = "");
  bool is_empty(std::size_t column, std::size_t row) const { return cell(column, row).text.empty(); }

  /// Writes the cells line by line, without blanks at the ends. In ASCII, dots show as . : or * by how many there are.
  void print(Writer& out, bool color, bool ascii) const;

 private:
  struct Cell {
    std::string text;
    std::string_view color;
    std::uint8_t dots = 0;  // the low byte of a character of U+2800 to U+28FF
  };

  Cell& cell(std::size_t column, std::size_t row) { return cells_[row * columns_ + column]; }
  const Cell& cell(std::size_t column, std::size_t row) const { return cells_[row * columns_ + column]; }
  static std::string shown(const Cell& cell, bool ascii);

  std::size_t columns_;
  std::size_t rows_;
  std::vector<Cell> cells_;
};

}  // namespace greenml::render
