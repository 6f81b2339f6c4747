#include "read/source_text.hpp"

#include <algorithm>

namespace greenml::read {

namespace {

constexpr bool inside_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

std::size_t SourceText::line_of(std::size_t offset) {
  if (offset < counted_to_) {
    counted_to_ = 0;
    lines_before_ = 1;
  }
  const std::string_view passed = bytes_.substr(counted_to_, offset - counted_to_);
  lines_before_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
  counted_to_ = offset;
  return lines_before_;
}

Place SourceText::place_of(std::size_t offset) {
  offset = std::min(offset, bytes_.size());
  const std::size_t newline = offset == 0 ? std::string_view::npos : bytes_.rfind('\n', offset - 1);
  const std::size_t line_start = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t line_end = std::min(bytes_.find('\n', offset), bytes_.size());

  // Of a long line only the part around the place, whole characters.
  constexpr std::size_t before = 60;
  constexpr std::size_t after = 40;
  std::size_t first = std::max(line_start, offset - std::min(offset, before));
  std::size_t last = std::min(line_end, offset + after);
  while (first < offset && inside_character(bytes_[first])) ++first;
  while (last > offset && last < line_end && inside_character(bytes_[last])) --last;
  return {.file = name_,
          .line = line_of(offset),
          .column = offset - line_start + 1,
          .excerpt = std::string(bytes_.substr(first, last - first)),
          .caret = offset - first};
}

}  // namespace greenml::read
