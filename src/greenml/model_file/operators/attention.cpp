#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

/// The sizes of one attention, whatever way its inputs are packed.
struct Attention {
  std::int64_t batch = 0;
  std::int64_t heads = 0;
  std::int64_t key_heads = 0;
  std::int64_t queries = 0;       ///< S
  std::int64_t keys = 0;          ///< T, with the past
  std::int64_t key_length = 0;    ///< dk
  std::int64_t value_length = 0;  ///< dv
};

std::int64_t heads_of(const Call& call, std::string_view name) {
  const std::int64_t heads = call.integer(name, 0);
  if (heads <= 0 || heads >= most_dimension) call.wrong(fmt::format("{} is {}", name, heads));
  return heads;
}

std::int64_t part(const Call& call, std::int64_t size, std::int64_t heads) {
  if (heads <= 0 || size % heads != 0) call.wrong(fmt::format("{} is not a multiple of {} heads", size, heads));
  return size / heads;
}

std::uint64_t attention_macs(const Call& call, const Attention& sizes) {
  const auto number = [](std::int64_t size) { return static_cast<std::uint64_t>(size); };
  return product(call, std::array{number(sizes.batch), number(sizes.heads), number(sizes.queries), number(sizes.keys),
                                  number(sizes.key_length + sizes.value_length)});
}

/// One tensor of heads, 4-D (batch, heads, length, size) or 3-D (batch, length, heads x size).
struct Heads {
  std::int64_t heads, length, size;
};

Heads heads_in(const Call& call, std::size_t index, std::string_view attribute) {
  const Shape& shape = call.shape(index);
  if (shape.size() == 4) return {shape[1], shape[2], shape[3]};
  if (shape.size() != 3) call.wrong(fmt::format("input {} is {}", index, shape_text(shape)));
  const std::int64_t heads = heads_of(call, attribute);
  return {heads, shape[1], part(call, shape[2], heads)};
}

Attention onnx_attention(const Call& call) {
  const Heads query = heads_in(call, 0, "q_num_heads");
  const Heads key = heads_in(call, 1, "kv_num_heads");
  const Heads value = heads_in(call, 2, "kv_num_heads");
  if (query.size != key.size || key.length != value.length || key.heads == 0 || query.heads % key.heads != 0)
    call.wrong(fmt::format("{}, {} and {} do not fit", shape_text(call.shape(0)), shape_text(call.shape(1)),
                           shape_text(call.shape(2))));
  std::int64_t past = 0;
  if (call.has(4)) {
    call.check_rank(4, 4);
    past = call.shape(4)[2];
  }
  return {call.shape(0)[0], query.heads, key.heads, query.length, key.length + past, key.size, value.size};
}

void attention(Call& call) {
  const Attention sizes = onnx_attention(call);
  const Type type = call.input(0).type;
  if (call.shape(0).size() == 4)
    call.give(0, type, {sizes.batch, sizes.heads, sizes.queries, sizes.value_length});
  else
    call.give(0, type, {sizes.batch, sizes.queries, sizes.heads * sizes.value_length});
  call.give(1, type, {sizes.batch, sizes.key_heads, sizes.keys, sizes.key_length});
  call.give(2, type, {sizes.batch, sizes.key_heads, sizes.keys, sizes.value_length});
  call.give(3, type, {sizes.batch, sizes.heads, sizes.queries, sizes.keys});
}

std::optional<std::uint64_t> attention_cost(const Call& call) { return attention_macs(call, onnx_attention(call)); }

bool shares_buffer(const Call& call) { return call.integer("past_present_share_buffer", 0) != 0; }

/// How much of a shared buffer is filled; nothing where that follows from data.
std::optional<std::int64_t> past_length(const Call& call) {
  const std::vector<std::int64_t>* length = call.whole(6);
  const bool is_known =
      length != nullptr && length->size() == 1 && length->front() >= 0 && length->front() < most_dimension;
  return is_known ? std::optional(length->front()) : std::nullopt;
}

