/// \file
/// Finds the end of a JSON text that is written plainly: without escapes, control characters and bytes beyond ASCII.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace greenml::read {

/// How many bytes past its argument `first_special` reads at most.
inline constexpr std::size_t bytes_of_step = 16;

/// Finds the first byte from here on that is a quotation mark, a backslash, a control character or beyond ASCII, eight
/// bytes at a time, on any processor. There must be one, followed by `bytes_of_step` readable bytes.
inline const char* first_special_anywhere(const char* at) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = 0x8080808080808080;
  // Whether some byte is less than a number up to 0x80; see Hacker's Delight, section 6-1.
  const auto has_less = [](std::uint64_t bytes, std::uint64_t than) {
    return ((bytes - ones * than) & ~bytes & highs) != 0;
  };
  const auto is_special = [](char byte) { return byte == '"' || byte == '\\' || static_cast<signed char>(byte) < ' '; };
  for (;; at += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    const bool is_there = (bytes & highs) != 0 || has_less(bytes, ' ') || has_less(bytes ^ (ones * '"'), 1) ||
                          has_less(bytes ^ (ones * '\\'), 1);
    for (std::size_t index = 0; is_there && index < sizeof bytes; ++index)
      if (is_special(at[index])) return at + index;
  }
}

/// The same, on the widest instructions that every processor of the kind has: SSE2 on x86-64.
inline const char* first_special(const char* at) {
#ifdef __SSE2__
  for (;; at += bytes_of_step) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // Bytes are compared as signed numbers: those beyond ASCII are negative, and so less than a blank.
    const __m128i below_blank = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(below_blank, quotes), backslashes));
    if (found != 0) return at + std::countr_zero(static_cast<unsigned>(found));
  }
#else
  return first_special_anywhere(at);
#endif
}

}  // namespace greenml::read
