#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

void gather_along(Call& call, std::int64_t stated) {
  const Value& data = call.input(0);
  const Value& indices = call.input(1);
  const std::size_t axis = call.axis(stated, data.rank());
  Shape shape(data.shape->begin(), data.shape->begin() + static_cast<std::ptrdiff_t>(axis));
  shape.insert(shape.end(), indices.shape->begin(), indices.shape->end());
  shape.insert(shape.end(), data.shape->begin() + static_cast<std::ptrdiff_t>(axis) + 1, data.shape->end());
  Value result = make_value(data.type, shape);
  const std::vector<std::int64_t>* rows = call.whole(1);
  if (data.contents && rows != nullptr && is_small(shape)) {
    std::vector<std::size_t> places;
    bool inside = true;
    const std::int64_t size = (*data.shape)[axis];
    each_index(shape, [&](const Shape& index) {
      const Shape of_indices(index.begin() + static_cast<std::ptrdiff_t>(axis),
                             index.begin() + static_cast<std::ptrdiff_t>(axis + indices.rank()));
      std::int64_t row = (*rows)[place_of(*indices.shape, of_indices)];
      if (row < 0) row += size;
      inside = inside && row >= 0 && row < size;
      Shape source(index.begin(), index.begin() + static_cast<std::ptrdiff_t>(axis));
      source.push_back(inside ? row : 0);
      source.insert(source.end(), index.begin() + static_cast<std::ptrdiff_t>(axis + indices.rank()), index.end());
      places.push_back(place_of(*data.shape, source));
    });
    if (!inside) call.wrong(fmt::format("an index is outside of {}", size));
    result.contents = std::make_shared<const Contents>(picked(*data.contents, places));
  }
  call.give(0, std::move(result));
}

void gather(Call& call) { gather_along(call, call.integer("axis", 0)); }

void gather_tflite(Call& call) {
  if (call.integer("batch_dims", 0) == 0) return gather_along(call, call.integer("axis", 0));
}

void gather_elements(Call& call) { call.give(0, call.input(0).type, call.shape(1)); }

void gather_nd(Call& call) {
  const Shape& data = call.shape(0);
  const Shape& indices = call.shape(1);
  call.check_rank(1, 1);
  const std::int64_t batch = call.integer("batch_dims", 0);
  const std::int64_t depth = indices.back();
  if (batch < 0 || depth < 0 || batch + depth > static_cast<std::int64_t>(data.size()) ||
      batch >= static_cast<std::int64_t>(indices.size()))
    call.wrong("its indices are longer than the tensor has dimensions");
  Shape shape(indices.begin(), indices.end() - 1);
  shape.insert(shape.end(), data.begin() + batch + depth, data.end());
  call.give(0, call.input(0).type, std::move(shape));
}

/// One slice along one axis, clamped as the operator says it.
struct Range {
  std::int64_t begin = 0;
  std::int64_t count = 0;
  std::int64_t step = 1;
};

Range clamped_range(const Call& call, std::int64_t begin, std::int64_t end, std::int64_t step, std::int64_t size) {
  if (step == 0 || step == INT64_MIN) call.wrong("its step is 0");
  const auto from_front = [size](std::int64_t place) { return place < 0 ? place + size : place; };
  Range range;
  range.step = step;
  if (step > 0) {
    range.begin = std::clamp<std::int64_t>(from_front(begin), 0, size);
    end = std::clamp<std::int64_t>(from_front(end), 0, size);
    range.count = end > range.begin ? (end - range.begin - 1) / step + 1 : 0;
  } else {
    range.begin = std::clamp<std::int64_t>(from_front(begin), -1, size - 1);
    end = std::clamp<std::int64_t>(from_front(end), -1, size - 1);
    range.count = range.begin > end ? (range.begin - end - 1) / -step + 1 : 0;
  }
  return range;
}

