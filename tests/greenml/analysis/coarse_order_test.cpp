// What is known of an order before it is sorted: each place is among those that it may be, and Spearman's correlation
// is between its bounds.
#include "analysis/coarse_order.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "analysis/radix_order.hpp"
#include "analysis/spearman.hpp"
#include "catch.hpp"
#include "greenml/ranking.hpp"

using namespace greenml;

namespace {

std::vector<std::uint32_t> short_ordinals(const std::vector<double>& values) {
  std::vector<std::uint32_t> ordinals(values.size());
  std::transform(values.begin(), values.end(), ordinals.begin(), short_ordinal);
  return ordinals;
}

/// Values from narrow to wide, some rounded so that they are equal.
std::vector<double> series(std::mt19937& random, std::size_t size) {
  const double spread = random() % 2 == 0 ? 1e-6 : std::uniform_real_distribution<double>(0.01, 15)(random);
  const bool is_rounded = random() % 3 == 0;
  std::vector<double> values(size);
  for (double& value : values) {
    value = std::pow(10.0, std::uniform_real_distribution<double>(-spread, spread)(random));
    if (is_rounded) value = std::round(value * 10) / 10;
  }
  return values;
}

}  // namespace

TEST_CASE("the place of a value is one of those that it may have") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::mt19937 random(11);
  std::vector<std::vector<double>> all = {{},  {nan},       {nan, nan},
                                          {1}, {-0.0, 0.0}, {nan, -infinity, 1e300, infinity, 0}};
  for (std::size_t round = 0; round < 30; ++round) {
    std::vector<double> values = series(random, 1 + random() % 3'000);
    if (round % 3 == 0)
      for (double& value : values)
        if (random() % 10 == 0) value = nan;
    all.push_back(values);
  }
  for (const std::vector<double>& values : all) {
    const std::vector<std::uint32_t> ordinals = short_ordinals(values);
    const CoarseOrder coarse(ordinals);
    std::vector<double> known;
    std::copy_if(values.begin(), values.end(), std::back_inserter(known),
                 [](double value) { return !std::isnan(value); });
    std::sort(known.begin(), known.end());
    REQUIRE(coarse.size() == values.size());
    REQUIRE(coarse.known() == known.size());
    for (std::size_t position = 0; position < values.size(); ++position) {
      const CoarseOrder::Places places = coarse.places_of(position);
      REQUIRE(places.last <= values.size());
      if (std::isnan(values[position])) {
        REQUIRE(places.first == known.size());
        continue;
      }
      const auto [first, last] = std::equal_range(known.begin(), known.end(), values[position]);
      REQUIRE(places.first <= static_cast<std::size_t>(first - known.begin()));
      REQUIRE(places.last >= static_cast<std::size_t>(last - known.begin()));
    }
    std::size_t next = 0;
    coarse.for_each_bucket([&](const CoarseOrder::Places& places) {
      REQUIRE(places.first == next);
      next = places.last;
    });
    REQUIRE(next == known.size());
  }
}

TEST_CASE("Spearman's correlation is between its bounds, which are near where few values are nearly equal") {
  std::mt19937 random(12);
  std::size_t near = 0;
  for (std::size_t round = 0; round < 300; ++round) {
    std::vector<double> left = series(random, 3 + random() % 2'000);
    std::vector<double> right = series(random, left.size());
    // From no correlation to a strict one, in both directions.
    const double weight = static_cast<double>(random() % 4) * (random() % 2 == 0 ? -1 : 1);
    for (std::size_t index = 0; index < left.size(); ++index) right[index] += weight * left[index];
    const std::optional<double> exact = spearman(left, right);
    const std::vector<std::uint32_t> left_ordinals = short_ordinals(left);
    const std::vector<std::uint32_t> right_ordinals = short_ordinals(right);
    const std::optional<SpearmanBounds> bounds =
        spearman_bounds(CoarseOrder(left_ordinals), CoarseOrder(right_ordinals));
    if (!bounds) continue;
    REQUIRE(exact);
    REQUIRE(bounds->least <= *exact);
    REQUIRE(bounds->most >= *exact);
    if (bounds->most - bounds->least < 1e-2) ++near;
  }
  CHECK(near > 20);
  const std::vector<std::uint32_t> equal(10, short_ordinal(3));
  CHECK_FALSE(spearman_bounds(CoarseOrder(equal), CoarseOrder(equal)));
}
