/// \file
/// What a file is, told by its first bytes and never by its name: the formats that are read, and those that people give
/// by mistake, each with the way out. One row is one format. Reads no file itself, and does not check one.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace greenml::model_file {

enum class Content {
  onnx,
  safetensors,
  gguf,
  tflite,
  json,     ///< an index of shards, a catalog, or an error of a server
  foreign,  ///< named, but not read
};

using FirstBytes = std::span<const std::byte>;

struct Magic {
  std::string_view name;  ///< "gzip"
  Content content = Content::foreign;
  std::string_view words;  ///< "this is compressed with gzip"
  std::string_view hint;   ///< what to do about it; may be empty
  std::size_t offset = 0;  ///< where `bytes` stand
  std::string_view bytes;  ///< must be there; empty where `matches` alone decides
  bool (*matches)(FirstBytes) = nullptr;
};

/// How many bytes of a file `recognise` wants to see, if there are so many.
inline constexpr std::size_t recognised_bytes = 4096;

/// Finds what begins with these bytes; nullptr where nothing known does.
const Magic* recognise(FirstBytes first_bytes);

/// All rows, the most specific first.
std::span<const Magic> magics();

/// What the file is, in words: "this is a git-lfs pointer to 102,502,400 bytes, not the model".
std::string describe(const Magic& magic, FirstBytes first_bytes);

}  // namespace greenml::model_file
