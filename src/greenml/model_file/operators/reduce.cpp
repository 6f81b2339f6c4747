#include <algorithm>
#include <array>
#include <cmath>

#include "model_file/checked.hpp"
#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// Which axes go; nothing where the axes are not known. No axes are all of them, or none with noop_with_empty_axes.
std::optional<std::vector<bool>> reduced_axes(const Call& call) {
  const List axes = list(call, 1, "axes");
  if (!axes.known) return std::nullopt;
  std::vector<bool> reduced(call.shape(0).size());
  const bool empty = !axes.values || axes.values->empty();
  if (empty && call.model.default_domain.empty())
    reduced.assign(reduced.size(), call.integer("noop_with_empty_axes", 0) == 0);
  if (axes.values)
    for (const std::int64_t axis : *axes.values) reduced[call.axis(axis, reduced.size())] = true;
  return reduced;
}

bool keeps_dimensions(const Call& call) {
  return call.model.default_domain.empty() ? call.integer("keepdims", 1) != 0 : call.integer("keep_dims", 0) != 0;
}

using Fold = std::optional<std::int64_t> (*)(std::int64_t, std::int64_t);

std::optional<std::int64_t> larger(std::int64_t left, std::int64_t right) { return std::max(left, right); }
std::optional<std::int64_t> smaller(std::int64_t left, std::int64_t right) { return std::min(left, right); }

using RealFold = double (*)(double, double);
double add_real(double left, double right) { return left + right; }
double multiply_real(double left, double right) { return left * right; }
double larger_real(double left, double right) { return std::max(left, right); }
double smaller_real(double left, double right) { return std::min(left, right); }

/// The place in the output that each element of the input goes to.
std::vector<std::size_t> targets(const Shape& from, const std::vector<bool>& reduced) {
  std::vector<std::size_t> places;
  each_index(from, [&](const Shape& index) {
    std::size_t place = 0;
    for (std::size_t axis = 0; axis < from.size(); ++axis)
      if (!reduced[axis]) place = place * static_cast<std::size_t>(from[axis]) + static_cast<std::size_t>(index[axis]);
    places.push_back(place);
  });
  return places;
}

template <typename Number, typename Folded>
std::optional<std::vector<Number>> folded(const std::vector<Number>& from, const std::vector<std::size_t>& places,
                                          std::size_t count, const Folded& fold) {
  std::vector<std::optional<Number>> results(count);
  for (std::size_t index = 0; index < from.size(); ++index) {
    std::optional<Number>& result = results[places[index]];
    result = result ? std::optional<Number>(fold(*result, from[index])) : std::optional<Number>(from[index]);
    if (!result) return std::nullopt;
  }
  std::vector<Number> elements;
  for (const std::optional<Number>& result : results) {
    if (!result) return std::nullopt;
    elements.push_back(*result);
  }
  return elements;
}

void reduce_shape(Call& call, const std::vector<bool>& reduced) {
  Shape shape;
  for (std::size_t axis = 0; axis < reduced.size(); ++axis) {
    if (!reduced[axis])
      shape.push_back(call.shape(0)[axis]);
    else if (keeps_dimensions(call))
      shape.push_back(1);
  }
  call.give(0, call.input(0).type, std::move(shape));
}

void reduce(Call& call) {
  if (const std::optional<std::vector<bool>> reduced = reduced_axes(call)) reduce_shape(call, *reduced);
}

