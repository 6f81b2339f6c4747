/// \file
/// What stands from the end of one value of an object to the beginning of the next: `, "latency_ms": `. Models of one
/// file mostly have the same bytes there, blanks and all, so that a look tells which key comes next.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "input/first_bytes.hpp"

namespace greenml::read {

class Lead {
 public:
  /// A longer one is not remembered.
  static constexpr std::size_t most = 48;

  Lead() = default;
  /// At most `most` bytes, behind which as many as `most` in all must be readable.
  explicit Lead(std::string_view bytes)
      : masks_(first_bytes<most>[bytes.size()]),
        size_(static_cast<std::uint32_t>(bytes.size())),
        line_breaks_(static_cast<std::uint32_t>(std::count(bytes.begin(), bytes.end(), '\n'))) {
    std::memcpy(words_.data(), bytes.data(), most);
    for (std::size_t index = 0; index < words_.size(); ++index) words_[index] &= masks_[index];
  }

  /// Whether these bytes stand there, where `most` bytes must be readable.
  bool stands_at(const char* at) const {
    const auto difference = [&](std::size_t word) {
      std::uint64_t there = 0;
      std::memcpy(&there, at + word * sizeof there, sizeof there);
      return (there ^ words_[word]) & masks_[word];
    };
    if ((difference(0) | difference(1)) != 0) return false;
    constexpr std::size_t compared = 2 * sizeof(std::uint64_t);
    return size_ <= compared || (difference(2) | difference(3) | difference(4) | difference(5)) == 0;
  }
  std::size_t size() const { return size_; }
  std::size_t line_breaks() const { return line_breaks_; }

 private:
  WordsOf<most> words_ = {};
  WordsOf<most> masks_ = {};  // which bits count
  std::uint32_t size_ = 0;
  std::uint32_t line_breaks_ = 0;
};

}  // namespace greenml::read
