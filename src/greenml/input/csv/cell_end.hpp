/// \file
/// Finds the end of a cell that is not put between quotation marks.

#pragma once

#include <bit>
#include <cstddef>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace greenml::read {

/// Whether a bare cell ends, or is faulty, at a byte.
constexpr bool ends_cell(char byte, char delimiter) {
  return byte == delimiter || byte == '\n' || byte == '\r' || byte == '"' || byte == '\0';
}

/// Finds the first such byte from here on; sixteen are looked at at a time where the processor has the instructions, as
/// every x86-64 has. There must be one, followed by 15 readable bytes.
inline const char* end_of_cell(const char* at, char delimiter) {
#ifdef __SSE2__
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  for (;; at += sizeof(__m128i)) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    const __m128i breaks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    const __m128i stops = _mm_or_si128(_mm_or_si128(marks, breaks), _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(stops));
    if (found != 0) return at + std::countr_zero(found);
  }
#else
  while (!ends_cell(*at, delimiter)) ++at;
  return at;
#endif
}

}  // namespace greenml::read
