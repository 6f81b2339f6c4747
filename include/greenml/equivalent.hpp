/// \file
/// What an amount of CO2e compares with: the table of equivalents.

#pragma once

#include <array>
#include <string_view>

namespace greenml {

struct Equivalent {
  std::string_view name;
  double grams;  ///< of CO2e
  std::string_view written;
  std::string_view source;
};

inline constexpr double grams_per_pound = 453.59237;
inline constexpr std::string_view strubell_table_1 = "Strubell et al. 2019, table 1 (arXiv 1906.02243)";

/// One row is one thing that people can picture.
inline constexpr auto equivalents = std::to_array<Equivalent>({
    {"an average American's year", 36156 * grams_per_pound, "36,156 lb", strubell_table_1},
    {"a car's lifetime, fuel included", 126000 * grams_per_pound, "126,000 lb", strubell_table_1},
    {"a passenger's flight New York - San Francisco", 1984 * grams_per_pound, "1,984 lb", strubell_table_1},
});

}  // namespace greenml
