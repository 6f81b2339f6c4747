#include <filesystem>
#include <string>
#include <unistd.h>

#include "catch.hpp"
#include "greenml/inspect.hpp"
#include "model_file/shards.hpp"
#include "model_writer.hpp"

namespace greenml::model_file {

namespace {

constexpr const char* index_name = "model.safetensors.index.json";

std::string message_about(const std::string& path) {
  const Parsed<Inspection> inspection = inspect(path, {});
  return inspection ? "none" : inspection.complaint().message;
}

std::uint64_t params_of(const std::string& path) {
  const Parsed<Inspection> inspection = inspect(path, {});
  INFO(inspection.complaint().message);
  REQUIRE(inspection);
  return inspection->params.value_or(0);
}

std::string index_of(const std::string& map) { return R"({"metadata":{"total_size":1},"weight_map":{)" + map + "}}"; }

/// Two shards with 8 and 4 weights, and their index.
void write_shards(const TemporaryFolder& folder) {
  SafetensorsWriter().f32("a", {8}).write(folder, "model-00001-of-00002.safetensors");
  SafetensorsWriter().f32("b", {4}).write(folder, "model-00002-of-00002.safetensors");
}

void write_index(const TemporaryFolder& folder) {
  folder.write(index_name,
               index_of(R"("a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors")"));
}

/// One part of a model of three blocks.
GgufWriter gguf_shard(std::uint64_t number, std::uint64_t count, std::uint64_t tensors) {
  return GgufWriter().key("split.no", number).key("split.count", count).key("split.tensors.count", tensors);
}

}  // namespace

TEST_CASE("names of shards") {
  const std::optional<ShardName> shard = shard_name("model-00002-of-00003.safetensors");
  REQUIRE(shard);
  CHECK(shard->index == 2);
  CHECK(shard->count == 3);
  CHECK(shard->name_of(3) == "model-00003-of-00003.safetensors");
  CHECK(shard_name("a-of-b-00001-of-00002.gguf")->stem == "a-of-b");
  for (const char* const name : {"model.gguf", "model-00004-of-00003.gguf", "model-00000-of-00003.gguf", "a-1-of-02",
                                 "model-00001-of-00001.gguf", "-of-", "x-of-3", "best-of-breed.gguf"})
    CHECK_FALSE(shard_name(name));
}

TEST_CASE("a shard, the index and the folder mean the same model") {
  const TemporaryFolder folder;
  write_shards(folder);
  CHECK(params_of(folder.at("model-00002-of-00002.safetensors")) == 12);
  CHECK(params_of(folder.path()) == 12);
  write_index(folder);
  for (const char* const name : {"model-00001-of-00002.safetensors", index_name, "", "/"}) {
    const Parsed<Inspection> inspection = inspect(folder.at(name), {});
    REQUIRE(inspection);
    CHECK(inspection->params == 12);
    CHECK(inspection->source == index_name);
    CHECK(inspection->name == std::filesystem::path(folder.path()).filename());
    std::uint64_t size = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) size += file.file_size();
    CHECK(inspection->size == size);
  }
}

TEST_CASE("a missing shard is named") {
  const TemporaryFolder folder;
  write_shards(folder);
  std::filesystem::remove(folder.at("model-00002-of-00002.safetensors"));
  const std::string missing = folder.at("model-00002-of-00002.safetensors") + ": this file is not there";
  CHECK(message_about(folder.at("model-00001-of-00002.safetensors")) == missing + ", shard 2 of 2");
  write_index(folder);
  CHECK(message_about(folder.path()) == missing + ", a shard that model.safetensors.index.json names");
}

TEST_CASE("a shard that is a pointer is named") {
  const TemporaryFolder folder;
  write_shards(folder);
  write_index(folder);
  folder.write("model-00002-of-00002.safetensors",
               "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 16\n");
  CHECK(message_about(folder.path()) ==
        folder.at("model-00002-of-00002.safetensors") + ": this is a git-lfs pointer to 16 bytes, not the model");
}

TEST_CASE("index and shards must agree") {
  const TemporaryFolder folder;
  write_shards(folder);
  const std::string first = R"("a":"model-00001-of-00002.safetensors")";
  const std::string at = folder.at(index_name) + ": ";
  const auto message_with = [&](const std::string& map) {
    folder.write(index_name, index_of(map));
    return message_about(folder.path());
  };
  CHECK(message_with(first + R"(,"b":"model-00002-of-00002.safetensors","c":"model-00002-of-00002.safetensors")") ==
        at + "c is not in model-00002-of-00002.safetensors, as the index says");
  CHECK(message_with(R"("a":"model-00002-of-00002.safetensors","b":"model-00001-of-00002.safetensors")") ==
        at + "a is in model-00001-of-00002.safetensors, and the index does not say so");
  CHECK(message_with(first + "," + first).starts_with(at + "index of shards: tensor a is there twice"));
  CHECK(message_with("") == at + "index of shards: its weight_map is empty");
}

