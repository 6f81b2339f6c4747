/// \file
/// Masks for texts that are compared word by word: texts of any length, whose first bytes are read as whole words.

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace greenml::read {

/// So many bytes as 64-bit words.
template <std::size_t size>
using WordsOf = std::array<std::uint64_t, size / sizeof(std::uint64_t)>;

/// By a number of bytes, up to `size`: the bits of the first ones in memory.
template <std::size_t size>
inline constexpr std::array<WordsOf<size>, size + 1> first_bytes = [] {
  std::array<WordsOf<size>, size + 1> masks{};
  for (std::size_t count = 0; count < masks.size(); ++count) {
    std::array<unsigned char, size> bytes{};
    std::fill_n(bytes.begin(), count, static_cast<unsigned char>(0xFF));
    masks[count] = std::bit_cast<WordsOf<size>>(bytes);
  }
  return masks;
}();

}  // namespace greenml::read
