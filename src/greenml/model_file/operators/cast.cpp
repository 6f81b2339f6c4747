#include <array>
#include <cmath>
#include <utility>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// What a cast to a type of whole numbers makes of one.
std::optional<std::int64_t> cast_whole(Type type, std::int64_t number) {
  switch (type) {
    case Type::boolean:
      return number != 0 ? 1 : 0;
    case Type::int8:
      return static_cast<std::int8_t>(number);
    case Type::uint8:
      return static_cast<std::uint8_t>(number);
    case Type::int16:
      return static_cast<std::int16_t>(number);
    case Type::uint16:
      return static_cast<std::uint16_t>(number);
    case Type::int32:
      return static_cast<std::int32_t>(number);
    case Type::uint32:
      return static_cast<std::uint32_t>(number);
    case Type::int64:
      return number;
    default:
      return std::nullopt;
  }
}

void cast_to(Call& call, Type to) {
  const Value& from = call.input(0);
  same_as_first(call);
  if (call.outputs.empty()) return;
  call.outputs[0].type = to;
  if (!from.contents || !is_computable(to)) return;
  Contents contents;
  for (std::size_t index = 0; index < from.contents->size(); ++index) {
    if (is_floating(to)) {
      contents.real.push_back(rounded_to(to, from.contents->as_real(index)));
      continue;
    }
    std::int64_t number = 0;
    if (from.contents->real.empty()) {
      number = from.contents->whole[index];
    } else {
      const double real = from.contents->real[index];
      if (!(std::fabs(real) < 9.2e18)) return;
      number = to == Type::boolean ? (real != 0 ? 1 : 0) : static_cast<std::int64_t>(real);
    }
    const std::optional<std::int64_t> cast = cast_whole(to, number);
    if (!cast) return;
    contents.whole.push_back(*cast);
  }
  call.outputs[0].contents = std::make_shared<const Contents>(std::move(contents));
}

/// The type is a number, and before opset 6 a word.
void cast(Call& call) {
  const Attribute* to = call.attribute("to");
  if (to == nullptr || to->kind != AttributeKind::text) return cast_to(call, static_cast<Type>(call.integer("to", 0)));
  constexpr auto words = std::to_array<std::pair<std::string_view, Type>>({
      {"FLOAT", Type::float32},
      {"FLOAT16", Type::float16},
      {"DOUBLE", Type::float64},
      {"INT8", Type::int8},
      {"UINT8", Type::uint8},
      {"INT32", Type::int32},
      {"INT64", Type::int64},
      {"BOOL", Type::boolean},
  });
  for (const auto& [word, type] : words)
    if (call.text("to", "") == word) return cast_to(call, type);
  same_as_first(call);
  call.give(0, Type::none, call.shape(0));
}

void cast_like(Call& call) { cast_to(call, call.input(1).type); }

constexpr auto cast_rows = std::to_array<Operator>({
    {"", "Cast", cast, nullptr, "c"},
    {"", "CastLike", cast_like, nullptr, ">-"},
});

}  // namespace

std::span<const Operator> cast_operators() { return cast_rows; }

}  // namespace greenml::model_file::graph
