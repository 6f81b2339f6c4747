#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

void pad_by(Call& call, const Shape& axes, const Shape& begins, const Shape& ends) {
  Shape shape = call.shape(0);
  for (std::size_t index = 0; index < axes.size(); ++index) {
    std::int64_t& dimension = shape[call.axis(axes[index], shape.size())];
    if (__builtin_add_overflow(dimension, begins[index], &dimension) ||
        __builtin_add_overflow(dimension, ends[index], &dimension) || dimension < 0)
      call.overflow("its pads make a negative dimension, or one over 64 bits");
  }
  call.give(0, call.input(0).type, std::move(shape));
}

Shape all_axes(std::size_t rank) {
  Shape axes(rank);
  for (std::size_t axis = 0; axis < rank; ++axis) axes[axis] = static_cast<std::int64_t>(axis);
  return axes;
}

void pad(Call& call) {
  List pads = list(call, 1, "pads");
  if (pads.known && !pads.values) pads.values = call.integers("paddings");  // of opset 1
  const List axes = list(call, 3, {});
  if (!pads.known || !axes.known) return;
  const Shape chosen = axes.values ? *axes.values : all_axes(call.shape(0).size());
  if (!pads.values || pads.values->size() != 2 * chosen.size()) call.wrong("its pads are not two an axis");
  const auto middle = pads.values->begin() + static_cast<std::ptrdiff_t>(chosen.size());
  pad_by(call, chosen, Shape(pads.values->begin(), middle), Shape(middle, pads.values->end()));
}

/// TFLite's: a row of begin and end for each axis.
void pad_tflite(Call& call) {
  const std::vector<std::int64_t>* pads = call.whole(1);
  if (pads == nullptr) return;
  const std::size_t rank = call.shape(0).size();
  if (pads->size() != 2 * rank) call.wrong("its pads are not two an axis");
  Shape begins;
  Shape ends;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    begins.push_back((*pads)[2 * axis]);
    ends.push_back((*pads)[2 * axis + 1]);
  }
  pad_by(call, all_axes(rank), begins, ends);
}

/// A dimension times a scale, as single-precision runtimes compute it.
std::int64_t scaled(const Call& call, std::int64_t dimension, double scale) {
  const double size = std::floor(static_cast<double>(static_cast<float>(dimension) * static_cast<float>(scale)));
  if (!(size >= 0 && size < static_cast<double>(most_dimension))) call.overflow("a scale makes a dimension over 2^40");
  return static_cast<std::int64_t>(size);
}

void scale_by(Call& call, const Shape& axes, const std::vector<double>& scales) {
  Shape shape = call.shape(0);
  if (axes.size() != scales.size()) call.wrong("it has other scales than dimensions");
  for (std::size_t index = 0; index < axes.size(); ++index) {
    std::int64_t& dimension = shape[call.axis(axes[index], shape.size())];
    dimension = scaled(call, dimension, scales[index]);
  }
  call.give(0, call.input(0).type, std::move(shape));
}

/// Sizes of the axes, which keep their ratio where they are told.
void resize_to(Call& call, const Shape& axes, const Shape& sizes) {
  Shape shape = call.shape(0);
  if (axes.size() != sizes.size()) call.wrong("it has other sizes than dimensions");
  const std::string_view policy = call.text("keep_aspect_ratio_policy", "stretch");
  double ratio = policy == "not_larger" ? INFINITY : 0;
  for (std::size_t index = 0; index < axes.size(); ++index) {
    const double of_axis =
        static_cast<double>(sizes[index]) / static_cast<double>(shape[call.axis(axes[index], shape.size())]);
    ratio = policy == "not_larger" ? std::min(ratio, of_axis) : std::max(ratio, of_axis);
  }
  for (std::size_t index = 0; index < axes.size(); ++index) {
    std::int64_t& dimension = shape[call.axis(axes[index], shape.size())];
    const double kept = std::floor(ratio * static_cast<double>(dimension) + 0.5);
    if (policy != "stretch" && !(kept >= 0 && kept < static_cast<double>(most_dimension)))
      call.overflow("its sizes make a dimension over 2^40");
    dimension = policy == "stretch" ? sizes[index] : static_cast<std::int64_t>(kept);
  }
  call.give(0, call.input(0).type, std::move(shape));
}

std::vector<double> reals(const Contents& contents) {
  std::vector<double> result;
  for (std::size_t index = 0; index < contents.size(); ++index) result.push_back(contents.as_real(index));
  return result;
}

bool is_given(const Call& call, std::size_t index) {
  return call.has(index) && !(call.known(index) && call.shape(index) == Shape{0});
}

void resize(Call& call) {
  const std::size_t scales = call.opset < 11 || call.inputs.size() == 2 ? 1 : 2;
  if (call.text("coordinate_transformation_mode", "") == "tf_crop_and_resize") return;
  const Shape axes = call.integers("axes").value_or(all_axes(call.shape(0).size()));
  if (scales == 2 && is_given(call, 3)) {
    if (const std::vector<std::int64_t>* sizes = call.whole(3)) resize_to(call, axes, *sizes);
    return;
  }
  if (!is_given(call, scales)) call.wrong("it has neither scales nor sizes");
  if (call.input(scales).contents) scale_by(call, axes, reals(*call.input(scales).contents));
}

