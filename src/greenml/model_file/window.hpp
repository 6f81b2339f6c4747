/// \file
/// Bytes of a file by their offsets, in any order.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model_file/file.hpp"

namespace greenml::model_file {

/// One window over a file, moved when what is wanted is outside.
class Window {
 public:
  explicit Window(const File& file) : file_(file), buffer_(size_of_window) {}

  std::uint64_t size() const { return file_.size(); }
  /// Returns the byte at `offset`, which must be below `size()`.
  std::uint8_t byte(std::uint64_t offset) {
    if (offset - begin_ >= filled_) fill(offset);
    return static_cast<std::uint8_t>(buffer_[offset - begin_]);
  }
  std::string text(std::uint64_t offset, std::uint64_t count);

 private:
  void fill(std::uint64_t offset);

  /// Small, since most of a file is skipped: what is read for each weight that is skipped is read for nothing.
  static constexpr std::size_t size_of_window = 1U << 14U;

  const File& file_;
  std::vector<std::byte> buffer_;
  std::uint64_t begin_ = 0;
  std::uint64_t filled_ = 0;
};

}  // namespace greenml::model_file
