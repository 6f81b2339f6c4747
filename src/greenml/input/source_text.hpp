/// \file
/// The part of a file that is in memory, and where in the file a byte is: its line and column.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "greenml/problem.hpp"

namespace greenml::read {

/// Lines that whoever reads has counted: how many line breaks there are from an offset up to where it is now.
struct PassedLines {
  std::size_t from = std::string_view::npos;  ///< where nothing was counted
  std::size_t line_breaks = 0;
};

class SourceText {
 public:
  /// A whole file.
  SourceText(std::string name, std::string_view bytes) : name_(std::move(name)), bytes_(bytes) {}

  /// The same part of the same file, for who reads on from an offset and does not know how many lines are before it:
  /// lines are counted from there, and what is before it has none.
  SourceText(const SourceText& other, std::size_t from) : SourceText(other) {
    counted_from_ = counted_to_ = from;
    first_line_ = line_ = 1;
  }

  /// Takes over how many lines a text counted that reads on from the line at which `later` was begun.
  void take_lines_of(const SourceText& later);

  /// Has it stand for another part of the same file, which begins within the present one or at its end.
  void move_to(std::size_t start, std::string_view bytes);

  const std::string& name() const { return name_; }
  /// The part that is in memory, and the offset in the file at which it begins.
  std::string_view bytes() const { return bytes_; }
  std::size_t start() const { return start_; }
  std::size_t end() const { return start_ + bytes_.size(); }
  /// Where the first line is that has a number.
  std::size_t counted_from() const { return counted_from_; }

  // Offsets are those of the file, and in the present part or at its end.

  /// The line of a byte, from 1. Cheap when asked for an offset near the last one.
  std::size_t line_of(std::size_t offset);
  /// The same, where `passed` may say how many lines there are since the offset that was asked for last.
  std::size_t line_of(std::size_t offset, const PassedLines& passed) {
    if (passed.from != counted_to_) return line_of(offset);
    counted_to_ = offset;
    return line_ += passed.line_breaks;
  }
  /// Line, column and excerpt of a byte.
  Place place_of(std::size_t offset);

 private:
  std::string name_;
  std::string_view bytes_;
  std::size_t start_ = 0;
  std::size_t first_line_start_ = 0;  // the offset at which the part's first line begins, which may be before the part
  std::size_t counted_from_ = 0;      // an offset in the part, and the line that it is in
  std::size_t first_line_ = 1;
  std::size_t counted_to_ = 0;  // the same, as far as lines were counted
  std::size_t line_ = 1;
};

}  // namespace greenml::read