void upsample(Call& call) {
  const Shape axes = all_axes(call.shape(0).size());
  if (call.has(1)) {
    if (call.input(1).contents) scale_by(call, axes, reals(*call.input(1).contents));
    return;
  }
  if (const Attribute* scales = call.attribute("scales")) {
    std::vector<double> values;
    for (std::uint32_t index = 0; index < scales->kept; ++index)
      values.push_back(std::bit_cast<double>(call.model.numbers[scales->begin + index]));
    return scale_by(call, axes, values);
  }
  if (call.shape(0).size() != 4 || call.attribute("height_scale") == nullptr) call.wrong("it has no scales");
  scale_by(call, axes, {1, 1, call.real("height_scale", 1), call.real("width_scale", 1)});
}

void crop(Call& call) {
  Shape shape = call.shape(0);
  const Shape border = call.integers("border").value_or(Shape());
  const Shape scale = call.integers("scale").value_or(Shape());
  if (shape.size() != 4 || border.size() != 4) call.wrong("its border is not four numbers of an image");
  if (scale.size() == 2) {
    std::copy(scale.begin(), scale.end(), shape.begin() + 2);
  } else {
    for (const std::int64_t width : border)
      if (width < 0 || width >= most_dimension) call.overflow("its border is negative or over 2^40");
    shape[2] -= border[1] + border[3];
    shape[3] -= border[0] + border[2];
  }
  call.give(0, call.input(0).type, std::move(shape));
}

void center_crop_pad(Call& call) {
  const std::vector<std::int64_t>* sizes = call.whole(1);
  if (sizes == nullptr) return;
  Shape shape = call.shape(0);
  const Shape axes = call.integers("axes").value_or(all_axes(shape.size()));
  if (axes.size() != sizes->size()) call.wrong("it has other sizes than axes");
  for (std::size_t index = 0; index < axes.size(); ++index)
    shape[call.axis(axes[index], shape.size())] = (*sizes)[index];
  call.give(0, call.input(0).type, std::move(shape));
}

std::optional<std::int64_t> scalar(const Call& call, std::size_t index) {
  const std::vector<std::int64_t>* elements = call.whole(index);
  return elements == nullptr || elements->size() != 1 ? std::nullopt : std::optional(elements->front());
}

void stft(Call& call) {
  call.check_rank(0, 2);
  const std::optional<std::int64_t> step = scalar(call, 1);
  std::optional<std::int64_t> length;
  if (call.has(3))
    length = scalar(call, 3);
  else if (call.has(2) && call.shape(2).size() == 1)
    length = call.shape(2)[0];
  if (!step || !length) return;
  const std::int64_t samples = call.shape(0)[1];
  if (*step <= 0 || *length <= 0 || *length > samples) call.wrong("its frames do not fit");
  const std::int64_t bins = call.integer("onesided", 1) != 0 ? *length / 2 + 1 : *length;
  call.give(0, call.input(0).type, {call.shape(0)[0], (samples - *length) / *step + 1, bins, 2});
}

void dft(Call& call) {
  Shape shape = call.shape(0);
  if (call.has(2) && call.whole(2) == nullptr) return;
  const std::int64_t stated =
      call.has(2) ? scalar(call, 2).value_or(-2) : call.integer("axis", call.opset < 20 ? 1 : -2);
  std::int64_t& size = shape[call.axis(stated, shape.size())];
  if (call.has(1)) {
    const std::optional<std::int64_t> length = scalar(call, 1);
    if (!length) return;
    size = *length;
  }
  const bool one_sided = call.integer("onesided", 0) != 0;
  const bool inverse = call.integer("inverse", 0) != 0;
  if (one_sided && !inverse) size = size / 2 + 1;
  shape.back() = one_sided && inverse ? 1 : 2;
  call.give(0, call.input(0).type, std::move(shape));
}

void mel_weights(Call& call) {
  const std::optional<std::int64_t> bins = scalar(call, 0);
  const std::optional<std::int64_t> length = scalar(call, 1);
  if (!bins || !length || *length < 0) return;
  call.give(0, Type::float32, {*length / 2 + 1, *bins});
}

/// TFLite's resizing: an image with its channels last, and the two sizes.
void resize_image(Call& call) {
  call.check_rank(0, 4);
  const std::vector<std::int64_t>* sizes = call.whole(1);
  if (sizes == nullptr || sizes->size() != 2) return;
  call.give(0, call.input(0).type, {call.shape(0)[0], (*sizes)[0], (*sizes)[1], call.shape(0)[3]});
}

constexpr auto image_rows = std::to_array<Operator>({
    {"", "Pad", pad, nullptr, "w-"},
    {"com.microsoft", "Pad", pad, nullptr, "w-"},
    {"", "Resize", resize, nullptr, "w-"},
    {"", "Upsample", upsample, nullptr, "w-"},
    {"", "Crop", crop},
    {"", "CenterCropPad", center_crop_pad, nullptr, "w-"},
    {"", "STFT", stft, nullptr, "w-m-"},
    {"", "DFT", dft, nullptr, "w-"},
    {"", "MelWeightMatrix", mel_weights, nullptr, "-"},
    {"", "ImageDecoder", no_shape, nullptr, "-"},
    {"tflite", "PAD", pad_tflite, nullptr, "w-"},
    {"tflite", "PADV2", pad_tflite, nullptr, "w-"},
    {"tflite", "MIRROR_PAD", pad_tflite, nullptr, "w-"},
    {"tflite", "RESIZE_BILINEAR", resize_image, nullptr, "w-"},
    {"tflite", "RESIZE_NEAREST_NEIGHBOR", resize_image, nullptr, "w-"},
});

}  // namespace

std::span<const Operator> image_operators() { return image_rows; }

}  // namespace greenml::model_file::graph
