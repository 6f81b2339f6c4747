#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// How a window moves over the axes behind batch and channels.
struct SlidingWindow {
  Shape kernel;
  Shape strides;
  Shape dilations;
  Shape pads;  ///< all begins, then all ends
  std::string_view automatic;
};

Shape positive(const Call& call, std::string_view name, std::size_t axes) {
  Shape values = call.integers(name).value_or(Shape());
  if (values.empty()) values.assign(axes, 1);
  if (values.size() != axes) call.wrong(fmt::format("{} has {} numbers for {} axes", name, values.size(), axes));
  for (const std::int64_t value : values)
    if (value <= 0 || value >= most_dimension) call.wrong(fmt::format("{} has a {}", name, value));
  return values;
}

SlidingWindow window(const Call& call, Shape kernel) {
  SlidingWindow result;
  const std::size_t axes = kernel.size();
  for (const std::int64_t size : kernel)
    if (size <= 0 || size >= most_dimension) call.wrong(fmt::format("its kernel has a dimension of {}", size));
  result.kernel = std::move(kernel);
  result.strides = positive(call, "strides", axes);
  result.dilations = positive(call, "dilations", axes);
  result.pads = call.integers("pads").value_or(Shape());
  if (result.pads.empty()) result.pads.assign(2 * axes, 0);
  if (result.pads.size() != 2 * axes) call.wrong("its pads are not two an axis");
  for (const std::int64_t pad : result.pads)
    if (pad <= -most_dimension || pad >= most_dimension) call.overflow("a pad is over 2^40");
  result.automatic = call.text("auto_pad", "NOTSET");
  return result;
}

bool is_same(const SlidingWindow& window) { return window.automatic.starts_with("SAME"); }

/// How many places a window has along an axis.
std::int64_t places(const Call& call, const SlidingWindow& window, std::size_t axis, std::int64_t size, bool round_up) {
  const std::int64_t stride = window.strides[axis];
  if (is_same(window)) return (size + stride - 1) / stride;
  std::int64_t reach = 0;
  if (__builtin_mul_overflow(window.kernel[axis] - 1, window.dilations[axis], &reach) || reach >= most_dimension)
    call.overflow("its kernel reaches over 2^40");
  const bool padded = window.automatic != "VALID";
  const std::int64_t before = padded ? window.pads[axis] : 0;
  const std::int64_t after = padded ? window.pads[axis + window.kernel.size()] : 0;
  const std::int64_t room = size + before + after - reach - 1;
  if (round_up && room < 0 && room > -stride) return 1;  // a window that is partly outside
  if (room < 0) call.wrong(fmt::format("its kernel is larger than {} padded", size));
  if (!round_up) return room / stride + 1;
  const std::int64_t count = (room + stride - 1) / stride + 1;
  // A window that begins behind the input sees nothing.
  return (count - 1) * stride >= size + before ? count - 1 : count;
}

Shape kernel_of(const Call& call, std::size_t weight) {
  const Shape& shape = call.shape(weight);
  Shape from_weight(shape.begin() + 2, shape.end());
  const std::optional<Shape> stated = call.integers("kernel_shape");
  if (stated && !stated->empty() && *stated != from_weight)
    call.wrong("kernel_shape is " + shape_text(*stated) + ", its weight has " + shape_text(from_weight));
  return from_weight;
}

void convolve(Call& call, std::size_t weight, Type type) {
  const Shape& from = call.shape(0);
  const Shape& filters = call.shape(weight);
  if (from.size() < 3 || filters.size() != from.size())
    call.wrong(fmt::format("input {} and weight {} do not fit", shape_text(from), shape_text(filters)));
  const std::int64_t group = call.integer("group", 1);
  if (group <= 0 || group >= most_dimension || filters[1] >= most_dimension / group || from[1] != filters[1] * group ||
      filters[0] % group != 0)
    call.wrong(
        fmt::format("input {} and weight {} do not fit in {} group(s)", shape_text(from), shape_text(filters), group));
  const SlidingWindow moved = window(call, kernel_of(call, weight));
  Shape shape{from[0], filters[0]};
  for (std::size_t axis = 0; axis < moved.kernel.size(); ++axis)
    shape.push_back(places(call, moved, axis, from[axis + 2], false));
  call.give(0, type, std::move(shape));
}

void conv(Call& call) { convolve(call, 1, call.input(0).type); }
void conv_integer(Call& call) { convolve(call, 1, Type::int32); }
void qlinear_conv(Call& call) { convolve(call, 3, call.input(0).type); }

