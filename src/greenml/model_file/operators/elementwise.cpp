#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>

#include "model_file/checked.hpp"
#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

using Unary = double (*)(double);

using WholeUnary = std::int64_t (*)(std::int64_t);

/// The shape of input 0, and its elements where they are known.
void map(Call& call, Unary real, WholeUnary whole) {
  const Value& from = call.input(0);
  same_as_first(call);
  if (call.outputs.empty() || !from.contents || !is_computable(from.type)) return;
  Contents contents;
  for (const double element : from.contents->real) contents.real.push_back(rounded_to(from.type, real(element)));
  for (const std::int64_t element : from.contents->whole) contents.whole.push_back(whole(element));
  call.outputs[0].contents = std::make_shared<const Contents>(std::move(contents));
}

template <Unary real, WholeUnary whole>
void map_first(Call& call) {
  map(call, real, whole);
}

std::int64_t unchanged(std::int64_t number) { return number; }
std::int64_t negated(std::int64_t number) { return static_cast<std::int64_t>(-static_cast<std::uint64_t>(number)); }
std::int64_t absolute(std::int64_t number) { return number < 0 ? negated(number) : number; }
std::int64_t inverted(std::int64_t number) { return number == 0 ? 1 : 0; }
std::int64_t sign(std::int64_t number) { return (number > 0 ? 1 : 0) - (number < 0 ? 1 : 0); }
double real_unchanged(double number) { return number; }
double real_negated(double number) { return -number; }
double real_absolute(double number) { return std::fabs(number); }
double real_floor(double number) { return std::floor(number); }
double real_ceil(double number) { return std::ceil(number); }
double real_round(double number) { return std::nearbyint(number); }
double real_root(double number) { return std::sqrt(number); }
double real_sign(double number) { return (number > 0 ? 1.0 : 0.0) - (number < 0 ? 1.0 : 0.0); }
double real_reciprocal(double number) { return 1 / number; }

using WholeBinary = std::optional<std::int64_t> (*)(std::int64_t, std::int64_t);
using RealBinary = std::optional<double> (*)(double, double);

/// Computes the elements of a binary operator; the output's shape is set already.
void compute_binary(Call& call, WholeBinary whole, RealBinary real) {
  const Value& left = call.input(0);
  const Value& right = call.input(1);
  Value& result = call.outputs[0];
  if (!left.contents || !right.contents || elements_of(*result.shape) > most_computed) return;
  if (!is_computable(left.type)) return;
  const std::vector<std::size_t> lefts = broadcast_places(*left.shape, *result.shape);
  const std::vector<std::size_t> rights = broadcast_places(*right.shape, *result.shape);
  const bool is_real = !left.contents->real.empty() || !right.contents->real.empty();
  Contents contents;
  for (std::size_t index = 0; index < lefts.size(); ++index) {
    if (is_real) {
      const std::optional<double> number =
          real(left.contents->as_real(lefts[index]), right.contents->as_real(rights[index]));
      if (!number) return;
      if (is_floating(result.type)) {
        contents.real.push_back(rounded_to(result.type, *number));
        continue;
      }
      if (!(std::fabs(*number) < 9.2e18)) return;
      contents.whole.push_back(static_cast<std::int64_t>(*number));
    } else {
      const std::optional<std::int64_t> number =
          whole(left.contents->whole[lefts[index]], right.contents->whole[rights[index]]);
      if (!number) return;
      contents.whole.push_back(*number);
    }
  }
  result.contents = std::make_shared<const Contents>(std::move(contents));
}

/// Old opsets broadcast only where they are told, along an axis.
Shape legacy_shape(const Call& call) {
  Shape right = call.shape(1);
  const Shape& left = call.shape(0);
  if (call.opset >= 7 || call.integer("broadcast", 0) == 0 || call.attribute("axis") == nullptr) return right;
  const std::size_t axis = call.axis(call.integer("axis", 0), left.size() + 1);
  const std::size_t wanted = left.size() - std::min(left.size(), axis);
  while (right.size() < wanted) right.push_back(1);
  return right;
}

