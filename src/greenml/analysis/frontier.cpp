#include "greenml/frontier.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

#include "analysis/dominance.hpp"
#include "analysis/radix_order.hpp"
#include "catalog/parallel.hpp"
#include "greenml/model_name.hpp"

namespace greenml {

namespace {

/// A value turned so that more is better, or so that less is better, whatever the field's own direction.
double more_is_better(FieldId field, double value) { return row_of(field).better == Better::higher ? value : -value; }
double less_is_better(FieldId field, double value) { return -more_is_better(field, value); }

/// So many models are looked at one after another, at most.
constexpr std::size_t block_of_rows = 256;

/// A model by its first cost, of which less is better, and its quality, of which more is.
struct FlatPoint {
  double cost;
  double quality;
};

/// Models as points: a quality of which more is better, and costs of which less is better. Nothing else is compared.
class Points {
 public:
  Points(const Catalog& catalog, const Objectives& objectives) : catalog_(catalog), objectives_(objectives) {
    if (objectives.quality) quality_sign_ = more_is_better(*objectives.quality, 1);
    for (const FieldId cost : objectives.costs) cost_signs_.push_back(less_is_better(cost, 1));
  }

  /// The same for all models where there is no quality.
  double quality(std::size_t row) const {
    return objectives_.quality ? quality_sign_ * catalog_.value(*objectives_.quality, row) : 0;
  }
  double cost(std::size_t index, std::size_t row) const {
    return cost_signs_[index] * catalog_.value(objectives_.costs[index], row);
  }
  /// Models by their quality and first cost. `to` has room for them.
  void flatten(std::span<const std::size_t> rows, std::span<FlatPoint> to) const {
    std::array<double, block_of_rows> values;
    catalog_.values(objectives_.costs[0], rows, values);
    for (std::size_t index = 0; index < rows.size(); ++index) to[index] = {cost_signs_[0] * values[index], 0};
    if (!objectives_.quality) return;
    catalog_.values(*objectives_.quality, rows, values);
    for (std::size_t index = 0; index < rows.size(); ++index) to[index].quality = quality_sign_ * values[index];
  }
  std::vector<double> costs(std::size_t row) const {
    std::vector<double> all(dimensions());
    for (std::size_t index = 0; index < dimensions(); ++index) all[index] = cost(index, row);
    return all;
  }
  std::size_t dimensions() const { return objectives_.costs.size(); }

  bool is_known(std::size_t row) const { return is_comparable(catalog_, row, objectives_); }

  bool equal(std::size_t left, std::size_t right) const {
    for (std::size_t index = 0; index < dimensions(); ++index)
      if (cost(index, left) != cost(index, right)) return false;
    return quality(left) == quality(right);
  }

  bool beats(std::size_t left, std::size_t right) const {
    for (std::size_t index = 0; index < dimensions(); ++index)
      if (cost(index, left) > cost(index, right)) return false;
    return quality(left) >= quality(right) && !equal(left, right);
  }

  /// By costs, then the better quality first: whatever beats a model comes before it.
  bool precedes(std::size_t left, std::size_t right) const {
    for (std::size_t index = 0; index < dimensions(); ++index)
      if (cost(index, left) != cost(index, right)) return cost(index, left) < cost(index, right);
    if (quality(left) != quality(right)) return quality(left) > quality(right);
    return precedes_by_name(catalog_, left, right);
  }

 private:
  const Catalog& catalog_;
  const Objectives& objectives_;
  double quality_sign_ = 1;  // -1 where less is better
  std::vector<double> cost_signs_;
};

using Rows = std::vector<std::size_t>;

/// The frontier of one cost as a staircase in a sorted list. Models are added many at a time, so that it is seldom
/// moved.
class FlatStaircase {
 public:
  /// Whether a model neither is a step nor would become one.
  bool beats(const FlatPoint& model) const {
    if (steps_.empty() || model.cost < steps_.front().cost) return false;
    // The last step that costs no more. A processor would guess wrong at each second turn of the usual search.
    const FlatPoint* step = steps_.data();
    for (std::size_t left = steps_.size(); left > 1;) {
      const std::size_t half = left / 2;
      step += step[half].cost <= model.cost ? half : 0;
      left -= half;
    }
    return step->quality > model.quality || (step->quality == model.quality && step->cost < model.cost);
  }

