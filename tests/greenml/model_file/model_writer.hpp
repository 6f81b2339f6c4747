/// \file
/// Writes model files for tests, byte by byte: GGUF and safetensors, sound ones and such as lie. Shares no code with
/// what reads them.

#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

namespace greenml::model_file {

/// A folder that is gone with this object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "greenml_test_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }
  std::string at(const std::string& name) const { return path_ + "/" + name; }

  /// Writes a file that is `size` long, if that is longer than its bytes: the rest is a hole.
  std::string write(const std::string& name, std::string_view bytes, std::uint64_t size = 0) const {
    std::ofstream(at(name), std::ios::binary) << bytes;
    if (size > bytes.size()) std::filesystem::resize_file(at(name), size);
    return at(name);
  }

 private:
  std::string path_;
};

/// A number in `bytes` bytes, the lowest first.
inline std::string number(std::uint64_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t byte = 0; byte < bytes; ++byte) text += static_cast<char>(value >> (8 * byte) & 0xffU);
  return text;
}

inline std::string u32(std::uint64_t value) { return number(value, 4); }
inline std::string u64(std::uint64_t value) { return number(value, 8); }
inline std::string text_of(std::string_view text) { return u64(text.size()) + std::string(text); }

/// What is written of a safetensors file. Its data is a hole.
struct SafetensorsWriter {
  std::string header;
  std::uint64_t data = 0;

  /// Adds a tensor that takes `bits` for each element, where the data ends.
  SafetensorsWriter& add(const std::string& name, const std::string& type, const std::vector<std::uint64_t>& shape,
                         std::uint64_t bits) {
    std::uint64_t size = bits;
    std::string dimensions;
    for (const std::uint64_t dimension : shape) {
      size *= dimension;
      dimensions += (dimensions.empty() ? "" : ",") + std::to_string(dimension);
    }
    size /= 8;
    header += (header.empty() ? "{\"" : ",\"") + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + dimensions +
              "],\"data_offsets\":[" + std::to_string(data) + "," + std::to_string(data + size) + "]}";
    data += size;
    return *this;
  }
  SafetensorsWriter& f32(const std::string& name, const std::vector<std::uint64_t>& shape) {
    return add(name, "F32", shape, 32);
  }
  SafetensorsWriter& bf16(const std::string& name, const std::vector<std::uint64_t>& shape) {
    return add(name, "BF16", shape, 16);
  }

  std::string bytes() const { return u64(header.size() + 1) + header + "}"; }
  std::string write(const TemporaryFolder& folder, const std::string& name) const {
    return folder.write(name, bytes(), bytes().size() + data);
  }
};

/// A safetensors file of this header, which is not checked, with `data` bytes after it.
inline std::string safetensors(std::string_view header, std::size_t data) {
  return u64(header.size()) + std::string(header) + std::string(data, '\0');
}

/// What is written of a GGUF file. Its data is a hole.
struct GgufWriter {
  std::uint32_t version = 3;
  std::string keys;
  std::uint64_t key_count = 0;
  std::string tensors;
  std::uint64_t tensor_count = 0;
  std::uint64_t data = 0;
  std::uint64_t alignment = 32;

  GgufWriter& raw_key(const std::string& name, std::uint32_t type, const std::string& value) {
    keys += text_of(name) + u32(type) + value;
    ++key_count;
    return *this;
  }
  GgufWriter& key(const std::string& name, std::uint64_t value) { return raw_key(name, 4, u32(value)); }
  GgufWriter& key(const std::string& name, const std::string& value) { return raw_key(name, 8, text_of(value)); }
  GgufWriter& list(const std::string& name, const std::vector<std::uint64_t>& values) {
    std::string text = u32(4) + u64(values.size());
    for (const std::uint64_t value : values) text += u32(value);
    return raw_key(name, 9, text);
  }

  /// Adds a tensor of a type with blocks of `block` elements in `bytes` bytes, where the data ends.
  GgufWriter& add(const std::string& name, const std::vector<std::uint64_t>& shape, std::uint32_t type = 0,
                  std::uint64_t block = 1, std::uint64_t bytes = 4) {
    std::uint64_t elements = 1;
    tensors += text_of(name) + u32(shape.size());
    for (const std::uint64_t dimension : shape) {
      elements *= dimension;
      tensors += u64(dimension);
    }
    tensors += u32(type) + u64(data);
    ++tensor_count;
    data = (data + elements / block * bytes + alignment - 1) / alignment * alignment;
    return *this;
  }

  std::string header() const { return "GGUF" + u32(version) + u64(tensor_count) + u64(key_count) + keys + tensors; }
  std::string write(const TemporaryFolder& folder, const std::string& name) const {
    const std::uint64_t begin = (header().size() + alignment - 1) / alignment * alignment;
    return folder.write(name, header(), begin + data);
  }
};

/// A model of the llama kind: `blocks` of width 8 with 2 heads, 1 of keys, and 16 inside; 10 tokens.
inline GgufWriter tiny_llama(std::uint64_t blocks, bool tied) {
  GgufWriter writer;
  writer.key("general.architecture", "llama").key("general.name", "Tiny").key("llama.block_count", blocks);
  writer.key("llama.embedding_length", 8).key("llama.attention.head_count", 2).key("llama.attention.head_count_kv", 1);
  writer.add("token_embd.weight", {8, 10});
  for (std::uint64_t block = 0; block < blocks; ++block) {
    const std::string name = "blk." + std::to_string(block) + ".";
    writer.add(name + "attn_norm.weight", {8}).add(name + "attn_q.weight", {8, 8});
    writer.add(name + "attn_k.weight", {8, 4}).add(name + "attn_v.weight", {8, 4});
    writer.add(name + "attn_output.weight", {8, 8}).add(name + "ffn_norm.weight", {8});
    writer.add(name + "ffn_gate.weight", {8, 16}).add(name + "ffn_up.weight", {8, 16});
    writer.add(name + "ffn_down.weight", {16, 8});
  }
  writer.add("output_norm.weight", {8});
  if (!tied) writer.add("output.weight", {8, 10});
  return writer;
}

}  // namespace greenml::model_file
