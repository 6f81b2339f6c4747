/// \file
/// Fuzzes ONNX files: the wire format, and whatever graph follows from it.

#include <cstdint>
#include <string_view>

#include "greenml/inspect.hpp"
#include "model_bytes.hpp"

using namespace greenml;
using namespace greenml::model_file;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const MemoryFile file(std::string_view(reinterpret_cast<const char*>(bytes), size));
  InspectOptions options;
  options.layers = true;
  options.dimensions = {{"sequence", 7}};
  options.values = {{"c", 1}};
  expect_sound(inspect(file.path(), options));
  return 0;
}
