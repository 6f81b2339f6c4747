/// \file
/// Where the members and elements of JSON stand in its text, so that a text can be edited and all else in it stays.
/// Reads one level at a time. Checks the structure; what values mean is for others to say.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::read {

/// Thrown where a text is not JSON: at which byte.
struct JsonMisread {
  std::size_t offset = 0;
  std::string what;
};

/// A part of a text.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

struct JsonMember {
  std::string key;  ///< without escapes
  TextRange key_range;
  TextRange value;
};

/// The values of the outermost level: one, or several as in NDJSON.
std::vector<TextRange> json_values(std::string_view text);
/// The members of the object that stands in `range`. A key that is there twice is a fault.
std::vector<JsonMember> json_members(std::string_view text, TextRange range);
/// The elements of the list that stands in `range`.
std::vector<TextRange> json_elements(std::string_view text, TextRange range);
/// The text that a JSON string in `range` means; nothing where the value is no string.
std::optional<std::string> json_text(std::string_view text, TextRange range);

}  // namespace greenml::read
