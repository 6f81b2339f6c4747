#include "analysis/spearman.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "catalog/parallel.hpp"
#include "greenml/ranking.hpp"

namespace greenml {

namespace {

// Ranks are counted in halves, so that the mean rank of equal values is a whole number.

/// The distances of so many ranks from their mean, squared and added up, where no two are equal. Of values that are
/// equal, the same is missing.
double squares_of(std::size_t count) {
  const auto as_number = static_cast<double>(count);
  return (as_number * as_number - 1) * as_number / 3;
}

class RankCorrelation {
 public:
  RankCorrelation(Order& left, const Order& right, std::size_t size) : left_(left), right_(right), size_(size) {}

  std::optional<double> value() {
    if (size_ < 3) return std::nullopt;
    const double left_variance = variance(left_);
    const double right_variance = variance(right_);
    if (left_variance == 0 || right_variance == 0) return std::nullopt;
    note_left_distances();
    return covariance() / std::sqrt(left_variance * right_variance);
  }

 private:
  /// Equal values share the mean of the ranks they take up. How far it is from the mean of all ranks, in halves.
  std::int32_t distance(std::size_t first, std::size_t last) const {
    return static_cast<std::int32_t>(static_cast<std::int64_t>(first + last) - static_cast<std::int64_t>(size_));
  }

  /// The sum of all distances squared.
  double variance(const Order& order) const {
    double sum = squares_of(size_);
    for (const Tie& tie : order.ties)
      if (tie.first < size_) sum -= squares_of(tie.size());
    return sum;
  }

  /// Puts the distance of each value of the left series in the place of an ordinal, by position.
  void note_left_distances() {
    const auto note = [&](std::size_t begin, std::size_t end) {
      left_.for_each_run(begin, end, [&](std::size_t first, std::size_t last) {
        for (std::size_t index = first; index < last; ++index)
          left_.values[left_.values[index].position].ordinal = static_cast<std::uint32_t>(distance(first, last));
      });
    };
    const std::size_t half = left_.begin_of_run(size_ / 2);
    do_both(
        size_, [&] { note(0, half); }, [&] { note(half, size_); });
  }

  double covariance() const {
    const auto sum_of = [&](std::size_t begin, std::size_t end) {
      double sum = 0;
      right_.for_each_run(begin, end, [&](std::size_t first, std::size_t last) {
        for (std::size_t index = first; index < last; ++index)
          sum += static_cast<double>(distance(first, last)) *
                 static_cast<std::int32_t>(left_.values[right_.values[index].position].ordinal);
      });
      return sum;
    };
    const std::size_t half = right_.begin_of_run(size_ / 2);
    double first = 0;
    double second = 0;
    do_both(
        size_, [&] { first = sum_of(0, half); }, [&] { second = sum_of(half, size_); });
    return first + second;
  }

  Order& left_;
  const Order& right_;
  std::size_t size_;
};

/// A number of which only the bounds are known.
struct Between {
  double least = 0;
  double most = 0;
};

/// The sum of all distances from the mean rank, squared: that of different values, less what those of a bucket lack
/// where they are equal.
Between variance(const CoarseOrder& order) {
  const double most = squares_of(order.known());
  double least = most;
  order.for_each_bucket([&](const CoarseOrder::Places& places) { least -= squares_of(places.size()); });
  return {least, most};
}

/// The sum of the differences of both ranks of a position, squared.
Between squared_differences(const CoarseOrder& left, const CoarseOrder& right) {
  const auto sum_of = [&](std::size_t begin, std::size_t end) {
    Between sum;
    for (std::size_t position = begin; position < end; ++position) {
      const CoarseOrder::Places of_left = left.places_of(position);
      const CoarseOrder::Places of_right = right.places_of(position);
      if (of_left.first >= left.known()) continue;
      // Each rank is as far from the middle of its bucket as half of the others in it, at most.
      const double difference = std::abs(static_cast<double>(of_left.first) + of_left.last -
                                         (static_cast<double>(of_right.first) + of_right.last));
      const auto others = static_cast<double>(of_left.size() - 1 + of_right.size() - 1);
      const double least = std::max(0.0, difference - others);
      const double most = difference + others;
      sum.least += least * least;
      sum.most += most * most;
    }
    return sum;
  };
  // Halves, so that the same is added up in the same order every time.
  const std::size_t half = left.size() / 2;
  Between first;
  Between second;
  do_both(
      left.size(), [&] { first = sum_of(0, half); }, [&] { second = sum_of(half, left.size()); });
  return {first.least + second.least, first.most + second.most};
}

}  // namespace

std::optional<double> spearman(Order& left, const Order& right, std::size_t size) {
  return RankCorrelation(left, right, size).value();
}

std::optional<SpearmanBounds> spearman_bounds(const CoarseOrder& left, const CoarseOrder& right) {
  const Between left_variance = variance(left);
  const Between right_variance = variance(right);
  if (left.known() < 3 || left_variance.least <= 0 || right_variance.least <= 0) return std::nullopt;
  const Between differences = squared_differences(left, right);
  // (l - r)^2 = l^2 + r^2 - 2 l r, so that twice the covariance is what the differences leave of both variances.
  const double most = left_variance.most + right_variance.most - differences.least;
  const double least = left_variance.least + right_variance.least - differences.most;
  const double smallest_scale = 2 * std::sqrt(left_variance.least * right_variance.least);
  const double largest_scale = 2 * std::sqrt(left_variance.most * right_variance.most);
  constexpr double rounding = 1e-9;  // far more than what so many sums of doubles lose
  return SpearmanBounds{least / (least < 0 ? smallest_scale : largest_scale) - rounding,
                        most / (most < 0 ? largest_scale : smallest_scale) + rounding};
}

std::optional<double> spearman(std::span<const double> left, std::span<const double> right) {
  Order by_left;
  Order by_right;
  const auto order = [](std::span<const double> values) {
    return ascending_order(values.size(), [&](std::span<const std::uint32_t> positions, std::span<double> to) {
      std::transform(positions.begin(), positions.end(), to.begin(),
                     [&](std::uint32_t position) { return values[position]; });
    });
  };
  do_both(
      left.size(), [&] { by_left = order(left); }, [&] { by_right = order(right); });
  return spearman(by_left, by_right, left.size());
}

}  // namespace greenml