void binary(Call& call, WholeBinary whole, RealBinary real) {
  call.input(1);
  const std::optional<Shape> shape = broadcast(call.shape(0), legacy_shape(call));
  if (!shape)
    call.wrong(fmt::format("{} and {} do not broadcast", shape_text(call.shape(0)), shape_text(call.shape(1))));
  call.give(0, call.input(0).type, *shape);
  if (!call.outputs.empty() && legacy_shape(call) == call.shape(1)) compute_binary(call, whole, real);
}

void compare(Call& call, WholeBinary whole, RealBinary real) {
  binary(call, whole, real);
  if (call.outputs.empty()) return;
  Value& result = call.outputs[0];
  result.type = Type::boolean;
  if (!result.contents || result.contents->real.empty()) return;
  Contents contents;
  for (const double number : result.contents->real) contents.whole.push_back(number != 0 ? 1 : 0);
  result.contents = std::make_shared<const Contents>(std::move(contents));
}

// A row of the table has one function, so that what differs stands in a template's arguments.
template <WholeBinary whole, RealBinary real>
void arithmetic(Call& call) {
  binary(call, whole, real);
}

template <WholeBinary whole, RealBinary real>
void comparison(Call& call) {
  compare(call, whole, real);
}

struct Largest {
  template <typename Number>
  Number operator()(Number left, Number right) const {
    return std::max(left, right);
  }
};
struct Smallest {
  template <typename Number>
  Number operator()(Number left, Number right) const {
    return std::min(left, right);
  }
};
struct Both {
  bool operator()(std::int64_t left, std::int64_t right) const { return left != 0 && right != 0; }
};
struct Either {
  bool operator()(std::int64_t left, std::int64_t right) const { return left != 0 || right != 0; }
};
struct OneOfThem {
  bool operator()(std::int64_t left, std::int64_t right) const { return (left != 0) != (right != 0); }
};

template <typename Operation>
std::optional<std::int64_t> whole_of(std::int64_t left, std::int64_t right) {
  return static_cast<std::int64_t>(Operation()(left, right));
}
template <typename Operation>
std::optional<double> real_of(double left, double right) {
  return static_cast<double>(Operation()(left, right));
}
std::optional<std::int64_t> no_whole(std::int64_t /*left*/, std::int64_t /*right*/) { return std::nullopt; }

std::optional<std::int64_t> subtract(std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  return __builtin_sub_overflow(left, right, &result) ? std::nullopt : std::optional(result);
}
std::optional<std::int64_t> divide(std::int64_t left, std::int64_t right) {
  if (right == 0 || (right == -1 && left == INT64_MIN)) return std::nullopt;
  return left / right;
}
std::optional<std::int64_t> floor_divide(std::int64_t left, std::int64_t right) {
  const std::optional<std::int64_t> quotient = divide(left, right);
  if (!quotient) return std::nullopt;
  return *quotient - (left % right != 0 && (left < 0) != (right < 0) ? 1 : 0);
}
std::optional<std::int64_t> modulo(std::int64_t left, std::int64_t right) {
  if (right == 0 || (right == -1 && left == INT64_MIN)) return std::nullopt;
  const std::int64_t rest = left % right;
  return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
}
std::optional<std::int64_t> truncated_modulo(std::int64_t left, std::int64_t right) {
  if (right == 0 || (right == -1 && left == INT64_MIN)) return std::nullopt;
  return left % right;
}
std::optional<std::int64_t> power(std::int64_t left, std::int64_t right) {
  if (right < 0 || right > 64) return std::nullopt;
  std::optional<std::int64_t> result = 1;
  for (; right > 0 && result; --right) result = checked_product(*result, left);
  return result;
}
std::optional<double> real_power(double left, double right) { return std::pow(left, right); }
std::optional<double> floor_quotient(double left, double right) { return std::floor(left / right); }
std::optional<double> no_real(double /*left*/, double /*right*/) { return std::nullopt; }
std::optional<double> real_modulo(double left, double right) { return std::fmod(left, right); }

void mod(Call& call) {
  if (call.integer("fmod", 0) != 0)
    arithmetic<truncated_modulo, real_modulo>(call);
  else
    arithmetic<modulo, no_real>(call);
}

/// Max, Min, Sum and Mean of any number of inputs; of two, the elements are computed.
template <WholeBinary whole, RealBinary real>
void variadic(Call& call) {
  if (call.inputs.size() == 2) return arithmetic<whole, real>(call);
  broadcast_inputs(call);
  if (call.inputs.size() == 1 && !call.outputs.empty()) call.outputs[0].contents = call.input(0).contents;
}

