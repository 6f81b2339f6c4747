/// \file
/// The bytes of a file, and where in the file a byte is.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "greenml/problem.hpp"

namespace greenml::read {

class SourceText {
 public:
  /// `bytes` must be followed by `padding` readable bytes.
  SourceText(std::string name, std::string_view bytes) : name_(std::move(name)), bytes_(bytes) {}

  static constexpr std::size_t padding = 64;

  const std::string& name() const { return name_; }
  std::string_view bytes() const { return bytes_; }

  /// The line of a byte, from 1. Cheap when asked for rising offsets.
  std::size_t line_of(std::size_t offset);
  /// Line, column and excerpt of a byte.
  Place place_of(std::size_t offset);

 private:
  std::string name_;
  std::string_view bytes_;
  std::size_t counted_to_ = 0;
  std::size_t lines_before_ = 1;
};

}  // namespace greenml::read