  void add(std::vector<FlatPoint> models) {
    const auto precedes = [](const FlatPoint& left, const FlatPoint& right) {
      return left.cost != right.cost ? left.cost < right.cost : left.quality > right.quality;
    };
    std::sort(models.begin(), models.end(), precedes);
    std::vector<FlatPoint> both;
    std::merge(steps_.begin(), steps_.end(), models.begin(), models.end(), std::back_inserter(both), precedes);
    steps_.clear();
    for (const FlatPoint& step : both)
      if (steps_.empty() || step.quality > steps_.back().quality) steps_.push_back(step);
  }

 private:
  std::vector<FlatPoint> steps_;  // cost and quality both rise
};

/// The best of models by classes of cost, which beats most others at one look.
class CostClasses {
 public:
  explicit CostClasses(std::size_t models)
      : bits_(models < many_models ? few_bits : many_bits),
        best_of_cheaper_(std::size_t{1} << bits_, -std::numeric_limits<double>::infinity()) {}

  /// Whether a model of a cheaper class is at least as good.
  bool beat(const FlatPoint& model) const { return best_of_cheaper_[class_of(model.cost)] >= model.quality; }

  void add(const FlatPoint& model) {
    // The best of cheaper classes rises from class to class.
    for (std::size_t dearer = class_of(model.cost) + 1;
         dearer < best_of_cheaper_.size() && best_of_cheaper_[dearer] < model.quality; ++dearer)
      best_of_cheaper_[dearer] = model.quality;
  }

 private:
  // Between a cost and its double there are so many classes: one, which are soon made, or sixteen.
  static constexpr unsigned few_bits = 9;
  static constexpr unsigned many_bits = few_bits + 4;
  static constexpr std::size_t many_models = 4096;

  std::size_t class_of(double cost) const { return short_ordinal(cost) >> (32 - bits_); }

