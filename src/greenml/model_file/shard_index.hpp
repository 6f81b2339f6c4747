/// \file
/// The index of sharded safetensors files, "model.safetensors.index.json": which shard holds which tensor.

#pragma once

#include <string>
#include <vector>

#include "greenml/parsed.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// A tensor and the shard that holds it, as an index into the names of the shards.
struct IndexedTensor {
  std::string name;
  std::size_t shard = 0;
};

struct ShardIndex {
  std::vector<std::string> shards;     ///< names of files, sorted
  std::vector<IndexedTensor> tensors;  ///< sorted by name
};

/// Reads an index. The complaint is about JSON, and about JSON that is no index.
Parsed<ShardIndex> read_shard_index(const File& file);

}  // namespace greenml::model_file
