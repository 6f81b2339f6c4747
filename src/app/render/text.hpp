/// \file
/// Text as a terminal shows it: how wide it is, and what in it must not get there as it is. Every format that shows
/// names goes through here, so that there is one list of what is dangerous.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::render {

/// A character of a text, or a byte that is none.
struct Character {
  std::int32_t code = 0;   ///< Unicode code point, or the byte where `valid` is false
  std::size_t length = 0;  ///< in bytes
  bool valid = false;
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// Whether a character can move the cursor, hide, reorder or end a line: controls, line separators, bidirectional
/// overrides, and format characters that nobody sees.
bool is_dangerous(std::int32_t code);

/// Shows what is dangerous as an escape that can be read: \n, \x1b, \u{202e}. The rest stays as it is.
std::string visible(std::string_view text);

/// Terminal cells that a text takes: 2 for CJK and most emoji, 0 for combining marks.
std::size_t display_width(std::string_view text);

/// Cuts the middle out of a text so that it fits, with "…" in its place. Characters stay whole, with their marks.
std::string shortened(std::string_view text, std::size_t width);

/// Shortens texts each; those that would look alike then keep the part in which they differ, with "…" before it.
std::vector<std::string> shortened_apart(const std::vector<std::string>& texts, std::size_t width);

/// Breaks a text into lines that fit, between words; a word that is too wide is shortened.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The same, but nothing is lost: a word that is too wide is broken, so that two texts that differ never look alike.
std::vector<std::string> broken(std::string_view text, std::size_t width);

/// The same, but every word stays whole, to be copied, even where it is too wide for its line.
std::vector<std::string> in_whole_words(std::string_view text, std::size_t width);

/// A text as a JSON string, in its quotation marks. What is dangerous on a terminal is escaped, and what is no UTF-8 is
/// replaced.
std::string json_text(std::string_view text);

}  // namespace greenml::render