/// com.microsoft Attention: the input times W makes queries, keys and values.
Attention projected_attention(const Call& call, std::size_t past) {
  call.check_rank(0, 3);
  call.check_rank(1, 2);
  const Shape& from = call.shape(0);
  const std::int64_t heads = heads_of(call, "num_heads");
  const std::int64_t projected = call.shape(1).back();
  std::array<std::int64_t, 3> widths{projected / 3, projected / 3, projected - projected / 3 * 2};
  if (const std::optional<Shape> stated = call.integers("qkv_hidden_sizes"); stated && stated->size() == 3)
    std::copy(stated->begin(), stated->end(), widths.begin());
  if (from[2] != call.shape(1)[0] || widths[0] != widths[1] || widths[0] < 0 || widths[2] < 0)
    call.wrong(fmt::format("{} and {} do not fit", shape_text(from), shape_text(call.shape(1))));
  std::int64_t keys = from[1];
  if (call.has(past)) {
    call.check_rank(past, 5);
    const std::int64_t before = call.shape(past)[3];
    if (!shares_buffer(call))
      keys += before;
    else  // the past lies in a buffer that has room for more, and its length is an input
      keys = std::min(before, from[1] + past_length(call).value_or(before - std::min(before, from[1])));
  }
  return {from[0], heads, heads, from[1], keys, part(call, widths[0], heads), part(call, widths[2], heads)};
}

template <std::size_t past>
void microsoft_attention(Call& call) {
  const Attention sizes = projected_attention(call, past);
  const Type type = call.input(0).type;
  call.give(0, past == 8 ? Type::float32 : type, {sizes.batch, sizes.queries, sizes.heads * sizes.value_length});
  const bool is_buffer = call.has(past) && shares_buffer(call);
  call.give(1, type, {2, sizes.batch, sizes.heads, is_buffer ? call.shape(past)[3] : sizes.keys, sizes.key_length});
}

template <std::size_t past>
std::optional<std::uint64_t> microsoft_attention_macs(const Call& call) {
  if (call.has(past) && shares_buffer(call) && !past_length(call)) {
    call.estimated = true;
    call.notes.push_back(call.model.shown(call.node) + " has its past in a buffer: a full one is an upper bound");
  }
  const std::uint64_t inner = attention_macs(call, projected_attention(call, past));
  const Shape& from = call.shape(0);
  const std::uint64_t projection = product(
      call,
      std::array{static_cast<std::uint64_t>(from[0]), static_cast<std::uint64_t>(from[1]), elements_of(call.shape(1))});
  return sum(call, inner, projection);
}

/// com.microsoft MultiHeadAttention: query alone is packed QKV of 5-D; a key of 5-D is packed KV; a key of 4-D is one
/// of another attention.
Attention multi_head(const Call& call) {
  const Shape& query = call.shape(0);
  const std::int64_t heads = heads_of(call, "num_heads");
  std::int64_t past = 0;
  if (call.has(6)) {
    call.check_rank(6, 4);
    past = call.shape(6)[2];
  }
  if (query.size() == 5) return {query[0], heads, heads, query[1], query[1] + past, query[4], query[4]};
  call.check_rank(0, 3);
  const Shape& key = call.shape(1);
  const std::int64_t size = part(call, query[2], heads);
  if (key.size() == 5) return {query[0], heads, heads, query[1], key[1] + past, size, key[4]};
  if (!call.has(2)) call.wrong("it has a key without a value");
  const Shape& value = call.shape(2);
  if (key.size() == 4 && value.size() == 4) return {query[0], heads, heads, query[1], key[2] + past, size, value[3]};
  if (key.size() != 3 || value.size() != 3 || key[2] != query[2])
    call.wrong(fmt::format("{}, {} and {} do not fit", shape_text(query), shape_text(key), shape_text(value)));
  return {query[0], heads, heads, query[1], key[1] + past, size, part(call, value[2], heads)};
}

