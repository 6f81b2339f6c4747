// The order by radix is that of a stable sort, whatever the values are.
#include "analysis/radix_order.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "catch.hpp"

using namespace greenml;

namespace {

/// Positions by value, NaN last, and equal values as they came.
std::vector<std::uint32_t> sorted_positions(const std::vector<double>& values) {
  std::vector<std::uint32_t> positions(values.size());
  std::iota(positions.begin(), positions.end(), 0U);
  std::stable_sort(positions.begin(), positions.end(), [&](std::uint32_t left, std::uint32_t right) {
    if (std::isnan(values[left]) || std::isnan(values[right]))
      return std::isnan(values[right]) && !std::isnan(values[left]);
    return values[left] < values[right];
  });
  return positions;
}

void check_order(const std::vector<double>& values) {
  const Order order =
      ascending_order(values.size(), [&](std::span<const std::uint32_t> positions, std::span<double> to) {
        std::transform(positions.begin(), positions.end(), to.begin(),
                       [&](std::uint32_t position) { return values[position]; });
      });
  const std::vector<std::uint32_t> expected = sorted_positions(values);
  REQUIRE(order.values.size() == values.size());
  for (std::size_t place = 0; place < values.size(); ++place) {
    REQUIRE(order.values[place].position == expected[place]);
    const bool equals_last =
        place > 0 && (values[expected[place]] == values[expected[place - 1]] ||
                      (std::isnan(values[expected[place]]) && std::isnan(values[expected[place - 1]])));
    REQUIRE((order.begin_of_run(place) != place) == equals_last);
  }
  std::size_t next = 0;
  order.for_each_run(0, values.size(), [&](std::size_t first, std::size_t last) {
    REQUIRE(first == next);
    REQUIRE(order.begin_of_run(last - 1) == first);
    next = last;
  });
  REQUIRE(next == values.size());
}

}  // namespace

TEST_CASE("values of any size, equal ones and ones that are nearly equal are put in order") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  check_order({});
  check_order({nan});
  check_order({nan, nan, nan});
  check_order({0.0, -0.0, 0.0});
  check_order({1, nan, -infinity, infinity, 0, 1e300, -1e300, 5e-324, nan, infinity});
  std::mt19937 random(4);
  const auto pick = [&](double from, double to) { return std::uniform_real_distribution<double>(from, to)(random); };
  for (std::size_t round = 0; round < 40; ++round) {
    std::vector<double> values(1 + round * 100);
    const double spread = pick(0, 1) < 0.5 ? 1e-12 : pick(0.001, 300);
    for (double& value : values) {
      value = std::pow(10.0, pick(-spread, spread)) * (round % 4 == 0 && pick(0, 1) < 0.5 ? -1 : 1);
      if (round % 3 == 0) value = std::round(value);
      if (round % 5 == 0 && pick(0, 1) < 0.1) value = nan;
    }
    check_order(values);
  }
}

TEST_CASE("so many values that they are divided by their first digits are put in order, also where these are equal") {
  std::mt19937 random(5);
  for (const double least : {0.0, 1.0, 1e6}) {
    std::vector<double> values(70'000);
    for (double& value : values)
      value = least + std::round(1e5 * std::uniform_real_distribution<double>()(random)) / 1e5;
    check_order(values);
    values.front() = 1e30;  // all others begin alike
    check_order(values);
  }
}
