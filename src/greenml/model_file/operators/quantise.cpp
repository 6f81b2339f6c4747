#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

void quantize(Call& call) {
  same_as_first(call);
  if (call.outputs.empty()) return;
  const std::int64_t stated = call.integer("output_dtype", 0);
  call.outputs[0].type = call.has(2) ? call.input(2).type : stated != 0 ? static_cast<Type>(stated) : Type::uint8;
}

void dequantize(Call& call) {
  same_as_first(call);
  if (!call.outputs.empty()) call.outputs[0].type = call.has(1) ? call.input(1).type : Type::float32;
}

void dynamic_quantize(Call& call) {
  call.give(0, Type::uint8, call.shape(0));
  call.give(1, Type::float32, {});
  call.give(2, Type::uint8, {});
}

/// QLinearAdd and QLinearMul: a tensor, its scale and zero point, then the other.
void two_tensors(Call& call) {
  const std::optional<Shape> shape = broadcast(call.shape(0), call.shape(3));
  if (!shape) call.wrong(shape_text(call.shape(0)) + " and " + shape_text(call.shape(3)) + " do not broadcast");
  call.give(0, call.input(0).type, *shape);
}

/// QLinearConcat: scale and zero point of the output, then three inputs for each tensor.
void quantized_concat(Call& call) {
  Shape shape = call.shape(2);
  const std::size_t axis = call.axis(call.integer("axis", 0), shape.size());
  shape[axis] = 0;
  for (std::size_t index = 2; index < call.inputs.size(); index += 3) {
    if (call.shape(index).size() != shape.size()) call.wrong("its inputs differ in dimensions");
    shape[axis] += call.shape(index)[axis];
  }
  call.give(0, call.input(2).type, std::move(shape));
}

/// Rows of a table of 4-bit numbers, two in a byte.
void gather_quantized(Call& call) {
  call.check_rank(0, 1);
  Shape data = call.shape(0);
  const std::size_t axis = call.axis(call.integer("gather_axis", 0), data.size());
  const std::int64_t bits = call.integer("bits", 4);
  if (call.input(0).type == Type::uint8 && bits > 0 && bits <= 8) data.back() *= 8 / bits;
  Shape shape(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(axis));
  shape.insert(shape.end(), call.shape(1).begin(), call.shape(1).end());
  shape.insert(shape.end(), data.begin() + static_cast<std::ptrdiff_t>(axis) + 1, data.end());
  call.give(0, call.input(2).type, std::move(shape));
}

constexpr auto quantise_rows = std::to_array<Operator>({
    {"", "QuantizeLinear", quantize, nullptr, ">q"},
    {"", "DequantizeLinear", dequantize, nullptr, "dq"},
    {"", "DynamicQuantizeLinear", dynamic_quantize},
    {"com.microsoft", "QuantizeLinear", quantize, nullptr, ">q"},
    {"com.microsoft", "DequantizeLinear", dequantize, nullptr, "dq"},
    {"com.microsoft", "QLinearAdd", two_tensors, nullptr, "wqqwqqqq"},
    {"com.microsoft", "QLinearMul", two_tensors, nullptr, "wqqwqqqq"},
    {"com.microsoft", "QLinearConcat", quantized_concat, nullptr, "qq*wqq"},
    {"com.microsoft", "QLinearLeakyRelu", same_as_first, nullptr, "wq"},
    {"com.microsoft", "QLinearSigmoid", same_as_first, nullptr, "wq"},
    {"com.microsoft", "QLinearSoftmax", same_as_first, nullptr, "wq"},
    {"com.microsoft", "GatherBlockQuantized", gather_quantized, nullptr, "g-q"},
    {"tflite", "QUANTIZE", same_as_first, nullptr, ">"},
    {"tflite", "DEQUANTIZE", same_as_first, nullptr, "d"},
    {"tflite", "FAKE_QUANT", same_as_first, nullptr, ">"},
});

}  // namespace

std::span<const Operator> quantise_operators() { return quantise_rows; }

}  // namespace greenml::model_file::graph
