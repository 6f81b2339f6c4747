/// \file
/// What is known of a tensor while a graph is evaluated: its type, its shape and, where it is small and follows from
/// sizes and constants, its elements. Not a tensor library: only what graphs compute sizes with.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model_file/graph/element_type.hpp"
#include "model_file/graph/names.hpp"

namespace greenml::model_file::graph {

using Shape = std::vector<std::int64_t>;

/// The most elements that are computed.
inline constexpr std::uint64_t most_computed = 4096;
/// Every dimension is below this.
inline constexpr std::int64_t most_dimension = std::int64_t{1} << 40U;

/// Elements in row order: whole numbers and booleans in one, numbers of floating-point types in the other.
struct Contents {
  std::vector<std::int64_t> whole;
  std::vector<double> real;

  bool operator==(const Contents&) const = default;
  std::size_t size() const { return whole.size() + real.size(); }
  /// A whole number as it is, another one without its fraction; 0 where that is out of range.
  std::int64_t as_whole(std::size_t index) const {
    if (real.empty()) return whole[index];
    const bool fits = real[index] > -9.2e18 && real[index] < 9.2e18;
    return fits ? static_cast<std::int64_t>(real[index]) : 0;
  }
  double as_real(std::size_t index) const { return real.empty() ? static_cast<double>(whole[index]) : real[index]; }
};

struct Value {
  bool present = false;
  Type type = Type::none;
  std::shared_ptr<const Shape> shape;        ///< empty where it is not known
  std::shared_ptr<const Contents> contents;  ///< empty where they are not known
  Name source = 0;                           ///< what decides, where something is not known

  bool known() const { return shape != nullptr; }
  std::size_t rank() const { return shape->size(); }
};

/// Whether both have the same shape, or neither a known one.
bool same_shape(const Value& left, const Value& right);
/// Whether both have the same known elements, or neither has known ones.
bool same_contents(const Value& left, const Value& right);

/// A number as a type keeps it.
double rounded_to(Type type, double number);
/// Whether the elements of a type are computed as the type would; those of half precision are not.
bool is_computable(Type type);

/// How many elements; throws Malformed where the product is over 64 bits or a dimension is out of range.
std::uint64_t elements_of(const Shape& shape);
/// The product, where it is within 64 bits.
std::optional<std::uint64_t> checked_elements(const Shape& shape);

Value make_value(Type type, Shape shape);
Value make_whole(Type type, Shape shape, std::vector<std::int64_t> elements);
Value make_real(Type type, Shape shape, std::vector<double> elements);
/// A tensor of which nothing is known.
Value unknown_value(Type type, Name source);

/// "1x64x112x112"; "scalar" without dimensions.
std::string shape_text(const Shape& shape);

/// The shape that both broadcast to; nothing where they do not fit.
std::optional<Shape> broadcast(const Shape& left, const Shape& right);

/// Calls back with each multi-index of a shape in row order.
void each_index(const Shape& shape, const std::function<void(const Shape&)>& visit);
/// Whether all elements of a shape can be computed.
bool is_small(const Shape& shape);
/// The place of a multi-index in row order.
std::size_t place_of(const Shape& shape, const Shape& index);
/// The elements at these places.
Contents picked(const Contents& from, std::span<const std::size_t> places);
/// For each element of `to`, the place in `from` that it is broadcast from.
std::vector<std::size_t> broadcast_places(const Shape& from, const Shape& to);

}  // namespace greenml::model_file::graph