void multi_head_attention(Call& call) {
  const Attention sizes = multi_head(call);
  const Type type = call.input(0).type;
  call.give(0, type, {sizes.batch, sizes.queries, sizes.heads * sizes.value_length});
  call.give(1, type, {sizes.batch, sizes.heads, sizes.keys, sizes.key_length});
  call.give(2, type, {sizes.batch, sizes.heads, sizes.keys, sizes.value_length});
}

std::optional<std::uint64_t> multi_head_macs(const Call& call) { return attention_macs(call, multi_head(call)); }

/// com.microsoft GroupQueryAttention: query alone is packed QKV.
Attention group_query(const Call& call) {
  call.check_rank(0, 3);
  const Shape& query = call.shape(0);
  const std::int64_t heads = heads_of(call, "num_heads");
  const std::int64_t key_heads = heads_of(call, "kv_num_heads");
  const std::int64_t size = call.has(1) ? part(call, query[2], heads) : part(call, query[2], heads + 2 * key_heads);
  std::int64_t past = 0;
  if (call.has(3)) {
    call.check_rank(3, 4);
    past = call.shape(3)[2];
  }
  std::int64_t keys = query[1] + past;
  if (const std::vector<std::int64_t>* total = call.whole(6);
      total != nullptr && total->size() == 1 && total->front() > 0)
    keys = total->front();
  return {query[0], heads, key_heads, query[1], keys, size, size};
}

void group_query_attention(Call& call) {
  const Attention sizes = group_query(call);
  const Type type = call.input(0).type;
  call.give(0, type, {sizes.batch, sizes.queries, sizes.heads * sizes.value_length});
  call.give(1, type, {sizes.batch, sizes.key_heads, sizes.keys, sizes.key_length});
  call.give(2, type, {sizes.batch, sizes.key_heads, sizes.keys, sizes.value_length});
}

std::optional<std::uint64_t> group_query_macs(const Call& call) {
  if (call.integer("local_window_size", -1) > 0) {
    call.estimated = true;
    call.notes.push_back(call.model.shown(call.node) + " has a sliding window: full attention is an upper bound");
  }
  return attention_macs(call, group_query(call));
}

/// NGramRepeatBlock: the scores, which are input 1.
void same_as_second(Call& call) { call.give(0, call.input(1).type, call.shape(1)); }

/// com.microsoft EmbedLayerNormalization: rows of three tables, added.
void embed(Call& call) {
  call.check_rank(0, 2);
  call.check_rank(2, 2);
  const Shape& ids = call.shape(0);
  call.give(0, call.input(2).type, {ids[0], ids[1], call.shape(2)[1]});
  call.give(1, Type::int32, {ids[0]});
  call.give(2, call.input(2).type, {ids[0], ids[1], call.shape(2)[1]});
}

constexpr std::string_view attention_words =
    "batch x heads x S x T x (dk + dv), T with the past, without a causal discount";
constexpr std::string_view projected_words =
    "batch x S x elements(W), and batch x heads x S x T x (dk + dv), T with the past";

constexpr auto attention_rows = std::to_array<Operator>({
    {"", "Attention", attention, attention_cost, "wwwmw", attention_words},
    // Tables of sines and cosines are not trained.
    {"", "RotaryEmbedding", same_as_first, nullptr, "wmm-"},
    {"com.microsoft", "RotaryEmbedding", same_as_first, nullptr, "w-mm"},
    {"com.microsoft", "NGramRepeatBlock", same_as_second, nullptr, "-w"},
    {"com.microsoft", "Attention", microsoft_attention<4>, microsoft_attention_macs<4>, "www-w", projected_words},
    {"com.microsoft", "QAttention", microsoft_attention<8>, microsoft_attention_macs<8>, "wwwqq-qqw", projected_words},
    {"com.microsoft", "MultiHeadAttention", multi_head_attention, multi_head_macs, "wwww-w", attention_words},
    {"com.microsoft", "GroupQueryAttention", group_query_attention, group_query_macs, "wwwww--mm-w", attention_words},
    {"com.microsoft", "EmbedLayerNormalization", embed, nullptr, "--wwwww-"},
});

}  // namespace

std::span<const Operator> attention_operators() { return attention_rows; }

}  // namespace greenml::model_file::graph
