/// \file
/// Reads part of a file from its beginning to its end, in windows, without ever holding more than one. What a file says
/// of lengths is checked against what the file has left before anything is made of it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "model_file/file.hpp"
#include "model_file/malformed.hpp"

namespace greenml::model_file {

class Cursor {
 public:
  /// From `begin` up to `end`, which the file must have.
  Cursor(const File& file, std::uint64_t begin, std::uint64_t end);

  std::uint64_t offset() const { return window_offset_ + at_; }
  std::uint64_t left() const { return end_ - offset(); }
  bool at_end() const { return offset() == end_; }

  /// The next byte; -1 at the end.
  int peek() { return at_ < window_.size() || fill() ? static_cast<unsigned char>(window_[at_]) : -1; }
  /// Goes past the byte that `peek` has seen.
  void advance() { ++at_; }

  /// Takes `count` bytes; false, and nothing taken, where there are not so many.
  bool take(std::uint64_t count, std::string& to);
  /// Goes past `count` bytes, without reading them; false where there are not so many.
  bool skip(std::uint64_t count);

 private:
  bool fill();

  static constexpr std::size_t window_size = 256U << 10U;

  const File* file_;
  std::uint64_t end_;
  std::uint64_t window_offset_;
  std::size_t at_ = 0;
  std::string window_;
};

}  // namespace greenml::model_file