void where(Call& call) {
  call.input(2);
  broadcast_inputs(call);
  if (call.outputs.empty()) return;
  Value& result = call.outputs[0];
  result.type = call.input(1).type;
  const Value& condition = call.input(0);
  if (!condition.contents || !condition.contents->real.empty() || elements_of(*result.shape) > most_computed) return;
  const auto conditions = broadcast_places(*condition.shape, *result.shape);
  Contents contents;
  std::array<std::vector<std::size_t>, 2> places;
  for (std::size_t side = 0; side < 2; ++side)
    if (call.input(side + 1).contents) places[side] = broadcast_places(call.shape(side + 1), *result.shape);
  for (std::size_t index = 0; index < conditions.size(); ++index) {
    const std::size_t side = condition.contents->whole[conditions[index]] != 0 ? 0 : 1;
    const Value& chosen = call.input(side + 1);
    if (!chosen.contents || !is_computable(chosen.type)) return;
    const std::size_t place = places[side][index];
    if (is_floating(chosen.type))
      contents.real.push_back(chosen.contents->as_real(place));
    else
      contents.whole.push_back(chosen.contents->as_whole(place));
  }
  result.contents = std::make_shared<const Contents>(std::move(contents));
}

/// TFLite's SELECT: a condition of one dimension chooses rows.
void select(Call& call) {
  if (call.shape(0).size() == 1 && call.shape(1).size() > 1) return call.give(0, call.input(1).type, call.shape(1));
  where(call);
}

/// The limits are attributes before opset 11, and inputs since.
void clip(Call& call) {
  const Value& from = call.input(0);
  same_as_first(call);
  if (call.outputs.empty() || !from.contents || call.opset < 11 || !from.contents->real.empty()) return;
  std::vector<std::int64_t> elements = from.contents->whole;
  for (std::size_t limit = 1; limit <= 2; ++limit) {
    if (!call.has(limit)) continue;
    const std::vector<std::int64_t>* bound = call.whole(limit);
    if (bound == nullptr || bound->size() != 1) return;
    for (std::int64_t& element : elements)
      element = limit == 1 ? std::max(element, bound->front()) : std::min(element, bound->front());
  }
  call.outputs[0] = make_whole(from.type, *from.shape, std::move(elements));
}

void identity(Call& call) {
  if (!call.outputs.empty()) call.outputs[0] = call.input(0);
}

void is_something(Call& call) {
  same_as_first(call);
  if (!call.outputs.empty()) call.outputs[0].type = Type::boolean;
}

void dropout(Call& call) {
  identity(call);
  if (call.known(0)) call.give(1, Type::boolean, call.shape(0));
}

