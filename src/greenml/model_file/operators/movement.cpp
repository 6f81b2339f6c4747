#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// Gives a shape, and the elements that `place` finds for each multi-index, where they are known.
template <typename Place>
void give_moved(Call& call, std::size_t output, const Value& from, Shape shape, const Place& place) {
  Value result = make_value(from.type, std::move(shape));
  if (from.contents && is_small(*result.shape)) {
    std::vector<std::size_t> places;
    each_index(*result.shape, [&](const Shape& index) {
      const Shape source = place(index);
      std::size_t at = 0;
      for (std::size_t axis = 0; axis < source.size(); ++axis)
        at = at * static_cast<std::size_t>((*from.shape)[axis]) + static_cast<std::size_t>(source[axis]);
      places.push_back(at);
    });
    result.contents = std::make_shared<const Contents>(picked(*from.contents, places));
  }
  call.give(output, std::move(result));
}

void transpose_by(Call& call, Shape order) {
  const Shape& from = call.shape(0);
  if (order.size() != from.size())
    call.wrong(fmt::format("{} axes for a tensor of {} dimensions", order.size(), from.size()));
  Shape shape;
  std::vector<bool> seen(from.size());
  for (std::int64_t& stated : order) {
    const std::size_t axis = call.axis(stated, from.size());
    if (seen[axis]) call.wrong(fmt::format("axis {} is there twice", axis));
    seen[axis] = true;
    stated = static_cast<std::int64_t>(axis);
    shape.push_back(from[axis]);
  }
  give_moved(call, 0, call.input(0), std::move(shape), [&order](const Shape& index) {
    Shape source(index.size());
    for (std::size_t axis = 0; axis < index.size(); ++axis) source[static_cast<std::size_t>(order[axis])] = index[axis];
    return source;
  });
}

void transpose(Call& call) {
  Shape order;
  if (const std::optional<Shape> given = call.integers("perm"); given && !given->empty())
    order = *given;
  else
    for (std::size_t axis = call.shape(0).size(); axis > 0; --axis)
      order.push_back(static_cast<std::int64_t>(axis - 1));
  transpose_by(call, std::move(order));
}

void transpose_by_input(Call& call) {
  if (const std::vector<std::int64_t>* order = call.whole(1)) transpose_by(call, *order);
}

void concat_along(Call& call, std::int64_t stated) {
  const std::size_t axis = call.axis(stated, call.shape(0).size());
  Shape shape = call.shape(0);
  shape[axis] = 0;
  bool known = true;
  for (std::size_t index = 0; index < call.inputs.size(); ++index) {
    const Shape& part = call.shape(index);
    bool fits = part.size() == shape.size();
    for (std::size_t other = 0; fits && other < part.size(); ++other)
      fits = other == axis || part[other] == shape[other];
    if (!fits)
      call.wrong(fmt::format("{} and {} do not join along axis {}", shape_text(call.shape(0)), shape_text(part), axis));
    shape[axis] += part[axis];
    known = known && call.input(index).contents;
  }
  Value result = make_value(call.input(0).type, shape);
  if (known && is_small(shape)) {
    Contents contents;
    each_index(shape, [&](const Shape& index) {
      Shape source = index;
      std::size_t input = 0;
      while (source[axis] >= call.shape(input)[axis]) source[axis] -= call.shape(input++)[axis];
      std::size_t at = 0;
      for (std::size_t other = 0; other < source.size(); ++other)
        at = at * static_cast<std::size_t>(call.shape(input)[other]) + static_cast<std::size_t>(source[other]);
      const Contents& from = *call.input(input).contents;
      if (is_floating(result.type))
        contents.real.push_back(from.as_real(at));
      else
        contents.whole.push_back(from.as_whole(at));
    });
    result.contents = std::make_shared<const Contents>(std::move(contents));
  }
  call.give(0, std::move(result));
}

void concat(Call& call) { concat_along(call, call.integer("axis", 1)); }
void concat_tflite(Call& call) { concat_along(call, call.integer("axis", 0)); }

