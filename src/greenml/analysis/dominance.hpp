/// \file
/// Points in several dimensions, and which of them are at least as good as others in all of them: for all points
/// together, by divide and conquer, since one look at each pair takes too long where points are many.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace greenml {

/// Points of which less is better in every dimension. Each has a key besides, which is no dimension.
class DominancePoints {
 public:
  using Point = std::uint32_t;

  explicit DominancePoints(std::size_t count) : dimensions_(count) {}

  /// The point's number, from 0. As many values as there are dimensions, none of them NaN.
  Point add(std::span<const double> values, double key);

  std::size_t size() const { return keys_.size(); }
  double value(Point point, std::size_t dimension) const { return values_[point * dimensions_ + dimension]; }
  double key(Point point) const { return keys_[point]; }

  /// Which of the points no other beats; the key counts as one more dimension. One that is at least as good as another
  /// in all dimensions beats it unless both are equal. In rising order of their numbers.
  std::vector<Point> unbeaten() const;

  /// For each target the lowest key of the sources that are at least as good in every dimension; infinity where none
  /// is. O(n log^(k - 1) n) for k dimensions, after sorting.
  std::vector<double> lowest_keys(std::span<const Point> sources, std::span<const Point> targets) const;

 private:
  std::size_t dimensions_;
  std::vector<double> values_;
  std::vector<double> keys_;
};

}  // namespace greenml
