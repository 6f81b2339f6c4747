/// \file
/// Phrases that several views share.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace greenml::cli {

/// "1 model", "1,440 models"
std::string plural(std::size_t count, std::string_view one, std::string_view many);

/// A change as a signed percentage, never with an exponent that a person has to work out: "+5.263 %", "+39,900 %".
std::string signed_percent(double fraction);

/// How much of something there is beside a reference, in words: "64 % less", "12 % more", "3.783 times", "1/227 of it".
std::string compared_with(double ratio);

/// What to do about a word that is none of those known: "did you mean csv?", or "known: csv, json".
std::string near_or_all(std::string_view word, std::span<const std::string_view> known);

}  // namespace greenml::cli