void give_slice(Call& call, const std::vector<Range>& ranges, const std::vector<bool>& dropped = {}) {
  const Value& from = call.input(0);
  Shape kept;
  Shape full;
  for (std::size_t axis = 0; axis < ranges.size(); ++axis) {
    full.push_back(ranges[axis].count);
    if (dropped.empty() || !dropped[axis]) kept.push_back(ranges[axis].count);
  }
  Value result = make_value(from.type, std::move(kept));
  if (from.contents && is_small(full)) {
    std::vector<std::size_t> places;
    each_index(full, [&](const Shape& index) {
      Shape source = index;
      for (std::size_t axis = 0; axis < source.size(); ++axis)
        source[axis] = ranges[axis].begin + index[axis] * ranges[axis].step;
      places.push_back(place_of(*from.shape, source));
    });
    result.contents = std::make_shared<const Contents>(picked(*from.contents, places));
  }
  call.give(0, std::move(result));
}

void slice(Call& call) {
  const List starts = list(call, 1, "starts");
  const List ends = list(call, 2, "ends");
  const List axes = list(call, 3, "axes");
  const List steps = list(call, 4, "steps");
  if (!starts.known || !ends.known || !axes.known || !steps.known) return;
  if (!starts.values || !ends.values || ends.values->size() != starts.values->size())
    call.wrong("its starts and ends differ in number");
  const std::size_t count = starts.values->size();
  const Shape& from = call.shape(0);
  if ((axes.values && axes.values->size() != count) || (steps.values && steps.values->size() != count) ||
      (!axes.values && count > from.size()))
    call.wrong("its starts and axes differ in number");
  std::vector<Range> ranges;
  for (const std::int64_t size : from) ranges.push_back({0, size, 1});
  for (std::size_t index = 0; index < count; ++index) {
    const std::size_t axis = axes.values ? call.axis((*axes.values)[index], from.size()) : index;
    ranges[axis] = clamped_range(call, (*starts.values)[index], (*ends.values)[index],
                                 steps.values ? (*steps.values)[index] : 1, from[axis]);
  }
  give_slice(call, ranges);
}

/// TFLite's SLICE: begin and size, where -1 is all the rest.
void slice_tflite(Call& call) {
  const std::vector<std::int64_t>* begins = call.whole(1);
  const std::vector<std::int64_t>* sizes = call.whole(2);
  const Shape& from = call.shape(0);
  if (begins == nullptr || sizes == nullptr) return;
  if (begins->size() != from.size() || sizes->size() != from.size()) call.wrong("it has other sizes than dimensions");
  std::vector<Range> ranges;
  for (std::size_t axis = 0; axis < from.size(); ++axis) {
    const std::int64_t begin = (*begins)[axis];
    if (begin < 0 || begin > from[axis]) call.wrong("it begins outside of the tensor");
    const std::int64_t size = (*sizes)[axis] == -1 ? from[axis] - begin : (*sizes)[axis];
    if (size < 0 || size > from[axis] - begin) call.wrong("it ends outside of the tensor");
    ranges.push_back({begin, size, 1});
  }
  give_slice(call, ranges);
}

void strided_slice(Call& call) {
  const std::vector<std::int64_t>* begins = call.whole(1);
  const std::vector<std::int64_t>* ends = call.whole(2);
  const std::vector<std::int64_t>* steps = call.whole(3);
  const Shape& from = call.shape(0);
  const bool plain = call.integer("ellipsis_mask", 0) == 0 && call.integer("new_axis_mask", 0) == 0;
  if (begins == nullptr || ends == nullptr || steps == nullptr || !plain || call.integer("offset", 0) != 0) return;
  if (begins->size() > from.size() || ends->size() != begins->size() || steps->size() != begins->size())
    call.wrong("it has other steps than dimensions");
  const auto masked = [&call](std::string_view name, std::size_t axis) {
    return axis < 32 && ((static_cast<std::uint64_t>(call.integer(name, 0)) >> axis) & 1U) != 0;
  };
  std::vector<Range> ranges;
  std::vector<bool> dropped(from.size());
  for (std::size_t axis = 0; axis < from.size(); ++axis) {
    if (axis >= begins->size()) {
      ranges.push_back({0, from[axis], 1});
      continue;
    }
    const std::int64_t step = (*steps)[axis];
    if (masked("shrink_axis_mask", axis)) {
      const std::int64_t place = (*begins)[axis] < 0 ? (*begins)[axis] + from[axis] : (*begins)[axis];
      if (place < 0 || place >= from[axis]) call.wrong("an index is outside of the tensor");
      ranges.push_back({place, 1, 1});
      dropped[axis] = true;
      continue;
    }
    const std::int64_t begin = masked("begin_mask", axis) ? (step > 0 ? 0 : from[axis] - 1) : (*begins)[axis];
    const std::int64_t end = masked("end_mask", axis) ? (step > 0 ? from[axis] : -from[axis] - 1) : (*ends)[axis];
    ranges.push_back(clamped_range(call, begin, end, step, from[axis]));
  }
  give_slice(call, ranges, dropped);
}

