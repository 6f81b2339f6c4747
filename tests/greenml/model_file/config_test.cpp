#include "model_file/config.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include "catch.hpp"
#include "model_file/config_model.hpp"
#include "model_writer.hpp"

namespace greenml::model_file {

namespace {

constexpr const char* llama = R"("architectures":["LlamaForCausalLM"],"hidden_size":8,"num_hidden_layers":2,)"
                              R"("num_attention_heads":2,"num_key_value_heads":1)";

std::string config_with(const std::string& more) { return "{" + std::string(llama) + more + "}"; }

/// Two layers of width 8: queries 8 x 8, keys and values 4 x 8, output 8 x 8, three matrices of 16 x 8. 10 tokens.
SafetensorsWriter tiny_llama_weights(bool tied) {
  SafetensorsWriter writer;
  writer.bf16("model.embed_tokens.weight", {10, 8});
  for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
    writer.bf16(layer + "input_layernorm.weight", {8}).bf16(layer + "self_attn.q_proj.weight", {8, 8});
    writer.bf16(layer + "self_attn.k_proj.weight", {4, 8}).bf16(layer + "self_attn.v_proj.weight", {4, 8});
    writer.bf16(layer + "self_attn.o_proj.weight", {8, 8}).bf16(layer + "mlp.gate_proj.weight", {16, 8});
    writer.bf16(layer + "mlp.up_proj.weight", {16, 8}).bf16(layer + "mlp.down_proj.weight", {8, 16});
  }
  writer.bf16("model.norm.weight", {8});
  if (!tied) writer.bf16("lm_head.weight", {10, 8});
  return writer;
}

constexpr std::uint64_t layer_matrices = 2 * 64 + 2 * 32 + 3 * 128;
constexpr std::uint64_t layer_attention = 2 * (4 + 4);

Inspection inspect_with(const SafetensorsWriter& writer, const std::string& config,
                        const InspectOptions& options = {}) {
  const TemporaryFolder folder;
  folder.write("config.json", config);
  const Parsed<Inspection> inspection = inspect(writer.write(folder, "model.safetensors"), options);
  INFO(inspection.complaint().message);
  REQUIRE(inspection);
  std::uint64_t params = 0;
  std::uint64_t macs = 0;
  for (const Layer& layer : inspection->layers) {
    params += layer.params;
    macs += layer.macs;
  }
  if (inspection->params) CHECK(params == *inspection->params);
  CHECK(macs == inspection->macs.value_or(0));
  return *inspection;
}

Parsed<Config> read(const std::string& text) {
  const TemporaryFolder folder;
  return Config::read(*File::open(folder.write("config.json", text)));
}

}  // namespace

TEST_CASE("values of a config are found by their paths") {
  const Parsed<Config> config =
      read(R"({"a": {"b": [1, {"c": "x\u0041"}], "t": true}, "f": 1.5, "n": -1, "i": Infinity})");
  REQUIRE(config);
  CHECK(config->number("a.b[0]") == 1);
  CHECK(config->text("a.b[1].c") == "xA");
  CHECK(config->boolean("a.t") == true);
  CHECK_FALSE(config->number("f"));
  CHECK_FALSE(config->number("n"));
  CHECK_FALSE(config->number("a.b[1].c"));
  CHECK_FALSE(config->has("a"));
  CHECK(config->first_number({"x", "n", "a.b[0]"}) == 1);
}

TEST_CASE("a config with duplicate keys is not read") {
  CHECK_FALSE(read(R"({"a": 1, "a": 2})"));
  CHECK_FALSE(read(R"({"a": {}, "a": {}})"));
  CHECK_FALSE(read(R"({"a": {"b": 1}, "a.b": 2})"));
  CHECK_FALSE(read("[1]"));
  CHECK_FALSE(read(R"({"a": 01})"));
  CHECK_FALSE(read(R"({"a": 1,})"));
  CHECK_FALSE(read("{" + std::string("\"a\":") + std::string(100, '[') + std::string(100, ']') + "}"));
  const Inspection inspection = inspect_with(tiny_llama_weights(true), R"({"a": 1, "a": 2})");
  CHECK(inspection.status == InspectionStatus::weights_only);
  CHECK(inspection.notes.size() == 1);
}

