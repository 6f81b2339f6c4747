#include "model_file/safetensors.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>
#include <vector>

#include "model_file/config.hpp"
#include "model_file/config_model.hpp"
#include "model_file/message.hpp"
#include "model_file/packing.hpp"
#include "model_file/safetensors_header.hpp"
#include "model_file/shard_index.hpp"
#include "model_file/shards.hpp"
#include "model_file/weight_sum.hpp"

namespace greenml::model_file {

namespace {

/// Which tensors of the list come from which file: those from `first` on, up to the next file's.
struct FilePart {
  std::string name;
  std::size_t first = 0;
};

/// The index and the shards must agree on what is where: otherwise a part may be of another version of the model.
std::optional<Complaint> check_index(const ShardIndex& index, const std::string& path, const TensorList& tensors,
                                     const std::vector<FilePart>& parts) {
  const auto find = [&index](std::string_view name) {
    const auto found =
        std::lower_bound(index.tensors.begin(), index.tensors.end(), name,
                         [](const IndexedTensor& row, std::string_view text) { return row.name < text; });
    return found != index.tensors.end() && found->name == name ? &*found : nullptr;
  };
  const std::string hint = "download the index and all shards again";
  for (const IndexedTensor& row : index.tensors)
    if (!tensors.find(row.name))
      return Complaint{
          fmt::format("{}: {} is not in {}, as the index says", path, shown(row.name), shown(index.shards[row.shard])),
          hint};
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const std::size_t end = part + 1 < parts.size() ? parts[part + 1].first : tensors.size();
    for (std::size_t tensor = parts[part].first; tensor < end; ++tensor) {
      const IndexedTensor* const row = find(tensors[tensor].name);
      if (row == nullptr || index.shards[row->shard] != parts[part].name)
        return Complaint{fmt::format("{}: {} is in {}, and the index does not say so", path,
                                     shown(tensors[tensor].name), shown(parts[part].name)),
                         hint};
    }
  }
  return std::nullopt;
}

/// Reads all shards into one list.
std::optional<Complaint> read_set(const SafetensorsSet& set, TensorList& tensors, UnknownType& unknown,
                                  Inspection& inspection) {
  std::vector<FilePart> parts;
  for (const File& file : set.files) {
    parts.push_back({file.name(), tensors.size()});
    if (auto complaint = read_safetensors(file, tensors, unknown)) return complaint;
    inspection.size += file.size();
  }
  if (set.index.empty()) return std::nullopt;
  const Parsed<File> file = File::open(set.index);
  if (!file) return file.complaint();
  const Parsed<ShardIndex> index = read_shard_index(*file);
  if (!index) return index.complaint();
  inspection.size += file->size();
  return check_index(*index, set.index, tensors, parts);
}

/// The config.json beside the weights, where there is one that can be read.
std::optional<Config> read_config(const std::string& folder, Inspection& inspection) {
  const Parsed<File> file = open_beside(folder, "config.json");
  if (!file && file.complaint().message.ends_with(file_is_not_there)) return std::nullopt;
  Parsed<Config> config = file ? Config::read(*file) : file.complaint();
  if (config) return *std::move(config);
  // Without the folder, so that the same files give the same note anywhere.
  inspection.notes.push_back("config.json is not used: " +
                             config.complaint().message.substr(folder.size() + std::size("config.json: ") - 1));
  return std::nullopt;
}

/// A tensor of an adapter (LoRA), if there is one.
std::string adapter_tensor(const TensorList& tensors) {
  for (std::size_t index = 0; index < tensors.size(); ++index)
    if (tensors[index].name.find(".lora_") != std::string_view::npos) return std::string(tensors[index].name);
  return {};
}

LanguageModel language_model(const TensorList& tensors, const std::optional<Config>& config,
                             const Quantisation& quantisation, const UnknownType& unknown) {
  LanguageModel model;
  const std::string adapter = adapter_tensor(tensors);
  if (unknown.count != 0)
    model.give_up(
        InspectionStatus::partial,
        fmt::format("tensor {} is of type {}, which is not known{}", shown(unknown.tensor), shown(unknown.type),
                    unknown.count > 1 ? fmt::format(" (likewise {} more)", unknown.count - 1) : ""));
  else if (!adapter.empty())
    model.give_up(InspectionStatus::weights_only,
                  fmt::format("{} is of an adapter, to be added to another model's weights", shown(adapter)));
  else if (!config)
    model.give_up(
        InspectionStatus::weights_only,
        "safetensors files hold weights and no graph, and there is no config.json beside them that tells their use");
  else
    model = config_language_model(tensors, *config, quantisation);
  return model;
}

}  // namespace

Parsed<Inspection> inspect_safetensors(const SafetensorsSet& set, const InspectOptions& options) {
  Inspection inspection;
  inspection.format = "safetensors";
  inspection.name = set.name;
  inspection.source = set.source;
  TensorList tensors;
  UnknownType unknown;
  if (auto complaint = read_set(set, tensors, unknown, inspection)) return *complaint;
  const std::optional<Config> config = read_config(set.folder, inspection);
  const Quantisation quantisation = config ? Quantisation(*config) : Quantisation();
  LanguageModel model = language_model(tensors, config, quantisation, unknown);
  WeightSum sum;
  for (std::size_t index = 0; index < tensors.size(); ++index) {
    const Tensor tensor = tensors[index];
    Weight weight = weigh(tensor, tensors, quantisation);
    if (model.is_known()) {
      weight.use = config_use(tensor);
      weight.experts = experts_of(tensor);
    }
    sum.add(weight);
  }
  if (const auto complaint = sum.finish(model, options, inspection))
    return set.files.front().complaint("safetensors: " + complaint->message);
  return inspection;
}

}  // namespace greenml::model_file
