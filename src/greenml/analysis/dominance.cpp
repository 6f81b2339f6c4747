#include "analysis/dominance.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

namespace greenml {

namespace {

using Point = DominancePoints::Point;
using Numbers = std::vector<Point>;

constexpr double none = std::numeric_limits<double>::infinity();

/// Finds the lowest keys, of sources and targets that are in the order of the dimension `first`. Bentley 1980,
/// "Multidimensional divide-and-conquer".
class LowestKeys {
 public:
  LowestKeys(const DominancePoints& points, std::size_t first)
      : points_(points), first_(first), lowest_(points.size(), none) {}

  double of(Point target) const { return lowest_[target]; }

  /// Only the dimensions from `first` to before `end` are compared. Changes the order of both.
  void find(std::span<Point> sources, std::span<Point> targets, std::size_t end) {
    if (sources.empty() || targets.empty()) return;
    if (end == first_) return take_lowest(sources, targets);
    if (end == first_ + 1) return sweep(sources, targets);
    constexpr std::size_t few = 8;
    if (std::min(sources.size(), targets.size()) <= few) return compare_all(sources, targets, end);

    const std::size_t last = end - 1;
    const std::pair<double, bool> middle = middle_of(sources, targets, last);
    if (!middle.second) return find(sources, targets, last);
    const auto is_low = [&](Point point) { return points_.value(point, last) <= middle.first; };
    const auto split = [&](std::span<Point> all) {
      const auto high = std::stable_partition(all.begin(), all.end(), is_low);
      const auto count = static_cast<std::size_t>(high - all.begin());
      return std::pair(all.first(count), all.subspan(count));
    };
    const auto [low_sources, high_sources] = split(sources);
    const auto [low_targets, high_targets] = split(targets);
    Numbers crossing_sources(low_sources.begin(), low_sources.end());
    Numbers crossing_targets(high_targets.begin(), high_targets.end());
    find(crossing_sources, crossing_targets, last);
    find(low_sources, low_targets, end);
    find(high_sources, high_targets, end);
  }

 private:
  void lower(Point target, double key) { lowest_[target] = std::min(lowest_[target], key); }

  void take_lowest(std::span<const Point> sources, std::span<const Point> targets) {
    double lowest = none;
    for (const Point source : sources) lowest = std::min(lowest, points_.key(source));
    for (const Point target : targets) lower(target, lowest);
  }

  void sweep(std::span<const Point> sources, std::span<const Point> targets) {
    double lowest = none;
    auto source = sources.begin();
    for (const Point target : targets) {
      for (; source != sources.end() && points_.value(*source, first_) <= points_.value(target, first_); ++source)
        lowest = std::min(lowest, points_.key(*source));
      lower(target, lowest);
    }
  }

  void compare_all(std::span<const Point> sources, std::span<const Point> targets, std::size_t end) {
    for (const Point target : targets)
      for (const Point source : sources) {
        std::size_t dimension = first_;
        while (dimension < end && points_.value(source, dimension) <= points_.value(target, dimension)) ++dimension;
        if (dimension == end) lower(target, points_.key(source));
      }
  }

  /// A value that some points do not exceed and others do, near the middle; false where all have the same.
  std::pair<double, bool> middle_of(std::span<const Point> sources, std::span<const Point> targets,
                                    std::size_t dimension) {
    values_.clear();
    for (const std::span<const Point> some : {sources, targets})
      for (const Point point : some) values_.push_back(points_.value(point, dimension));
    const auto middle = values_.begin() + static_cast<std::ptrdiff_t>(values_.size() / 2);
    std::nth_element(values_.begin(), middle, values_.end());
    const double value = *middle;
    if (std::any_of(middle, values_.end(), [&](double other) { return other > value; })) return {value, true};
    double below = -none;
    bool is_below = false;
    for (const double other : values_)
      if (other < value) {
        below = std::max(below, other);
        is_below = true;
      }
    return {below, is_below};
  }

  const DominancePoints& points_;
  std::size_t first_;
  std::vector<double> lowest_;  // by point
  std::vector<double> values_;
};

/// Which points of a sorted row of different ones no other beats: halves first, then the earlier half's against the
/// later half's. No later one beats an earlier one. Kung, Luccio and Preparata 1975.
class Unbeaten {
 public:
  Unbeaten(const DominancePoints& points, std::size_t count)
      : points_(points), dimensions_(count), first_(std::min<std::size_t>(1, count)), keys_(points, first_) {}

