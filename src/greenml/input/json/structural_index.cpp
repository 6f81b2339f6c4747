#include "input/json/structural_index.hpp"

#include <algorithm>
#include <bit>
#include <new>
#include <utf8proc.h>

#include "input/file_window.hpp"

namespace greenml::read {

namespace {

/// How long the character is that begins here; 0 where it is not UTF-8.
std::size_t length_of_character(std::string_view text) {
  if (static_cast<unsigned char>(text.front()) < 0x80) return 1;
  utf8proc_int32_t character = 0;
  const utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                   static_cast<utf8proc_ssize_t>(text.size()), &character);
  return static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 0));
}

/// Behind the end of the string that begins here; 0 where something is wrong in it.
std::size_t end_of_string(std::string_view text, std::size_t begin) {
  for (std::size_t at = begin + 1; at < text.size();) {
    if (text[at] == '"') return at + 1;
    if (static_cast<unsigned char>(text[at]) < 0x20) return 0;
    if (text[at] == '\\') ++at;
    const std::size_t length = at < text.size() ? length_of_character(text.substr(at)) : 0;
    if (length == 0) return 0;
    at += length;
  }
  return 0;
}

}  // namespace

simdjson::error_code Structure::find(std::string_view text) {
  // An empty text has stages, too: a parser has none before it is allocated.
  const std::size_t needed = std::bit_ceil(std::max<std::size_t>(text.size(), 1));
  if (parser_.capacity() < needed) {
    constexpr std::size_t depth = 1;  // for the second stage, which is not used
    if (parser_.allocate(needed, depth) != simdjson::SUCCESS) throw std::bad_alloc();
  }
  stages().n_structural_indexes = 0;
  return stages().stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                         simdjson::stage1_mode::regular);
}

std::size_t Structure::find_up_to_fault(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  constexpr std::string_view marks = "{}[]:,";
  stages().n_structural_indexes = 0;
  bool in_word = false;  // a quotation mark in the middle of a word begins no string
  std::size_t at = 0;
  while (at < text.size()) {
    const bool is_blank = blanks.find(text[at]) != std::string_view::npos;
    const bool is_mark = marks.find(text[at]) != std::string_view::npos;
    const bool is_quote = text[at] == '"';
    const std::size_t end = is_quote ? end_of_string(text, at) : at + length_of_character(text.substr(at));
    if (end <= at) break;
    if (!is_blank && (is_mark || !in_word)) add(at);
    in_word = !is_blank && !is_mark && (!is_quote || in_word);
    at = end;
  }
  stages().structural_indexes[stages().n_structural_indexes] = static_cast<std::uint32_t>(at);
  return at;
}

}  // namespace greenml::read
