#include "model_file/gguf_model.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "model_file/checked.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file {

namespace {

/// Kinds of tensors in a block, "blk.7.NAME.weight". One row is one kind.
constexpr auto kinds = std::to_array<NamedUse>({
    {"attn_q", Use::attention},         {"attn_k", Use::attention},
    {"attn_v", Use::attention},         {"attn_qkv", Use::attention},
    {"attn_output", Use::attention},    {"attn_q_a", Use::attention},
    {"attn_q_b", Use::attention},       {"attn_kv_a_mqa", Use::attention},
    {"attn_kv_b", Use::attention},      {"attn_k_b", Use::attention},
    {"attn_v_b", Use::attention},       {"attn_gate", Use::matrix},
    {"ffn_gate", Use::matrix},          {"ffn_up", Use::matrix},
    {"ffn_down", Use::matrix},          {"ffn_gate_inp", Use::matrix},
    {"ffn_gate_shexp", Use::matrix},    {"ffn_up_shexp", Use::matrix},
    {"ffn_down_shexp", Use::matrix},    {"ffn_gate_exps", Use::expert},
    {"ffn_up_exps", Use::expert},       {"ffn_down_exps", Use::expert},
    {"ffn_gate_up_exps", Use::expert},  {"shortconv.conv", Use::matrix},
    {"shortconv.in_proj", Use::matrix}, {"shortconv.out_proj", Use::matrix},
});

/// Tensors outside of the blocks.
constexpr auto gguf_outer_kinds = std::to_array<NamedUse>({
    {"token_embd", Use::embedding},
    {"output", Use::head},
    {"position_embd", Use::lookup},
    {"token_types", Use::lookup},
});

constexpr auto gguf_needs = std::to_array<Needs>({
    {"ffn_up", "ffn_down", ""},
    {"ffn_down", "ffn_up", ""},
    {"ffn_up_exps", "ffn_down_exps", ""},
    {"ffn_gate_up_exps", "ffn_down_exps", ""},
    {"ffn_down_exps", "ffn_up_exps", "ffn_gate_up_exps"},
    {"ffn_up_shexp", "ffn_down_shexp", ""},
    {"ffn_down_shexp", "ffn_up_shexp", ""},
});

constexpr auto gguf_recurrent_words = std::to_array<std::string_view>({"ssm_", "time_mix_", "channel_mix_"});
constexpr auto recurrent_keys = std::to_array<std::string_view>({".ssm.", ".wkv.", ".kda.", "linear_att", "recurrent"});
constexpr auto repeating_keys = std::to_array<const char*>({"total_ut_steps", "num_loops", "n_loops"});
constexpr auto encoder_words = std::to_array<std::string_view>({"enc.", "dec.", "v.", "a.", "mm."});

/// Old files have each expert in a tensor of its own: "ffn_up.3".
bool is_single_expert(std::string_view kind) {
  const std::size_t dot = kind.rfind('.');
  if (dot == std::string_view::npos) return false;
  const bool is_number = kind.find_first_not_of("0123456789", dot + 1) == std::string_view::npos;
  const std::string_view name = kind.substr(0, dot);
  return is_number && (name == "ffn_gate" || name == "ffn_up" || name == "ffn_down");
}

bool take_suffix(std::string_view& name, std::string_view suffix) {
  if (!name.ends_with(suffix)) return false;
  name.remove_suffix(suffix.size());
  return true;
}

/// What a block has of attention and experts, as far as it decides what is computed.
struct Block {
  bool has_attention = false;
  bool has_query = false;
  bool has_key = false;
  bool has_value = false;
  bool has_output = false;
  bool has_decompression = false;  ///< attn_kv_b: keys and values are made from what is kept
  bool has_absorption = false;     ///< attn_k_b: queries are brought to what is kept
  std::set<std::string, std::less<>> kinds;
};

class GgufModelReader {
 public:
  GgufModelReader(const TensorList& tensors, const GgufKeys& keys)
      : tensors_(tensors), keys_(keys), architecture_(keys.text("general.architecture")) {}

  LanguageModel read() {
    check_kind_of_model();
    for (std::size_t index = 0; index < tensors_.size() && model_.is_known(); ++index) look_at(tensors_[index]);
    if (model_.is_known()) check_blocks();
    if (model_.is_known()) check_keys();
    if (model_.is_known()) read_experts();
    if (model_.is_known()) read_attention();
    if (model_.is_known()) read_windows();
    return std::move(model_);
  }

 private:
  std::string key(const char* name) const { return architecture_ + "." + name; }
  std::string shown_key(const char* name) const { return shown(key(name)); }
  std::optional<std::uint64_t> number(const char* name) const { return keys_.number(key(name)); }

  void give_up(std::string why) { model_.give_up(InspectionStatus::partial, std::move(why)); }
  void weights_only(std::string why) { model_.give_up(InspectionStatus::weights_only, std::move(why)); }

