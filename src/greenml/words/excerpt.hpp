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

/// As a shell takes it for one word: 'Energy (kWh)'.
inline std::string shell_quoted(std::string_view text) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-:,+@%";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) return std::string(text);
  std::string quoted = "'";
  for (const char character : text) {
    if (character == '\'') quoted += "'\\'";
    quoted += character;
  }
  return quoted + "'";
}

inline std::string quote(std::string_view text) { return '"' + cut(text) + '"'; }

}  // namespace greenml
