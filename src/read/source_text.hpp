/// \file
/// The part of a file that is in memory, and where in the file a byte is: its line and column.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "greenml/problem.hpp"

namespace greenml::read {

class SourceText {
 public:
  /// A whole file.
  SourceText(std::string name, std::string_view bytes) : name_(std::move(name)), bytes_(bytes) {}

  /// A later part of a file, whose lines are counted from 1.
  SourceText(std::string name, std::size_t start, std::string_view bytes)
      : name_(std::move(name)), bytes_(bytes), start_(start), first_line_start_(start), counted_to_(start) {}

  /// Has it stand for another part of the same file, which begins within the present one or at its end.
  void move_to(std::size_t start, std::string_view bytes);

  const std::string& name() const { return name_; }
  /// The part that is in memory, and the offset in the file at which it begins.
  std::string_view bytes() const { return bytes_; }
  std::size_t start() const { return start_; }
  std::size_t end() const { return start_ + bytes_.size(); }

  // Offsets are those of the file, and in the present part or at its end.

  /// The line of a byte, from 1. Cheap when asked for rising offsets.
  std::size_t line_of(std::size_t offset);
  /// Line, column and excerpt of a byte.
  Place place_of(std::size_t offset);

 private:
  std::string name_;
  std::string_view bytes_;
  std::size_t start_ = 0;
  std::size_t first_line_ = 1;        // of the part
  std::size_t first_line_start_ = 0;  // the offset at which that line begins, which may be before the part
  std::size_t counted_to_ = 0;        // an offset in the part, and the line that it is in
  std::size_t line_ = 1;
};

}  // namespace greenml::read
