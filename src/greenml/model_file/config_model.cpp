#include "model_file/config_model.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "model_file/checked.hpp"
#include "model_file/message.hpp"
#include "model_file/packing.hpp"

namespace greenml::model_file {

namespace {

/// Kinds of matrices in a layer, after its number; "*" is the number of an expert. One row is one kind.
constexpr auto layer_kinds = std::to_array<NamedUse>({
    {"self_attn.q_proj", Use::attention},
    {"self_attn.k_proj", Use::attention},
    {"self_attn.v_proj", Use::attention},
    {"self_attn.o_proj", Use::attention},
    {"self_attn.out_proj", Use::attention},
    {"self_attn.qkv_proj", Use::attention},
    {"self_attn.dense", Use::attention},
    {"self_attn.W_pack", Use::attention},
    {"self_attn.query_key_value", Use::attention},
    {"self_attn.q_a_proj", Use::attention},
    {"self_attn.q_b_proj", Use::attention},
    {"self_attn.kv_a_proj_with_mqa", Use::attention},
    {"self_attn.kv_b_proj", Use::attention},
    {"self_attention.query_key_value", Use::attention},
    {"self_attention.dense", Use::attention},
    {"attention.query_key_value", Use::attention},
    {"attention.dense", Use::attention},
    {"attention.wqkv", Use::attention},
    {"attention.wq", Use::attention},
    {"attention.wk", Use::attention},
    {"attention.wv", Use::attention},
    {"attention.wo", Use::attention},
    {"attn.c_attn", Use::attention},
    {"attn.c_proj", Use::attention},
    {"attn.q_proj", Use::attention},
    {"attn.k_proj", Use::attention},
    {"attn.v_proj", Use::attention},
    {"attn.out_proj", Use::attention},
    {"attn.Wqkv", Use::attention},
    {"mlp.gate_proj", Use::matrix},
    {"mlp.up_proj", Use::matrix},
    {"mlp.down_proj", Use::matrix},
    {"mlp.gate_up_proj", Use::matrix},
    {"mlp.c_fc", Use::matrix},
    {"mlp.c_proj", Use::matrix},
    {"mlp.fc1", Use::matrix},
    {"mlp.fc2", Use::matrix},
    {"mlp.fc_in", Use::matrix},
    {"mlp.fc_out", Use::matrix},
    {"mlp.dense_h_to_4h", Use::matrix},
    {"mlp.dense_4h_to_h", Use::matrix},
    {"mlp.gate", Use::matrix},
    {"mlp.router", Use::matrix},
    {"mlp.shared_expert_gate", Use::matrix},
    {"mlp.shared_expert.gate_proj", Use::matrix},
    {"mlp.shared_expert.up_proj", Use::matrix},
    {"mlp.shared_expert.down_proj", Use::matrix},
    {"mlp.shared_experts.gate_proj", Use::matrix},
    {"mlp.shared_experts.up_proj", Use::matrix},
    {"mlp.shared_experts.down_proj", Use::matrix},
    {"mlp.experts.*.gate_proj", Use::expert},
    {"mlp.experts.*.up_proj", Use::expert},
    {"mlp.experts.*.down_proj", Use::expert},
    {"mlp.experts.gate_up_proj", Use::expert},
    {"mlp.experts.gate_up_proj_blocks", Use::expert},
    {"mlp.experts.down_proj", Use::expert},
    {"mlp.experts.down_proj_blocks", Use::expert},
    {"mlp.experts.gate_up_proj_bias", Use::expert_vector},
    {"mlp.experts.down_proj_bias", Use::expert_vector},
    {"block_sparse_moe.gate", Use::matrix},
    {"block_sparse_moe.experts.*.w1", Use::expert},
    {"block_sparse_moe.experts.*.w2", Use::expert},
    {"block_sparse_moe.experts.*.w3", Use::expert},
    {"feed_forward.w1", Use::matrix},
    {"feed_forward.w2", Use::matrix},
    {"feed_forward.w3", Use::matrix},
    {"fc1", Use::matrix},
    {"fc2", Use::matrix},
});

/// Names of tensors outside of the layers, without the folder that stands before them.
constexpr auto config_outer_kinds = std::to_array<NamedUse>({
    {"embed_tokens", Use::embedding},
    {"word_embeddings", Use::embedding},
    {"tok_embeddings", Use::embedding},
    {"embed_in", Use::embedding},
    {"wte", Use::embedding},
    {"embed_positions", Use::lookup},
    {"wpe", Use::lookup},
    {"lm_head", Use::head},
    {"embed_out", Use::head},
    {"output", Use::head},
});

constexpr auto config_recurrent_words = std::to_array<std::string_view>(
    {"A_log", ".mixer.", ".mamba.", "linear_attn", ".ssm", "time_mix", ".conv1d", ".rwkv"});

constexpr auto config_needs = std::to_array<Needs>({
    {".up_proj", ".down_proj", ""},
    {".gate_up_proj", ".down_proj", ""},
    {".down_proj", ".up_proj", ".gate_up_proj"},
    {".gate_up_proj_blocks", ".down_proj_blocks", ""},
    {".down_proj_blocks", ".gate_up_proj_blocks", ""},
    {".w1", ".w2", ""},
    {".w2", ".w1", ""},
    {"fc1", "fc2", ""},
    {"fc2", "fc1", ""},
    {"fc_in", "fc_out", ""},
    {"fc_out", "fc_in", ""},
    {"mlp.c_fc", "mlp.c_proj", ""},
    {"mlp.c_proj", "mlp.c_fc", ""},
    {"mlp.dense_h_to_4h", "mlp.dense_4h_to_h", ""},
    {"mlp.dense_4h_to_h", "mlp.dense_h_to_4h", ""},
});

/// Ends of the names of attention's matrices: each layer with attention has one of each row.
constexpr auto attention_parts = std::to_array<std::array<std::string_view, 4>>({
    {".q_proj", ".q_b_proj", ".wq", ""},
    {".k_proj", ".kv_b_proj", ".wk", ""},
    {".v_proj", ".kv_b_proj", ".wv", ""},
});
constexpr auto joint_attention =
    std::to_array<std::string_view>({".qkv_proj", ".W_pack", ".query_key_value", ".wqkv", ".c_attn", ".Wqkv"});
constexpr auto attention_outputs = std::to_array<std::string_view>(
    {"attn.o_proj", "attn.out_proj", "attn.dense", "attention.dense", "attention.wo", "attn.c_proj"});

/// What stands before the names of tensors outside of the layers.
constexpr auto outer_folders =
    std::to_array<std::string_view>({"", "model", "transformer", "gpt_neox", "model.decoder", "decoder"});

/// Prefixes of what stands before the number of a layer. An encoder has others.
constexpr auto layer_folders =
    std::to_array<std::string_view>({"model.layers", "layers", "transformer.h", "h", "gpt_neox.layers",
                                     "transformer.layers", "model.decoder.layers", "decoder.layers"});

/// Takes the end of a name that tells how weights are stored.
bool take_storage(std::string_view& name) {
  for (const std::string_view suffix : {".weight_packed", ".qweight", ".weight"}) {
    if (!name.ends_with(suffix)) continue;
    name.remove_suffix(suffix.size());
    return true;
  }
  return false;
}

/// The number of the layer that a tensor stands in, where its block is one of a decoder: 7 of "model.layers.7".
std::optional<std::uint64_t> layer_of(const Place& place) {
  const std::size_t dot = place.block.rfind('.');
  if (!place.in_block || dot == std::string::npos || place.block.size() - dot > 7) return std::nullopt;
  const std::string_view folder = std::string_view(place.block).substr(0, dot);
  if (std::find(layer_folders.begin(), layer_folders.end(), folder) == layer_folders.end()) return std::nullopt;
  return std::stoull(place.block.substr(dot + 1));
}

using Kinds = std::set<std::string, std::less<>>;

struct LayerParts {
  std::string block;
  bool has_attention = false;
  Kinds kinds;  ///< of matrices, without ".weight"
};

bool has_end(const Kinds& kinds, std::span<const std::string_view> ends) {
  return std::any_of(kinds.begin(), kinds.end(), [ends](const std::string& kind) {
    return std::any_of(ends.begin(), ends.end(), [&](auto end) { return !end.empty() && kind.ends_with(end); });
  });
}

/// Whether queries, keys, values and the output are all there.
bool is_whole_attention(const Kinds& kinds) {
  if (!has_end(kinds, attention_outputs)) return false;
  if (has_end(kinds, joint_attention)) return true;
  return std::all_of(attention_parts.begin(), attention_parts.end(),
                     [&kinds](const auto& ends) { return has_end(kinds, ends); });
}

class ConfigModelReader {
 public:
  ConfigModelReader(const TensorList& tensors, const Config& config, const Quantisation& quantisation)
      : tensors_(tensors), config_(config), quantisation_(quantisation) {}