  void check_kind_of_model() {
    const std::string kind = keys_.text("general.type");
    if (kind == "adapter") return weights_only("this is an adapter, to be added to another model's weights");
    if (!kind.empty() && kind != "model")
      return weights_only(fmt::format("general.type is {}, not model", shown(kind)));
    if (!tensors_.find("token_embd.weight"))
      return weights_only("there is no token_embd.weight, so that this is not a language model alone");
    if (number("attention.causal").value_or(1) == 0 || number("pooling_type").value_or(0) != 0)
      return weights_only("this is an embedding model, and only models that write tokens are counted");
    model_.tied = !tensors_.find("output.weight").has_value();
  }

  void look_at(const Tensor& tensor) {
    const std::string name = shown(tensor.name);
    if (tensor.name.find(".lora_") != std::string_view::npos)
      return weights_only(fmt::format("{} is of an adapter, to be added to another model's weights", name));
    for (const std::string_view word : encoder_words)
      if (tensor.name.starts_with(word))
        return weights_only(fmt::format("{} is not of a decoder of tokens, and only those are counted", name));
    const Use use = gguf_use(tensor);
    if (use == Use::recurrent)
      return give_up(fmt::format("{} is of a state-space or linear-attention layer, whose scan is no matrix", name));
    if (use == Use::unknown) return give_up(fmt::format("what {} is multiplied with is not known", name));
    if (!tensor.name.starts_with("blk.")) return;
    const std::size_t dot = tensor.name.find('.', 4);
    const std::string number_text(tensor.name.substr(4, dot - 4));
    if (number_text.empty() || number_text.size() > 6 ||
        number_text.find_first_not_of("0123456789") < std::string::npos)
      return give_up(name + " is of no block");
    note_block(blocks_[std::stoull(number_text)], tensor.name.substr(dot + 1), use);
  }

  static void note_block(Block& block, std::string_view kind, Use use) {
    if (!take_suffix(kind, ".weight")) return;
    block.kinds.emplace(kind);
    block.has_attention = block.has_attention || use == Use::attention;
    block.has_output = block.has_output || kind == "attn_output";
    const bool is_joint = kind == "attn_qkv";
    block.has_query = block.has_query || is_joint || kind == "attn_q" || kind == "attn_q_b";
    block.has_decompression = block.has_decompression || kind == "attn_kv_b";
    block.has_absorption = block.has_absorption || kind == "attn_k_b";
    block.has_key = block.has_key || is_joint || kind == "attn_k" || kind == "attn_kv_b" || kind == "attn_k_b";
    block.has_value = block.has_value || is_joint || kind == "attn_v" || kind == "attn_kv_b" || kind == "attn_v_b";
  }

  /// Keys can tell of layers whose tensors look like those of attention.
  void check_keys() {
    for (const auto& [name, value] : keys_.values) {
      if (!name.starts_with(architecture_ + ".")) continue;
      for (const std::string_view word : recurrent_keys)
        if (name.find(word) != std::string::npos)
          return give_up(
              fmt::format("{} tells of state-space or linear-attention layers, whose scan is no matrix", shown(name)));
    }
    for (const char* const name : repeating_keys)
      if (number(name).value_or(1) > 1) return give_up(shown_key(name) + " tells that layers run several times");
  }

  void check_blocks() {
    if (architecture_.empty()) return give_up("general.architecture is not there");
    const std::optional<std::uint64_t> stated = number("block_count");
    if (!stated) return give_up(shown_key("block_count") + " is not there");
    if (number("nextn_predict_layers").value_or(0) != 0)
      return give_up("it is not known whether the layers run that predict further tokens");
    for (std::uint64_t block = 0; block <= blocks_.size() && block < *stated; ++block)
      if (blocks_.find(block) == blocks_.end())
        return give_up(fmt::format("blk.{} is not there, and {} is {}", block, shown_key("block_count"), *stated));
    for (const auto& [block, parts] : blocks_)
      if (const std::string missing = missing_kind(parts.kinds, gguf_needs); !missing.empty())
        return give_up(fmt::format("blk.{}.{}.weight is not there", block, missing));
    if (blocks_.size() > *stated)
      give_up(fmt::format("there are {} blocks, and {} is {}", blocks_.size(), shown_key("block_count"), *stated));
  }

  void read_experts() {
    model_.experts = number("expert_count").value_or(0);
    model_.experts_used = number("expert_used_count").value_or(0);
    for (std::size_t index = 0; index < tensors_.size(); ++index) {
      if (gguf_use(tensors_[index]) != Use::expert) continue;
      const std::string name = shown(tensors_[index].name);
      if (model_.experts == 0)
        return give_up(fmt::format("{} has experts, and {} is not there", name, shown_key("expert_count")));
      if (model_.experts_used == 0)
        return give_up(fmt::format("{} has experts, and {} is not there", name, shown_key("expert_used_count")));
      if (model_.experts_used > model_.experts)
        return give_up(fmt::format("{} of {} experts are used", model_.experts_used, model_.experts));
      return;
    }
    model_.experts = 0;
  }

  /// A number that is one for all blocks, or a list with one for each.
  std::optional<std::uint64_t> number_of_block(const std::string& name, std::uint64_t block) const {
    const GgufValue* const value = keys_.find(name);
    if (value == nullptr) return std::nullopt;
    if (value->number) return value->number;
    return block < value->numbers.size() ? std::optional(value->numbers[block]) : std::nullopt;
  }

