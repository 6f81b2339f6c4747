// The operators of TFLite that multiply, and those that ONNX has no like of. Its tensors have their channels last.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

std::uint64_t whole_size(std::int64_t size) { return static_cast<std::uint64_t>(size); }

/// A step of a window; throws where it is not positive.
std::int64_t step_of(const Call& call, std::string_view name) {
  const std::int64_t step = call.integer(name, 1);
  if (step <= 0) call.wrong(fmt::format("{} is {}", name, step));
  return step;
}

/// How many places a window has along an axis: padding SAME is 0, VALID is 1.
std::int64_t places_along(const Call& call, std::int64_t size, std::int64_t kernel, std::int64_t stride,
                          std::int64_t dilation) {
  if (call.integer("padding", 0) == 0) return (size + stride - 1) / stride;
  std::int64_t reach = 0;
  if (kernel <= 0 || __builtin_mul_overflow(kernel - 1, dilation, &reach) || reach >= size)
    call.wrong(fmt::format("its kernel of {} is larger than {}", kernel, size));
  return (size - reach - 1) / stride + 1;
}

void give_window(Call& call, std::int64_t kernel_height, std::int64_t kernel_width, std::int64_t channels) {
  const Shape& from = call.shape(0);
  if (from.size() != 4) call.wrong("its input is " + shape_text(from) + ", not of four dimensions");
  const std::int64_t height =
      places_along(call, from[1], kernel_height, step_of(call, "stride_h"), step_of(call, "dilation_h"));
  const std::int64_t width =
      places_along(call, from[2], kernel_width, step_of(call, "stride_w"), step_of(call, "dilation_w"));
  call.give(0, call.input(0).type, {from[0], height, width, channels});
}

/// Weights are (output channels, height, width, input channels of a group).
void conv_2d(Call& call) {
  call.check_rank(0, 4);
  const Shape& filters = call.shape(1);
  if (filters.size() != 4 || filters[3] == 0 || call.shape(0)[3] % filters[3] != 0)
    call.wrong(fmt::format("input {} and weight {} do not fit", shape_text(call.shape(0)), shape_text(filters)));
  give_window(call, filters[1], filters[2], filters[0]);
}

/// Weights are (1, height, width, output channels).
void depthwise_conv_2d(Call& call) {
  call.check_rank(0, 4);
  const Shape& filters = call.shape(1);
  if (filters.size() != 4 || call.shape(0)[3] == 0 || filters[3] % call.shape(0)[3] != 0)
    call.wrong(fmt::format("input {} and weight {} do not fit", shape_text(call.shape(0)), shape_text(filters)));
  give_window(call, filters[1], filters[2], filters[3]);
}

/// Each element of `sized` meets the weights of one channel, whose number is dimension `channels` of the weight.
std::uint64_t channel_macs(const Call& call, const Shape& sized, std::size_t channels) {
  call.check_rank(1, channels + 1);
  const std::uint64_t count = whole_size(call.shape(1)[channels]);
  if (count == 0) return 0;
  return product(call, std::array{elements_of(sized), elements_of(call.shape(1)) / count});
}

std::optional<std::uint64_t> conv_2d_macs(const Call& call) { return channel_macs(call, *call.outputs[0].shape, 0); }
std::optional<std::uint64_t> depthwise_macs(const Call& call) { return channel_macs(call, *call.outputs[0].shape, 3); }
std::optional<std::uint64_t> conv_3d_macs(const Call& call) { return channel_macs(call, *call.outputs[0].shape, 4); }

/// Inputs are the output's shape, the weight, and what is convolved.
void transpose_conv(Call& call) {
  if (const std::vector<std::int64_t>* shape = call.whole(0)) call.give(0, call.input(2).type, *shape);
}

