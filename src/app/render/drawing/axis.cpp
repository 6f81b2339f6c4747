#include "render/drawing/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "greenml/quantity.hpp"
#include "render/drawing/calendar.hpp"

namespace greenml::render {

namespace {

/// The share of an axis that stays free at either end, so that no mark sits on the frame.
constexpr double margin = 0.04;

struct Ends {
  double low;
  double high;
};

Ends ends_of(std::span<const double> values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return values.empty() ? Ends{1, 1} : Ends{*low, *high};
}

const Unit* unit_for(const Quantity& quantity, std::span<const double> values) {
  if (quantity.unit != nullptr) return quantity.unit;
  return quantity.dimension ? &unit_for_people(values, *quantity.dimension) : nullptr;
}

/// The smallest of 1, 2, 5, 10, 20, ... (or 0.5, 0.2, ...) that takes at most so many steps for a length.
double step_for(double length, std::size_t most) {
  const double least = length / static_cast<double>(std::max<std::size_t>(most, 1));
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

/// As many decimals as the step has, so that all texts of an axis have the same.
std::string tick_text(double value, double step) {
  if (value == 0) return "0";
  if (std::abs(value) >= 1e7 || std::abs(value) < 1e-5) return fmt::format("{:.6g}", value);
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  return fmt::format("{:.{}f}", value, decimals);
}

}  // namespace

Axis::Axis(const Quantity& quantity, std::span<const double> values, double low, double high)
    : quantity_(quantity), unit_(unit_for(quantity, values)), low_(scaled(low)), high_(scaled(high)) {}

Axis::Axis(const Quantity& quantity, std::span<const double> values)
    : Axis(quantity, values, ends_of(values).low, ends_of(values).high) {
  // Equal values stand in the middle: of an octave on either side, or of a few per cent.
  const double around_equal = is_logarithmic() ? std::log10(2) : std::max(std::abs(low_) * 0.02, 1e-300);
  const double length = low_ == high_ ? around_equal : (high_ - low_) * margin;
  low_ -= length;
  high_ += length;
}

Axis Axis::from_zero(const Quantity& quantity, std::span<const double> values) {
  const Ends ends = ends_of(values);
  const double low = std::min(ends.low, 0.0);
  const double high = std::max(ends.high, 0.0);
  return {quantity, values, low, low == high ? 1 : high};
}

double Axis::scaled(double value) const {
  // The logarithm first: a number of the smallest would be 0 in the largest unit.
  if (is_logarithmic()) return std::log10(value) + (unit_ != nullptr ? std::log10(in_unit(1, *unit_)) : 0);
  return unit_ != nullptr ? in_unit(value, *unit_) : value;
}

double Axis::place(double value) const { return share(scaled(value)); }

std::vector<Tick> Axis::linear_ticks(std::size_t most) const {
  const double low = is_logarithmic() ? std::pow(10, low_) : low_;
  const double high = is_logarithmic() ? std::pow(10, high_) : high_;
  const double highest = unit_ != nullptr ? std::min(high, in_unit(quantity_.most, *unit_)) : high;
  std::vector<Tick> ticks;
  if (quantity_.is_date) {
    for (const Date& date : round_dates(low, high, most)) ticks.push_back({share(year_of(date.day)), date.text});
    return ticks;
  }
  const double step = std::max(step_for(high - low, most), quantity_.least_step);
  // Counted, not added up: 0.1 + 0.1 + 0.1 is not 0.3.
  for (double count = std::ceil(low / step - 1e-9); count * step <= highest + step * 1e-9; ++count) {
    const double value = count * step;
    ticks.push_back({share(is_logarithmic() ? std::log10(value) : value), tick_text(value, step)});
    if (ticks.size() > most) break;  // what is beyond the digits of a double has no steps
  }
  return ticks;
}

std::vector<Tick> Axis::decades(std::size_t most) const {
  const double stride = std::max(1.0, std::ceil((high_ - low_) / static_cast<double>(most)));
  const bool between = stride == 1;  // lines at 2 and 5, with texts where there is room for all of them
  const bool texts_between = between && 3 * (high_ - low_) <= static_cast<double>(most);

  std::vector<Tick> ticks;
  for (double decade = std::floor(low_ / stride) * stride; decade <= high_; decade += stride)
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor > 1 && !between) break;
      const double exponent = decade + std::log10(factor);
      if (exponent < low_ || exponent > high_) continue;
      const bool has_text = factor == 1 || texts_between;
      const double power = std::pow(10, decade);
      ticks.push_back({share(exponent), has_text ? tick_text(factor * power, power) : ""});
    }
  return ticks;
}

std::vector<Tick> Axis::ticks(std::size_t most) const {
  if (!is_logarithmic()) return linear_ticks(most);
  std::vector<Tick> ticks = decades(most);
  const auto with_text = std::count_if(ticks.begin(), ticks.end(), [](const Tick& tick) { return !tick.text.empty(); });
  // Within a decade or so the steps of a linear axis say more.
  return with_text >= 3 || high_ - low_ > 2 ? ticks : linear_ticks(most);
}

std::string Axis::title() const {
  const bool spoken = unit_ != nullptr && unit_->dimension != Dimension::ratio && unit_ != &base_unit(Dimension::count);
  std::string title = quantity_.title;
  if (spoken) title += fmt::format(" ({})", unit_->symbol);
  if (is_logarithmic()) title += ", log scale";
  return title;
}

std::string text_of(double value, const Quantity& quantity) {
  if (std::isnan(value)) return "not known";
  if (quantity.unit != nullptr)
    return fmt::format("{} {}", rounded(in_unit(value, *quantity.unit)), quantity.unit->symbol);
  if (quantity.is_date) return month_text(day_of(value));
  return quantity.dimension ? for_people(value, *quantity.dimension) : rounded(value);
}

}  // namespace greenml::render
