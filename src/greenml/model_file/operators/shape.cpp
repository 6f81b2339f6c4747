#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// Gives the elements of input 0 another shape.
void reshape_to(Call& call, Shape shape) {
  Value value = make_value(call.input(0).type, std::move(shape));
  value.contents = call.input(0).contents;
  call.give(0, std::move(value));
}

void shape_of(Call& call) {
  const Shape& shape = call.shape(0);
  const auto rank = static_cast<std::int64_t>(shape.size());
  const auto clamped = [rank](std::int64_t axis) {
    return std::clamp<std::int64_t>(axis < 0 ? axis + rank : axis, 0, rank);
  };
  const std::int64_t begin = clamped(call.integer("start", 0));
  const std::int64_t end = std::max(begin, clamped(call.integer("end", rank)));
  Shape part(shape.begin() + begin, shape.begin() + end);
  const auto count = static_cast<std::int64_t>(part.size());
  // The type of TFLite's is an option, which is int32 unless it is said otherwise.
  call.give(0, make_whole(call.model.default_domain.empty() ? Type::int64 : Type::int32, {count}, std::move(part)));
}

void size_of(Call& call) {
  call.give(0, make_whole(Type::int64, {}, {static_cast<std::int64_t>(elements_of(call.shape(0)))}));
}

void rank_of(Call& call) {
  call.give(0, make_whole(Type::int32, {}, {static_cast<std::int64_t>(call.shape(0).size())}));
}

/// Replaces one -1 of a wanted shape by what the number of elements leaves.
Shape resolved(const Call& call, Shape wanted, std::optional<std::uint64_t> elements) {
  std::uint64_t rest = 1;
  std::int64_t* open = nullptr;
  for (std::int64_t& dimension : wanted) {
    if (dimension == -1) {
      if (open != nullptr) call.wrong("two dimensions of its shape are -1");
      open = &dimension;
    } else if (dimension < 0 || __builtin_mul_overflow(rest, static_cast<std::uint64_t>(dimension), &rest)) {
      call.wrong("shape " + shape_text(wanted) + " is none");
    }
  }
  if (!elements) return wanted;
  if (open != nullptr) {
    if (rest == 0 || *elements % rest != 0)
      call.wrong(fmt::format("{} elements do not fit into {}", *elements, shape_text(wanted)));
    *open = static_cast<std::int64_t>(*elements / rest);
  } else if (rest != *elements) {
    call.wrong(fmt::format("{} elements do not fit into {}", *elements, shape_text(wanted)));
  }
  return wanted;
}

void reshape(Call& call) {
  const List wanted = list(call, 1, call.model.default_domain.empty() ? "shape" : "new_shape");
  if (!wanted.known) return;
  if (!wanted.values) call.wrong("it has no shape");
  Shape shape = *wanted.values;
  const bool known = call.known(0);
  const bool zeros = call.integer("allowzero", 0) != 0 || !call.model.default_domain.empty();
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (shape[axis] != 0 || zeros) continue;
    if (!known) return;
    if (axis >= call.shape(0).size()) call.wrong("a 0 of its shape has no dimension to copy");
    shape[axis] = call.shape(0)[axis];
  }
  if (!known && std::find(shape.begin(), shape.end(), -1) != shape.end()) return;
  reshape_to(call, resolved(call, shape, known ? std::optional(elements_of(call.shape(0))) : std::nullopt));
}

std::int64_t product_of(const Call& call, Shape::const_iterator begin, Shape::const_iterator end) {
  const std::optional<std::uint64_t> elements = checked_elements(Shape(begin, end));
  if (!elements || *elements > INT64_MAX) call.overflow("the product of its dimensions is over 64 bits");
  return static_cast<std::int64_t>(*elements);
}

void flatten(Call& call) {
  const Shape& from = call.shape(0);
  const std::int64_t stated = call.integer("axis", 1);
  const std::size_t axis =
      stated == static_cast<std::int64_t>(from.size()) ? from.size() : call.axis(stated, from.size());
  const auto middle = from.begin() + static_cast<std::ptrdiff_t>(axis);
  reshape_to(call, {product_of(call, from.begin(), middle), product_of(call, middle, from.end())});
}

