#include "model_file/graph/tensor.hpp"

#include <algorithm>

#include "model_file/malformed.hpp"

namespace greenml::model_file::graph {

double rounded_to(Type type, double number) {
  return type == Type::float32 ? static_cast<double>(static_cast<float>(number)) : number;
}

bool is_computable(Type type) { return !is_floating(type) || type == Type::float32 || type == Type::float64; }

std::optional<std::uint64_t> checked_elements(const Shape& shape) {
  std::uint64_t product = 1;
  bool empty = false;
  for (const std::int64_t dimension : shape) {
    if (dimension < 0 || dimension >= most_dimension) return std::nullopt;
    empty = empty || dimension == 0;
    if (dimension != 0 && __builtin_mul_overflow(product, static_cast<std::uint64_t>(dimension), &product))
      return std::nullopt;
  }
  return empty ? 0 : product;
}

std::uint64_t elements_of(const Shape& shape) {
  if (const std::optional<std::uint64_t> elements = checked_elements(shape)) return *elements;
  for (const std::int64_t dimension : shape) {
    if (dimension < 0) throw Malformed{"shape " + shape_text(shape) + " has a negative dimension"};
    if (dimension >= most_dimension) throw Malformed{"shape " + shape_text(shape) + " has a dimension over 2^40"};
  }
  throw Malformed{"the product of " + shape_text(shape) + " is over 64 bits"};
}

bool same_shape(const Value& left, const Value& right) {
  if (!left.known() || !right.known()) return left.known() == right.known();
  return *left.shape == *right.shape;
}

bool same_contents(const Value& left, const Value& right) {
  if (!left.contents || !right.contents) return !left.contents == !right.contents;
  return *left.contents == *right.contents;
}

Value make_value(Type type, Shape shape) {
  Value value;
  value.present = true;
  value.type = type;
  value.shape = std::make_shared<const Shape>(std::move(shape));
  return value;
}

Value make_whole(Type type, Shape shape, std::vector<std::int64_t> elements) {
  Value value = make_value(type, std::move(shape));
  value.contents = std::make_shared<const Contents>(Contents{std::move(elements), {}});
  return value;
}

Value make_real(Type type, Shape shape, std::vector<double> elements) {
  Value value = make_value(type, std::move(shape));
  value.contents = std::make_shared<const Contents>(Contents{{}, std::move(elements)});
  return value;
}

Value unknown_value(Type type, Name source) {
  Value value;
  value.present = true;
  value.type = type;
  value.source = source;
  return value;
}

std::string shape_text(const Shape& shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const std::int64_t dimension : shape) {
    if (text.size() > 200) return text + "x...";
    if (!text.empty()) text += 'x';
    text += std::to_string(dimension);
  }
  return text;
}

std::optional<Shape> broadcast(const Shape& left, const Shape& right) {
  Shape result(std::max(left.size(), right.size()));
  for (std::size_t back = 1; back <= result.size(); ++back) {
    const std::int64_t one = back <= left.size() ? left[left.size() - back] : 1;
    const std::int64_t other = back <= right.size() ? right[right.size() - back] : 1;
    if (one != other && one != 1 && other != 1) return std::nullopt;
    result[result.size() - back] = one == 1 ? other : one;
  }
  return result;
}

void each_index(const Shape& shape, const std::function<void(const Shape&)>& visit) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return;
  Shape index(shape.size());
  while (true) {
    visit(index);
    std::size_t axis = shape.size();
    while (axis > 0 && ++index[axis - 1] == shape[axis - 1]) index[--axis] = 0;
    if (axis == 0) return;
  }
}

bool is_small(const Shape& shape) {
  const std::optional<std::uint64_t> elements = checked_elements(shape);
  return elements && *elements <= most_computed;
}

std::size_t place_of(const Shape& shape, const Shape& index) {
  std::size_t place = 0;
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    place = place * static_cast<std::size_t>(shape[axis]) + static_cast<std::size_t>(index[axis]);
  return place;
}

Contents picked(const Contents& from, std::span<const std::size_t> places) {
  for (const std::size_t place : places)
    if (place >= from.size()) throw Malformed{"an index is outside of its tensor"};
  Contents result;
  if (!from.real.empty()) {
    for (const std::size_t place : places) result.real.push_back(from.real[place]);
  } else {
    for (const std::size_t place : places) result.whole.push_back(from.whole[place]);
  }
  return result;
}

std::vector<std::size_t> broadcast_places(const Shape& from, const Shape& to) {
  std::vector<std::size_t> places;
  const std::size_t missing = to.size() - from.size();
  each_index(to, [&](const Shape& index) {
    std::size_t place = 0;
    for (std::size_t axis = 0; axis < from.size(); ++axis)
      place = place * static_cast<std::size_t>(from[axis]) +
              (from[axis] == 1 ? 0 : static_cast<std::size_t>(index[axis + missing]));
    places.push_back(place);
  });
  return places;
}

}  // namespace greenml::model_file::graph