  LanguageModel read() {
    check_architecture();
    for (std::size_t index = 0; index < tensors_.size() && model_.is_known(); ++index) look_at(tensors_[index]);
    if (model_.is_known()) check_head();
    if (model_.is_known()) check_layers();
    if (model_.is_known()) read_experts();
    if (model_.is_known()) read_attention();
    if (model_.is_known()) read_windows();
    return std::move(model_);
  }

 private:
  void give_up(std::string why) { model_.give_up(InspectionStatus::weights_only, std::move(why)); }

  void check_architecture() {
    const std::string name = config_.text("architectures[0]").value_or("");
    const bool writes_tokens = name.ends_with("ForCausalLM") || name.ends_with("LMHeadModel");
    if (!writes_tokens)
      give_up(name.empty() ? "config.json names no architecture"
                           : fmt::format("{} of config.json is not a model that writes tokens alone", shown(name)));
    else if (config_.boolean("is_encoder_decoder").value_or(false))
      give_up("config.json says that there is an encoder");
    for (const char* const key : {"total_ut_steps", "num_loops", "n_loops"})
      if (config_.number(key).value_or(1) > 1)
        give_up(fmt::format("config.json has {}: layers run several times", key));
  }

  void look_at(const Tensor& tensor) {
    const std::string name = shown(tensor.name);
    const Use use = config_use(tensor);
    const Role role = weigh(tensor, tensors_, quantisation_).role;
    if (role != Role::parameter && role != Role::unknown) return;
    if (use == Use::recurrent)
      return model_.give_up(
          InspectionStatus::partial,
          fmt::format("{} is of a state-space or linear-attention layer, whose scan is no matrix", name));
    if (use == Use::unknown) return give_up(fmt::format("what {} is multiplied with is not known", name));
    for (const auto& [of, to] : {std::pair(Use::embedding, &embedding_), std::pair(Use::head, &head_)}) {
      if (use != of) continue;
      if (!to->empty()) return give_up(fmt::format("{} and {} are both there, and one is used", *to, name));
      *to = name;
    }
    const Place place = place_of(tensor.name);
    if (const std::optional<std::uint64_t> layer = layer_of(place)) {
      LayerParts& parts = layers_[*layer];
      if (!parts.block.empty() && parts.block != place.block)
        return give_up(fmt::format("{} and {} are both there", parts.block, place.block));
      parts.block = place.block;
      std::string_view kind = place.kind;
      if (use != Use::none && (take_storage(kind) || use == Use::expert)) parts.kinds.emplace(kind);
      parts.has_attention = parts.has_attention || use == Use::attention;
    }
  }