/// Stacks inputs along a new axis.
void pack(Call& call) {
  Shape shape = call.shape(0);
  const std::size_t axis = call.axis(call.integer("axis", 0), shape.size() + 1);
  for (std::size_t index = 1; index < call.inputs.size(); ++index)
    if (call.shape(index) != shape) call.wrong("its inputs differ in shape");
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), static_cast<std::int64_t>(call.inputs.size()));
  bool known = is_small(shape);
  for (const Value& input : call.inputs) known = known && input.contents && input.contents->real.empty();
  if (!known) return call.give(0, call.input(0).type, std::move(shape));
  std::vector<std::int64_t> elements;
  each_index(shape, [&](const Shape& index) {
    std::size_t at = 0;
    for (std::size_t other = 0; other < index.size(); ++other)
      if (other != axis) at = at * static_cast<std::size_t>(shape[other]) + static_cast<std::size_t>(index[other]);
    elements.push_back(call.input(static_cast<std::size_t>(index[axis])).contents->whole[at]);
  });
  call.give(0, make_whole(call.input(0).type, std::move(shape), std::move(elements)));
}

void unpack(Call& call) {
  Shape shape = call.shape(0);
  const std::size_t axis = call.axis(call.integer("axis", 0), shape.size());
  if (call.outputs.size() != static_cast<std::uint64_t>(shape[axis]))
    call.wrong(fmt::format("{} outputs of a dimension of {}", call.outputs.size(), shape[axis]));
  shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
  for (std::size_t output = 0; output < call.outputs.size(); ++output)
    give_moved(call, output, call.input(0), shape, [&](const Shape& index) {
      Shape source = index;
      source.insert(source.begin() + static_cast<std::ptrdiff_t>(axis), static_cast<std::int64_t>(output));
      return source;
    });
}

/// Cuts input `from` along an axis into outputs of these sizes.
void split_into(Call& call, std::size_t from, std::size_t axis, const Shape& sizes) {
  std::int64_t begin = 0;
  for (std::size_t output = 0; output < sizes.size(); ++output) {
    Shape shape = call.shape(from);
    if (sizes[output] < 0 || sizes[output] > shape[axis] - begin)
      call.wrong(fmt::format("its parts are longer than {}", shape[axis]));
    shape[axis] = sizes[output];
    give_moved(call, output, call.input(from), std::move(shape), [axis, begin](const Shape& index) {
      Shape source = index;
      source[axis] += begin;
      return source;
    });
    begin += sizes[output];
  }
  if (begin != call.shape(from)[axis]) call.wrong(fmt::format("its parts do not add up to {}", call.shape(from)[axis]));
}

/// Equal parts, of which the last may be smaller.
Shape equal_parts(const Call& call, std::int64_t size, std::size_t parts) {
  if (parts == 0) call.wrong("it has no outputs");
  const std::int64_t each = (size + static_cast<std::int64_t>(parts) - 1) / static_cast<std::int64_t>(parts);
  Shape sizes(parts);
  for (std::int64_t& part : sizes) {
    part = std::min(each, size);
    size -= part;
  }
  return sizes;
}

void split(Call& call) {
  const std::size_t axis = call.axis(call.integer("axis", 0), call.shape(0).size());
  const List sizes = list(call, 1, "split");
  if (!sizes.known) return;
  split_into(call, 0, axis, sizes.values ? *sizes.values : equal_parts(call, call.shape(0)[axis], call.outputs.size()));
}

/// TFLite's: the axis comes first, then the tensor.
void split_tflite(Call& call) {
  const std::vector<std::int64_t>* axis = call.whole(0);
  if (axis == nullptr || axis->size() != 1) return;
  const std::size_t place = call.axis(axis->front(), call.shape(1).size());
  split_into(call, 1, place, equal_parts(call, call.shape(1)[place], call.outputs.size()));
}

void split_by_sizes(Call& call) {
  const std::vector<std::int64_t>* sizes = call.whole(1);
  const std::vector<std::int64_t>* axis = call.whole(2);
  if (sizes == nullptr || axis == nullptr || axis->size() != 1) return;
  const std::size_t place = call.axis(axis->front(), call.shape(0).size());
  Shape parts = *sizes;
  std::int64_t rest = call.shape(0)[place];
  for (const std::int64_t part : parts) rest -= std::max<std::int64_t>(part, 0);
  for (std::int64_t& part : parts)
    if (part == -1) part = rest;
  split_into(call, 0, place, parts);
}

