/// \file
/// A quantity as it was written, taken apart into its number and its unit. What they mean is not decided here.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace greenml {

/// Without blanks before and behind.
std::string_view trimmed(std::string_view text);

/// How many characters from the start belong to a number; the rest is a unit. "5e3 J" -> 3, "2EFLOP" -> 1.
std::size_t number_length(std::string_view text);

/// "4.1 GFLOP" is "4.1" and "GFLOP", "$4,000" is "4,000" and "$". The number is empty where there is none.
struct WrittenParts {
  std::string_view number;
  std::string_view symbol;
};
WrittenParts split_quantity(std::string_view text);

/// "81.2 ± 0.3 %" is "81.2" and "0.3", both in "%"; "5 J ± 10 %" is "5" in "J" and "10" in "%". Nothing where there is
/// no plus-minus (±, +-, +/-), or no number on both sides of it.
struct WrittenWithError {
  WrittenParts value;
  WrittenParts error;
};
std::optional<WrittenWithError> split_plus_minus(std::string_view text);

/// Whether the text is what people write where there is no value: "N/A", "-", "unknown".
bool stands_for_missing(std::string_view text);

}  // namespace greenml
