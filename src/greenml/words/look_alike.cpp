#include "words/look_alike.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utf8proc.h>
#include <vector>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "words/excerpt.hpp"

namespace greenml {

namespace {

struct Pair {
  utf8proc_int32_t character;
  char looks_like;
};

/// Letters of other scripts that look like Latin ones in the fonts of terminals: a small part of Unicode's confusables
/// (Unicode Technical Standard 39).
constexpr auto confusables = std::to_array<Pair>({
    {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0445, 'x'}, {0x0443, 'y'},
    {0x0456, 'i'}, {0x0458, 'j'}, {0x0455, 's'}, {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'}, {0x0410, 'A'},
    {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'},
    {0x0421, 'C'}, {0x0422, 'T'}, {0x0425, 'X'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0405, 'S'}, {0x0391, 'A'},
    {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'},
    {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03BF, 'o'},
    {0x03BD, 'v'}, {0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2212, '-'}, {0x00A0, ' '},
    {0x2009, ' '}, {0x202F, ' '},
});

constexpr bool is_blank(utf8proc_int32_t character) {
  return character == ' ' || (character >= '\t' && character <= '\r');
}

/// Its characters, in the compatibility composition (NFKC); nothing where it is not UTF-8.
std::vector<utf8proc_int32_t> characters_of(std::string_view text, int options) {
  std::vector<utf8proc_int32_t> characters(text.size() * 4 + 16);
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto chosen = static_cast<utf8proc_option_t>(options);
  const utf8proc_ssize_t count =
      utf8proc_decompose(bytes, static_cast<utf8proc_ssize_t>(text.size()), characters.data(),
                         static_cast<utf8proc_ssize_t>(characters.size()), chosen);
  if (count < 0 || static_cast<std::size_t>(count) > characters.size()) return {};
  characters.resize(static_cast<std::size_t>(count));
  return characters;
}

/// "U+0435", or the character itself where a keyboard has it.
std::string named(std::optional<utf8proc_int32_t> character) {
  if (!character) return "nothing";
  if (*character == ' ') return "a blank";
  if (*character > ' ' && *character < 0x7F) return fmt::format("{}", static_cast<char>(*character));
  return fmt::format("U+{:04X}", static_cast<unsigned>(*character));
}

/// Whether there is a blank, a control character or something beyond ASCII. The last bytes may be looked at twice.
bool has_unusual_byte(std::string_view text) {
#ifdef __SSE2__
  constexpr std::size_t step = sizeof(__m128i);
  if (text.size() >= step) {
    // Bytes are compared as signed numbers: those beyond ASCII are negative, and so less than a blank.
    const auto unusual_at = [](const char* bytes) {
      return _mm_cmplt_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)), _mm_set1_epi8(' ' + 1));
    };
    const char* const last = text.data() + text.size() - step;
    __m128i found = unusual_at(last);
    for (const char* at = text.data(); at < last; at += step) found = _mm_or_si128(found, unusual_at(at));
    return _mm_movemask_epi8(found) != 0;
  }
#endif
  return std::any_of(text.begin(), text.end(), [](char letter) { return static_cast<signed char>(letter) <= ' '; });
}

}  // namespace

bool may_look_like_another(std::string_view text) {
  if (!has_unusual_byte(text)) return false;  // nearly always
  const auto is_beyond_ascii = [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; };
  return is_blank(text.front()) || is_blank(text.back()) || text.find("  ") != std::string_view::npos ||
         std::any_of(text.begin(), text.end(), is_beyond_ascii);
}

std::string looks_of(std::string_view text) {
  if (!may_look_like_another(text)) return std::string(text);
  std::string looks;
  for (utf8proc_int32_t character :
       characters_of(text, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE)) {
    const auto found = std::find_if(confusables.begin(), confusables.end(),
                                    [&](const Pair& pair) { return pair.character == character; });
    if (found != confusables.end()) character = found->looks_like;
    if (is_blank(character) && (looks.empty() || looks.back() == ' ')) continue;
    std::array<utf8proc_uint8_t, 4> bytes{};
    const utf8proc_ssize_t length = utf8proc_encode_char(character, bytes.data());
    looks.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
  }
  while (looks.ends_with(' ')) looks.pop_back();
  return looks;
}

std::string difference_of(std::string_view left, std::string_view right) {
  const std::vector<utf8proc_int32_t> one = characters_of(left, 0);
  const std::vector<utf8proc_int32_t> other = characters_of(right, 0);
  std::size_t at = 0;
  while (at < one.size() && at < other.size() && one[at] == other[at]) ++at;
  const auto character = [&](const std::vector<utf8proc_int32_t>& characters) {
    return at < characters.size() ? std::optional(characters[at]) : std::nullopt;
  };
  return fmt::format("{} has {} where {} has {}", quote(left), named(character(one)), quote(right),
                     named(character(other)));
}

}  // namespace greenml
