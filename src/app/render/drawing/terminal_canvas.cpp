#include "render/drawing/terminal_canvas.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "render/text.hpp"

namespace greenml::render {

namespace {

constexpr std::size_t dots_across = 2;
constexpr std::size_t dots_down = 4;

/// The bits of a braille character, by row and column of its dots (Unicode, block U+2800).
constexpr std::array<std::array<std::uint8_t, dots_across>, dots_down> braille_bits = {
    {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};

std::string braille(std::uint8_t dots) {
  return {static_cast<char>(0xE2), static_cast<char>(0xA0 | dots >> 6), static_cast<char>(0x80 | (dots & 0x3F))};
}

std::size_t position(double share, std::size_t count) {
  const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(count);
  return std::min(static_cast<std::size_t>(place), count - 1);
}

}  // namespace

void Canvas::put(std::size_t column, std::size_t row, std::string_view text, std::string_view color) {
  if (column >= columns_ || row >= rows_) return;
  cell(column, row).text = text;
  cell(column, row).color = color;
}

void Canvas::write(std::size_t column, std::size_t row, std::string_view text, std::string_view color) {
  while (!text.empty()) {
    const std::size_t length = first_character(text).length;
    put(column++, row, text.substr(0, length), color);
    text.remove_prefix(length);
  }
}

void Canvas::dot(double x, double y, std::string_view color) {
  const std::size_t across = position(x, columns_ * dots_across);
  const std::size_t down = position(y, rows_ * dots_down);
  Cell& target = cell(across / dots_across, down / dots_down);
  target.dots |= braille_bits[down % dots_down][across % dots_across];
  if (target.text.empty()) target.color = color;
}

std::string Canvas::shown(const Cell& cell, bool ascii) {
  if (!cell.text.empty()) return cell.text;
  if (cell.dots == 0) return " ";
  if (!ascii) return braille(cell.dots);
  const int count = std::popcount(cell.dots);
  return count == 1 ? "." : count <= 3 ? ":" : "*";
}

void Canvas::print(Writer& out, bool color, bool ascii) const {
  for (std::size_t row = 0; row < rows_; ++row) {
    std::size_t last = columns_;
    while (last > 0 && shown(cell(last - 1, row), ascii) == " ") --last;
    std::string_view current;
    for (std::size_t column = 0; column < last; ++column) {
      const Cell& one = cell(column, row);
      if (color && one.color != current) {
        if (!current.empty()) out << "\x1b[0m";
        if (!one.color.empty()) out << "\x1b[" << one.color << 'm';
        current = one.color;
      }
      out << shown(one, ascii);
    }
    if (!current.empty()) out << "\x1b[0m";
    out << '\n';
  }
}

}  // namespace greenml::render