template <std::size_t channels>
std::optional<std::uint64_t> transpose_conv_macs(const Call& call) {
  call.check_rank(1, channels + 1);
  call.check_rank(2, channels + 1);
  if (call.shape(1)[channels] != call.shape(2)[channels])
    call.wrong(fmt::format("input {} and weight {} do not fit", shape_text(call.shape(2)), shape_text(call.shape(1))));
  return channel_macs(call, call.shape(2), channels);
}

/// Weights are (depth, height, width, input channels, output channels).
void conv_3d(Call& call) {
  const Shape& from = call.shape(0);
  const Shape& filters = call.shape(1);
  if (from.size() != 5 || filters.size() != 5 || filters[3] == 0 || from[4] % filters[3] != 0)
    call.wrong(fmt::format("input {} and weight {} do not fit", shape_text(from), shape_text(filters)));
  Shape shape = from;
  constexpr auto axes = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"stride_d", "dilation_d"}, {"stride_h", "dilation_h"}, {"stride_w", "dilation_w"}});
  for (std::size_t axis = 0; axis < axes.size(); ++axis)
    shape[axis + 1] = places_along(call, from[axis + 1], filters[axis], step_of(call, axes[axis].first),
                                   step_of(call, axes[axis].second));
  shape[4] = filters[4];
  call.give(0, call.input(0).type, std::move(shape));
}

void pool_2d(Call& call) {
  call.check_rank(0, 4);
  give_window(call, call.integer("filter_height", 0), call.integer("filter_width", 0), call.shape(0)[3]);
}

/// Weights are (outputs, inputs); the input is taken as rows of inputs.
void fully_connected(Call& call) {
  const Shape& from = call.shape(0);
  const Shape& weight = call.shape(1);
  if (weight.size() != 2 || weight[1] == 0 || elements_of(from) % whole_size(weight[1]) != 0)
    call.wrong(fmt::format("input {} and weight {} do not fit", shape_text(from), shape_text(weight)));
  if (call.integer("keep_num_dims", 0) != 0 && !from.empty() && from.back() == weight[1]) {
    Shape shape = from;
    shape.back() = weight[0];
    return call.give(0, call.input(0).type, std::move(shape));
  }
  const std::uint64_t rows = elements_of(from) / whole_size(weight[1]);
  call.give(0, call.input(0).type, {static_cast<std::int64_t>(rows), weight[0]});
}

std::optional<std::uint64_t> fully_connected_macs(const Call& call) {
  call.check_rank(1, 2);
  return product(call, std::array{elements_of(call.shape(0)), whole_size(call.shape(1)[0])});
}

Shape turned(const Call& call, std::size_t input, std::string_view name) {
  call.check_rank(input, 2);
  Shape shape = call.shape(input);
  if (call.integer(name, 0) != 0) std::swap(shape[shape.size() - 1], shape[shape.size() - 2]);
  return shape;
}

void batch_mat_mul(Call& call) {
  const Shape left = turned(call, 0, "adj_x");
  const Shape right = turned(call, 1, "adj_y");
  std::optional<Shape> shape = broadcast(Shape(left.begin(), left.end() - 2), Shape(right.begin(), right.end() - 2));
  if (!shape || left.back() != right[right.size() - 2])
    call.wrong(fmt::format("{} and {} do not multiply", shape_text(left), shape_text(right)));
  shape->push_back(left[left.size() - 2]);
  shape->push_back(right.back());
  call.give(0, call.input(0).type, std::move(*shape));
}

std::optional<std::uint64_t> batch_mat_mul_macs(const Call& call) {
  return product(call, std::array{elements_of(*call.outputs[0].shape), whole_size(turned(call, 0, "adj_x").back())});
}

/// Elements of the inputs from `first` to `last` that are there: weights that are multiplied with in each step.
std::uint64_t weights_in(const Call& call, std::size_t first, std::size_t last) {
  std::uint64_t weights = 0;
  for (std::size_t index = first; index <= last; ++index)
    if (call.has(index)) weights = sum(call, weights, elements_of(call.shape(index)));
  return weights;
}