void reduce_elements(Call& call, Fold whole, RealFold real) {
  const std::optional<std::vector<bool>> reduced = reduced_axes(call);
  if (!reduced) return;
  reduce_shape(call, *reduced);
  const Value& from = call.input(0);
  if (call.outputs.empty() || !from.contents) return;
  const std::vector<std::size_t> places = targets(*from.shape, *reduced);
  const auto count = static_cast<std::size_t>(elements_of(*call.outputs[0].shape));
  if (count > most_computed) return;
  if (from.contents->real.empty()) {
    // A checked fold: nothing where it does not fit.
    bool fits = true;
    const auto fold = [&fits, whole](std::int64_t left, std::int64_t right) {
      const std::optional<std::int64_t> result = whole(left, right);
      fits = fits && result.has_value();
      return result.value_or(0);
    };
    auto elements = folded(from.contents->whole, places, count, fold);
    if (elements && fits) call.give(0, make_whole(from.type, *call.outputs[0].shape, std::move(*elements)));
  } else if (auto elements = folded(from.contents->real, places, count, real)) {
    call.give(0, make_real(from.type, *call.outputs[0].shape, std::move(*elements)));
  }
}

template <Fold whole, RealFold real>
void reduce_computed(Call& call) {
  reduce_elements(call, whole, real);
}

/// ArgMax and ArgMin: one axis, which is an attribute, or an input of TFLite's.
void arg_extreme(Call& call) {
  std::int64_t stated = call.integer("axis", 0);
  if (!call.model.default_domain.empty()) {
    const std::vector<std::int64_t>* axis = call.whole(1);
    if (axis == nullptr || axis->size() != 1) return;
    stated = axis->front();
  }
  std::vector<bool> reduced(call.shape(0).size());
  reduced[call.axis(stated, reduced.size())] = true;
  reduce_shape(call, reduced);
  if (!call.outputs.empty()) call.outputs[0].type = Type::int64;
}

void loss(Call& call) {
  if (call.text("reduction", "mean") != "none") return call.give(0, call.input(0).type, {});
  call.give(0, call.input(0).type, call.shape(1));
  call.give(1, call.input(0).type, call.shape(0));
}

void determinant(Call& call) {
  call.check_rank(0, 2);
  call.give(0, call.input(0).type, Shape(call.shape(0).begin(), call.shape(0).end() - 2));
}

constexpr auto reduce_rows = std::to_array<Operator>({
    {"", "ReduceSum", reduce_computed<checked_sum, add_real>, nullptr, "w-"},
    {"", "ReduceProd", reduce_computed<checked_product, multiply_real>, nullptr, "w-"},
    {"", "ReduceMax", reduce_computed<larger, larger_real>, nullptr, "w-"},
    {"", "ReduceMin", reduce_computed<smaller, smaller_real>, nullptr, "w-"},
    {"", "ReduceMean", reduce, nullptr, "w-"},
    {"", "ReduceL1", reduce, nullptr, "w-"},
    {"", "ReduceL2", reduce, nullptr, "w-"},
    {"", "ReduceLogSum", reduce, nullptr, "w-"},
    {"", "ReduceLogSumExp", reduce, nullptr, "w-"},
    {"", "ReduceSumSquare", reduce, nullptr, "w-"},
    {"", "ArgMax", arg_extreme},
    {"", "ArgMin", arg_extreme},
    {"", "NegativeLogLikelihoodLoss", loss, nullptr, "w-w"},
    {"", "SoftmaxCrossEntropyLoss", loss, nullptr, "w-w"},
    {"", "Det", determinant},
    {"tflite", "SUM", reduce_computed<checked_sum, add_real>, nullptr, "w-"},
    {"tflite", "REDUCE_PROD", reduce_computed<checked_product, multiply_real>, nullptr, "w-"},
    {"tflite", "REDUCE_MAX", reduce_computed<larger, larger_real>, nullptr, "w-"},
    {"tflite", "REDUCE_MIN", reduce_computed<smaller, smaller_real>, nullptr, "w-"},
    {"tflite", "REDUCE_ANY", reduce, nullptr, "w-"},
    {"tflite", "REDUCE_ALL", reduce, nullptr, "w-"},
    {"tflite", "MEAN", reduce, nullptr, "w-"},
    {"tflite", "ARG_MAX", arg_extreme, nullptr, "w-"},
    {"tflite", "ARG_MIN", arg_extreme, nullptr, "w-"},
});

}  // namespace

std::span<const Operator> reduce_operators() { return reduce_rows; }

}  // namespace greenml::model_file::graph