std::optional<std::uint64_t> window_macs(const Call& call, std::size_t weight, std::uint64_t places_of_filter) {
  const std::uint64_t filters = static_cast<std::uint64_t>(call.shape(weight)[0]);
  if (filters == 0) return 0;
  return product(call, std::array{places_of_filter, elements_of(call.shape(weight)) / filters});
}

std::optional<std::uint64_t> conv_macs(const Call& call) {
  return window_macs(call, 1, elements_of(*call.outputs[0].shape));
}
std::optional<std::uint64_t> qlinear_conv_macs(const Call& call) {
  return window_macs(call, 3, elements_of(*call.outputs[0].shape));
}
/// Each element of the input is multiplied with the weights of its channel.
std::optional<std::uint64_t> conv_transpose_macs(const Call& call) {
  return window_macs(call, 1, elements_of(call.shape(0)));
}

void conv_transpose(Call& call) {
  const Shape& from = call.shape(0);
  const Shape& filters = call.shape(1);
  if (from.size() < 3 || filters.size() != from.size() || from[1] != filters[0])
    call.wrong(fmt::format("input {} and weight {} do not fit", shape_text(from), shape_text(filters)));
  const std::int64_t group = call.integer("group", 1);
  if (group <= 0 || group >= most_dimension || filters[1] >= most_dimension / group)
    call.wrong(fmt::format("it has {} groups", group));
  const SlidingWindow moved = window(call, kernel_of(call, 1));
  const std::size_t axes = moved.kernel.size();
  Shape extra = call.integers("output_padding").value_or(Shape());
  if (extra.empty()) extra.assign(axes, 0);
  Shape stated = call.integers("output_shape").value_or(Shape());
  if (stated.size() == axes + 2) stated.erase(stated.begin(), stated.begin() + 2);
  if (extra.size() != axes || (!stated.empty() && stated.size() != axes)) call.wrong("its output has other axes");
  Shape shape{from[0], filters[1] * group};
  for (std::size_t axis = 0; axis < axes; ++axis) {
    std::int64_t size = 0;
    std::int64_t reach = 0;
    if (__builtin_mul_overflow(from[axis + 2], moved.strides[axis], &size) ||
        __builtin_mul_overflow(moved.kernel[axis] - 1, moved.dilations[axis], &reach) || size >= most_dimension ||
        reach >= most_dimension || extra[axis] < 0 || extra[axis] >= most_dimension)
      call.overflow("its output is over 2^40");
    if (!stated.empty())
      size = stated[axis];
    else if (!is_same(moved))
      size += extra[axis] + reach + 1 - moved.strides[axis] -
              (moved.automatic == "VALID" ? 0 : moved.pads[axis] + moved.pads[axis + axes]);
    if (size < 0) call.wrong("its pads are larger than its output");
    shape.push_back(size);
  }
  call.give(0, call.input(0).type, std::move(shape));
}

void pool(Call& call) {
  call.check_rank(0, 3);
  const Shape& from = call.shape(0);
  const std::optional<Shape> kernel = call.integers("kernel_shape");
  if (!kernel || kernel->size() != from.size() - 2) call.wrong("its kernel does not fit " + shape_text(from));
  const SlidingWindow moved = window(call, *kernel);
  Shape shape{from[0], from[1]};
  for (std::size_t axis = 0; axis < moved.kernel.size(); ++axis)
    shape.push_back(places(call, moved, axis, from[axis + 2], call.integer("ceil_mode", 0) != 0));
  call.give(0, call.input(0).type, shape);
  call.give(1, Type::int64, std::move(shape));
}

void global_pool(Call& call) {
  call.check_rank(0, 2);
  Shape shape = call.shape(0);
  const bool channels_last = call.integer("channels_last", 0) != 0;
  for (std::size_t axis = 2; axis < shape.size(); ++axis) shape[channels_last ? axis - 1 : axis] = 1;
  call.give(0, call.input(0).type, std::move(shape));
}

void qlinear_pool(Call& call) {
  if (call.integer("channels_last", 0) == 0) pool(call);
}

