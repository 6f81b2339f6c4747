#include "view/phrases.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/quantity.hpp"
#include "greenml/spelling.hpp"

namespace greenml::cli {

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", thousands(count), count == 1 ? one : many);
}

std::string signed_percent(double fraction) {
  constexpr double largest_short = 1e4;   // four digits need no separators
  constexpr double largest_whole = 1e15;  // beyond, a double has no whole numbers to show
  const double percent = fraction * 100;
  const double size = std::abs(percent);
  if (size < largest_short || size > largest_whole) return fmt::format("{:+.4g} %", percent);
  return fmt::format("{}{} %", percent < 0 ? '-' : '+', thousands(static_cast<std::size_t>(std::round(size))));
}

std::string compared_with(double ratio) {
  constexpr double largest_share = 2;  // from twice on, a factor says more than a percentage
  if (ratio == 1) return "as much";
  if (ratio >= largest_share) return fmt::format("{} times", rounded(ratio));
  constexpr double smallest_share = 0.01;  // below, a percentage is nearly 100
  if (ratio <= 0) return fmt::format("{} times", rounded(ratio));
  if (ratio < smallest_share) return fmt::format("1/{} of it", rounded(1 / ratio));
  return fmt::format("{} % {}", rounded(std::abs(1 - ratio) * 100), ratio < 1 ? "less" : "more");
}

std::string near_or_all(std::string_view word, std::span<const std::string_view> known) {
  const std::string near = did_you_mean(word, known);
  return near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : near;
}

}  // namespace greenml::cli
