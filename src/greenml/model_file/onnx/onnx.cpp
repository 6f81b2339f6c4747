#include "model_file/onnx/onnx.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "model_file/checked.hpp"
#include "model_file/graph/inspection.hpp"
#include "model_file/magic.hpp"
#include "model_file/malformed.hpp"
#include "model_file/message.hpp"
#include "model_file/onnx/onnx_graph.hpp"
#include "model_file/shards.hpp"

namespace greenml::model_file {

namespace {

/// How long a file of external data must be, and the tensor that says so.
struct Needed {
  std::uint64_t bytes = 0;
  std::string tensor;
};

std::map<std::string, Needed> needed_files(const std::vector<graph::External>& externals) {
  std::map<std::string, Needed> files;
  for (const graph::External& external : externals) {
    // Exporters write "./weights.bin" as well.
    std::string name = external.location;
    while (name.starts_with("./")) name.erase(0, 2);
    const std::optional<std::uint64_t> end = checked_sum(external.offset, external.length);
    if (!end) throw Malformed{fmt::format("{}: its external data ends after 2^64 bytes", external.tensor)};
    Needed& needed = files[name];
    if (needed.tensor.empty() || *end > needed.bytes) needed = {*end, external.tensor};
  }
  return files;
}

/// The bytes of one file of external data: its real length, or what is declared where it is not there.
std::uint64_t bytes_of_data(const std::string& folder, const std::string& name, const Needed& needed,
                            std::vector<std::string>& missing) {
  const Parsed<File> file = open_beside(folder, name);
  if (!file) {
    const std::string& message = file.complaint().message;
    if (!message.ends_with(file_is_not_there))
      throw Malformed{fmt::format("{}: {}", needed.tensor, message.substr(std::min(message.size(), folder.size())))};
    missing.push_back(name);
    return needed.bytes;
  }
  const std::string first = file->bytes(0, std::min<std::uint64_t>(recognised_bytes, file->size())).value_or("");
  const auto first_bytes = std::as_bytes(std::span(first.data(), first.size()));
  if (const Magic* magic = recognise(first_bytes); magic != nullptr && magic->name == "git-lfs pointer")
    throw Malformed{fmt::format("{}: {}", shown(name), describe(*magic, first_bytes)), std::string(magic->hint)};
  if (file->size() < needed.bytes)
    throw Malformed{fmt::format("{} has {}, and {} needs {}", shown(name), counted(file->size(), "byte"), needed.tensor,
                                grouped(needed.bytes)),
                    "the file is truncated"};
  return file->size();
}

std::string likewise(std::uint64_t count) {
  return count == 1 ? "" : fmt::format(" (likewise {} more)", grouped(count - 1));
}

std::uint64_t size_of(const File& file, const graph::OnnxModel& read, std::vector<std::string>& notes) {
  std::uint64_t size = file.size();
  const auto add = [&size](std::uint64_t bytes) {
    if (__builtin_add_overflow(size, bytes, &size)) throw Malformed{"the sizes of its files are over 64 bits"};
  };
  std::vector<std::string> missing;
  for (const auto& [name, needed] : needed_files(read.externals))
    add(bytes_of_data(folder_of(file.path()), name, needed, missing));
  if (!missing.empty())
    notes.push_back(fmt::format("{} is not there; its size is taken as declared{}", shown(missing.front()),
                                likewise(missing.size())));
  add(read.no_data.bytes);
  if (read.no_data.count != 0)
    notes.push_back(fmt::format("{} has no data; its size is taken as declared{}", read.no_data.tensor,
                                likewise(read.no_data.count)));
  return size;
}

}  // namespace

Parsed<Inspection> inspect_onnx(const File& file, const InspectOptions& options) {
  try {
    const graph::OnnxModel read = graph::read_onnx(file);
    Inspection inspection;
    inspection.format = "ONNX";
    inspection.name = without_suffix(file.name());
    inspection.source = file.name();
    inspection.size = size_of(file, read, inspection.notes);
    graph::inspect_graph(read.model, options, inspection);
    return inspection;
  } catch (const Malformed& malformed) {
    return file.complaint(malformed.what, malformed.hint);
  }
}

}  // namespace greenml::model_file