TEST_CASE("a config that is not used is noted without its folder") {
  const Inspection twice = inspect_with(tiny_llama_weights(true), R"({"a": 1, "a": 2})");
  CHECK(twice.notes == std::vector<std::string>{"config.json is not used: JSON: key a is there twice, at byte 13"});
  const TemporaryFolder folder;
  const TemporaryFolder other;
  std::filesystem::create_symlink(other.write("secret", "{}"), folder.at("config.json"));
  const Parsed<Inspection> linked = inspect(tiny_llama_weights(true).write(folder, "model.safetensors"), {});
  REQUIRE(linked);
  CHECK(linked->notes ==
        std::vector<std::string>{
            "config.json is not used: this is a link out of the model's folder, which is not followed"});
}

TEST_CASE("a model that writes tokens is counted from its matrices and its config") {
  const std::uint64_t layers = 2 * layer_matrices + 2 * layer_attention;
  const Inspection untied = inspect_with(tiny_llama_weights(false), config_with(R"(,"tie_word_embeddings":false)"));
  CHECK(untied.status == InspectionStatus::exact);
  CHECK(untied.macs == 80 + layers);
  CHECK(untied.params == 2 * 80 + 2 * (layer_matrices + 8) + 8);
  const Inspection tied = inspect_with(tiny_llama_weights(true), config_with(R"(,"tie_word_embeddings":true)"));
  CHECK(tied.macs == 80 + layers);
  CHECK(tied.params == 80 + 2 * (layer_matrices + 8) + 8);
  InspectOptions options;
  options.tokens = 3;
  options.past = 4;
  CHECK(inspect_with(tiny_llama_weights(true), config_with(""), options).macs ==
        3 * (80 + 2 * layer_matrices) + 3 * 7 * 2 * layer_attention);
}

TEST_CASE("a length of heads that differs from the width is taken as said") {
  const Inspection inspection = inspect_with(tiny_llama_weights(true), config_with(R"(,"head_dim":16)"));
  CHECK(inspection.macs == 80 + 2 * layer_matrices + 2 * 2 * (16 + 16));
}

TEST_CASE("both of two tied matrices in a file are counted as params, with a note") {
  const Inspection inspection = inspect_with(tiny_llama_weights(false), config_with(R"(,"tie_word_embeddings":true)"));
  CHECK(inspection.params == 2 * 80 + 2 * (layer_matrices + 8) + 8);
  CHECK(inspection.macs == 80 + 2 * layer_matrices + 2 * layer_attention);
  CHECK(inspection.notes.size() == 1);
}

TEST_CASE("what is not known is weights alone, or partial, and never a smaller number") {
  struct Trap {
    SafetensorsWriter writer;
    std::string config;
    InspectionStatus status;
  };
  SafetensorsWriter one_layer_more = tiny_llama_weights(true);
  one_layer_more.bf16("model.layers.2.self_attn.q_proj.weight", {8, 8});
  const auto with = [](const std::string& name, std::vector<std::uint64_t> shape) {
    return tiny_llama_weights(true).bf16(name, shape);
  };
  const auto without = [](const std::string& module) {
    SafetensorsWriter writer = tiny_llama_weights(true);
    writer.header.replace(writer.header.find(module), module.size(), "norm");
    return writer;
  };
  constexpr auto weights = InspectionStatus::weights_only;
  constexpr auto partial = InspectionStatus::partial;
  const std::vector<Trap> traps = {
      {tiny_llama_weights(true), config_with(R"(,"tie_word_embeddings":false)"), weights},
      {tiny_llama_weights(true), R"({"architectures":["LlamaModel"]})", weights},
      {tiny_llama_weights(true), R"({"architectures":["T5ForConditionalGeneration"]})", weights},
      {tiny_llama_weights(true), "{}", weights},
      {tiny_llama_weights(true), R"({"architectures":["LlamaForCausalLM"]})", weights},
      {one_layer_more, config_with(""), weights},
      {with("model.layers.0.self_attn.new.weight", {8, 8}), config_with(""), weights},
      {with("vision_tower.layers.0.self_attn.q_proj.weight", {8, 8}), config_with(""), weights},
      {with("base.layers.0.q_proj.lora_A.weight", {2, 8}), config_with(""), weights},
      {with("model.layers.0.mlp.experts.0.up_proj.weight", {8, 8}), config_with(""), weights},
      {with("model.layers.0.mixer.A_log", {8}), config_with(""), partial},
      {with("model.layers.0.mamba.in_proj.weight", {8, 8}), config_with(""), partial},
      {tiny_llama_weights(true), config_with(R"(,"layer_types":["full_attention","linear_attention"])"), partial},
      {tiny_llama_weights(true), config_with(R"(,"total_ut_steps":4)"), weights},
      {without("model.layers.1.mlp.down_proj"), config_with(""), weights},
      {without("model.layers.0.self_attn.v_proj"), config_with(""), weights},
      {with("transformer.wte.weight", {10, 8}), config_with(""), weights},
      {with("draft.lm_head.weight", {10, 8}), config_with(""), weights},
      {with("layers.1.self_attn.q_proj.weight", {8, 8}), config_with(""), weights},
  };
  for (const Trap& trap : traps) {
    CAPTURE(trap.config, trap.writer.header);
    const Inspection inspection = inspect_with(trap.writer, trap.config);
    CHECK(inspection.status == trap.status);
    CHECK_FALSE(inspection.macs);
    CHECK_FALSE(inspection.why_no_macs.empty());
    CHECK(inspection.params);
  }
}

