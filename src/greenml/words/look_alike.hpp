/// \file
/// Texts that a reader takes for one and a program does not: é in one character or two, a Cyrillic а for a Latin a, a
/// blank at the end. Nothing is taken for anything here; it is for saying what the difference is.

#pragma once

#include <string>
#include <string_view>

namespace greenml {

/// Whether there is a character in the text, or a blank at its end, that can make it look like another one.
bool may_look_like_another(std::string_view text);

/// A text that all texts have in common that look like this one.
std::string looks_of(std::string_view text);

/// The first character in which two texts that look alike differ: "\"Net\" has U+0435 (Cyrillic е) where ... has e".
std::string difference_of(std::string_view left, std::string_view right);

}  // namespace greenml
