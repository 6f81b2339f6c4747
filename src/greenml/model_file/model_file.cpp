#include <algorithm>
#include <dirent.h>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "greenml/inspect.hpp"
#include "model_file/gguf.hpp"
#include "model_file/magic.hpp"
#include "model_file/onnx/onnx.hpp"
#include "model_file/safetensors.hpp"
#include "model_file/shard_index.hpp"
#include "model_file/shards.hpp"
#include "model_file/tflite/tflite.hpp"

namespace greenml {

namespace model_file {
namespace {

constexpr const char* index_suffix = ".safetensors.index.json";

/// What a file is by its first bytes, or why it is nothing that is read.
struct Recognised {
  const Magic* magic = nullptr;
  std::string first_bytes;

  FirstBytes bytes() const { return std::as_bytes(std::span(first_bytes.data(), first_bytes.size())); }
};

Recognised recognise_file(const File& file) {
  Recognised found;
  found.first_bytes = file.bytes(0, std::min<std::uint64_t>(recognised_bytes, file.size())).value_or("");
  found.magic = recognise(found.bytes());
  return found;
}

bool is_read(const Magic* magic) {
  return magic != nullptr && magic->content != Content::foreign && magic->content != Content::json;
}

Complaint refusal(const File& file, const Recognised& recognised) {
  if (file.size() == 0) return file.complaint("the file is empty", "was the download refused?");
  if (recognised.first_bytes.empty()) return file.complaint("reading failed at byte 0");
  if (recognised.magic == nullptr)
    return file.complaint("this is not a model file of a known format", "ONNX, TFLite, safetensors and GGUF are read");
  return file.complaint(describe(*recognised.magic, recognised.bytes()), std::string(recognised.magic->hint));
}

/// Opens all shards that an index names.
Parsed<std::vector<File>> open_indexed(const File& index_file, const std::string& folder) {
  const Parsed<ShardIndex> index = read_shard_index(index_file);
  if (!index) return index.complaint();
  std::vector<File> files;
  for (const std::string& name : index->shards) {
    Parsed<File> file = open_beside(folder, name);
    if (!file)
      return Complaint{fmt::format("{}, a shard that {} names", file.complaint().message, index_file.name()),
                       "download all shards of the model"};
    files.push_back(*std::move(file));
  }
  return files;
}

/// All shards must be of one format: one of them can still be a git-lfs pointer.
std::optional<Complaint> check_shards(const std::vector<File>& files, Content content) {
  for (const File& file : files) {
    const Recognised recognised = recognise_file(file);
    if (recognised.magic == nullptr || recognised.magic->content != content) return refusal(file, recognised);
  }
  return std::nullopt;
}

Parsed<Inspection> inspect_index(const File& file, const InspectOptions& options) {
  const std::string folder = folder_of(file.path());
  Parsed<std::vector<File>> files = open_indexed(file, folder);
  if (!files) return files.complaint();
  if (const auto complaint = check_shards(*files, Content::safetensors)) return *complaint;
  return inspect_safetensors({*files, folder, folder_name(file.path()), file.name(), file.path()}, options);
}

Parsed<Inspection> inspect_safetensors_file(const File& file, const InspectOptions& options) {
  const std::string folder = folder_of(file.path());
  const std::optional<ShardName> shard = shard_name(file.name());
  if (!shard) {
    const std::span<const File> one(&file, 1);
    return inspect_safetensors({one, folder, without_suffix(file.name()), file.name(), {}}, options);
  }
  const Parsed<File> index = open_beside(folder, shard->stem + index_suffix);
  if (index) return inspect_index(*index, options);
  Parsed<std::vector<File>> files = open_shards(folder, *shard);
  if (!files) return files.complaint();
  if (const auto complaint = check_shards(*files, Content::safetensors)) return *complaint;
  return inspect_safetensors({*files, folder, folder_name(file.path()), files->front().name(), {}}, options);
}

Parsed<Inspection> inspect_gguf_file(const File& file, const InspectOptions& options) {
  const std::optional<ShardName> shard = shard_name(file.name());
  if (!shard) return inspect_gguf(std::span(&file, 1), options);
  Parsed<std::vector<File>> files = open_shards(folder_of(file.path()), *shard);
  if (!files) return files.complaint();
  if (const auto complaint = check_shards(*files, Content::gguf)) return *complaint;
  return inspect_gguf(*files, options);
}

struct Format {
  Content content;
  Parsed<Inspection> (*inspect)(const File&, const InspectOptions&);
};

constexpr Format formats[] = {
    {Content::safetensors, inspect_safetensors_file},
    {Content::gguf, inspect_gguf_file},
    {Content::json, inspect_index},
    {Content::onnx, inspect_onnx},
    {Content::tflite, inspect_tflite},
};

Parsed<Inspection> inspect_file(const std::string& path, const InspectOptions& options) {
  const Parsed<File> file = File::open(path);
  if (!file) return file.complaint();
  const Recognised recognised = recognise_file(*file);
  if (recognised.magic != nullptr)
    for (const Format& format : formats)
      if (format.content == recognised.magic->content) return format.inspect(*file, options);
  return refusal(*file, recognised);
}

/// Names of the files of a folder, sorted.
std::vector<std::string> names_in(const std::string& folder) {
  constexpr std::size_t most = 10'000;
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> open_folder(::opendir(folder.c_str()), &::closedir);
  if (!open_folder) return names;
  while (const dirent* const entry = ::readdir(open_folder.get()))
    if (entry->d_name[0] != '.' && names.size() < most) names.emplace_back(entry->d_name);
  std::sort(names.begin(), names.end());
  return names;
}

/// Whether a file in a folder is worth a complaint: a model that is not read, or the pointer to one.
bool is_other_model(const Magic* magic) {
  constexpr auto names = std::to_array<std::string_view>(
      {"git-lfs pointer", "PyTorch", "HDF5", "Keras", "SavedModel", "Core ML", "OpenVINO", "TensorRT", "ORT", "ggml"});
  return magic != nullptr && std::find(names.begin(), names.end(), magic->name) != names.end();
}

/// A folder is the index of shards in it, or its only model. Shards of one set are one model.
Parsed<std::string> model_in(const std::string& folder) {
  const std::vector<std::string> names = names_in(folder);
  const std::string index = std::string("model") + index_suffix;
  if (std::find(names.begin(), names.end(), index) != names.end()) return folder + index;
  std::vector<std::string> models;
  std::vector<std::string> sets;
  std::optional<Complaint> other;  // about a model that is not read
  for (const std::string& name : names) {
    const Parsed<File> file = File::open(folder + name);
    if (!file) continue;
    const Recognised recognised = recognise_file(*file);
    if (!is_read(recognised.magic)) {
      if (!other && is_other_model(recognised.magic)) other = refusal(*file, recognised);
      continue;
    }
    if (const std::optional<ShardName> shard = shard_name(name)) {
      const std::string set = shard->name_of(1);
      if (std::find(sets.begin(), sets.end(), set) != sets.end()) continue;
      sets.push_back(set);
    }
    models.push_back(name);
  }
  if (models.size() == 1) return folder + models.front();
  const std::string at = folder.substr(0, folder.size() - 1);
  if (models.empty() && other) return *other;
  if (models.empty()) return Complaint{at + ": there is no model file in this folder"};
  constexpr std::size_t shown_models = 3;
  std::string list;
  for (std::size_t model = 0; model < std::min(models.size(), shown_models); ++model)
    list += (model == 0 ? "" : ", ") + models[model];
  if (models.size() > shown_models) list += ", ...";
  return Complaint{fmt::format("{}: there are {} models in this folder: {}", at, models.size(), list),
                   "give one of them"};
}

}  // namespace
}  // namespace model_file

namespace {

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string with_slash(const std::string& folder) { return folder.ends_with('/') ? folder : folder + "/"; }

}  // namespace

bool is_model_file(const std::string& path) {
  if (is_folder(path)) return model_file::model_in(with_slash(path)).has_value();
  const Parsed<model_file::File> file = model_file::File::open(path);
  return file && model_file::is_read(model_file::recognise_file(*file).magic);
}

Parsed<Inspection> inspect(const std::string& path, const InspectOptions& options) {
  if (options.tokens < 1) return Complaint{"the number of tokens is 1 or more"};
  if (options.past < 0) return Complaint{"the number of tokens before is 0 or more"};
  if (path == "-")
    return Complaint{"standard input cannot be inspected: a model file is not read from beginning to end",
                     "save it to a file first"};
  if (!is_folder(path)) return model_file::inspect_file(path, options);
  const Parsed<std::string> model = model_file::model_in(with_slash(path));
  return model ? model_file::inspect_file(*model, options) : model.complaint();
}

}  // namespace greenml