  void check_head() {
    if (embedding_.empty()) return give_up("there is no embedding of tokens");
    const std::optional<bool> stated = config_.boolean("tie_word_embeddings");
    model_.tied = head_.empty();
    if (model_.tied && !stated.value_or(true))
      return give_up("tie_word_embeddings is false, and there is no lm_head.weight");
    if (!model_.tied && stated.value_or(false))
      model_.notes.push_back(fmt::format(
          "{} and {} are tied by config.json, and both are in the file: params count both", embedding_, head_));
  }

  void check_layers() {
    const std::optional<std::uint64_t> stated = config_.first_number({"num_hidden_layers", "n_layer", "num_layers"});
    if (!stated) return give_up("config.json has no num_hidden_layers");
    for (std::uint64_t layer = 0; layer <= layers_.size() && layer < *stated; ++layer)
      if (layers_.find(layer) == layers_.end())
        return give_up(fmt::format("layer {} is not there, and config.json says {}", layer, counted(*stated, "layer")));
    for (const auto& [layer, parts] : layers_) {
      if (parts.has_attention && !is_whole_attention(parts.kinds))
        return give_up(fmt::format("the attention of {} has not all of queries, keys, values and output", parts.block));
      if (const std::string missing = missing_kind(parts.kinds, config_needs); !missing.empty())
        return give_up(fmt::format("{}.{} is not there", parts.block, missing));
    }
    if (layers_.size() > *stated)
      give_up(fmt::format("there are {}, and config.json says {}", counted(layers_.size(), "layer"), *stated));
  }

  void read_experts() {
    bool has_experts = false;
    for (std::size_t index = 0; index < tensors_.size() && !has_experts; ++index)
      has_experts = config_use(tensors_[index]) == Use::expert;
    if (!has_experts) return;
    model_.experts =
        config_.first_number({"num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts"}).value_or(0);
    model_.experts_used =
        config_.first_number({"num_experts_per_tok", "num_experts_per_token", "experts_per_token", "moe_topk"})
            .value_or(0);
    if (model_.experts == 0 || model_.experts_used == 0 || model_.experts_used > model_.experts)
      give_up("config.json does not tell how many of the experts are used");
  }

