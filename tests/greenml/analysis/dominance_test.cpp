#include "analysis/dominance.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

#include "catch.hpp"
#include "greenml/sampled.hpp"

using namespace greenml;

namespace {

using Point = DominancePoints::Point;
using Points = std::vector<Point>;

constexpr double none = std::numeric_limits<double>::infinity();

/// Ties are many where the numbers are small; where they are not, hardly any point beats another in many dimensions.
DominancePoints random_points(std::mt19937& random, std::size_t size, std::size_t dimensions, unsigned most) {
  DominancePoints points(dimensions);
  std::vector<double> values(dimensions);
  for (std::size_t count = 0; count < size; ++count) {
    for (double& value : values) value = static_cast<double>(random() % most) - 1;
    points.add(values, static_cast<double>(random() % most));
  }
  return points;
}

bool is_no_worse(const DominancePoints& points, std::size_t dimensions, Point left, Point right) {
  for (std::size_t dimension = 0; dimension < dimensions; ++dimension)
    if (points.value(left, dimension) > points.value(right, dimension)) return false;
  return true;
}

Points unbeaten_by_definition(const DominancePoints& points, std::size_t dimensions) {
  Points unbeaten;
  for (Point point = 0; point < points.size(); ++point) {
    bool beaten = false;
    for (Point other = 0; other < points.size() && !beaten; ++other) {
      const bool is_as_good = is_no_worse(points, dimensions, other, point) && points.key(other) <= points.key(point);
      const bool is_equal = is_no_worse(points, dimensions, point, other) && points.key(other) == points.key(point);
      beaten = is_as_good && !is_equal;
    }
    if (!beaten) unbeaten.push_back(point);
  }
  return unbeaten;
}

}  // namespace

TEST_CASE("property: unbeaten points and lowest keys are what their definitions say, in none to four dimensions") {
  for (unsigned seed = 0; seed < 60; seed += test::stride)
    for (std::size_t dimensions = 0; dimensions <= 4; ++dimensions)
      for (const unsigned most : {2U, 5U, 30U, 1'000'000U}) {
        std::mt19937 random(seed);
        const std::size_t size = random() % 300;
        const DominancePoints points = random_points(random, size, dimensions, most);
        CAPTURE(seed, dimensions, most, size);
        REQUIRE(points.unbeaten() == unbeaten_by_definition(points, dimensions));

        Points all(size);
        std::iota(all.begin(), all.end(), Point{0});
        std::shuffle(all.begin(), all.end(), random);
        const std::size_t half = size / 3;
        const std::span<const Point> sources = std::span(all).first(half);
        const std::span<const Point> targets = std::span(all).subspan(half);
        std::vector<double> expected;
        for (const Point target : targets) {
          double lowest = none;
          for (const Point source : sources)
            if (is_no_worse(points, dimensions, source, target)) lowest = std::min(lowest, points.key(source));
          expected.push_back(lowest);
        }
        REQUIRE(points.lowest_keys(sources, targets) == expected);
      }
}

TEST_CASE("an infinite value beats nothing that is finite, and is beaten") {
  DominancePoints points(2);
  points.add(std::vector<double>{none, 1}, none);
  points.add(std::vector<double>{2, 1}, 3);
  points.add(std::vector<double>{1, 2}, none);
  CHECK(points.unbeaten() == Points{1, 2});
}