  unsigned bits_;
  std::vector<double> best_of_cheaper_;
};

/// One look at each model. Those that none before them beats are few, and some of them are beaten later.
Rows on_frontier_of_part(const Points& points, std::span<const std::size_t> rows) {
  constexpr std::size_t most_waiting = 1024;
  struct Candidate {
    std::size_t row;
    FlatPoint model;
  };
  CostClasses classes(rows.size());
  FlatStaircase steps;
  std::vector<Candidate> candidates;
  std::vector<FlatPoint> waiting;  // candidates that are no steps yet
  std::array<FlatPoint, block_of_rows> block;
  for (std::size_t first = 0; first < rows.size(); first += block.size()) {
    const std::span<const std::size_t> some = rows.subspan(first, std::min(block.size(), rows.size() - first));
    points.flatten(some, block);
    for (std::size_t index = 0; index < some.size(); ++index) {
      const FlatPoint& model = block[index];
      if (std::isnan(model.cost) || std::isnan(model.quality) || classes.beat(model) || steps.beats(model)) continue;
      candidates.push_back({some[index], model});
      waiting.push_back(model);
      classes.add(model);
      if (waiting.size() < std::min(most_waiting, 8 + candidates.size() / 8)) continue;
      steps.add(std::move(waiting));
      waiting.clear();
    }
  }
  steps.add(std::move(waiting));
  Rows on;
  for (const Candidate& one : candidates)
    if (!steps.beats(one.model)) on.push_back(one.row);
  return on;
}

/// One cost: whoever is on the frontier is on that of a part. Both parts are looked through at the same time.
Rows on_frontier_of_one(const Points& points, std::span<const std::size_t> rows) {
  const std::size_t half = rows.size() / 2;
  Rows of_parts;
  Rows of_later;
  do_both(
      rows.size(), [&] { of_parts = on_frontier_of_part(points, rows.first(half)); },
      [&] { of_later = on_frontier_of_part(points, rows.subspan(half)); });
  of_parts.insert(of_parts.end(), of_later.begin(), of_later.end());
  Rows on = on_frontier_of_part(points, of_parts);
  std::sort(on.begin(), on.end());
  return on;
}

/// Several costs.
Rows on_frontier_of_several(const Points& points, std::span<const std::size_t> rows) {
  DominancePoints costs(points.dimensions());
  Rows known;  // by point
  for (const std::size_t row : rows)
    if (points.is_known(row)) {
      costs.add(points.costs(row), -points.quality(row));
      known.push_back(row);
    }
  Rows on;
  for (const DominancePoints::Point point : costs.unbeaten()) on.push_back(known[point]);
  return on;
}

}  // namespace

bool is_comparable(const Catalog& catalog, std::size_t row, const Objectives& objectives) {
  const auto is_known = [&](FieldId field) { return !std::isnan(catalog.value(field, row)); };
  return (!objectives.quality || is_known(*objectives.quality)) &&
         std::all_of(objectives.costs.begin(), objectives.costs.end(), is_known);
}

std::vector<std::size_t> rows_on_frontier(const Catalog& catalog, std::span<const std::size_t> rows,
                                          const Objectives& objectives) {
  const Points points(catalog, objectives);
  if (points.dimensions() == 1) return on_frontier_of_one(points, rows);
  Rows on = on_frontier_of_several(points, rows);
  std::sort(on.begin(), on.end());
  return on;
}

Frontier find_frontier(const Catalog& catalog, std::span<const std::size_t> rows, Objectives objectives) {
  Frontier frontier;
  frontier.objectives = std::move(objectives);
  const Points points(catalog, frontier.objectives);
  frontier.on = rows_on_frontier(catalog, rows, frontier.objectives);
  for (const std::size_t row : rows)
    if (!points.is_known(row))
      frontier.not_comparable.push_back(row);
    else if (!std::binary_search(frontier.on.begin(), frontier.on.end(), row))
      frontier.beaten.push_back(row);

  std::sort(frontier.on.begin(), frontier.on.end(),
            [&](std::size_t left, std::size_t right) { return points.precedes(left, right); });
  return frontier;
}

std::vector<std::size_t> frontier_of(const Catalog& catalog, std::span<const std::size_t> rows, const Measure& first,
                                     const Measure& second) {
  struct Candidate {
    std::size_t row;
    double first;  // turned round where higher is better: lower is better in both
    double second;
  };
  const auto turned = [&](const Measure& measure, std::size_t row) {
    const std::optional<double> value = measure.value(catalog[row]);
    if (!value || !std::isfinite(*value)) return std::numeric_limits<double>::quiet_NaN();
    return measure.better() == Better::higher ? -*value : *value;
  };
  std::vector<Candidate> sorted;
  for (const std::size_t row : rows) {
    const Candidate candidate = {row, turned(first, row), turned(second, row)};
    if (!std::isnan(candidate.first) && !std::isnan(candidate.second)) sorted.push_back(candidate);
  }
  std::sort(sorted.begin(), sorted.end(), [&](const Candidate& left, const Candidate& right) {
    if (left.first != right.first) return left.first < right.first;
    if (left.second != right.second) return left.second < right.second;
    return precedes_by_name(catalog, left.row, right.row);
  });

  std::vector<std::size_t> on;
  const Candidate* last = nullptr;
  for (const Candidate& candidate : sorted) {
    const bool equal = last != nullptr && candidate.first == last->first && candidate.second == last->second;
    if (last != nullptr && !equal && candidate.second >= last->second) continue;
    last = &candidate;
    on.push_back(candidate.row);
  }
  return on;
}

std::optional<std::size_t> beaten_by(const Catalog& catalog, std::span<const std::size_t> rows,
                                     const Objectives& objectives, std::size_t row) {
  const Points points(catalog, objectives);
  std::optional<std::size_t> best;
  // What beats the best one beats this one too, and is no worse: the best one is on the frontier.
  for (const std::size_t other : rows) {
    if (!points.is_known(other) || !points.beats(other, row)) continue;
    const double more = best ? points.quality(other) - points.quality(*best) : 1;
    if (more > 0 || (more == 0 && points.precedes(other, *best))) best = other;
  }
  return best;
}

std::vector<std::size_t> beaters_of(const Catalog& catalog, const Frontier& frontier) {
  const Points points(catalog, frontier.objectives);
  // Of models of equal quality the first on the frontier is the cheapest.
  Rows by_quality = frontier.on;
  std::stable_sort(by_quality.begin(), by_quality.end(),
                   [&](std::size_t left, std::size_t right) { return points.quality(left) > points.quality(right); });
  DominancePoints costs(points.dimensions());
  std::vector<DominancePoints::Point> on;
  std::vector<DominancePoints::Point> beaten;
  for (const std::size_t row : by_quality) on.push_back(costs.add(points.costs(row), static_cast<double>(on.size())));
  for (const std::size_t row : frontier.beaten) beaten.push_back(costs.add(points.costs(row), 0));
  Rows beaters;
  beaters.reserve(beaten.size());
  for (const double place : costs.lowest_keys(on, beaten))
    beaters.push_back(by_quality[static_cast<std::size_t>(place)]);
  return beaters;
}

double advantage(const Catalog& catalog, FieldId field, std::size_t left, std::size_t right) {
  return more_is_better(field, catalog.value(field, left) - catalog.value(field, right));
}

std::vector<Step> steps_between(const Catalog& catalog, std::span<const std::size_t> on, FieldId quality,
                                FieldId cost) {
  std::vector<Step> steps;
  for (std::size_t index = 1; index < on.size(); ++index) {
    Step step;
    step.gained = advantage(catalog, quality, on[index], on[index - 1]);
    step.cost = advantage(catalog, cost, on[index - 1], on[index]);
    if (step.gained > 0) step.price = step.cost / step.gained;
    steps.push_back(step);
  }
  return steps;
}

std::vector<std::size_t> hull_of(const Catalog& catalog, std::span<const std::size_t> on, FieldId quality,
                                 FieldId cost) {
  const auto x = [&](std::size_t row) { return less_is_better(cost, catalog.value(cost, row)); };
  const auto y = [&](std::size_t row) { return more_is_better(quality, catalog.value(quality, row)); };
  // Whether the middle one lies below the line from the first to the last.
  const auto below = [&](std::size_t first, std::size_t middle, std::size_t last) {
    return (y(middle) - y(first)) * (x(last) - x(first)) < (y(last) - y(first)) * (x(middle) - x(first));
  };
  const auto same = [&](std::size_t left, std::size_t right) { return x(left) == x(right) && y(left) == y(right); };

  std::vector<std::size_t> corners;  // of equal models the first
  for (const std::size_t row : on) {
    if (!corners.empty() && same(corners.back(), row)) continue;
    while (corners.size() >= 2 && below(corners[corners.size() - 2], corners.back(), row)) corners.pop_back();
    corners.push_back(row);
  }
  std::vector<std::size_t> hull;
  auto corner = corners.begin();
  for (const std::size_t row : on) {
    while (corner != corners.end() && !same(*corner, row) && x(*corner) < x(row)) ++corner;
    if (corner != corners.end() && same(*corner, row)) hull.push_back(row);
  }
  return hull;
}

}  // namespace greenml
