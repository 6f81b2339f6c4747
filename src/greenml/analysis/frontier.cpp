#include "greenml/frontier.hpp"

#include <algorithm>
#include <cmath>
#include <future>
#include <iterator>
#include <limits>
#include <map>

#include "catalog/parallel.hpp"
#include "greenml/ranking.hpp"

namespace greenml {

namespace {

constexpr FieldId accuracy = field_id("accuracy");

/// Fields of models in which lower is better, accuracy being turned round; what is compared is this and nothing else.
class Points {
 public:
  Points(const Catalog& catalog, const std::vector<FieldId>& costs) : catalog_(catalog), costs_(costs) {}

  double accuracy_of(std::size_t row) const { return catalog_.value(accuracy, row); }
  double cost(std::size_t index, std::size_t row) const { return catalog_.value(costs_[index], row); }
  std::size_t dimensions() const { return costs_.size(); }

  bool is_known(std::size_t row) const { return is_comparable(catalog_, row, costs_); }

  bool equal(std::size_t left, std::size_t right) const {
    for (std::size_t index = 0; index < dimensions(); ++index)
      if (cost(index, left) != cost(index, right)) return false;
    return accuracy_of(left) == accuracy_of(right);
  }

  bool beats(std::size_t left, std::size_t right) const {
    for (std::size_t index = 0; index < dimensions(); ++index)
      if (cost(index, left) > cost(index, right)) return false;
    return accuracy_of(left) >= accuracy_of(right) && !equal(left, right);
  }

  /// By costs, then the more accurate first: whatever beats a model comes before it.
  bool precedes(std::size_t left, std::size_t right) const {
    for (std::size_t index = 0; index < dimensions(); ++index)
      if (cost(index, left) != cost(index, right)) return cost(index, left) < cost(index, right);
    if (accuracy_of(left) != accuracy_of(right)) return accuracy_of(left) > accuracy_of(right);
    return precedes_by_name(catalog_, left, right);
  }

 private:
  const Catalog& catalog_;
  const std::vector<FieldId>& costs_;
};

/// Remembers, of the models seen, the best accuracy for at most so much cost: a staircase in a map.
class Staircase {
 public:
  bool beats(double cost, double points) const {
    const auto above = steps_.upper_bound(cost);
    return above != steps_.begin() && std::prev(above)->second >= points;
  }

  void add(double cost, double points) {
    if (beats(cost, points)) return;
    auto next = steps_.insert_or_assign(cost, points).first;
    for (++next; next != steps_.end() && next->second <= points;) next = steps_.erase(next);
  }

 private:
  std::map<double, double> steps_;  // accuracy by cost; both rise
};

using Rows = std::vector<std::size_t>;

/// The frontier of one cost as a staircase in a sorted list. Models are added many at a time, so that it is seldom
/// moved.
class FlatStaircase {
 public:
  struct Step {
    double cost;
    double points;
  };

  /// Whether a model neither is a step nor would become one.
  bool beats(const Step& model) const {
    if (steps_.empty() || model.cost < steps_.front().cost) return false;
    // The last step that costs no more. A processor would guess wrong at each second turn of the usual search.
    const Step* step = steps_.data();
    for (std::size_t left = steps_.size(); left > 1;) {
      const std::size_t half = left / 2;
      step += step[half].cost <= model.cost ? half : 0;
      left -= half;
    }
    return step->points > model.points || (step->points == model.points && step->cost < model.cost);
  }

  void add(std::vector<Step> models) {
    const auto precedes = [](const Step& left, const Step& right) {
      return left.cost != right.cost ? left.cost < right.cost : left.points > right.points;
    };
    std::sort(models.begin(), models.end(), precedes);
    std::vector<Step> both;
    std::merge(steps_.begin(), steps_.end(), models.begin(), models.end(), std::back_inserter(both), precedes);
    steps_.clear();
    for (const Step& step : both)
      if (steps_.empty() || step.points > steps_.back().points) steps_.push_back(step);
  }

