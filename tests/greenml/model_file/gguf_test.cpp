#include "model_file/gguf.hpp"

#include <numeric>
#include <string>

#include "catch.hpp"
#include "model_file/gguf_types.hpp"
#include "model_writer.hpp"

namespace greenml::model_file {

namespace {

Inspection inspect_gguf(const std::string& path, std::int64_t tokens = 1, std::int64_t past = 0) {
  InspectOptions options;
  options.tokens = tokens;
  options.past = past;
  const Parsed<Inspection> inspection = inspect(path, options);
  INFO(inspection.complaint().message);
  REQUIRE(inspection);
  // Rows sum to the totals, always.
  const auto sum = [&](auto member) {
    return std::accumulate(inspection->layers.begin(), inspection->layers.end(), std::uint64_t{0},
                           [&](std::uint64_t total, const Layer& layer) { return total + layer.*member; });
  };
  if (inspection->params) CHECK(sum(&Layer::params) == *inspection->params);
  CHECK(sum(&Layer::macs) == inspection->macs.value_or(0));
  return *inspection;
}

Inspection inspect_written(const GgufWriter& writer, std::int64_t tokens = 1, std::int64_t past = 0) {
  const TemporaryFolder folder;
  return inspect_gguf(writer.write(folder, "net.gguf"), tokens, past);
}

std::string complaint_about_gguf(const std::string& bytes, std::uint64_t size = 0) {
  const TemporaryFolder folder;
  const std::string path = folder.write("net.gguf", bytes, size);
  const Parsed<Inspection> inspection = inspect(path, {});
  return inspection ? "none" : inspection.complaint().message.substr(path.size() + 2);
}

// A block of `tiny_llama`: 8 x 8 twice, 8 x 4 twice, 8 x 16 three times.
constexpr std::uint64_t block_matrices = 2 * 64 + 2 * 32 + 3 * 128;
constexpr std::uint64_t block_params = block_matrices + 2 * 8;
// 2 heads of (4 + 4).
constexpr std::uint64_t block_attention = 2 * 8;

/// A model with 4 experts, of which 2 are used.
GgufWriter mixture() {
  GgufWriter writer = tiny_llama(1, true);
  writer.key("llama.expert_count", 4).key("llama.expert_used_count", 2);
  for (const char* const name : {"gate", "up", "down"})
    writer.add(std::string("blk.0.ffn_") + name + "_exps.weight", {8, 16, 4});
  return writer.add("blk.0.ffn_gate_inp.weight", {8, 4});
}

}  // namespace

TEST_CASE("a token takes each matrix once, and attention for each position") {
  const Inspection inspection = inspect_written(tiny_llama(3, false));
  CHECK(inspection.status == InspectionStatus::exact);
  CHECK(inspection.params == 2 * 80 + 3 * block_params + 8);
  CHECK(inspection.macs == 80 + 3 * block_matrices + 3 * block_attention);
  CHECK_FALSE(inspection.active_params);
  CHECK(inspection.name == "Tiny");
  CHECK(inspection.architecture == "llama");
  CHECK(inspection.input == "1 token");
}

TEST_CASE("an embedding is the head where there is no other") {
  const Inspection inspection = inspect_written(tiny_llama(3, true));
  CHECK(inspection.params == 80 + 3 * block_params + 8);
  CHECK(inspection.macs == 80 + 3 * block_matrices + 3 * block_attention);
}

TEST_CASE("a pass of n tokens takes n times the matrices, and n x (past + n) times attention") {
  const std::uint64_t linear = 80 + 2 * block_matrices;
  const Inspection inspection = inspect_written(tiny_llama(2, false), 5, 7);
  CHECK(inspection.macs == 5 * linear + 5 * (7 + 5) * 2 * block_attention);
  CHECK(inspection.input == "5 tokens after 7");
}

TEST_CASE("version 2 is read as version 3") {
  GgufWriter writer = tiny_llama(1, false);
  writer.version = 2;
  CHECK(inspect_written(writer).macs == 80 + block_matrices + block_attention);
}

TEST_CASE("experts count by the share that is used, and active params with them") {
  const Inspection inspection = inspect_written(mixture());
  const std::uint64_t experts = 3 * 8 * 16 * 4;
  CHECK(inspection.params == 80 + block_params + 8 + 32 + experts);
  CHECK(inspection.active_params == 80 + block_params + 8 + 32 + experts / 2);
  CHECK(inspection.macs == 80 + block_matrices + block_attention + 32 + experts / 2);
}

TEST_CASE("experts in tensors of their own count as those in one") {
  GgufWriter writer = tiny_llama(1, true);
  writer.key("llama.expert_count", 4).key("llama.expert_used_count", 2).add("blk.0.ffn_gate_inp.weight", {8, 4});
  for (const char* const name : {"gate", "up", "down"})
    for (int expert = 0; expert < 4; ++expert)
      writer.add(std::string("blk.0.ffn_") + name + "." + std::to_string(expert) + ".weight", {8, 16});
  const Inspection one = inspect_written(writer);
  const Inspection other = inspect_written(mixture());
  CHECK(one.macs == other.macs);
  CHECK(one.params == other.params);
  CHECK(one.active_params == other.active_params);
}

TEST_CASE("what is not known is partial, and never a smaller number") {
  struct Trap {
    GgufWriter writer;
    std::string why;
  };
  GgufWriter without_used = tiny_llama(1, true);
  without_used.key("llama.expert_count", 4).add("blk.0.ffn_up_exps.weight", {8, 16, 4});
  without_used.add("blk.0.ffn_down_exps.weight", {16, 8, 4});
  GgufWriter too_few = tiny_llama(1, true);
  too_few.key("llama.expert_count", 8).key("llama.expert_used_count", 2).add("blk.0.ffn_up_exps.weight", {8, 16, 4});
  too_few.add("blk.0.ffn_down_exps.weight", {16, 8, 4});
  GgufWriter cut = tiny_llama(2, true);
  cut.keys.replace(cut.keys.find("llama.block_count") + 21, 4, u32(3));
  GgufWriter half = tiny_llama(1, true);
  half.key("x", 1).add("blk.1.attn_q.weight", {8, 8});
  half.keys.replace(half.keys.find("llama.block_count") + 21, 4, u32(2));
  const std::vector<Trap> traps = {
      {tiny_llama(1, true).add("blk.0.ssm_in.weight", {8, 8}),
       "blk.0.ssm_in.weight is of a state-space or linear-attention layer, whose scan is no matrix"},
      {tiny_llama(1, true).add("blk.0.ssm_a", {8}),
       "blk.0.ssm_a is of a state-space or linear-attention layer, whose scan is no matrix"},
      {tiny_llama(1, true).add("blk.0.new_idea.weight", {8, 8}),
       "what blk.0.new_idea.weight is multiplied with is not known"},
      {tiny_llama(1, true).add("cls.weight", {8, 8}), "what cls.weight is multiplied with is not known"},
      {without_used, "blk.0.ffn_up_exps.weight has experts, and llama.expert_used_count is not there"},
      {too_few, "blk.0.ffn_up_exps.weight has 4 experts, and the model 8"},
      {cut, "blk.2 is not there, and llama.block_count is 3"},
      {half, "the attention of blk.1 has not all of queries, keys, values and output"},
      {tiny_llama(1, true).add("blk.0.ffn_up_shexp.weight", {8, 8}), "blk.0.ffn_down_shexp.weight is not there"},
      {tiny_llama(1, true).key("llama.ssm.state_size", 16),
       "llama.ssm.state_size tells of state-space or linear-attention layers, whose scan is no matrix"},
      {tiny_llama(1, true).key("llama.total_ut_steps", 4), "llama.total_ut_steps tells that layers run several times"},
      {tiny_llama(1, true).key("llama.nextn_predict_layers", 1),
       "it is not known whether the layers run that predict further tokens"},
      {tiny_llama(1, true).add("blk.0.w.weight", {32}, 99, 32, 7),
       "tensor blk.0.w.weight is of type 99, which is not known"},
  };
  for (const Trap& trap : traps) {
    CAPTURE(trap.why);
    const Inspection inspection = inspect_written(trap.writer);
    CHECK(inspection.status == InspectionStatus::partial);
    CHECK(inspection.why_no_macs == trap.why);
    CHECK_FALSE(inspection.macs);
    CHECK(inspection.params);
  }
}

TEST_CASE("what is no decoder of tokens is weights alone") {
  const auto status_of = [](const GgufWriter& writer) { return inspect_written(writer).status; };
  CHECK(status_of(tiny_llama(1, true).key("llama.pooling_type", 1)) == InspectionStatus::weights_only);
  CHECK(status_of(tiny_llama(1, true).raw_key("llama.attention.causal", 7, number(0, 1))) ==
        InspectionStatus::weights_only);
  CHECK(status_of(tiny_llama(1, true).key("general.type", "adapter")) == InspectionStatus::weights_only);
  CHECK(status_of(GgufWriter().add("blk.0.attn_q.weight.lora_a", {8, 2})) == InspectionStatus::weights_only);
  CHECK(status_of(GgufWriter().add("v.blk.0.attn_q.weight", {8, 8})) == InspectionStatus::weights_only);
  CHECK(status_of(tiny_llama(1, true).add("enc.blk.0.attn_q.weight", {8, 8})) == InspectionStatus::weights_only);
}

TEST_CASE("a sliding window makes attention an upper bound") {
  const Inspection inspection = inspect_written(tiny_llama(1, true).key("llama.attention.sliding_window", 4096));
  CHECK(inspection.macs_estimated);
  CHECK(inspection.macs == inspect_written(tiny_llama(1, true)).macs);
  REQUIRE(inspection.notes.size() == 1);
  CHECK(inspection.notes[0] == "attention has a sliding window of 4,096: it is counted in full, as an upper bound");
  CHECK_FALSE(inspect_written(tiny_llama(1, true).key("llama.attention.sliding_window", 0)).macs_estimated);
}

TEST_CASE("heads and their lengths are as the keys say") {
  GgufWriter writer = tiny_llama(2, true);
  writer.keys.replace(writer.keys.find("llama.attention.head_count"), 26, "llama.attention.head_xxxxx");
  CHECK(inspect_written(writer).status == InspectionStatus::partial);
  writer.list("llama.attention.head_count", {2, 4});
  writer.key("llama.attention.key_length", 3).key("llama.attention.value_length", 5);
  CHECK(inspect_written(writer).macs == 80 + 2 * block_matrices + (2 + 4) * 8);
}

TEST_CASE("lookups and norms of two dimensions are multiplied with nothing, a gate of one row is") {
  const std::uint64_t macs = *inspect_written(tiny_llama(1, true)).macs;
  CHECK(inspect_written(tiny_llama(1, true).add("position_embd.weight", {8, 64})).macs == macs);
  CHECK(inspect_written(tiny_llama(1, true).add("blk.0.attn_q_norm.weight", {4, 2})).macs == macs);
  CHECK(inspect_written(tiny_llama(1, true).add("blk.0.ffn_gate_inp_shexp.weight", {8})).macs == macs + 8);
}

TEST_CASE("latent attention counts as the file holds it") {
  GgufWriter writer;
  writer.key("general.architecture", "deepseek2").key("deepseek2.block_count", 1).key("deepseek2.embedding_length", 8);
  writer.key("deepseek2.attention.head_count", 2).key("deepseek2.attention.kv_lora_rank", 6);
  writer.key("deepseek2.rope.dimension_count", 2).key("deepseek2.attention.key_length", 8);
  writer.key("deepseek2.attention.value_length", 6);
  writer.add("token_embd.weight", {8, 10})
      .add("blk.0.attn_q.weight", {8, 10})
      .add("blk.0.attn_kv_a_mqa.weight", {8, 8});
  writer.add("blk.0.attn_k_b.weight", {3, 6, 2}).add("blk.0.attn_v_b.weight", {6, 4, 2});
  writer.add("blk.0.attn_output.weight", {8, 8});
  CHECK(inspect_written(writer).macs == 80 + 80 + 64 + 36 + 48 + 64 + 2 * (8 + 6));
  CHECK(inspect_written(writer.add("blk.0.attn_kv_b.weight", {6, 14})).status == InspectionStatus::partial);
}

TEST_CASE("each GGUF type takes its blocks") {
  for (const GgufType& type : gguf_types()) {
    if (type.name == "unknown") continue;
    CAPTURE(type.name);
    const Inspection inspection = inspect_written(GgufWriter().add("w", {512, 3}, type.number, type.block, type.bytes));
    if (type.is_integer) {
      CHECK(inspection.params == 0);
      continue;
    }
    CHECK(inspection.params == 1536);
    REQUIRE(inspection.types.size() == 1);
    CHECK(inspection.types[0].type == type.name);
    CHECK(inspection.types[0].bytes == 1536 / type.block * type.bytes);
  }
}

TEST_CASE("the file's type of quantisation is its variant") {
  CHECK(inspect_written(tiny_llama(1, true).key("general.file_type", 15)).variant == "Q4_K_M");
  CHECK(inspect_written(tiny_llama(1, true).key("general.file_type", 9999)).variant.empty());
  CHECK(inspect_written(tiny_llama(1, true)).variant.empty());
}

TEST_CASE("bytes of an unknown type are those up to the next tensor") {
  const Inspection inspection = inspect_written(GgufWriter().add("w", {32}, 99, 32, 50).add("v", {8}));
  CHECK(inspection.params == 40);
  REQUIRE(inspection.types.size() == 2);
  CHECK(inspection.types[0].type == "type 99");
  CHECK(inspection.types[0].elements == 32);
  CHECK(inspection.types[0].bytes == 64);
}

TEST_CASE("a GGUF header that lies is refused, with what is wrong where") {
  GgufWriter good;
  good.key("general.architecture", "llama").add("w", {4});
  const std::string begin = "GGUF" + u32(3);
  struct Lie {
    std::string bytes;
    std::string message;
  };
  const std::string aligned = good.header() + std::string(32 - good.header().size() % 32, '\0');
  const std::vector<Lie> lies = {
      {"GGUF", "GGUF: ends at byte 4 inside the header"},
      {"GGUF" + u32(1) + u64(0) + u64(0), "GGUF: version 1 is not read, only 2 and 3"},
      {"GGUF" + u32(3U << 24U) + u64(0) + u64(0), "GGUF: big-endian GGUF is not read"},
      {begin + u64(std::uint64_t{1} << 62U) + u64(0),
       "GGUF: the header states 4,611,686,018,427,387,904 tensors, more than the 24 bytes of the file can hold"},
      {begin + u64(0) + u64(1) + u64(std::uint64_t{1} << 63U) + "x",
       "GGUF: a name of 9,223,372,036,854,775,808 bytes, longer than the file, at byte 32 in key 0"},
      {begin + u64(0) + u64(1) + text_of("k") + u32(13) + u64(0),
       "GGUF: there is no type of value 13, at byte 37 in key k"},
      {aligned + std::string(15, '\0'), "GGUF: 15 of 16 bytes of tensor data are there"},
      {aligned + std::string(33, '\0'), "GGUF: the file goes on for 1 byte after the last tensor"},
      {GgufWriter().add("w", {33}, 8, 33, 34).header() + std::string(64, '\0'),
       "GGUF: a row of 33 elements is no whole number of blocks of 32, which Q8_0 has, at byte 57 in tensor w"},
      {GgufWriter().add("w", {1, 1, 1, 1, 1}).header() + std::string(64, '\0'),
       "GGUF: 5 dimensions, where GGUF allows 4, at byte 37 in tensor w"},
      {begin + u64(1) + u64(0) + text_of("w") + u32(2) + u64(std::uint64_t{1} << 33U) + u64(std::uint64_t{1} << 33U) +
           u32(0) + u64(0) + std::string(64, '\0'),
       "GGUF: the product of the shape 8589934592x8589934592 is over 64 bits, at byte 65 in tensor w"},
      {begin + u64(1) + u64(0) + text_of("w") + u32(1) + u64(4) + u32(0) + u64(7) + std::string(64, '\0'),
       "GGUF: offset 7 is no multiple of 32, at byte 57 in tensor w"},
      {begin + u64(1) + u64(0) + text_of("w") + u32(1) + u64(4) + u32(0) + u64(32) + std::string(64, '\0'),
       "GGUF: bytes 0 to 32 of the data belong to no tensor"},
      {GgufWriter().key("a", 1).key("a", 2).header(), "GGUF: the key is there twice, at byte 58 in key a"},
      {GgufWriter().key("general.alignment", 24).header(), "GGUF: general.alignment is no power of two"},
      {GgufWriter().add("w", {8}).add("w", {8}).header() + std::string(96, '\0'), "GGUF: tensor w is there twice"},
  };
  for (const Lie& lie : lies) {
    CAPTURE(lie.message);
    CHECK(complaint_about_gguf(lie.bytes) == lie.message);
  }
}

TEST_CASE("a file that is cut anywhere is refused, and says so") {
  GgufWriter writer = tiny_llama(1, false);
  writer.raw_key("tokenizer.ggml.tokens", 9, u32(8) + u64(2) + text_of("a") + text_of("bc"));
  const std::string header = writer.header();
  for (std::size_t size = 4; size < header.size(); size += 3) {
    CAPTURE(size);
    CHECK(complaint_about_gguf(header.substr(0, size)) != "none");
  }
}

TEST_CASE("lists in lists are bounded") {
  std::string deep;
  for (int depth = 0; depth < 5000; ++depth) deep += u32(9) + u64(1);
  GgufWriter writer;
  writer.raw_key("k", 9, deep);
  CHECK(complaint_about_gguf(writer.header()).starts_with("GGUF: lists are nested deeper than 4"));
}

}  // namespace greenml::model_file
