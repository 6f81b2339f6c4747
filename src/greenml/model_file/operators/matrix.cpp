#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

[[noreturn]] void do_not_multiply(const Call& call, const Shape& left, const Shape& right) {
  call.wrong(fmt::format("{} and {} do not multiply", shape_text(left), shape_text(right)));
}

/// The shape of a product of two stacks of matrices; vectors lose the dimension that they lack.
Shape product_shape(const Call& call, Shape left, Shape right) {
  const bool left_vector = left.size() == 1;
  const bool right_vector = right.size() == 1;
  if (left.empty() || right.empty()) do_not_multiply(call, left, right);
  if (left_vector) left.insert(left.begin(), 1);
  if (right_vector) right.push_back(1);
  if (left.back() != right[right.size() - 2]) do_not_multiply(call, left, right);
  std::optional<Shape> shape = broadcast(Shape(left.begin(), left.end() - 2), Shape(right.begin(), right.end() - 2));
  if (!shape) do_not_multiply(call, left, right);
  if (!left_vector) shape->push_back(left[left.size() - 2]);
  if (!right_vector) shape->push_back(right.back());
  return *shape;
}

void multiply(Call& call, std::size_t right, Type type) {
  call.give(0, type, product_shape(call, call.shape(0), call.shape(right)));
}

void mat_mul(Call& call) { multiply(call, 1, call.input(0).type); }
void mat_mul_integer(Call& call) { multiply(call, 1, Type::int32); }
void qlinear_mat_mul(Call& call) { multiply(call, 3, call.input(0).type); }
void mat_mul_to_float(Call& call) { multiply(call, 1, Type::float32); }

/// Each element of the output is a sum over the shared dimension.
std::optional<std::uint64_t> product_macs(const Call& call) {
  return product(call,
                 std::array{elements_of(*call.outputs[0].shape), static_cast<std::uint64_t>(call.shape(0).back())});
}

Shape swapped(const Call& call, Shape shape, std::string_view transposed, std::string_view batch) {
  if (shape.size() > 1 && call.integer(batch, 0) != 0) std::rotate(shape.begin(), shape.begin() + 1, shape.end() - 1);
  if (shape.size() > 1 && call.integer(transposed, 0) != 0) std::swap(shape[shape.size() - 1], shape[shape.size() - 2]);
  return shape;
}

void fused_mat_mul(Call& call) {
  call.give(0, call.input(0).type,
            product_shape(call, swapped(call, call.shape(0), "transA", "transBatchA"),
                          swapped(call, call.shape(1), "transB", "transBatchB")));
}

std::optional<std::uint64_t> fused_mat_mul_macs(const Call& call) {
  const Shape left = swapped(call, call.shape(0), "transA", "transBatchA");
  return product(call, std::array{elements_of(*call.outputs[0].shape), static_cast<std::uint64_t>(left.back())});
}

/// Old opsets take tensors of more dimensions as matrices.
Shape as_matrix(const Call& call, std::size_t index) {
  const Shape& shape = call.shape(index);
  if (shape.size() == 2) return shape;
  if (shape.size() < 2 || call.opset >= 7)
    call.wrong(fmt::format("input {} is {}, no matrix", index, shape_text(shape)));
  const std::uint64_t rest = elements_of(Shape(shape.begin() + 1, shape.end()));
  return {shape[0], static_cast<std::int64_t>(std::min<std::uint64_t>(rest, INT64_MAX))};
}

Shape gemm_shape(const Call& call, std::size_t right, std::uint64_t& shared) {
  Shape left = as_matrix(call, 0);
  Shape other = as_matrix(call, right);
  if (call.integer("transA", 0) != 0) std::swap(left[0], left[1]);
  if (call.integer("transB", 0) != 0) std::swap(other[0], other[1]);
  if (left[1] != other[0]) do_not_multiply(call, left, other);
  shared = static_cast<std::uint64_t>(left[1]);
  return {left[0], other[1]};
}

template <std::size_t right>
void gemm(Call& call) {
  std::uint64_t shared = 0;
  call.give(0, call.input(0).type, gemm_shape(call, right, shared));
}

template <std::size_t right>
std::optional<std::uint64_t> gemm_macs(const Call& call) {
  std::uint64_t shared = 0;
  const Shape shape = gemm_shape(call, right, shared);
  return product(call, std::array{elements_of(shape), shared});
}

/// A matrix that is packed: K and N are attributes.
void packed_mat_mul(Call& call) {
  call.check_rank(0, 1);
  Shape shape = call.shape(0);
  const std::int64_t inner = call.integer("K", 0);
  const std::int64_t columns = call.integer("N", 0);
  if (inner <= 0 || columns <= 0 || shape.back() != inner)
    call.wrong(fmt::format("{} and {}x{} do not multiply", shape_text(shape), inner, columns));
  shape.back() = columns;
  call.give(0, call.input(0).type, std::move(shape));
}

/// The equation of an Einsum with its labels replaced by sizes.
struct Equation {
  Shape output;
  std::map<char, std::int64_t> sizes;  ///< of each label
  Shape broadcasts;                    ///< the dimensions of "..."
};

std::string labels_of(const Call& call, std::string_view text) {
  std::string labels;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ' ') continue;
    if (text.substr(at).starts_with("...")) {
      labels += '.';
      at += 2;
    } else if ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z')) {
      labels += text[at];
    } else {
      call.wrong("its equation has a character that is no label");
    }
  }
  return labels;
}

