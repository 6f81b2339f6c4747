/// \file
/// Pieces of the input in messages: cut where they are long. Escaping them is the business of whoever prints.

#pragma once

#include <string>
#include <string_view>

namespace greenml {

/// The beginning of a text, with "..." where there was more.
inline std::string cut(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a character
  return std::string(text.substr(0, end)) + "...";
}

inline std::string quote(std::string_view text) { return '"' + cut(text) + '"'; }

}  // namespace greenml