void tile(Call& call) {
  const std::vector<std::int64_t>* repeats = call.whole(1);
  if (repeats == nullptr) return;
  Shape shape = call.shape(0);
  if (repeats->size() != shape.size()) call.wrong("it has other repeats than dimensions");
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    if ((*repeats)[axis] < 0 || __builtin_mul_overflow(shape[axis], (*repeats)[axis], &shape[axis]))
      call.overflow("a repeat is negative, or a dimension over 64 bits");
  const Shape& from = call.shape(0);
  give_moved(call, 0, call.input(0), std::move(shape), [&from](const Shape& index) {
    Shape source = index;
    for (std::size_t axis = 0; axis < source.size(); ++axis) source[axis] %= from[axis];
    return source;
  });
}

void depth_to_space(Call& call) {
  call.check_rank(0, 4);
  Shape shape = call.shape(0);
  const std::int64_t block = call.integer("blocksize", 0);
  if (block <= 0 || block >= (1 << 20) || shape[1] % (block * block) != 0)
    call.wrong(fmt::format("blocks of {} do not fit {}", block, shape_text(shape)));
  call.give(0, call.input(0).type, {shape[0], shape[1] / (block * block), shape[2] * block, shape[3] * block});
}

void space_to_depth(Call& call) {
  call.check_rank(0, 4);
  const Shape& shape = call.shape(0);
  const std::int64_t block = call.integer("blocksize", 0);
  if (block <= 0 || block >= (1 << 20) || shape[2] % block != 0 || shape[3] % block != 0)
    call.wrong(fmt::format("blocks of {} do not fit {}", block, shape_text(shape)));
  call.give(0, call.input(0).type, {shape[0], shape[1] * block * block, shape[2] / block, shape[3] / block});
}

/// TFLite's tensors have their channels last.
void depth_to_space_tflite(Call& call) {
  call.check_rank(0, 4);
  const Shape& shape = call.shape(0);
  const std::int64_t block = call.integer("block_size", 0);
  if (block <= 0 || block >= (1 << 20) || shape[3] % (block * block) != 0) call.wrong("its blocks do not fit");
  call.give(0, call.input(0).type, {shape[0], shape[1] * block, shape[2] * block, shape[3] / (block * block)});
}

void space_to_depth_tflite(Call& call) {
  call.check_rank(0, 4);
  const Shape& shape = call.shape(0);
  const std::int64_t block = call.integer("block_size", 0);
  if (block <= 0 || block >= (1 << 20) || shape[1] % block != 0 || shape[2] % block != 0)
    call.wrong("its blocks do not fit");
  call.give(0, call.input(0).type, {shape[0], shape[1] / block, shape[2] / block, shape[3] * block * block});
}

constexpr auto movement_rows = std::to_array<Operator>({
    {"", "Transpose", transpose, nullptr, ">"},
    {"", "Concat", concat},
    {"", "Split", split, nullptr, ">-"},
    {"", "Tile", tile, nullptr, "w-"},
    {"", "DepthToSpace", depth_to_space},
    {"", "SpaceToDepth", space_to_depth},
    {"tflite", "TRANSPOSE", transpose_by_input, nullptr, ">-"},
    {"tflite", "CONCATENATION", concat_tflite},
    {"tflite", "PACK", pack},
    {"tflite", "UNPACK", unpack},
    {"tflite", "SPLIT", split_tflite, nullptr, "->"},
    {"tflite", "SPLIT_V", split_by_sizes, nullptr, ">-"},
    {"tflite", "TILE", tile, nullptr, "w-"},
    {"tflite", "DEPTH_TO_SPACE", depth_to_space_tflite},
    {"tflite", "SPACE_TO_DEPTH", space_to_depth_tflite},
});

}  // namespace

std::span<const Operator> movement_operators() { return movement_rows; }

}  // namespace greenml::model_file::graph
