#include "input/source_text.hpp"

#include <algorithm>
#include <cstring>

namespace greenml::read {

namespace {

constexpr bool inside_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Lines are long where it matters, so that a search from one to the next is quicker than a look at every byte.
std::size_t count_newlines(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const void* found = std::memchr(text.data(), '\n', text.size());
    if (found == nullptr) break;
    ++count;
    text.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1);
  }
  return count;
}

}  // namespace

void SourceText::move_to(std::size_t start, std::string_view bytes) {
  const std::size_t line = line_of(start);
  const std::string_view passed = bytes_.substr(0, start - start_);
  const std::size_t newline = passed.rfind('\n');
  if (newline != std::string_view::npos) first_line_start_ = start_ + newline + 1;
  first_line_ = line;
  start_ = counted_from_ = start;
  bytes_ = bytes;
}

std::size_t SourceText::line_of(std::size_t offset) {
  // Where it goes back, it is mostly by a few bytes: from a key of a model to the model's beginning.
  if (offset < counted_to_ && offset - counted_from_ < counted_to_ - offset) {
    counted_to_ = counted_from_;
    line_ = first_line_;
  }
  if (offset < counted_to_)
    line_ -= count_newlines(bytes_.substr(offset - start_, counted_to_ - offset));
  else
    line_ += count_newlines(bytes_.substr(counted_to_ - start_, offset - counted_to_));
  counted_to_ = offset;
  return line_;
}

void SourceText::take_lines_of(const SourceText& later) {
  line_ = line_of(later.counted_from_) + later.line_ - 1;
  counted_to_ = later.counted_to_;
}

Place SourceText::place_of(std::size_t offset) {
  const std::size_t position = std::min(std::max(offset, start_) - start_, bytes_.size());  // in the part
  const std::size_t newline = position == 0 ? std::string_view::npos : bytes_.rfind('\n', position - 1);
  const std::size_t line_start = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t line_start_in_file = newline == std::string_view::npos ? first_line_start_ : start_ + line_start;
  const std::size_t line_end = std::min(bytes_.find('\n', position), bytes_.size());

  // Of a long line only the part around the place, whole characters.
  constexpr std::size_t before = 60;
  constexpr std::size_t after = 40;
  std::size_t first = std::max(line_start, position - std::min(position, before));
  std::size_t last = std::min(line_end, position + after);
  while (first < position && inside_character(bytes_[first])) ++first;
  while (last > position && last < line_end && inside_character(bytes_[last])) --last;
  return {.file = name_,
          .line = line_of(start_ + position),
          .column = start_ + position - line_start_in_file + 1,
          .excerpt = std::string(bytes_.substr(first, last - first)),
          .caret = position - first};
}

}  // namespace greenml::read