constexpr auto elementwise_rows = std::to_array<Operator>({
    {"", "Identity", identity, nullptr, ">", {}, Needs::nothing},
    {"", "Neg", map_first<real_negated, negated>},
    {"", "Abs", map_first<real_absolute, absolute>},
    {"", "Not", map_first<real_unchanged, inverted>},
    {"", "Floor", map_first<real_floor, unchanged>},
    {"", "Ceil", map_first<real_ceil, unchanged>},
    {"", "Round", map_first<real_round, unchanged>},
    {"", "Sqrt", map_first<real_root, unchanged>},
    {"", "Sign", map_first<real_sign, sign>},
    {"", "Reciprocal", map_first<real_reciprocal, unchanged>},
    {"", "Add", arithmetic<checked_sum, real_of<std::plus<>>>},
    {"", "Sub", arithmetic<subtract, real_of<std::minus<>>>},
    {"", "Mul", arithmetic<checked_product, real_of<std::multiplies<>>>},
    {"", "Div", arithmetic<divide, real_of<std::divides<>>>},
    {"", "Pow", arithmetic<power, real_power>},
    {"", "Mod", mod},
    {"", "Max", variadic<whole_of<Largest>, real_of<Largest>>},
    {"", "Min", variadic<whole_of<Smallest>, real_of<Smallest>>},
    {"", "Sum", variadic<checked_sum, real_of<std::plus<>>>},
    {"", "Mean", variadic<no_whole, no_real>},
    {"", "Equal", comparison<whole_of<std::equal_to<>>, real_of<std::equal_to<>>>},
    {"", "Less", comparison<whole_of<std::less<>>, real_of<std::less<>>>},
    {"", "Greater", comparison<whole_of<std::greater<>>, real_of<std::greater<>>>},
    {"", "LessOrEqual", comparison<whole_of<std::less_equal<>>, real_of<std::less_equal<>>>},
    {"", "GreaterOrEqual", comparison<whole_of<std::greater_equal<>>, real_of<std::greater_equal<>>>},
    {"", "And", comparison<whole_of<Both>, no_real>},
    {"", "Or", comparison<whole_of<Either>, no_real>},
    {"", "Xor", comparison<whole_of<OneOfThem>, no_real>},
    {"", "BitwiseAnd", arithmetic<whole_of<std::bit_and<>>, no_real>, nullptr, "u"},
    {"", "BitwiseOr", arithmetic<whole_of<std::bit_or<>>, no_real>, nullptr, "u"},
    {"", "BitwiseXor", arithmetic<whole_of<std::bit_xor<>>, no_real>, nullptr, "u"},
    {"", "BitShift", arithmetic<no_whole, no_real>, nullptr, "u"},
    {"", "Where", where, nullptr, "-w"},
    {"", "Clip", clip, nullptr, "w-"},
    {"", "Dropout", dropout, nullptr, ">-", {}, Needs::nothing},
    {"", "IsInf", is_something},
    {"", "IsNaN", is_something},
    {"tflite", "ADD", arithmetic<checked_sum, real_of<std::plus<>>>},
    {"tflite", "SUB", arithmetic<subtract, real_of<std::minus<>>>},
    {"tflite", "MUL", arithmetic<checked_product, real_of<std::multiplies<>>>},
    {"tflite", "DIV", arithmetic<divide, real_of<std::divides<>>>},
    {"tflite", "FLOOR_DIV", arithmetic<floor_divide, floor_quotient>},
    {"tflite", "FLOOR_MOD", arithmetic<modulo, no_real>},
    {"tflite", "MAXIMUM", arithmetic<whole_of<Largest>, real_of<Largest>>},
    {"tflite", "MINIMUM", arithmetic<whole_of<Smallest>, real_of<Smallest>>},
    {"tflite", "POW", arithmetic<power, real_power>},
    {"tflite", "EQUAL", comparison<whole_of<std::equal_to<>>, real_of<std::equal_to<>>>},
    {"tflite", "NOT_EQUAL", comparison<whole_of<std::not_equal_to<>>, real_of<std::not_equal_to<>>>},
    {"tflite", "LESS", comparison<whole_of<std::less<>>, real_of<std::less<>>>},
    {"tflite", "GREATER", comparison<whole_of<std::greater<>>, real_of<std::greater<>>>},
    {"tflite", "LESS_EQUAL", comparison<whole_of<std::less_equal<>>, real_of<std::less_equal<>>>},
    {"tflite", "GREATER_EQUAL", comparison<whole_of<std::greater_equal<>>, real_of<std::greater_equal<>>>},
    {"tflite", "LOGICAL_AND", comparison<whole_of<Both>, no_real>},
    {"tflite", "LOGICAL_OR", comparison<whole_of<Either>, no_real>},
    {"tflite", "LOGICAL_NOT", map_first<real_unchanged, inverted>},
    {"tflite", "NEG", map_first<real_negated, negated>},
    {"tflite", "ABS", map_first<real_absolute, absolute>},
    {"tflite", "SELECT", select, nullptr, "-w"},
    {"tflite", "SELECT_V2", where, nullptr, "-w"},
});

}  // namespace

void broadcast_inputs(Call& call) {
  Shape shape;
  for (std::size_t index = 0; index < call.inputs.size(); ++index) {
    if (!call.has(index)) continue;
    const std::optional<Shape> both = broadcast(shape, call.shape(index));
    if (!both) call.wrong(fmt::format("{} and {} do not broadcast", shape_text(shape), shape_text(call.shape(index))));
    shape = *both;
  }
  call.give(0, call.input(0).type, std::move(shape));
}

std::span<const Operator> elementwise_operators() { return elementwise_rows; }

}  // namespace greenml::model_file::graph