TEST_CASE("files outside of the folder are not looked at") {
  const TemporaryFolder folder;
  for (const char* const name : {"../secret", "/etc/passwd", "..", "a/b", ""}) {
    folder.write(index_name, index_of(R"("a":")" + std::string(name) + "\""));
    CHECK(message_about(folder.path()).find(": a file outside of the model's folder is not looked at") !=
          std::string::npos);
  }
  const TemporaryFolder other;
  other.write("secret", "x");
  std::filesystem::create_symlink(other.at("secret"), folder.at("link"));
  folder.write(index_name, index_of(R"("a":"link")"));
  CHECK(message_about(folder.path())
            .starts_with(folder.at("link") + ": this is a link out of the model's folder, which is not followed"));
}

TEST_CASE("links of a hub's cache are followed") {
  const TemporaryFolder cache;
  std::filesystem::create_directories(cache.at("blobs"));
  std::filesystem::create_directories(cache.at("snapshots/main"));
  SafetensorsWriter().f32("a", {8}).write(cache, "blobs/1111");
  cache.write(std::string("snapshots/main/") + index_name, index_of(R"("a":"model.safetensors")"));
  std::filesystem::create_symlink("../../blobs/1111", cache.at("snapshots/main/model.safetensors"));
  CHECK(params_of(cache.at("snapshots/main")) == 8);
}

TEST_CASE("shards of GGUF are one model, with the keys of the first") {
  const TemporaryFolder folder;
  const GgufWriter whole = tiny_llama(1, false);
  GgufWriter first = gguf_shard(0, 2, 3).key("general.name", "Split");
  first.add("a", {8}).add("b", {8}).write(folder, "net-00001-of-00002.gguf");
  gguf_shard(1, 2, 3).add("c", {16}).write(folder, "net-00002-of-00002.gguf");
  for (const char* const name : {"net-00001-of-00002.gguf", "net-00002-of-00002.gguf", ""}) {
    const Parsed<Inspection> inspection = inspect(folder.at(name), {});
    INFO(inspection.complaint().message);
    REQUIRE(inspection);
    CHECK(inspection->params == 32);
    CHECK(inspection->name == "Split");
  }
  gguf_shard(1, 2, 3).add("b", {16}).write(folder, "net-00002-of-00002.gguf");
  CHECK(message_about(folder.path()).ends_with("GGUF: tensor b is there twice"));
  gguf_shard(0, 2, 3).add("c", {16}).write(folder, "net-00002-of-00002.gguf");
  CHECK(message_about(folder.path()).ends_with("GGUF: split.no is 0, and its name makes it shard 1"));
  gguf_shard(1, 2, 3).add("c", {16}).add("d", {16}).write(folder, "net-00002-of-00002.gguf");
  CHECK(message_about(folder.path()).ends_with("GGUF: split.tensors.count is 3, and the shards have 4 tensors"));
  std::filesystem::rename(folder.at("net-00001-of-00002.gguf"), folder.at("renamed.gguf"));
  CHECK(message_about(folder.at("renamed.gguf")).find("GGUF: split.count is 2, and there is 1 shard") !=
        std::string::npos);
}

TEST_CASE("a folder is its only model") {
  const TemporaryFolder folder;
  CHECK(message_about(folder.path()) == folder.path() + ": there is no model file in this folder");
  folder.write("README.md", "# A model");
  folder.write("tokenizer.json", "{}");
  folder.write("weights.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 16\n");
  CHECK(message_about(folder.path()) ==
        folder.at("weights.bin") + ": this is a git-lfs pointer to 16 bytes, not the model");
  SafetensorsWriter().f32("a", {8}).write(folder, "a.bin");
  CHECK(params_of(folder.path()) == 8);
  tiny_llama(1, true).write(folder, "b.bin");
  CHECK(message_about(folder.path()) == folder.path() + ": there are 2 models in this folder: a.bin, b.bin");
}

TEST_CASE("what is no model is named") {
  const TemporaryFolder folder;
  const std::string path = folder.write("net.onnx", "<html></html>");
  CHECK(message_about(path) == path + ": this is a web page, not a model");
  folder.write("net.onnx", R"({"error":"not found"})");
  CHECK(message_about(path) == path + ": this is JSON, not a model");
  folder.write("net.onnx", "[1,2]");
  CHECK(message_about(path) == path + ": this is JSON, not a model");
  folder.write("net.onnx", "hello");
  CHECK(message_about(path) == path + ": this is not a model file of a known format");
  folder.write("net.onnx", "");
  CHECK(message_about(path) == path + ": the file is empty");
}

TEST_CASE("numbers of tokens must make sense") {
  InspectOptions options;
  options.tokens = 0;
  CHECK_FALSE(inspect("x", options));
  options.tokens = 1;
  options.past = -1;
  CHECK_FALSE(inspect("x", options));
  const TemporaryFolder folder;
  options.tokens = std::int64_t{1} << 60U;
  options.past = 0;
  const Parsed<Inspection> inspection = inspect(tiny_llama(1, true).write(folder, "a"), options);
  REQUIRE_FALSE(inspection);
  CHECK(inspection.complaint().message.ends_with("GGUF: the sums are over 64 bits"));
}

}  // namespace greenml::model_file
