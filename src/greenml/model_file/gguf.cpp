#include "model_file/gguf.hpp"

#include <fmt/format.h>
#include <string>

#include "model_file/gguf_header.hpp"
#include "model_file/gguf_model.hpp"
#include "model_file/gguf_types.hpp"
#include "model_file/message.hpp"
#include "model_file/shards.hpp"
#include "model_file/weight_sum.hpp"

namespace greenml::model_file {

namespace {

/// What the keys of a shard say of its place among the others. Shards are counted from 0 there.
std::optional<Complaint> check_shard(const File& file, const GgufKeys& keys, std::size_t index, std::size_t count) {
  const std::uint64_t stated_count = keys.number("split.count").value_or(1);
  if (stated_count != count)
    return file.complaint(fmt::format("GGUF: split.count is {}, and there {} {} by the file's name", stated_count,
                                      count == 1 ? "is" : "are", counted(count, "shard")),
                          "shards must have the names that llama.cpp gives, as in model-00001-of-00003.gguf");
  const std::uint64_t stated_index = keys.number("split.no").value_or(0);
  if (stated_index != index)
    return file.complaint(fmt::format("GGUF: split.no is {}, and its name makes it shard {}", stated_index, index));
  return std::nullopt;
}

/// Scales of a tensor stand beside it: "blk.0.attn_q.scale" beside "blk.0.attn_q.weight".
bool is_scale(const Tensor& tensor, const TensorList& tensors) {
  const std::size_t dot = tensor.name.rfind('.');
  const std::string_view leaf = tensor.name.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (leaf != "scale" && leaf != "input_scale") return false;
  return tensors.find(std::string(tensor.name.substr(0, dot)) + ".weight").has_value();
}

Weight weight_of(const Tensor& tensor, const TensorList& tensors, std::string_view unknown_type) {
  const GgufType& type = gguf_types()[tensor.type];
  Weight weight{tensor.name, Role::parameter, gguf_use(tensor), tensor.elements, tensor.bytes, 1, type.name};
  if (tensor.type + 1U == gguf_types().size()) weight.type = unknown_type;
  if (type.is_integer)
    weight.role = Role::index;
  else if (is_scale(tensor, tensors))
    weight.role = Role::quantisation;
  // The last dimension counts the experts, unless each has a tensor of its own.
  if (weight.use == Use::expert && tensor.shape.size() == 3) weight.experts = tensor.shape.back();
  return weight;
}

void describe(const File& first, const GgufKeys& keys, Inspection& inspection) {
  inspection.format = "GGUF";
  inspection.source = first.name();
  inspection.name = keys.text("general.name");
  if (!is_line(inspection.name)) inspection.name = without_suffix(first.name());
  if (const auto file_type = keys.number("general.file_type")) inspection.variant = gguf_file_type(*file_type);
  if (const std::string architecture = keys.text("general.architecture"); is_line(architecture))
    inspection.architecture = architecture;
}

}  // namespace

Parsed<Inspection> inspect_gguf(std::span<const File> shards, const InspectOptions& options) {
  Inspection inspection;
  TensorList tensors;
  GgufKeys keys;
  UnknownGgufType unknown;
  for (std::size_t shard = 0; shard < shards.size(); ++shard) {
    GgufKeys own;
    if (auto complaint = read_gguf(shards[shard], tensors, own, unknown)) return *complaint;
    if (auto complaint = check_shard(shards[shard], own, shard, shards.size())) return *complaint;
    inspection.size += shards[shard].size();
    if (shard == 0) keys = std::move(own);
  }
  const std::uint64_t stated = keys.number("split.tensors.count").value_or(tensors.size());
  if (shards.size() > 1 && stated != tensors.size())
    return shards[0].complaint(fmt::format("GGUF: split.tensors.count is {}, and the shards have {}", grouped(stated),
                                           counted(tensors.size(), "tensor")));
  describe(shards[0], keys, inspection);
  LanguageModel model = gguf_language_model(tensors, keys);
  if (unknown.count != 0) {
    model = {};
    model.give_up(InspectionStatus::partial,
                  fmt::format("tensor {} is of type {}, which is not known{}", shown(unknown.tensor), unknown.type,
                              unknown.count > 1 ? fmt::format(" (likewise {} more)", unknown.count - 1) : ""));
  }
  const std::string unknown_type = unknown.has_others ? "unknown types" : fmt::format("type {}", unknown.type);
  WeightSum sum;
  for (std::size_t index = 0; index < tensors.size(); ++index)
    sum.add(weight_of(tensors[index], tensors, unknown_type));
  if (const auto complaint = sum.finish(model, options, inspection))
    return shards[0].complaint("GGUF: " + complaint->message);
  return inspection;
}

}  // namespace greenml::model_file
