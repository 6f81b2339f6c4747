/// \file
/// Typing errors: how far two words are apart, and which known word was meant.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace greenml {

/// Counts the insertions, deletions, substitutions and swaps of neighbours that turn one word into the other
/// (optimal string alignment), in bytes, ignoring case and taking '-', ' ' and '_' for the same. Gives up above
/// `limit` and returns limit + 1.
std::size_t typing_distance(std::string_view left, std::string_view right, std::size_t limit);

/// The known word nearest to `word`; empty if none is within about a third of its letters, and 3 errors.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

/// "did you mean NAME?" for the nearest known word, or an empty text.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

}  // namespace greenml