/// Steps and batch of a sequence, whichever comes first.
std::uint64_t steps_and_batch(const Call& call) {
  call.check_rank(0, 3);
  return product(call, std::array{whole_size(call.shape(0)[0]), whole_size(call.shape(0)[1])});
}

/// Inputs 1 to 4 are weights of the input, 5 to 8 of the state, 16 of the projection; 2 and 6 are always there.
void sequence_lstm(Call& call) {
  call.check_rank(0, 3);
  call.check_rank(2, 2);
  const std::int64_t outputs = call.has(16) ? (call.check_rank(16, 1), call.shape(16)[0]) : call.shape(2)[0];
  call.give(0, call.input(0).type, {call.shape(0)[0], call.shape(0)[1], outputs});
}

std::uint64_t lstm_weights(const Call& call) { return sum(call, weights_in(call, 1, 8), weights_in(call, 16, 16)); }

std::optional<std::uint64_t> sequence_lstm_macs(const Call& call) {
  return product(call, std::array{steps_and_batch(call), lstm_weights(call)});
}

/// The forward and the backward outputs stand one after the other, or are two: the file says it.
void both_ways_lstm(Call& call) {
  call.input(1);
  no_shape(call);
}

/// Both directions: inputs 1 to 8 and 16 forwards, 18 to 25 and 33 backwards, 40 to 47 of an auxiliary input.
std::optional<std::uint64_t> both_ways_lstm_macs(const Call& call) {
  constexpr std::array<std::pair<std::size_t, std::size_t>, 5> weights{
      {{1, 8}, {16, 16}, {18, 25}, {33, 33}, {40, 47}}};
  std::uint64_t sum = 0;
  for (const auto& [first, last] : weights)
    if (__builtin_add_overflow(sum, weights_in(call, first, last), &sum)) call.overflow("its weights are over 64 bits");
  return product(call, std::array{steps_and_batch(call), sum});
}

/// One step. With five inputs, all weights are one matrix: input 2.
void lstm_step(Call& call) {
  call.check_rank(0, 2);
  const std::size_t weight = 2;
  call.check_rank(weight, 2);
  const bool is_basic = call.inputs.size() <= 5;
  const std::int64_t cells = is_basic ? call.shape(weight)[0] / 4 : call.shape(weight)[0];
  const std::int64_t outputs = !is_basic && call.has(16) ? (call.check_rank(16, 1), call.shape(16)[0]) : cells;
  call.give(0, call.input(0).type, {call.shape(0)[0], outputs});
}

std::optional<std::uint64_t> lstm_step_macs(const Call& call) {
  call.check_rank(0, 1);
  const std::uint64_t weights = call.inputs.size() <= 5 ? weights_in(call, 2, 2) : lstm_weights(call);
  return product(call, std::array{whole_size(call.shape(0)[0]), weights});
}

/// Inputs are the input, its weights, those of the state, a bias, and the state.
void rnn_step(Call& call) {
  call.check_rank(0, 2);
  call.check_rank(1, 2);
  call.give(0, call.input(0).type, {call.shape(0)[0], call.shape(1)[0]});
}

std::optional<std::uint64_t> rnn_step_macs(const Call& call) {
  return product(call, std::array{whole_size(call.shape(0)[0]), weights_in(call, 1, 2)});
}

void sequence_rnn(Call& call) {
  call.check_rank(0, 3);
  call.check_rank(1, 2);
  call.give(0, call.input(0).type, {call.shape(0)[0], call.shape(0)[1], call.shape(1)[0]});
}

std::optional<std::uint64_t> sequence_rnn_macs(const Call& call) {
  return product(call, std::array{steps_and_batch(call), weights_in(call, 1, 2)});
}