 private:
  std::vector<Step> steps_;  // cost and points both rise
};

/// One look at each model. Those that none before them beats are few, and some of them are beaten later.
Rows on_frontier_of_part(const Points& points, std::span<const std::size_t> rows) {
  constexpr std::size_t block = 1024;
  FlatStaircase steps;
  Rows candidates;
  std::vector<FlatStaircase::Step> unbeaten;  // of the rows since steps were added last
  const auto model_of = [&](std::size_t row) {
    return FlatStaircase::Step{points.cost(0, row), points.accuracy_of(row)};
  };
  for (const std::size_t row : rows) {
    const FlatStaircase::Step model = model_of(row);
    if (std::isnan(model.cost) || std::isnan(model.points) || steps.beats(model)) continue;
    candidates.push_back(row);
    unbeaten.push_back(model);
    if (unbeaten.size() >= std::min(block, 8 + candidates.size() / 8)) {
      steps.add(std::move(unbeaten));
      unbeaten.clear();
    }
  }
  steps.add(std::move(unbeaten));
  std::erase_if(candidates, [&](std::size_t row) { return steps.beats(model_of(row)); });
  return candidates;
}

/// One cost: whoever is on the frontier is on that of a part. Both parts are looked through at the same time.
Rows on_frontier_of_one(const Points& points, std::span<const std::size_t> rows) {
  const std::size_t half = rows.size() / 2;
  std::future<Rows> later =
      std::async(launch_for(rows.size()), [&] { return on_frontier_of_part(points, rows.subspan(half)); });
  Rows of_parts = on_frontier_of_part(points, rows.first(half));
  const Rows of_later = later.get();
  of_parts.insert(of_parts.end(), of_later.begin(), of_later.end());
  Rows on = on_frontier_of_part(points, of_parts);
  std::sort(on.begin(), on.end());
  return on;
}

/// Two costs: a sweep in the order of the first.
Rows on_frontier_of_two(const Points& points, const Rows& sorted) {
  Rows on;
  Staircase seen;
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t last = first;
    while (last < sorted.size() && points.equal(sorted[first], sorted[last])) ++last;
    const std::size_t row = sorted[first];
    if (!seen.beats(points.cost(1, row), points.accuracy_of(row)))
      on.insert(on.end(), sorted.begin() + static_cast<std::ptrdiff_t>(first),
                sorted.begin() + static_cast<std::ptrdiff_t>(last));
    seen.add(points.cost(1, row), points.accuracy_of(row));
    first = last;
  }
  return on;
}

/// Any number of costs: each model against the frontier so far.
Rows on_frontier_of_many(const Points& points, const Rows& sorted) {
  Rows on;
  for (const std::size_t row : sorted)
    if (std::none_of(on.begin(), on.end(), [&](std::size_t other) { return points.beats(other, row); }))
      on.push_back(row);
  return on;
}

}  // namespace

bool is_comparable(const Catalog& catalog, std::size_t row, const std::vector<FieldId>& costs) {
  return !std::isnan(catalog.value(accuracy, row)) &&
         std::none_of(costs.begin(), costs.end(), [&](FieldId field) { return std::isnan(catalog.value(field, row)); });
}

std::vector<std::size_t> rows_on_frontier(const Catalog& catalog, std::span<const std::size_t> rows,
                                          const std::vector<FieldId>& costs) {
  const Points points(catalog, costs);
  if (points.dimensions() == 1) return on_frontier_of_one(points, rows);
  Rows sorted;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(sorted),
               [&](std::size_t row) { return points.is_known(row); });
  std::sort(sorted.begin(), sorted.end(),
            [&](std::size_t left, std::size_t right) { return points.precedes(left, right); });
  Rows on = points.dimensions() == 2 ? on_frontier_of_two(points, sorted) : on_frontier_of_many(points, sorted);
  std::sort(on.begin(), on.end());
  return on;
}

Frontier find_frontier(const Catalog& catalog, std::span<const std::size_t> rows, std::vector<FieldId> costs) {
  Frontier frontier;
  frontier.costs = std::move(costs);
  const Points points(catalog, frontier.costs);
  frontier.on = rows_on_frontier(catalog, rows, frontier.costs);
  for (const std::size_t row : rows)
    if (!points.is_known(row))
      frontier.not_comparable.push_back(row);
    else if (!std::binary_search(frontier.on.begin(), frontier.on.end(), row))
      frontier.beaten.push_back(row);

  std::sort(frontier.on.begin(), frontier.on.end(),
            [&](std::size_t left, std::size_t right) { return points.precedes(left, right); });
  const auto by_name = [&](std::size_t left, std::size_t right) { return precedes_by_name(catalog, left, right); };
  std::sort(frontier.beaten.begin(), frontier.beaten.end(), by_name);
  std::sort(frontier.not_comparable.begin(), frontier.not_comparable.end(), by_name);
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

std::optional<std::size_t> beaten_by(const Catalog& catalog, const Frontier& frontier, std::size_t row) {
  const Points points(catalog, frontier.costs);
  std::optional<std::size_t> best;
  // The frontier goes from cheap to dear, so that of equally accurate models the first is the cheapest.
  for (const std::size_t other : frontier.on)
    if (points.beats(other, row) && (!best || points.accuracy_of(other) > points.accuracy_of(*best))) best = other;
  return best;
}

std::vector<Step> steps_between(const Catalog& catalog, std::span<const std::size_t> on, FieldId cost) {
  std::vector<Step> steps;
  for (std::size_t index = 1; index < on.size(); ++index) {
    Step step;
    step.points = catalog.value(accuracy, on[index]) - catalog.value(accuracy, on[index - 1]);
    step.cost = catalog.value(cost, on[index]) - catalog.value(cost, on[index - 1]);
    if (step.points > 0) step.price = step.cost / step.points;
    steps.push_back(step);
  }
  return steps;
}

std::vector<std::size_t> hull_of(const Catalog& catalog, std::span<const std::size_t> on, FieldId cost) {
  const auto x = [&](std::size_t row) { return catalog.value(cost, row); };
  const auto y = [&](std::size_t row) { return catalog.value(accuracy, row); };
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