/// Joins the sizes of one term to those of the terms before.
void take_term(const Call& call, Equation& equation, const std::string& labels, const Shape& shape) {
  const auto dots = static_cast<std::size_t>(std::count(labels.begin(), labels.end(), '.'));
  if (dots > 1 || labels.size() - dots > shape.size() || (dots == 0 && labels.size() != shape.size()))
    call.wrong("a term of its equation does not fit " + shape_text(shape));
  std::size_t axis = 0;
  for (const char label : labels) {
    if (label == '.') {
      const std::size_t count = shape.size() - (labels.size() - 1);
      const auto begin = shape.begin() + static_cast<std::ptrdiff_t>(axis);
      const std::optional<Shape> both =
          broadcast(equation.broadcasts, Shape(begin, begin + static_cast<std::ptrdiff_t>(count)));
      if (!both) call.wrong("its inputs do not broadcast");
      equation.broadcasts = *both;
      axis += count;
      continue;
    }
    std::int64_t& size = equation.sizes.try_emplace(label, 1).first->second;
    if (size != 1 && shape[axis] != 1 && size != shape[axis])
      call.wrong(fmt::format("index {} is {} and {}", label, size, shape[axis]));
    if (size == 1) size = shape[axis];
    ++axis;
  }
}

Equation equation_of(const Call& call) {
  const std::string_view text = call.text("equation", "");
  const std::size_t arrow = text.find("->");
  std::string_view left = text.substr(0, arrow);
  Equation equation;
  std::string all;
  for (std::size_t input = 0; input < call.inputs.size(); ++input) {
    const std::size_t comma = left.find(',');
    if ((comma == std::string_view::npos) != (input + 1 == call.inputs.size()))
      call.wrong("its equation has other terms than it has inputs");
    const std::string labels = labels_of(call, left.substr(0, comma));
    all += labels;
    take_term(call, equation, labels, call.shape(input));
    left = comma == std::string_view::npos ? std::string_view() : left.substr(comma + 1);
  }
  std::string output;
  if (arrow != std::string_view::npos) {
    output = labels_of(call, text.substr(arrow + 2));
  } else {
    // Without an arrow, "..." and the labels that are there once, in the order of the alphabet.
    if (all.find('.') != std::string::npos) output = ".";
    for (const auto& [label, size] : equation.sizes)
      if (std::count(all.begin(), all.end(), label) == 1) output += label;
  }
  for (const char label : output) {
    if (label == '.') {
      equation.output.insert(equation.output.end(), equation.broadcasts.begin(), equation.broadcasts.end());
    } else {
      const auto found = equation.sizes.find(label);
      if (found == equation.sizes.end()) call.wrong("its equation has an output index that no input has");
      equation.output.push_back(found->second);
    }
  }
  return equation;
}

void einsum(Call& call) { call.give(0, call.input(0).type, equation_of(call).output); }

std::optional<std::uint64_t> einsum_macs(const Call& call) {
  if (call.inputs.size() < 2) return 0;
  const Equation equation = equation_of(call);
  std::vector<std::uint64_t> sizes;
  for (const auto& [label, size] : equation.sizes) sizes.push_back(static_cast<std::uint64_t>(size));
  for (const std::int64_t size : equation.broadcasts) sizes.push_back(static_cast<std::uint64_t>(size));
  if (call.inputs.size() > 2) {
    sizes.push_back(call.inputs.size() - 1);
    call.notes.push_back(
        fmt::format("{} has {} operands: each index is counted {} times, whatever the order of products",
                    call.model.shown(call.node), call.inputs.size(), call.inputs.size() - 1));
  }
  return product(call, sizes);
}

constexpr std::string_view matrix_words = "batch x M x N x K";

constexpr auto matrix_rows = std::to_array<Operator>({
    {"", "MatMul", mat_mul, product_macs, "w", matrix_words},
    {"", "Gemm", gemm<1>, gemm_macs<1>, "w", matrix_words},
    {"", "MatMulInteger", mat_mul_integer, product_macs, "wwq", matrix_words},
    {"", "QLinearMatMul", qlinear_mat_mul, product_macs, "wqqwqq", matrix_words},
    {"", "Einsum", einsum, einsum_macs, "w", "product of all index sizes x (operands - 1)"},
    {"com.microsoft", "FusedMatMul", fused_mat_mul, fused_mat_mul_macs, "w", matrix_words},
    {"com.microsoft", "TransposeMatMul", fused_mat_mul, fused_mat_mul_macs, "w", matrix_words},
    {"com.microsoft", "FusedMatMulActivation", fused_mat_mul, fused_mat_mul_macs, "w", matrix_words},
    {"com.microsoft", "GemmFastGelu", mat_mul, product_macs, "w", matrix_words},
    {"com.microsoft", "FusedGemm", gemm<1>, gemm_macs<1>, "w", matrix_words},
    {"com.microsoft", "QGemm", gemm<3>, gemm_macs<3>, "wqqwqqiq", matrix_words},
    {"com.microsoft", "MatMulInteger16", mat_mul_integer, product_macs, "w", matrix_words},
    {"com.microsoft", "MatMulIntegerToFloat", mat_mul_to_float, product_macs, "wwqqqqw", matrix_words},
    {"com.microsoft", "DynamicQuantizeMatMul", mat_mul_to_float, product_macs, "wwqqw", matrix_words},
    {"com.microsoft", "MatMulNBits", packed_mat_mul, product_macs, "wkqq-w", matrix_words},
    {"com.microsoft", "MatMulBnb4", packed_mat_mul, product_macs, "wkq", matrix_words},
});

}  // namespace

std::span<const Operator> matrix_operators() { return matrix_rows; }

}  // namespace greenml::model_file::graph