/// Writes updates into a small tensor of whole numbers, as exporters do to build shapes; else its shape alone.
void scatter_nd(Call& call) {
  same_as_first(call);
  const std::vector<std::int64_t>* data = call.whole(0);
  const std::vector<std::int64_t>* indices = call.whole(1);
  const std::vector<std::int64_t>* updates = call.whole(2);
  if (call.outputs.empty() || data == nullptr || indices == nullptr || updates == nullptr) return;
  if (call.shape(0).size() != 1 || call.shape(1).empty() || call.shape(1).back() != 1 ||
      indices->size() != updates->size() || call.text("reduction", "none") != "none")
    return;
  std::vector<std::int64_t> elements = *data;
  const auto size = static_cast<std::int64_t>(elements.size());
  for (std::size_t update = 0; update < indices->size(); ++update) {
    const std::int64_t place = (*indices)[update] < 0 ? (*indices)[update] + size : (*indices)[update];
    if (place < 0 || place >= size) call.wrong("an index is outside of the tensor");
    elements[static_cast<std::size_t>(place)] = (*updates)[update];
  }
  call.give(0, make_whole(call.input(0).type, call.shape(0), std::move(elements)));
}

void non_zero(Call& call) {
  const Value& from = call.input(0);
  if (!from.contents) return;
  std::vector<Shape> found;
  std::size_t place = 0;
  each_index(*from.shape, [&](const Shape& index) {
    if (from.contents->as_real(place++) != 0) found.push_back(index);
  });
  std::vector<std::int64_t> elements;
  for (std::size_t axis = 0; axis < from.rank(); ++axis)
    for (const Shape& index : found) elements.push_back(index[axis]);
  call.give(0,
            make_whole(Type::int64, {static_cast<std::int64_t>(from.rank()), static_cast<std::int64_t>(found.size())},
                       std::move(elements)));
}

void compress(Call& call) {
  const std::vector<std::int64_t>* condition = call.whole(1);
  if (condition == nullptr) return;
  const std::int64_t kept =
      std::count_if(condition->begin(), condition->end(), [](std::int64_t bit) { return bit != 0; });
  if (call.attribute("axis") == nullptr) return call.give(0, call.input(0).type, {kept});
  Shape shape = call.shape(0);
  shape[call.axis(call.integer("axis", 0), shape.size())] = kept;
  call.give(0, call.input(0).type, std::move(shape));
}

void one_hot(Call& call) {
  const Value& depth = call.input(1);
  if (!depth.contents || depth.contents->size() != 1) return;
  Shape shape = call.shape(0);
  const std::size_t axis = call.axis(call.integer("axis", -1), shape.size() + 1);
  const double size = depth.contents->as_real(0);
  if (!(size >= 0 && size < 1e12)) call.overflow("its depth is negative or over 2^40");
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), static_cast<std::int64_t>(size));
  call.give(0, call.input(2).type, std::move(shape));
}