TEST_CASE("a window makes attention an upper bound, unless it is switched off") {
  const SafetensorsWriter writer = tiny_llama_weights(true);
  CHECK(inspect_with(writer, config_with(R"(,"sliding_window":4096)")).macs_estimated);
  CHECK(inspect_with(writer, config_with(R"(,"layer_types":["sliding_attention","full_attention"])")).macs_estimated);
  CHECK_FALSE(inspect_with(writer, config_with(R"(,"sliding_window":null)")).macs_estimated);
  CHECK_FALSE(inspect_with(writer, config_with(R"(,"sliding_window":4096,"use_sliding_window":false)")).macs_estimated);
}

TEST_CASE("experts count by the share that is used, one by one or all in one tensor") {
  const std::string config = config_with(R"(,"num_local_experts":4,"num_experts_per_tok":2)");
  SafetensorsWriter single = tiny_llama_weights(true);
  SafetensorsWriter joint = tiny_llama_weights(true);
  for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
    for (const std::string expert : {"0", "1", "2", "3"})
      for (const std::string matrix : {".w1.weight", ".w2.weight"})
        single.bf16(layer + "block_sparse_moe.experts." + expert + matrix, {16, 8});
    joint.bf16(layer + "mlp.experts.gate_up_proj", {4, 8, 16}).bf16(layer + "mlp.experts.down_proj", {4, 16, 8});
  }
  for (const SafetensorsWriter& writer : {single, joint}) {
    const Inspection inspection = inspect_with(writer, config);
    CHECK(inspection.macs == 80 + 2 * (layer_matrices + layer_attention + 2 * 256));
    REQUIRE(inspection.params);
    CHECK(inspection.active_params == *inspection.params - 2 * 2 * 256);
  }
}

TEST_CASE("latent attention takes the lengths of the config") {
  SafetensorsWriter writer;
  writer.bf16("model.embed_tokens.weight", {10, 8}).bf16("model.layers.0.self_attn.q_proj.weight", {10, 8});
  writer.bf16("model.layers.0.self_attn.kv_a_proj_with_mqa.weight", {8, 8});
  writer.bf16("model.layers.0.self_attn.kv_b_proj.weight", {14, 6})
      .bf16("model.layers.0.self_attn.o_proj.weight", {8, 8});
  const Inspection inspection = inspect_with(
      writer, R"({"architectures":["DeepseekV3ForCausalLM"],"num_hidden_layers":1,"num_attention_heads":2,)"
              R"("qk_nope_head_dim":3,"qk_rope_head_dim":2,"v_head_dim":4})");
  CHECK(inspection.macs == 80 + 80 + 64 + 84 + 64 + 2 * (3 + 2 + 4));
}

