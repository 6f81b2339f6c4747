/// \file
/// Texts that a spreadsheet would run as formulas. greenml writes them into CSV and TSV with an apostrophe before them,
/// and takes it off again when it reads them.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace greenml {

/// Characters with which a spreadsheet takes a text for a formula, also in their full-width forms.
inline constexpr auto formula_starts =
    std::to_array<std::string_view>({"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"});

/// Whether the text begins as a formula does, after blanks; or would without its apostrophes, so that one more is put
/// before them and nothing is lost when one is taken off.
inline bool needs_apostrophe(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return std::any_of(formula_starts.begin(), formula_starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

/// Without the apostrophe that was put before it.
inline std::string_view without_apostrophe(std::string_view text) {
  return text.starts_with('\'') && needs_apostrophe(text) ? text.substr(1) : text;
}

}  // namespace greenml
