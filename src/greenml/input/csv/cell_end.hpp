/// \file
/// Finds the end of a cell that is not put between quotation marks.

#pragma once

#include <bit>
#include <cstddef>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace greenml::read {

/// How many bytes past its argument `end_of_cell` reads at most.
inline constexpr std::size_t bytes_of_cell_step = 16;

/// Finds the first byte from here on at which a bare cell ends, or is faulty: a delimiter, a line break, a quotation
/// mark or NUL; byte by byte, on any processor. There must be one, followed by `bytes_of_cell_step` readable bytes.
inline const char* end_of_cell_anywhere(const char* at, char delimiter) {
  while (*at != delimiter && *at != '\n' && *at != '\r' && *at != '"' && *at != '\0') ++at;
  return at;
}

/// The same, on the widest instructions that every processor of the kind has: SSE2 on x86-64.
inline const char* end_of_cell(const char* at, char delimiter) {
#ifdef __SSE2__
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  for (;; at += bytes_of_cell_step) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    const __m128i breaks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    const __m128i stops = _mm_or_si128(_mm_or_si128(marks, breaks), _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(stops));
    if (found != 0) return at + std::countr_zero(found);
  }
#else
  return end_of_cell_anywhere(at, delimiter);
#endif
}

}  // namespace greenml::read
