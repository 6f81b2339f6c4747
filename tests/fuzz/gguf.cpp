/// \file
/// Fuzzes GGUF files: as bytes, and as models that are built of what the input chooses and then damaged.

#include <array>
#include <cstdint>
#include <string>

#include "expect.hpp"
#include "greenml/inspect.hpp"
#include "model_bytes.hpp"

using namespace greenml;
using namespace greenml::model_file;

namespace {

std::string little(std::uint64_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes; ++at) text += static_cast<char>(value >> (8 * at) & 0xffU);
  return text;
}

std::string text_of(const std::string& text) { return little(text.size(), 8) + text; }

constexpr auto keys = std::to_array<const char*>(
    {"general.architecture", "general.alignment", "general.type", "general.file_type", "a.block_count",
     "a.embedding_length", "a.attention.head_count", "a.attention.key_length", "a.attention.value_length",
     "a.expert_count", "a.expert_used_count", "a.attention.sliding_window", "a.pooling_type", "split.count",
     "a.attention.kv_lora_rank", "a.rope.dimension_count", "a.attention.key_length_mla"});

constexpr auto tensors = std::to_array<const char*>(
    {"token_embd.weight", "output.weight", "attn_q.weight", "attn_k.weight", "attn_v.weight", "attn_output.weight",
     "attn_qkv.weight", "attn_k_b.weight", "attn_v_b.weight", "attn_kv_b.weight", "ffn_up.weight", "ffn_up_exps.weight",
     "ffn_up_exps.bias", "ffn_up.0.weight", "ffn_up.1.weight", "attn_norm.weight", "ssm_a", "x.weight",
     "ffn_up.scale"});

std::string value(Choices& choices) {
  switch (choices.byte() % 5) {
    case 0:
      return little(8, 4) + text_of("a");
    case 1:
      return little(9, 4) + little(4, 4) + little(2, 8) + little(choices.byte(), 4) + little(choices.byte(), 4);
    case 2:
      return little(10, 4) + little(choices.number(8), 8);
    case 3:
      return little(choices.byte() % 13, 4) + little(choices.number(4), 8);
    default:
      return little(4, 4) + little(choices.byte() % 8, 4);
  }
}

std::string dimensions(Choices& choices, std::uint64_t& elements) {
  const std::uint64_t rank = choices.byte() % 5;
  std::string text = little(rank, 4);
  for (std::uint64_t dimension = 0; dimension < rank; ++dimension) {
    const std::uint8_t choice = choices.byte();
    const std::uint64_t size = choice == 255 ? choices.number(8) : choice % 9;
    elements *= size;
    text += little(size, 8);
  }
  return text;
}

/// A file whose tables are whole; its numbers may be anything.
std::string build(Choices& choices, std::uint64_t& data) {
  const std::uint64_t key_count = choices.byte() % 16;
  const std::uint64_t tensor_count = choices.byte() % 16;
  std::string text = "GGUF" + little(2 + choices.byte() % 2, 4) + little(tensor_count, 8) + little(key_count, 8);
  for (std::uint64_t key = 0; key < key_count; ++key)
    text += text_of(keys[choices.byte() % keys.size()]) + value(choices);
  for (std::uint64_t tensor = 0; tensor < tensor_count; ++tensor) {
    std::string name = tensors[choices.byte() % tensors.size()];
    if (!name.starts_with("token") && !name.starts_with("output")) {
      name = std::to_string(choices.byte() % 4) + "." + name;
      name = "blk." + name;
    }
    std::uint64_t elements = 1;
    const std::string shape = dimensions(choices, elements);
    const std::uint64_t type = choices.byte() < 200 ? 0 : choices.byte() % 48;
    text += text_of(name) + shape + little(type, 4) + little(data, 8);
    data = (data + elements * 4 + 31) / 32 * 32;
  }
  data %= std::uint64_t{1} << 40U;
  data += (text.size() + 31) / 32 * 32;
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  Choices choices(std::span(bytes, size));
  const std::uint8_t mode = choices.byte();
  InspectOptions options;
  options.tokens = mode % 16 + 1;
  options.past = mode / 64;
  if (mode % 2 == 0) {
    const MemoryFile file("GGUF" + choices.rest());
    expect_sound(inspect(file.path(), options));
    return 0;
  }
  std::uint64_t data = 0;
  std::string text = build(choices, data);
  if (!choices.empty()) text[choices.number(2) % text.size()] = static_cast<char>(choices.byte());
  const MemoryFile file(text, data);
  expect_sound(inspect(file.path(), options));
  return 0;
}
