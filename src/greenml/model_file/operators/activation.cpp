#include <array>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// BatchNormalization: statistics besides, where it is in training.
void batch_normalization(Call& call) {
  same_as_first(call);
  for (std::size_t index = 1; index < call.outputs.size(); ++index) {
    const std::size_t from = index % 2 == 1 ? 3 : 4;
    if (call.known(from)) call.give(index, call.input(from).type, call.shape(from));
  }
}

/// LayerNormalization: mean and inverse deviation besides.
void layer_normalization(Call& call) {
  same_as_first(call);
  Shape statistics = call.shape(0);
  const std::size_t axis = call.axis(call.integer("axis", -1), statistics.size());
  for (std::size_t index = axis; index < statistics.size(); ++index) statistics[index] = 1;
  call.give(1, Type::float32, statistics);
  call.give(2, Type::float32, statistics);
}

/// SkipLayerNormalization: output 3 is the sum of input and skip.
void skip_layer_normalization(Call& call) {
  same_as_first(call);
  if (call.outputs.size() > 3) call.give(3, call.input(0).type, call.shape(0));
}

/// The shape of input 0, and a type that can be said.
void same_as_first_of_type(Call& call) {
  const auto type = static_cast<Type>(call.integer("dtype", static_cast<std::int64_t>(call.input(0).type)));
  call.give(0, type, call.shape(0));
}

/// SkipGroupNorm: output 1 is the sum of input and skip.
void skip_group_norm(Call& call) {
  same_as_first(call);
  call.give(1, call.input(0).type, call.shape(0));
}

/// BiasSplitGelu: half of the channels.
void split_gelu(Call& call) {
  Shape shape = call.shape(0);
  call.check_rank(0, 1);
  shape.back() /= 2;
  call.give(0, call.input(0).type, std::move(shape));
}

// Their one output is as input 0.
constexpr auto activations = std::to_array<std::string_view>({
    "Acos",
    "Acosh",
    "Asin",
    "Asinh",
    "Atan",
    "Atanh",
    "BitwiseNot",
    "Celu",
    "Cos",
    "Cosh",
    "CumProd",
    "Elu",
    "Erf",
    "Exp",
    "Gelu",
    "HardSigmoid",
    "HardSwish",
    "Hardmax",
    "LeakyRelu",
    "Log",
    "LogSoftmax",
    "LpNormalization",
    "LRN",
    "MeanVarianceNormalization",
    "Mish",
    "Relu",
    "Selu",
    "Shrink",
    "Sigmoid",
    "Sin",
    "Sinh",
    "Softmax",
    "Softplus",
    "Softsign",
    "Swish",
    "Tan",
    "Tanh",
    "ThresholdedRelu",
    "GroupNormalization",
    "InstanceNormalization",
    "PRelu",
    "ImageScaler",
    "ParametricSoftplus",
    "Scale",
    "ScaledTanh",
    "Affine",
    "FastGelu",
    "BitCast",
});
// Likewise; their other inputs are no weights.
constexpr auto with_options = std::to_array<std::string_view>({"ReverseSequence", "CumSum", "Trilu"});
constexpr auto of_stated_type =
    std::to_array<std::string_view>({"Bernoulli", "EyeLike", "RandomNormalLike", "RandomUniformLike"});
constexpr auto contributed = std::to_array<std::string_view>(
    {"FastGelu", "Gelu", "QuickGelu", "BiasGelu", "BiasAdd", "GroupNorm", "BiasSoftmax", "Inverse", "Trilu"});
constexpr auto of_tflite = std::to_array<std::string_view>({
    "CEIL",        "COS",
    "ELU",         "EXP",
    "FLOOR",       "GELU",
    "HARD_SWISH",  "L2_NORMALIZATION",
    "LEAKY_RELU",  "LOCAL_RESPONSE_NORMALIZATION",
    "LOG",         "LOGISTIC",
    "LOG_SOFTMAX", "PRELU",
    "RELU",        "RELU6",
    "RELU_0_TO_1", "RELU_N1_TO_1",
    "ROUND",       "RSQRT",
    "SIGN",        "SIN",
    "SOFTMAX",     "SQRT",
    "SQUARE",      "TANH",
    "ZEROS_LIKE",  "CUMSUM",
    "REVERSE_V2",  "REVERSE_SEQUENCE",
});

constexpr auto rows_of_normalisations = std::to_array<Operator>({
    {"", "BatchNormalization", batch_normalization, nullptr, "wwwmm"},
    {"", "LayerNormalization", layer_normalization},
    {"com.microsoft", "SkipLayerNormalization", skip_layer_normalization},
    {"com.microsoft", "SkipSimplifiedLayerNormalization", skip_layer_normalization},
    {"", "SimplifiedLayerNormalization", layer_normalization},
    {"com.microsoft", "SimplifiedLayerNormalization", layer_normalization},
    {"", "RMSNormalization", layer_normalization},
    {"com.microsoft", "SkipGroupNorm", skip_group_norm},
    {"com.microsoft", "BiasSplitGelu", split_gelu},
});

std::vector<Operator> make_rows() {
  std::vector<Operator> rows(rows_of_normalisations.begin(), rows_of_normalisations.end());
  for (const std::string_view name : activations) rows.push_back({"", name, same_as_first});
  for (const std::string_view name : with_options) rows.push_back({"", name, same_as_first, nullptr, "w-"});
  for (const std::string_view name : of_stated_type) rows.push_back({"", name, same_as_first_of_type, nullptr, "-"});
  for (const std::string_view name : contributed) rows.push_back({"com.microsoft", name, same_as_first});
  for (const std::string_view name : of_tflite) rows.push_back({"tflite", name, same_as_first});
  return rows;
}

}  // namespace

std::span<const Operator> activation_operators() {
  static const std::vector<Operator> rows = make_rows();
  return rows;
}

}  // namespace greenml::model_file::graph