void top_k(Call& call) {
  std::optional<std::int64_t> count;
  if (call.has(1)) {
    if (const std::vector<std::int64_t>* given = call.whole(1); given != nullptr && given->size() == 1)
      count = given->front();
  } else if (call.attribute("k") != nullptr) {
    count = call.integer("k", 0);
  }
  if (!count) return;
  Shape shape = call.shape(0);
  std::int64_t& size = shape[call.axis(call.integer("axis", -1), shape.size())];
  if (*count < 0 || *count > size) call.wrong(fmt::format("it takes {} of {}", *count, size));
  size = *count;
  call.give(0, call.input(0).type, shape);
  call.give(1, call.model.default_domain.empty() ? Type::int64 : Type::int32, std::move(shape));
}

void multinomial(Call& call) {
  call.check_rank(0, 2);
  const auto type = static_cast<Type>(call.integer("dtype", static_cast<std::int64_t>(Type::int32)));
  call.give(0, type, {call.shape(0)[0], call.integer("sample_size", 1)});
}

void embedding_lookup(Call& call) {
  call.check_rank(0, 1);
  call.check_rank(1, 1);
  Shape shape{call.shape(0).front()};
  shape.insert(shape.end(), call.shape(1).begin() + 1, call.shape(1).end());
  call.give(0, call.input(1).type, std::move(shape));
}

constexpr auto selection_rows = std::to_array<Operator>({
    {"", "Gather", gather, nullptr, "t-"},
    {"", "GatherElements", gather_elements, nullptr, "w-"},
    {"", "GatherND", gather_nd, nullptr, "w-"},
    {"", "Slice", slice, nullptr, ">-"},
    {"", "ScatterND", scatter_nd, nullptr, "w-w"},
    {"", "ScatterElements", same_as_first, nullptr, "w-w"},
    {"", "Scatter", same_as_first, nullptr, "w-w"},
    {"", "TensorScatter", same_as_first, nullptr, "ww-"},
    {"", "NonZero", non_zero, nullptr, "w", {}},
    {"", "Compress", compress, nullptr, "w-"},
    {"", "OneHot", one_hot, nullptr, "-"},
    {"", "TopK", top_k, nullptr, "w-"},
    {"", "Multinomial", multinomial},
    {"", "Unique", no_shape, nullptr, "w"},
    {"", "NonMaxSuppression", no_shape, nullptr, "ww-"},
    // Sequences and optionals have no shapes here.
    {"", "SequenceConstruct", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "SequenceEmpty", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "SequenceAt", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "SequenceInsert", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "SequenceErase", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "SequenceLength", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "SplitToSequence", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "ConcatFromSequence", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "Optional", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "OptionalGetElement", no_shape, nullptr, "w", {}, Needs::nothing},
    {"", "OptionalHasElement", no_shape, nullptr, "w", {}, Needs::nothing},
    {"com.microsoft", "GatherND", gather_nd, nullptr, "w-"},
    {"com.microsoft", "Unique", no_shape},
    {"tflite", "GATHER", gather_tflite, nullptr, "t-"},
    {"tflite", "GATHER_ND", gather_nd, nullptr, "w-"},
    {"tflite", "EMBEDDING_LOOKUP", embedding_lookup, nullptr, "-t"},
    {"tflite", "SLICE", slice_tflite, nullptr, ">-"},
    {"tflite", "STRIDED_SLICE", strided_slice, nullptr, ">-"},
    {"tflite", "SCATTER_ND", no_shape, nullptr, "-w-"},
    {"tflite", "TOPK_V2", top_k, nullptr, "w-"},
    {"tflite", "WHERE", no_shape},
    {"tflite", "UNIQUE", no_shape},
    {"tflite", "ONE_HOT", no_shape, nullptr, "-"},
    {"tflite", "NON_MAX_SUPPRESSION_V4", no_shape, nullptr, "ww-"},
    {"tflite", "NON_MAX_SUPPRESSION_V5", no_shape, nullptr, "ww-"},
});

}  // namespace

std::span<const Operator> selection_operators() { return selection_rows; }

}  // namespace greenml::model_file::graph