/// Several filters make one output, as many as the rank.
void svdf(Call& call) {
  call.check_rank(0, 2);
  call.check_rank(1, 2);
  const std::int64_t rank = call.integer("rank", 1);
  if (rank <= 0 || call.shape(1)[0] % rank != 0)
    call.wrong(fmt::format("{} filters are no multiple of rank {}", call.shape(1)[0], rank));
  call.give(0, call.input(0).type, {call.shape(0)[0], call.shape(1)[0] / rank});
}

/// Inputs are the input, weights of features, weights of time, a bias, and the state.
std::optional<std::uint64_t> svdf_macs(const Call& call) {
  call.check_rank(0, 1);
  return product(call, std::array{whole_size(call.shape(0)[0]), weights_in(call, 1, 2)});
}

/// Blocks of space become batches, or back: block sizes and pads are inputs.
void space_to_batch(Call& call) {
  const std::vector<std::int64_t>* blocks = call.whole(1);
  const std::vector<std::int64_t>* pads = call.whole(2);
  if (blocks == nullptr || pads == nullptr) return;
  Shape shape = call.shape(0);
  if (pads->size() != 2 * blocks->size() || blocks->size() + 1 > shape.size()) call.wrong("its blocks do not fit");
  const bool is_back = call.model.names[call.node.operator_name] == "BATCH_TO_SPACE_ND";
  for (std::size_t axis = 0; axis < blocks->size(); ++axis) {
    const std::int64_t block = (*blocks)[axis];
    std::int64_t& size = shape[axis + 1];
    const std::int64_t before = (*pads)[2 * axis];
    const std::int64_t after = (*pads)[2 * axis + 1];
    if (block <= 0 || before < 0 || before >= most_dimension || after < 0 || after >= most_dimension)
      call.wrong("its blocks do not fit");
    const std::int64_t room = before + after;
    std::int64_t& outer = is_back ? size : shape[0];
    if (__builtin_mul_overflow(outer, block, &outer)) call.overflow("a dimension is over 64 bits");
    size += is_back ? -room : room;
    std::int64_t& inner = is_back ? shape[0] : size;
    if (size < 0 || inner % block != 0) call.wrong("its blocks do not fit");
    inner /= block;
  }
  call.give(0, call.input(0).type, std::move(shape));
}

void matrix_diag(Call& call) {
  call.check_rank(0, 1);
  Shape shape = call.shape(0);
  shape.push_back(shape.back());
  call.give(0, call.input(0).type, std::move(shape));
}

void sparse_to_dense(Call& call) {
  if (const std::vector<std::int64_t>* shape = call.whole(1)) call.give(0, call.input(2).type, *shape);
}

constexpr std::string_view channel_words = "elements(output) x elements(weight) / output channels";
constexpr std::string_view input_words = "elements(input) x elements(weight) / input channels";
constexpr std::string_view step_words = "steps x batch x (elements of W + elements of R), and those of a projection";
constexpr std::string_view product_words = "batch x M x N x K";