  /// Key length and value length of a head, together.
  std::optional<std::uint64_t> head_length(std::uint64_t heads) const {
    const std::optional<std::uint64_t> plain = config_.number("qk_nope_head_dim");
    if (plain) {  // latent attention: keys and values are made from what is kept
      const std::optional<std::uint64_t> turned = config_.number("qk_rope_head_dim");
      const std::optional<std::uint64_t> value = config_.number("v_head_dim");
      if (!turned || !value) return std::nullopt;
      const std::optional<std::uint64_t> key = checked_sum(*plain, *turned);
      return key ? checked_sum(*key, *value) : std::nullopt;
    }
    std::optional<std::uint64_t> length = config_.number("head_dim");
    const std::optional<std::uint64_t> width = config_.first_number({"hidden_size", "n_embd", "n_embed", "d_model"});
    if (!length && width && *width % heads == 0) length = *width / heads;
    if (!length || *length == 0) return std::nullopt;
    return checked_sum(*length, *length);
  }

  void read_attention() {
    constexpr std::uint64_t most_heads = 1U << 20U;
    const std::uint64_t heads = config_.first_number({"num_attention_heads", "n_head", "n_heads"}).value_or(0);
    if (heads == 0 || heads > most_heads) return give_up("config.json does not tell the number of heads");
    const std::optional<std::uint64_t> length = head_length(heads);
    const std::optional<std::uint64_t> macs = length ? checked_product(heads, *length) : std::nullopt;
    if (!macs) return give_up("config.json does not tell the length of keys and values");
    for (const auto& [number, parts] : layers_)
      if (parts.has_attention) model_.attention.push_back({parts.block, *macs});
  }

  void read_windows() {
    bool slides = false;
    config_.each("layer_types[", [&](const std::string& path) {
      const std::string type = config_.text(path).value_or("");
      slides = slides || type == "sliding_attention" || type == "chunked_attention";
      if (type != "sliding_attention" && type != "chunked_attention" && type != "full_attention")
        model_.give_up(InspectionStatus::partial, fmt::format("a layer of type {} is not known", shown(type)));
    });
    const bool is_switched_off = !config_.boolean("use_sliding_window").value_or(true);
    const std::uint64_t window = is_switched_off ? 0 : config_.number("sliding_window").value_or(0);
    const std::uint64_t chunk = config_.number("attention_chunk_size").value_or(0);
    const std::uint64_t sharing = config_.number("num_kv_shared_layers").value_or(0);
    const std::uint64_t sparse = config_.number("index_topk").value_or(0);
    if (!slides && window == 0 && chunk == 0 && sharing == 0 && sparse == 0) return;
    model_.estimated = true;
    model_.notes.push_back(
        window == 0 ? std::string("attention sees a part of the context: it is counted in full, as an upper bound")
                    : fmt::format("attention has a sliding window of {}: it is counted in full, as an upper bound",
                                  grouped(window)));
  }

  const TensorList& tensors_;
  const Config& config_;
  const Quantisation& quantisation_;
  LanguageModel model_;
  std::map<std::uint64_t, LayerParts> layers_;
  std::string embedding_;
  std::string head_;
};

}  // namespace

std::uint64_t experts_of(const Tensor& tensor) {
  return tensor.shape.size() >= 3 && tensor.name.find(".experts.") != std::string_view::npos ? tensor.shape.front() : 1;
}

Use config_use(const Tensor& tensor) {
  for (const std::string_view word : config_recurrent_words)
    if (tensor.name.find(word) != std::string_view::npos) return Use::recurrent;
  if (tensor.shape.size() < 2) return Use::none;
  std::string_view name = tensor.name;
  const bool is_stored = take_storage(name);
  const std::size_t dot = name.rfind('.');
  const std::string_view leaf = dot == std::string_view::npos ? name : name.substr(dot + 1);
  if (leaf.find("norm") != std::string_view::npos) return Use::none;
  const Place place = place_of(tensor.name);
  if (!place.in_block) {
    const std::string_view folder = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
    const bool is_known = std::find(outer_folders.begin(), outer_folders.end(), folder) != outer_folders.end();
    return is_stored && is_known ? find_use(config_outer_kinds, leaf) : Use::unknown;
  }
  if (!layer_of(place)) return Use::unknown;
  std::string_view kind = place.kind;
  take_storage(kind);
  return find_use(layer_kinds, kind);
}

LanguageModel config_language_model(const TensorList& tensors, const Config& config, const Quantisation& quantisation) {
  return ConfigModelReader(tensors, config, quantisation).read();
}

}  // namespace greenml::model_file