  /// Key length and value length of a head, together.
  std::optional<std::uint64_t> head_length(std::uint64_t heads, const Block& block) const {
    std::optional<std::uint64_t> of_key = number("attention.key_length");
    std::optional<std::uint64_t> of_value = number("attention.value_length");
    if (block.has_decompression) {
      if (const auto full = number("attention.key_length_mla")) of_key = full;
      if (const auto full = number("attention.value_length_mla")) of_value = full;
    }
    if (block.has_absorption) {
      const std::optional<std::uint64_t> kept = number("attention.kv_lora_rank");
      const std::optional<std::uint64_t> turned = number("rope.dimension_count");
      if (!kept || !turned) return std::nullopt;
      of_key = checked_sum(*kept, *turned);
      of_value = kept;
    }
    const std::optional<std::uint64_t> width = number("embedding_length");
    if (!of_key && width && *width % heads == 0) of_key = *width / heads;
    if (!of_value && width && *width % heads == 0) of_value = *width / heads;
    // Some blocks with a window have heads of another length; the longer is the upper bound.
    if (const auto other = number("attention.key_length_swa")) of_key = std::max(of_key.value_or(0), *other);
    if (const auto other = number("attention.value_length_swa")) of_value = std::max(of_value.value_or(0), *other);
    if (!of_key || !of_value || *of_key == 0 || *of_value == 0) return std::nullopt;
    return checked_sum(*of_key, *of_value);
  }

  void read_attention() {
    for (const auto& [number_of, block] : blocks_) {
      if (!block.has_attention) continue;
      const std::string name = fmt::format("blk.{}", number_of);
      if (!block.has_query || !block.has_key || !block.has_value || !block.has_output)
        return give_up(fmt::format("the attention of {} has not all of queries, keys, values and output", name));
      if (block.has_decompression && block.has_absorption)
        return give_up(fmt::format("{} has attn_kv_b and attn_k_b, of which one is used", name));
      const std::optional<std::uint64_t> heads = number_of_block(key("attention.head_count"), number_of);
      constexpr std::uint64_t most_heads = 1U << 20U;
      if (!heads || *heads == 0 || *heads > most_heads)
        return give_up(fmt::format("{} does not tell the heads of {}", shown_key("attention.head_count"), name));
      const std::optional<std::uint64_t> length = head_length(*heads, block);
      const std::optional<std::uint64_t> macs = length ? checked_product(*heads, *length) : std::nullopt;
      if (!macs) return give_up(fmt::format("the length of the keys and values of {} is not there", name));
      model_.attention.push_back({name, *macs});
    }
  }

  void read_windows() {
    struct Window {
      const char* key;
      const char* note;
    };
    constexpr auto windows = std::to_array<Window>({
        {"attention.sliding_window", "attention has a sliding window of {}: it is counted in full, as an upper bound"},
        {"attention.chunk_size", "attention is in chunks of {}: it is counted in full, as an upper bound"},
        {"attention.shared_kv_layers", "{} blocks share keys and values: all are counted, as an upper bound"},
    });
    for (const Window& window : windows) {
      const GgufValue* const value = keys_.find(key(window.key));
      if (value == nullptr) continue;
      const std::uint64_t size = value->number.value_or(
          value->numbers.empty() ? 0 : *std::max_element(value->numbers.begin(), value->numbers.end()));
      if (size == 0) continue;
      model_.estimated = true;
      model_.notes.push_back(fmt::format(fmt::runtime(window.note), grouped(size)));
    }
  }

  const TensorList& tensors_;
  const GgufKeys& keys_;
  std::string architecture_;
  LanguageModel model_;
  std::map<std::uint64_t, Block> blocks_;
};

}  // namespace

Use gguf_use(const Tensor& tensor) {
  std::string_view name = tensor.name;
  for (const std::string_view word : gguf_recurrent_words)
    if (name.find(word) != std::string_view::npos) return Use::recurrent;
  if (name.find("indexer") != std::string_view::npos || name.find("nextn") != std::string_view::npos)
    return Use::unknown;
  // A gate with one output is a matrix of one row, which is kept as a vector.
  const bool is_gate = name.ends_with(".ffn_gate_inp_shexp.weight");
  if (is_gate) return Use::matrix;
  if (take_suffix(name, ".bias")) return name.ends_with("_exps") ? Use::expert_vector : Use::none;
  if (tensor.shape.size() < 2 || name.find("norm") != std::string_view::npos) return Use::none;
  if (!take_suffix(name, ".weight")) return Use::unknown;
  if (!name.starts_with("blk.")) return find_use(gguf_outer_kinds, name);
  const std::size_t dot = name.find('.', 4);
  if (dot == std::string_view::npos) return Use::unknown;
  const std::string_view kind = name.substr(dot + 1);
  return is_single_expert(kind) ? Use::expert : find_use(kinds, kind);
}

LanguageModel gguf_language_model(const TensorList& tensors, const GgufKeys& keys) {
  return GgufModelReader(tensors, keys).read();
}

}  // namespace greenml::model_file
