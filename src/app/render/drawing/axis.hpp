/// \file
/// Where values stand on an axis, and its ticks: at 1-2-5 steps, or at decades. An axis knows no picture: places go
/// from 0 at its low end to 1 at its high end.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sheet/chart.hpp"

namespace greenml::render {

/// A line across the picture, and what stands at its end.
struct Tick {
  double place;
  std::string text;  ///< in the axis' unit; empty for a line between two that have one
};

class Axis {
 public:
  /// An axis on which all these values are, with a margin. On a logarithmic one they must be above 0.
  Axis(const Quantity& quantity, std::span<const double> values);

  /// An axis that begins at 0, for bars; below it if a value is negative.
  static Axis from_zero(const Quantity& quantity, std::span<const double> values);

  double place(double value) const;
  /// At most so many ticks with a text, and two at least where there is room for two.
  std::vector<Tick> ticks(std::size_t most) const;
  /// "FLOPs (GFLOP)", with "log scale" where it is one.
  std::string title() const;

 private:
  Axis(const Quantity& quantity, std::span<const double> values, double low, double high);

  bool is_logarithmic() const { return quantity_.scale == ScaleKind::logarithmic; }
  /// As the ends are: in the axis' unit, or the logarithm of that.
  double scaled(double value) const;
  double share(double scaled_value) const { return (scaled_value - low_) / (high_ - low_); }
  std::vector<Tick> linear_ticks(std::size_t most) const;
  std::vector<Tick> decades(std::size_t most) const;

  Quantity quantity_;
  const Unit* unit_;  // nullptr: a plain number
  double low_;        // in the axis' unit, or its logarithm to base 10 where the axis is logarithmic
  double high_;
};

/// A value with its unit: "4.09 GFLOP"; "not known" for `not_known`.
std::string text_of(double value, const Quantity& quantity);

}  // namespace greenml::render
