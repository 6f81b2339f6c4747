/// \file
/// Hashes of texts in a fraction of the time that std::hash takes: names are short, and there are many.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace greenml {

/// 2^64 divided by the golden ratio, which is odd: multiplied by it, numbers that are near each other are far apart.
/// Knuth, The Art of Computer Programming, volume 3, section 6.4.
inline constexpr std::uint64_t golden_ratio = 0x9E3779B97F4A7C15;

/// Equal texts have equal hashes; whether equal hashes mean equal texts is for whoever asks to find out.
inline std::uint64_t text_hash(std::string_view text) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  const auto mixed = [](std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * golden_ratio;
    return hash ^ hash >> 32;
  };
  const auto word_at = [](const char* from, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, size);
    return word;
  };
  std::uint64_t hash = text.size() * golden_ratio;
  if (text.size() < step) return mixed(hash, text.empty() ? 0 : word_at(text.data(), text.size()));
  // The last eight bytes may be taken twice in part.
  const char* const last = text.data() + text.size() - step;
  for (const char* at = text.data(); at < last; at += step) hash = mixed(hash, word_at(at, step));
  return mixed(hash, word_at(last, step));
}

}  // namespace greenml
