/// \file
/// Which files belong to one model: shards by their names ("-00002-of-00003"), or by an index. Knows names and folders,
/// and nothing of what is in the files.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "greenml/parsed.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// More shards than a model has: a set of more is refused.
inline constexpr std::size_t most_shards = 9999;

/// A name such as "model-00002-of-00003.gguf".
struct ShardName {
  std::string stem;          ///< "model"
  std::string number_width;  ///< "00002", for its length
  std::size_t index = 0;     ///< from 1
  std::size_t count = 0;
  std::string suffix;  ///< ".gguf"

  std::string name_of(std::size_t other) const;
};

/// Reads the name of a shard; nothing for other names, and for a set of one.
std::optional<ShardName> shard_name(const std::string& file_name);

/// Opens a file that another file names. It must be in the folder itself: no other folder, no link out (but for the
/// links that a cache of the Hugging Face hub is made of).
Parsed<File> open_beside(const std::string& folder, const std::string& name);

/// Opens all shards of the set that `name` is one of. The complaint names the first that is not there.
Parsed<std::vector<File>> open_shards(const std::string& folder, const ShardName& name);

/// The name of a file without its suffix: "net" of "net.gguf".
std::string without_suffix(const std::string& name);

/// The name of the folder that a path is in, without other folders: "models" of "models/net.onnx".
std::string folder_name(const std::string& path);

}  // namespace greenml::model_file