void squeeze(Call& call) {
  const Shape& from = call.shape(0);
  const List axes = list(call, 1, call.model.default_domain.empty() ? "axes" : "squeeze_dims");
  if (!axes.known) return;
  std::vector<bool> goes(from.size());
  const bool all = !axes.values || (axes.values->empty() && !call.model.default_domain.empty());
  for (std::size_t axis = 0; all && axis < from.size(); ++axis) goes[axis] = from[axis] == 1;
  if (!all)
    for (const std::int64_t stated : *axes.values) {
      const std::size_t axis = call.axis(stated, from.size());
      if (from[axis] != 1) call.wrong(fmt::format("dimension {} of {} is not 1", axis, shape_text(from)));
      goes[axis] = true;
    }
  Shape shape;
  for (std::size_t axis = 0; axis < from.size(); ++axis)
    if (!goes[axis]) shape.push_back(from[axis]);
  reshape_to(call, std::move(shape));
}

void unsqueeze(Call& call) {
  const List axes = list(call, 1, "axes");
  if (!axes.known) return;
  if (!axes.values) call.wrong("it has no axes");
  const std::size_t rank = call.shape(0).size() + axes.values->size();
  if (rank > 64) call.wrong("it makes more than 64 dimensions");
  Shape shape(rank, 0);
  for (const std::int64_t axis : *axes.values) {
    std::int64_t& dimension = shape[call.axis(axis, rank)];
    if (dimension != 0) call.wrong(fmt::format("axis {} is there twice", axis));
    dimension = 1;
  }
  auto from = call.shape(0).begin();
  for (std::int64_t& dimension : shape)
    if (dimension == 0) dimension = *from++;
  reshape_to(call, std::move(shape));
}

void expand_dims(Call& call) {
  const std::vector<std::int64_t>* axis = call.whole(1);
  if (axis == nullptr || axis->size() != 1) return;
  Shape shape = call.shape(0);
  const std::size_t place = call.axis(axis->front(), shape.size() + 1);
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(place), 1);
  reshape_to(call, std::move(shape));
}

/// The value repeated in a shape; the elements where there are few.
Value filled(Type type, const Contents* value, Shape shape) {
  Value result = make_value(type, std::move(shape));
  const std::optional<std::uint64_t> elements = checked_elements(*result.shape);
  if (value == nullptr || value->size() != 1 || !elements || *elements > most_computed) return result;
  const std::vector<std::size_t> places(static_cast<std::size_t>(*elements), 0);
  result.contents = std::make_shared<const Contents>(picked(*value, places));
  return result;
}

void constant_of_shape(Call& call) {
  const std::vector<std::int64_t>* shape = call.whole(0);
  if (shape == nullptr) return;
  if (const Constant* value = call.tensor("value"))
    call.give(0, filled(value->type, value->contents.get(), *shape));
  else
    call.give(0, filled(Type::float32, nullptr, *shape));
}

void constant_fill(Call& call) {
  if (const std::optional<Shape> shape = call.integers("shape")) call.give(0, Type::float32, *shape);
}

/// Random numbers of a stated shape.
void of_stated_shape(Call& call) {
  const std::optional<Shape> shape = call.integers("shape");
  if (!shape) call.wrong("it has no shape");
  call.give(0, static_cast<Type>(call.integer("dtype", 1)), *shape);
}

void constant(Call& call) {
  if (const Constant* value = call.tensor("value")) return call.give(0, value->value());
  // Numbers that the caller of a function gives.
  for (const std::string_view name : {"value_int", "value_ints"}) {
    const Attribute* attribute = call.attribute(name);
    if (attribute == nullptr) continue;
    const auto begin = call.model.numbers.begin() + attribute->begin;
    std::vector<std::int64_t> numbers(begin, begin + attribute->kept);
    if (attribute->kind != AttributeKind::integer && attribute->kind != AttributeKind::integers) return;
    if (numbers.size() != attribute->count) return;
    Shape shape;
    if (name == "value_ints") shape = {static_cast<std::int64_t>(numbers.size())};
    return call.give(0, make_whole(Type::int64, std::move(shape), std::move(numbers)));
  }
  if (call.attribute("value_float") != nullptr) return call.give(0, Type::float32, {});
}