  /// In the order of the second dimension, if there is one.
  Numbers of(std::span<const Point> sorted) {
    constexpr std::size_t few = 16;
    if (sorted.size() <= few) return of_few(sorted);
    const std::size_t half = sorted.size() / 2;
    Numbers earlier = of(sorted.first(half));
    Numbers later = of(sorted.subspan(half));
    Numbers sources = earlier;
    Numbers targets = later;
    keys_.find(sources, targets, dimensions_);
    std::erase_if(later, [&](Point point) { return keys_.of(point) != none && keys_.of(point) <= points_.key(point); });
    Numbers both;
    both.reserve(earlier.size() + later.size());
    std::merge(earlier.begin(), earlier.end(), later.begin(), later.end(), std::back_inserter(both),
               [&](Point left, Point right) { return precedes(left, right); });
    return both;
  }

 private:
  bool precedes(Point left, Point right) const {
    return first_ < dimensions_ && points_.value(left, first_) < points_.value(right, first_);
  }

  bool beats(Point earlier, Point later) const {
    for (std::size_t dimension = first_; dimension < dimensions_; ++dimension)
      if (points_.value(earlier, dimension) > points_.value(later, dimension)) return false;
    return points_.key(earlier) <= points_.key(later);
  }

  Numbers of_few(std::span<const Point> sorted) const {
    Numbers unbeaten;
    for (const Point point : sorted)
      if (std::none_of(unbeaten.begin(), unbeaten.end(), [&](Point earlier) { return beats(earlier, point); }))
        unbeaten.push_back(point);
    std::sort(unbeaten.begin(), unbeaten.end(), [&](Point left, Point right) { return precedes(left, right); });
    return unbeaten;
  }

  const DominancePoints& points_;
  std::size_t dimensions_;
  std::size_t first_;  // dimension that is compared: the points are sorted by the one before
  LowestKeys keys_;
};

}  // namespace

Point DominancePoints::add(std::span<const double> values, double key) {
  values_.insert(values_.end(), values.begin(), values.end());
  keys_.push_back(key);
  return static_cast<Point>(keys_.size() - 1);
}

std::vector<Point> DominancePoints::unbeaten() const {
  const auto differing = [&](Point left, Point right) {
    std::size_t dimension = 0;
    while (dimension < dimensions_ && value(left, dimension) == value(right, dimension)) ++dimension;
    return dimension;
  };
  Numbers sorted(size());
  std::iota(sorted.begin(), sorted.end(), Point{0});
  std::sort(sorted.begin(), sorted.end(), [&](Point left, Point right) {
    const std::size_t dimension = differing(left, right);
    if (dimension < dimensions_) return value(left, dimension) < value(right, dimension);
    return key(left) != key(right) ? key(left) < key(right) : left < right;
  });
  const auto equal = [&](Point left, Point right) {
    return key(left) == key(right) && differing(left, right) == dimensions_;
  };
  // One for each group of equal points, which stay together.
  Numbers different;
  std::unique_copy(sorted.begin(), sorted.end(), std::back_inserter(different), equal);
  std::vector<bool> stays(size());
  for (const Point point : Unbeaten(*this, dimensions_).of(different)) stays[point] = true;
  for (std::size_t index = 1; index < sorted.size(); ++index)
    if (equal(sorted[index - 1], sorted[index])) stays[sorted[index]] = stays[sorted[index - 1]];
  std::erase_if(sorted, [&](Point point) { return !stays[point]; });
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

std::vector<double> DominancePoints::lowest_keys(std::span<const Point> sources, std::span<const Point> targets) const {
  const auto sorted = [&](std::span<const Point> some) {
    Numbers numbers(some.begin(), some.end());
    if (dimensions_ > 0)
      std::sort(numbers.begin(), numbers.end(),
                [&](Point left, Point right) { return value(left, 0) < value(right, 0); });
    return numbers;
  };
  Numbers sorted_sources = sorted(sources);
  Numbers sorted_targets = sorted(targets);
  LowestKeys keys(*this, 0);
  keys.find(sorted_sources, sorted_targets, dimensions_);
  std::vector<double> lowest;
  lowest.reserve(targets.size());
  for (const Point target : targets) lowest.push_back(keys.of(target));
  return lowest;
}

}  // namespace greenml
