#include "model_file/operators/operators.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <tuple>

#include "greenml/inspect.hpp"
#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

std::vector<Operator> sorted_rows() {
  std::vector<Operator> rows;
  for (const auto& group :
       {activation_operators(), cast_operators(), elementwise_operators(), shape_operators(), movement_operators(),
        selection_operators(), window_operators(), matrix_operators(), attention_operators(), reduce_operators(),
        quantise_operators(), recurrent_operators(), image_operators(), learning_operators(), tflite_operators()})
    rows.insert(rows.end(), group.begin(), group.end());
  std::sort(rows.begin(), rows.end(), [](const Operator& left, const Operator& right) {
    return std::tie(left.domain, left.name) < std::tie(right.domain, right.name);
  });
  return rows;
}

}  // namespace

std::span<const Operator> all_operators() {
  static const std::vector<Operator> rows = sorted_rows();
  return rows;
}

const Operator* find_operator(std::string_view domain, std::string_view name) {
  const std::span<const Operator> rows = all_operators();
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), std::tie(domain, name),
                       [](const Operator& row, const auto& key) { return std::tie(row.domain, row.name) < key; });
  return found != rows.end() && found->domain == domain && found->name == name ? &*found : nullptr;
}

const Value& Call::input(std::size_t index) const {
  if (!has(index)) wrong(fmt::format("input {} is not there", index));
  return inputs[index];
}

const std::vector<std::int64_t>* Call::whole(std::size_t index) const {
  if (!has(index) || !inputs[index].contents || !inputs[index].contents->real.empty()) return nullptr;
  return &inputs[index].contents->whole;
}

std::int64_t Call::integer(std::string_view name, std::int64_t without) const {
  const Attribute* found = attribute(name);
  if (found == nullptr || found->kept == 0) return without;
  if (found->kind != AttributeKind::integer) wrong(fmt::format("attribute {} is no whole number", name));
  return model.numbers[found->begin];
}

double Call::real(std::string_view name, double without) const {
  const Attribute* found = attribute(name);
  if (found == nullptr || found->kept == 0) return without;
  if (found->kind != AttributeKind::real) wrong(fmt::format("attribute {} is no number", name));
  return std::bit_cast<double>(model.numbers[found->begin]);
}

std::string_view Call::text(std::string_view name, std::string_view without) const {
  const Attribute* found = attribute(name);
  if (found == nullptr || found->kept == 0) return without;
  if (found->kind != AttributeKind::text) wrong(fmt::format("attribute {} is no text", name));
  return model.names[static_cast<Name>(model.numbers[found->begin])];
}

std::optional<Shape> Call::integers(std::string_view name) const {
  const Attribute* found = attribute(name);
  if (found == nullptr) return std::nullopt;
  if (found->kind != AttributeKind::integers && found->kept > 0)
    wrong(fmt::format("attribute {} is no list of whole numbers", name));
  const auto begin = model.numbers.begin() + found->begin;
  return Shape(begin, begin + found->kept);
}

const Constant* Call::tensor(std::string_view name) const {
  const Attribute* found = attribute(name);
  if (found == nullptr || found->kind != AttributeKind::tensor || found->kept == 0) return nullptr;
  return &model.constants[static_cast<std::size_t>(model.numbers[found->begin])];
}

void Call::give(std::size_t index, Value value) {
  if (index >= outputs.size()) return;
  if (value.shape && !checked_elements(*value.shape)) {
    const bool is_negative =
        std::any_of(value.shape->begin(), value.shape->end(), [](std::int64_t size) { return size < 0; });
    try {
      elements_of(*value.shape);
    } catch (const Malformed& malformed) {
      if (is_negative) wrong("output: " + malformed.what);
      overflow("output: " + malformed.what);
    }
  }
  outputs[index] = std::move(value);
}

void Call::wrong(const std::string& what) const { throw Misfit{{model.shown(node) + ": " + what}}; }
void Call::overflow(const std::string& what) const { throw Malformed{model.shown(node) + ": " + what}; }

std::size_t Call::axis(std::int64_t axis, std::size_t rank) const {
  const auto signed_rank = static_cast<std::int64_t>(rank);
  if (axis < -signed_rank || axis >= signed_rank)
    wrong(fmt::format("axis {} of a tensor of {} dimensions", axis, rank));
  return static_cast<std::size_t>(axis < 0 ? axis + signed_rank : axis);
}

void Call::check_rank(std::size_t index, std::size_t least) const {
  if (shape(index).size() < least)
    wrong(fmt::format("input {} is {}, which has fewer than {} dimensions", index, shape_text(shape(index)), least));
}

List list(const Call& call, std::size_t input, std::string_view attribute) {
  if (call.has(input)) {
    const std::vector<std::int64_t>* elements = call.whole(input);
    return elements == nullptr ? List{false, std::nullopt} : List{true, *elements};
  }
  return {true, call.integers(attribute)};
}

std::uint64_t product(const Call& call, std::span<const std::uint64_t> sizes) {
  std::uint64_t result = 1;
  std::string text;
  for (const std::uint64_t size : sizes) {
    text += (text.empty() ? "" : " x ") + std::to_string(size);
    if (size == 0) return 0;
  }
  for (const std::uint64_t size : sizes)
    if (__builtin_mul_overflow(result, size, &result))
      call.overflow("its multiply-accumulates, " + text + ", are over 64 bits");
  return result;
}

std::uint64_t sum(const Call& call, std::uint64_t left, std::uint64_t right) {
  std::uint64_t result = 0;
  if (__builtin_add_overflow(left, right, &result)) call.overflow("its multiply-accumulates are over 64 bits");
  return result;
}

void same_as_first(Call& call) {
  Value value = make_value(call.input(0).type, {});
  value.shape = call.input(0).shape;
  call.give(0, std::move(value));
}

void no_shape(Call& call) {
  for (std::size_t index = 0; index < call.outputs.size(); ++index) call.outputs[index] = Value{};
}

}  // namespace greenml::model_file::graph

namespace greenml {

std::vector<OperatorRow> list_operators() {
  using model_file::graph::Operator;
  std::vector<OperatorRow> rows;
  for (const Operator& row : model_file::graph::all_operators()) {
    const bool is_tflite = row.domain == "tflite" || row.domain == "custom";
    rows.push_back({is_tflite ? "TFLite" : "ONNX", row.domain == "tflite" ? std::string_view() : row.domain, row.name,
                    row.definition.empty() ? "0" : row.definition});
  }
  // These have no row, since they run graphs of their own.
  rows.push_back({"ONNX", "", "If", "its branch; where that is not known, the costlier one"});
  rows.push_back({"ONNX", "", "Loop", "trips x its body"});
  rows.push_back({"ONNX", "", "Scan", "trips x its body"});
  std::sort(rows.begin(), rows.end(), [](const OperatorRow& left, const OperatorRow& right) {
    return std::tie(left.format, left.domain, left.name) < std::tie(right.format, right.domain, right.name);
  });
  return rows;
}

}  // namespace greenml