constexpr auto tflite_rows = std::to_array<Operator>({
    {"tflite", "CONV_2D", conv_2d, conv_2d_macs, "wwi", channel_words},
    {"tflite", "DEPTHWISE_CONV_2D", depthwise_conv_2d, depthwise_macs, "wwi", channel_words},
    {"tflite", "CONV_3D", conv_3d, conv_3d_macs, "wwi", channel_words},
    {"tflite", "TRANSPOSE_CONV", transpose_conv, transpose_conv_macs<3>, "-wwi", input_words},
    {"tflite", "CONV_3D_TRANSPOSE", transpose_conv, transpose_conv_macs<4>, "-wwi", input_words},
    {"tflite", "FULLY_CONNECTED", fully_connected, fully_connected_macs, "wwi", product_words},
    {"tflite", "BATCH_MATMUL", batch_mat_mul, batch_mat_mul_macs, "w", product_words},
    {"tflite", "UNIDIRECTIONAL_SEQUENCE_LSTM", sequence_lstm, sequence_lstm_macs, "wwwwwwwwwwwwiiiiwi--w", step_words},
    {"tflite", "BIDIRECTIONAL_SEQUENCE_LSTM", both_ways_lstm, both_ways_lstm_macs,
     "wwwwwwwwwwwwiiiiwiwwwwwwwwwwwiiiiwi----w", step_words},
    {"tflite", "LSTM", lstm_step, lstm_step_macs, "wwwiwwwwwwwwiiiiwi--w", step_words},
    {"tflite", "RNN", rnn_step, rnn_step_macs, "wwwi-", step_words},
    {"tflite", "UNIDIRECTIONAL_SEQUENCE_RNN", sequence_rnn, sequence_rnn_macs, "wwwi-", step_words},
    {"tflite", "SVDF", svdf, svdf_macs, "wwwi-", "batch x (elements of feature weights + elements of time weights)"},
    {"tflite", "AVERAGE_POOL_2D", pool_2d},
    {"tflite", "MAX_POOL_2D", pool_2d},
    {"tflite", "L2_POOL_2D", pool_2d},
    {"tflite", "SPACE_TO_BATCH_ND", space_to_batch, nullptr, "w-"},
    {"tflite", "BATCH_TO_SPACE_ND", space_to_batch, nullptr, "w-"},
    {"tflite", "ADD_N", broadcast_inputs},
    {"tflite", "SQUARED_DIFFERENCE", broadcast_inputs},
    {"tflite", "ATAN2", broadcast_inputs},
    {"tflite", "BITWISE_XOR", broadcast_inputs},
    {"tflite", "RIGHT_SHIFT", broadcast_inputs},
    {"tflite", "CAST", same_as_first, nullptr, ">"},
    {"tflite", "DENSIFY", same_as_first, nullptr, ">"},
    {"tflite", "DYNAMIC_UPDATE_SLICE", same_as_first, nullptr, "ww-"},
    {"tflite", "MATRIX_DIAG", matrix_diag},
    {"tflite", "MATRIX_SET_DIAG", same_as_first},
    {"tflite", "SPARSE_TO_DENSE", sparse_to_dense, nullptr, "--w"},
    {"tflite", "BROADCAST_ARGS", no_shape, nullptr, "-"},
    {"tflite", "REAL", same_as_first},
    {"tflite", "IMAG", same_as_first},
    {"tflite", "COMPLEX_ABS", same_as_first},
    {"tflite", "BITCAST", no_shape, nullptr, ">"},
    {"tflite", "BUCKETIZE", same_as_first},
    {"tflite", "RFFT2D", no_shape, nullptr, "w-"},
    {"tflite", "SEGMENT_SUM", no_shape, nullptr, "w-"},
    {"tflite", "UNSORTED_SEGMENT_SUM", no_shape, nullptr, "w-"},
    {"tflite", "UNSORTED_SEGMENT_MAX", no_shape, nullptr, "w-"},
    {"tflite", "UNSORTED_SEGMENT_MIN", no_shape, nullptr, "w-"},
    {"tflite", "UNSORTED_SEGMENT_PROD", no_shape, nullptr, "w-"},
    {"tflite", "RANDOM_STANDARD_NORMAL", no_shape, nullptr, "-"},
    {"tflite", "RANDOM_UNIFORM", no_shape, nullptr, "-"},
    {"tflite", "MULTINOMIAL", no_shape, nullptr, "w-"},
    // Variables are kept from one pass to the next.
    {"tflite", "VAR_HANDLE", no_shape, nullptr, "-"},
    {"tflite", "READ_VARIABLE", no_shape, nullptr, "-", {}, Needs::nothing},
    {"tflite", "ASSIGN_VARIABLE", no_shape, nullptr, "-w", {}, Needs::nothing},
    {"custom", "TFLite_Detection_PostProcess", no_shape, nullptr, "wwm"},
});

}  // namespace

std::span<const Operator> tflite_operators() { return tflite_rows; }

}  // namespace greenml::model_file::graph
