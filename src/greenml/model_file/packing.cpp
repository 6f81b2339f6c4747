#include "model_file/packing.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "model_file/checked.hpp"
#include "model_file/safetensors_header.hpp"

namespace greenml::model_file {

namespace {

/// Whether weights can be quantised to this type: integers, and fractions of at most 8 bits.
bool is_narrow(const Tensor& tensor) {
  const SafetensorsType& type = safetensors_type(tensor);
  return type.kind == ElementKind::integer || (type.kind == ElementKind::floating && type.bits <= 8);
}

struct Companion {
  std::string_view suffix;  ///< of the tensor that tells how another is quantised
  std::string_view weight;  ///< replaces it in the name of that other
};

constexpr auto companions = std::to_array<Companion>({
    {".scales", ".qweight"},
    {".scales", ".weight"},
    {".qzeros", ".qweight"},
    {".g_idx", ".qweight"},
    {".biases", ".weight"},
    {".weight_scale", ".weight"},
    {".weight_scale", ".weight_packed"},
    {".weight_scale_inv", ".weight"},
    {".weight_scale_2", ".weight"},
    {".weight_global_scale", ".weight"},
    {".weight_global_scale", ".weight_packed"},
    {".weight_zero_point", ".weight"},
    {".weight_zero_point", ".weight_packed"},
    {".weight_shape", ".weight_packed"},
    {".weight_g_idx", ".weight_packed"},
    {".weight_format", ".weight"},
    {".input_scale", ".weight"},
    {".input_scale", ".weight_packed"},
    {".input_global_scale", ".weight_packed"},
    {".input_zero_point", ".weight"},
    {".output_scale", ".weight"},
    {".SCB", ".weight"},
    {".weight.absmax", ".weight"},
    {".weight.quant_map", ".weight"},
    {".weight.nested_absmax", ".weight"},
    {".weight.nested_quant_map", ".weight"},
    {".weight.quant_state.bitsandbytes__nf4", ".weight"},
    {".weight.quant_state.bitsandbytes__fp4", ".weight"},
    {"_scales", "_blocks"},
    {"_scale", ""},
    {"_scale_inv", ""},
});

std::optional<Tensor> find_beside(const Tensor& tensor, std::string_view suffix, std::string_view other,
                                  const TensorList& tensors) {
  if (!tensor.name.ends_with(suffix)) return std::nullopt;
  return tensors.find(std::string(tensor.name.substr(0, tensor.name.size() - suffix.size())) + std::string(other));
}

bool is_companion(const Tensor& tensor, const TensorList& tensors) {
  return std::any_of(companions.begin(), companions.end(), [&](const Companion& row) {
    const std::optional<Tensor> weight = find_beside(tensor, row.suffix, row.weight, tensors);
    return weight && is_narrow(*weight);
  });
}

/// Scales of what attention keeps are of the quantisation, not of the model.
bool is_cache_scale(const Tensor& tensor) {
  constexpr auto names = std::to_array<std::string_view>({".k_scale", ".v_scale", ".q_scale", ".prob_scale"});
  return tensor.elements == 1 &&
         std::any_of(names.begin(), names.end(), [&](auto n) { return tensor.name.ends_with(n); });
}

/// A mask of which positions see which: 1 x 1 x n x n.
bool is_mask(const Tensor& tensor) {
  const auto shape = tensor.shape;
  const bool is_square = shape.size() == 4 && shape[0] == 1 && shape[1] == 1 && shape[2] == shape[3];
  return is_square && (tensor.name.ends_with("attn.bias") || tensor.name.ends_with("attention.bias"));
}

bool is_buffer(const Tensor& tensor) {
  constexpr auto names =
      std::to_array<std::string_view>({"running_mean", "running_var", "rotary_emb.inv_freq", "attn.masked_bias",
                                       "attention.masked_bias", "attention.rotary_emb.inv_freq"});
  return is_mask(tensor) || std::any_of(names.begin(), names.end(), [&](auto n) { return tensor.name.ends_with(n); });
}

/// How a packed tensor is unpacked.
struct Packing {
  std::string_view suffix;  ///< of the packed tensor
  std::string_view scales;  ///< of the tensor with its scales
  std::string_view type;    ///< of the packed tensor; empty for any integer
  std::string_view method;  ///< that the config must name; empty for any
  std::uint64_t bits;       ///< 0 where the config tells
  std::uint64_t group;      ///< weights of one scale; 0 where the config tells
  std::string_view label;   ///< empty for "int4" and the like
};

constexpr auto packings = std::to_array<Packing>({
    {".qweight", ".scales", "I32", "", 0, 0, ""},
    {".weight_packed", ".weight_scale", "I32", "", 0, 0, ""},
    {".weight_packed", ".weight_scale", "U8", "", 0, 0, ""},
    {".weight", ".scales", "U32", "", 0, 0, ""},
    {".weight", ".weight_scale", "U8", "NVFP4", 4, 16, "NVFP4"},
    {".weight", ".weight.quant_state.bitsandbytes__nf4", "U8", "", 4, 1, "nf4"},
    {".weight", ".weight.quant_state.bitsandbytes__fp4", "U8", "", 4, 1, "fp4"},
    {".weight", ".weight_scale", "I8", "", 8, 1, "int8"},
    {".weight", ".SCB", "I8", "", 8, 1, "int8"},
    {"_blocks", "_scales", "U8", "mxfp4", 4, 32, "MXFP4"},
});

constexpr auto integer_labels =
    std::to_array<std::string_view>({"", "int1", "int2", "int3", "int4", "int5", "int6", "int7", "int8"});

/// Counts the weights of a packed tensor; nothing where bits and groups do not tell them, or contradict each other.
bool unpack(const Packing& packing, const Tensor& tensor, const Tensor& scales, const Quantisation& quantisation,
            Weight& weight) {
  const std::string_view module = tensor.name.substr(0, tensor.name.size() - packing.suffix.size());
  const std::optional<std::uint64_t> bits = packing.bits != 0 ? packing.bits : quantisation.bits(module);
  if (!bits || *bits == 0 || *bits >= integer_labels.size()) return false;
  const std::optional<std::uint64_t> all_bits = checked_product(tensor.elements, safetensors_type(tensor).bits);
  if (!all_bits || *all_bits % *bits != 0) return false;
  weight.elements = *all_bits / *bits;
  weight.type = packing.label.empty() ? integer_labels[static_cast<std::size_t>(*bits)] : packing.label;
  // A group of 1: the scales are no tensor of groups.
  if (packing.group == 1) return true;
  const std::optional<std::uint64_t> group = packing.group != 0 ? packing.group : quantisation.group_size(module);
  if (!group || *group == 0) return !quantisation.is_mixed();
  return checked_product(scales.elements, *group) == weight.elements;
}

bool unpack(const Tensor& tensor, const TensorList& tensors, const Quantisation& quantisation, Weight& weight) {
  const std::string_view type = safetensors_type(tensor).name;
  for (const Packing& packing : packings) {
    if (packing.type != type || (!packing.method.empty() && packing.method != quantisation.method())) continue;
    const std::optional<Tensor> scales = find_beside(tensor, packing.suffix, packing.scales, tensors);
    if (scales && unpack(packing, tensor, *scales, quantisation, weight)) return true;
  }
  return false;
}

/// Whether an integer tensor that is not understood may hold packed weights.
bool may_be_packed(const Tensor& tensor) {
  constexpr auto indices = std::to_array<std::string_view>(
      {"num_batches_tracked", "position_ids", "relative_position_index", "token_type_ids", "_extra_state", "_index"});
  if (std::any_of(indices.begin(), indices.end(), [&](auto name) { return tensor.name.ends_with(name); })) return false;
  if (is_mask(tensor)) return false;
  const std::string_view type = safetensors_type(tensor).name;
  const bool is_index_type = type == "I64" || type == "I32" || type == "U64";
  const bool is_named_weight = tensor.name.find("weight") != std::string_view::npos ||
                               tensor.name.find("pack") != std::string_view::npos ||
                               tensor.name.find("code") != std::string_view::npos;
  return !is_index_type || (is_named_weight && tensor.shape.size() > 1);
}

}  // namespace

Weight weigh(const Tensor& tensor, const TensorList& tensors, const Quantisation& quantisation) {
  const SafetensorsType& type = safetensors_type(tensor);
  Weight weight{tensor.name, Role::parameter, Use::none, tensor.elements, tensor.bytes, 1, type.name};
  if (is_companion(tensor, tensors) || (!quantisation.method().empty() && is_cache_scale(tensor)))
    weight.role = Role::quantisation;
  else if (type.kind == ElementKind::unknown)
    weight.role = Role::unknown;
  else if (type.kind == ElementKind::boolean)
    weight.role = Role::index;
  else if (type.kind == ElementKind::floating)
    weight.role = is_buffer(tensor) ? Role::buffer : Role::parameter;
  else if (!unpack(tensor, tensors, quantisation, weight))
    weight.role = may_be_packed(tensor) ? Role::unknown : Role::index;
  return weight;
}

}  // namespace greenml::model_file