void range(Call& call) {
  for (std::size_t index = 0; index < 3; ++index)
    if (!call.input(index).contents || call.input(index).contents->size() != 1) return;
  const Type type = call.input(0).type;
  const auto at = [&call](std::size_t index) { return call.input(index).contents->as_real(0); };
  const double delta = at(2);
  if (delta == 0) call.wrong("its step is 0");
  const double count = std::max(0.0, std::ceil((at(1) - at(0)) / delta));
  if (!(count < static_cast<double>(most_dimension))) call.wrong("it makes more than 2^40 elements");
  Value result = make_value(type, {static_cast<std::int64_t>(count)});
  if (count <= static_cast<double>(most_computed)) {
    Contents contents;
    auto next = static_cast<std::uint64_t>(call.input(0).contents->as_whole(0));  // wraps where it overflows
    const auto step = static_cast<std::uint64_t>(call.input(2).contents->as_whole(0));
    for (std::int64_t index = 0; index < static_cast<std::int64_t>(count); ++index, next += step) {
      if (is_floating(type))
        contents.real.push_back(at(0) + static_cast<double>(index) * delta);
      else
        contents.whole.push_back(static_cast<std::int64_t>(next));
    }
    result.contents = std::make_shared<const Contents>(std::move(contents));
  }
  call.give(0, std::move(result));
}

void expand_to(Call& call, const Shape& wanted) {
  const Value& from = call.input(0);
  const std::optional<Shape> shape = broadcast(*from.shape, wanted);
  if (!shape) call.wrong(fmt::format("{} does not expand to {}", shape_text(*from.shape), shape_text(wanted)));
  Value result = make_value(from.type, *shape);
  const std::optional<std::uint64_t> elements = checked_elements(*shape);
  if (from.contents && elements && *elements <= most_computed)
    result.contents = std::make_shared<const Contents>(picked(*from.contents, broadcast_places(*from.shape, *shape)));
  call.give(0, std::move(result));
}

void expand(Call& call) {
  if (const std::vector<std::int64_t>* wanted = call.whole(1)) {
    if (std::any_of(wanted->begin(), wanted->end(), [](std::int64_t dimension) { return dimension < 0; }))
      call.wrong("shape " + shape_text(*wanted) + " has a negative dimension");
    expand_to(call, *wanted);
  }
}

void fill(Call& call) {
  if (const std::vector<std::int64_t>* shape = call.whole(0))
    call.give(0, filled(call.input(1).type, call.input(1).contents.get(), *shape));
}

void eye_or_window(Call& call) {
  if (const std::vector<std::int64_t>* size = call.whole(0); size != nullptr && size->size() == 1)
    call.give(0, Type::float32, {size->front()});
}

constexpr auto shape_rows = std::to_array<Operator>({
    {"", "Shape", shape_of, nullptr, "-"},
    {"", "Size", size_of, nullptr, "-"},
    {"", "Reshape", reshape, nullptr, ">-", {}, Needs::nothing},
    {"", "Flatten", flatten, nullptr, ">"},
    {"", "Squeeze", squeeze, nullptr, ">-"},
    {"", "Unsqueeze", unsqueeze, nullptr, ">-"},
    {"", "Constant", constant},
    {"", "ConstantOfShape", constant_of_shape, nullptr, "-"},
    {"", "ConstantFill", constant_fill, nullptr, "-"},
    {"", "RandomNormal", of_stated_shape},
    {"", "RandomUniform", of_stated_shape},
    {"", "Range", range, nullptr, "-"},
    {"", "Expand", expand, nullptr, ">-"},
    {"", "HannWindow", eye_or_window, nullptr, "-"},
    {"", "HammingWindow", eye_or_window, nullptr, "-"},
    {"", "BlackmanWindow", eye_or_window, nullptr, "-"},
    {"com.microsoft", "Range", range, nullptr, "-"},
    {"tflite", "SHAPE", shape_of, nullptr, "-"},
    {"tflite", "RANK", rank_of, nullptr, "-"},
    {"tflite", "RESHAPE", reshape, nullptr, ">-", {}, Needs::nothing},
    {"tflite", "SQUEEZE", squeeze, nullptr, ">"},
    {"tflite", "EXPAND_DIMS", expand_dims, nullptr, ">-"},
    {"tflite", "RANGE", range, nullptr, "-"},
    {"tflite", "FILL", fill, nullptr, "-"},
    {"tflite", "BROADCAST_TO", expand, nullptr, ">-"},
});

}  // namespace

std::span<const Operator> shape_operators() { return shape_rows; }

}  // namespace greenml::model_file::graph
