/// \file
/// Fuzzes safetensors files with a config.json beside them. The length before the header is right, so that the header
/// is reached at all, and the data is a hole; both may be made to lie.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "expect.hpp"
#include "greenml/inspect.hpp"
#include "model_bytes.hpp"

using namespace greenml;
using namespace greenml::model_file;

namespace {

/// A folder for the two files, in memory where there is such a place. It is gone at the end.
class Folder {
 public:
  Folder() : path_(std::filesystem::exists("/dev/shm") ? "/dev/shm/greenml_fuzz_XXXXXX" : "/tmp/greenml_fuzz_XXXXXX") {
    GREENML_EXPECT(::mkdtemp(path_.data()) != nullptr);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

const std::string& folder() {
  static const Folder made;
  return made.path();
}

void write_file(const std::string& name, const std::string& bytes) {
  std::FILE* const file = std::fopen((folder() + "/" + name).c_str(), "wb");
  GREENML_EXPECT(file != nullptr);
  std::fwrite(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  Choices choices(std::span(bytes, size));
  const std::uint8_t mode = choices.byte();
  const std::uint64_t data = choices.number(mode % 4 == 3 ? 5 : 2);
  const std::string config = choices.text(choices.number(2) % 2048);
  const std::string header = choices.rest();
  std::uint64_t length = header.size();
  if (mode >= 250) length += mode - 252U;
  std::string text;
  for (std::size_t at = 0; at < 8; ++at) text += static_cast<char>(length >> (8 * at) & 0xffU);
  text += header;
  InspectOptions options;
  options.tokens = mode % 16 + 1;
  if (config.empty()) {
    const MemoryFile file(text, text.size() + data);
    expect_sound(inspect(file.path(), options));
    return 0;
  }
  write_file("config.json", config);
  write_file("model.safetensors", text);
  std::filesystem::resize_file(folder() + "/model.safetensors", text.size() + data);
  expect_sound(inspect(folder() + "/model.safetensors", options));
  return 0;
}
