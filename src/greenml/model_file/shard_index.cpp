#include "model_file/shard_index.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "model_file/json_text.hpp"
#include "model_file/message.hpp"
#include "model_file/shards.hpp"

namespace greenml::model_file {

namespace {

constexpr std::uint64_t largest_index = 32U << 20U;
constexpr std::size_t most_tensors = 1U << 20U;

class IndexReader {
 public:
  explicit IndexReader(const File& file) : json_(file, 0, file.size(), "index of shards") {}

  ShardIndex read() {
    bool has_map = false;
    std::string key;
    if (json_.next() != '{') throw Malformed{"this is JSON, not a model", "was the download refused?"};
    for (json_.open('{'); json_.next_key(key);) {
      if (key != "weight_map") {
        json_.skip_value();
        continue;
      }
      if (std::exchange(has_map, true)) json_.fail("weight_map is there twice");
      read_map();
    }
    json_.expect_end();
    if (!has_map) throw Malformed{"this is JSON, not a model", "was the download refused?"};
    return finish();
  }

 private:
  void read_map() {
    std::string tensor;
    std::string shard;
    for (json_.open('{'); json_.next_key(tensor);) {
      json_.take_text(shard);
      const std::size_t number = shards_.emplace(shard, shards_.size()).first->second;
      if (shards_.size() > most_shards) json_.fail("more shards than greenml reads");
      if (index_.tensors.size() == most_tensors) json_.fail("more tensors than greenml reads");
      index_.tensors.push_back({tensor, number});
    }
  }

  ShardIndex finish() {
    if (shards_.empty()) throw Malformed{"index of shards: its weight_map is empty"};
    std::vector<std::size_t> sorted_number(shards_.size());
    for (const auto& [name, number] : shards_) {
      sorted_number[number] = index_.shards.size();
      index_.shards.push_back(name);
    }
    for (IndexedTensor& tensor : index_.tensors) tensor.shard = sorted_number[tensor.shard];
    std::sort(index_.tensors.begin(), index_.tensors.end(),
              [](const IndexedTensor& left, const IndexedTensor& right) { return left.name < right.name; });
    const auto twice = std::adjacent_find(
        index_.tensors.begin(), index_.tensors.end(),
        [](const IndexedTensor& left, const IndexedTensor& right) { return left.name == right.name; });
    if (twice != index_.tensors.end())
      throw Malformed{fmt::format("index of shards: tensor {} is there twice", shown(twice->name))};
    return std::move(index_);
  }

  JsonText json_;
  std::map<std::string, std::size_t> shards_;
  ShardIndex index_;
};

}  // namespace

Parsed<ShardIndex> read_shard_index(const File& file) {
  if (file.size() > largest_index)
    return file.complaint(
        fmt::format("index of shards: {}; greenml reads {}", counted(file.size(), "byte"), grouped(largest_index)));
  try {
    return IndexReader(file).read();
  } catch (const Malformed& malformed) {
    return file.complaint(malformed.what, malformed.hint);
  }
}

}  // namespace greenml::model_file