void max_unpool(Call& call) {
  if (call.has(2)) {
    if (const std::vector<std::int64_t>* stated = call.whole(2)) call.give(0, call.input(0).type, *stated);
    return;
  }
  call.check_rank(0, 3);
  Shape shape = call.shape(0);
  const std::optional<Shape> kernel = call.integers("kernel_shape");
  if (!kernel || kernel->size() != shape.size() - 2) call.wrong("its kernel does not fit " + shape_text(shape));
  const SlidingWindow moved = window(call, *kernel);
  for (std::size_t axis = 0; axis < kernel->size(); ++axis) {
    std::int64_t size = 0;
    if (__builtin_mul_overflow(shape[axis + 2] - 1, moved.strides[axis], &size) || size >= most_dimension)
      call.overflow("its output is over 2^40");
    shape[axis + 2] = size - moved.pads[axis] - moved.pads[axis + kernel->size()] + moved.kernel[axis];
  }
  call.give(0, call.input(0).type, std::move(shape));
}

void roi_align(Call& call) {
  call.check_rank(0, 4);
  call.check_rank(1, 1);
  call.give(0, call.input(0).type,
            {call.shape(1)[0], call.shape(0)[1], call.integer("output_height", 1), call.integer("output_width", 1)});
}

void max_roi_pool(Call& call) {
  call.check_rank(0, 4);
  call.check_rank(1, 1);
  const Shape pooled = call.integers("pooled_shape").value_or(Shape());
  if (pooled.size() != 2) call.wrong("its pooled_shape is not two numbers");
  call.give(0, call.input(0).type, {call.shape(1)[0], call.shape(0)[1], pooled[0], pooled[1]});
}

void grid_sample(Call& call) {
  Shape shape = call.shape(0);
  const Shape& grid = call.shape(1);
  if (shape.size() < 3 || grid.size() != shape.size()) call.wrong("its grid does not fit");
  std::copy(grid.begin() + 1, grid.end() - 1, shape.begin() + 2);
  call.give(0, call.input(0).type, std::move(shape));
}

void affine_grid(Call& call) {
  const std::vector<std::int64_t>* size = call.whole(1);
  if (size == nullptr || size->size() < 3) return;
  Shape shape{size->front()};
  shape.insert(shape.end(), size->begin() + 2, size->end());
  shape.push_back(static_cast<std::int64_t>(size->size()) - 2);
  call.give(0, call.input(0).type, std::move(shape));
}

void col2im(Call& call) {
  const std::vector<std::int64_t>* image = call.whole(1);
  const std::vector<std::int64_t>* block = call.whole(2);
  call.check_rank(0, 3);
  if (image == nullptr || block == nullptr) return;
  std::int64_t size = 1;
  for (const std::int64_t dimension : *block)
    if (dimension <= 0 || __builtin_mul_overflow(size, dimension, &size)) call.wrong("its block is none");
  Shape shape{call.shape(0)[0], call.shape(0)[1] / size};
  shape.insert(shape.end(), image->begin(), image->end());
  call.give(0, call.input(0).type, std::move(shape));
}

constexpr std::string_view conv_words = "elements(output) x elements(weight) / output channels";

constexpr auto window_rows = std::to_array<Operator>({
    {"", "Conv", conv, conv_macs, "w", conv_words},
    {"", "DeformConv", conv, conv_macs, "w", conv_words},
    {"", "ConvInteger", conv_integer, conv_macs, "wwq", conv_words},
    {"", "QLinearConv", qlinear_conv, qlinear_conv_macs, "wqqwqqqqi", conv_words},
    {"com.microsoft", "FusedConv", conv, conv_macs, "w", conv_words},
    {"", "ConvTranspose", conv_transpose, conv_transpose_macs, "w",
     "elements(input) x elements(weight) / input channels"},
    {"", "MaxPool", pool},
    {"", "AveragePool", pool},
    {"", "LpPool", pool},
    {"", "GlobalAveragePool", global_pool},
    {"", "GlobalMaxPool", global_pool},
    {"", "GlobalLpPool", global_pool},
    {"", "MaxUnpool", max_unpool, nullptr, "w-"},
    {"", "RoiAlign", roi_align, nullptr, "ww-"},
    {"", "MaxRoiPool", max_roi_pool},
    {"", "GridSample", grid_sample},
    {"", "AffineGrid", affine_grid, nullptr, "w-"},
    {"", "Col2Im", col2im, nullptr, "w-"},
    {"com.microsoft", "GridSample", grid_sample},
    {"com.microsoft", "QLinearAveragePool", qlinear_pool, nullptr, "wq"},
    {"com.microsoft", "QLinearGlobalAveragePool", global_pool, nullptr, "wq"},
});

}  // namespace

std::span<const Operator> window_operators() { return window_rows; }

}  // namespace greenml::model_file::graph