TEST_CASE("packed weights count as what they hold") {
  struct Packed {
    SafetensorsWriter writer;
    std::string config;
    std::optional<std::uint64_t> params;
    std::string type;
  };
  // 128 inputs, 64 outputs: 8,192 weights.
  SafetensorsWriter gptq;
  gptq.add("m.qweight", "I32", {16, 64}, 32).add("m.scales", "F16", {1, 64}, 16).add("m.qzeros", "I32", {1, 8}, 32);
  gptq.add("m.g_idx", "I32", {128}, 32);
  SafetensorsWriter three_bits;
  three_bits.add("m.qweight", "I32", {12, 64}, 32).add("m.scales", "F16", {1, 64}, 16);
  SafetensorsWriter awq;
  awq.add("m.qweight", "I32", {128, 8}, 32).add("m.scales", "F16", {1, 64}, 16).add("m.qzeros", "I32", {1, 8}, 32);
  SafetensorsWriter compressed;
  compressed.add("m.weight_packed", "I32", {64, 16}, 32).add("m.weight_scale", "BF16", {64, 1}, 16);
  compressed.add("m.weight_shape", "I64", {2}, 64);
  SafetensorsWriter mlx;
  mlx.add("m.weight", "U32", {64, 16}, 32).add("m.scales", "BF16", {64, 2}, 16).add("m.biases", "BF16", {64, 2}, 16);
  SafetensorsWriter mxfp4;
  mxfp4.add("m_blocks", "U8", {64, 4, 16}, 8).add("m_scales", "U8", {64, 4}, 8);
  SafetensorsWriter nf4;
  nf4.add("m.weight", "U8", {4096, 1}, 8).f32("m.weight.absmax", {128}).f32("m.weight.quant_map", {16});
  nf4.add("m.weight.quant_state.bitsandbytes__nf4", "U8", {90}, 8);
  const std::string four = R"("bits":4,"group_size":128)";
  const std::vector<Packed> all = {
      {gptq, R"({"quantization_config":{"quant_method":"gptq",)" + four + "}}", 8192, "int4"},
      {three_bits, R"({"quantization_config":{"quant_method":"gptq","bits":3,"group_size":-1}})", 8192, "int3"},
      {awq, R"({"quantization_config":{"quant_method":"awq",)" + four + "}}", 8192, "int4"},
      {compressed,
       R"({"quantization_config":{"quant_method":"compressed-tensors","config_groups":{"group_0":{"weights":)"
       R"({"num_bits":4,"group_size":128}}}}})",
       8192, "int4"},
      {mlx, R"({"quantization":{"bits":4,"group_size":64}})", 8192, "int4"},
      {mlx, R"({"quantization":{"bits":8,"group_size":64,"m":{"bits":4,"group_size":64}}})", 8192, "int4"},
      {mxfp4, R"({"quantization_config":{"quant_method":"mxfp4"}})", 8192, "MXFP4"},
      {nf4, "{}", 8192, "nf4"},
      // Bits that the shapes contradict, and none.
      {mlx, R"({"quantization":{"bits":8,"group_size":64}})", std::nullopt, ""},
      {gptq, R"({"quantization_config":{"quant_method":"gptq","bits":2,"group_size":128}})", std::nullopt, ""},
      {gptq, "{}", std::nullopt, ""},
      {gptq, R"({"quantization_config":{"bits":4,"dynamic":{"+:.*":{"bits":8}}}})", std::nullopt, ""},
      {mxfp4, "{}", std::nullopt, ""},
  };
  for (const Packed& packed : all) {
    CAPTURE(packed.config);
    const Inspection inspection = inspect_with(packed.writer, packed.config);
    CHECK(inspection.params == packed.params);
    if (!packed.params) continue;
    REQUIRE(inspection.types.size() == 1);
    CHECK(inspection.types[0].type == packed.type);
  }
}

TEST_CASE("operations of packed weights are those of what they hold") {
  SafetensorsWriter writer;
  writer.bf16("model.embed_tokens.weight", {10, 8});
  for (const std::string name : {"q", "k", "v", "o"}) {
    const std::string module = "model.layers.0.self_attn." + name + "_proj";
    writer.add(module + ".qweight", "I32", {1, 8}, 32).add(module + ".scales", "F16", {1, 8}, 16);
  }
  const Inspection inspection =
      inspect_with(writer, R"({"architectures":["LlamaForCausalLM"],"hidden_size":8,"num_hidden_layers":1,)"
                           R"("num_attention_heads":2,"quantization_config":{"bits":4,"group_size":8}})");
  CHECK(inspection.macs == 80 + 4 * 64 + 2 * 8);
}

}  // namespace greenml::model_file
