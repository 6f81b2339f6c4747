/// \file
/// Fuzzes TFLite files: the wire format, and whatever graph follows from it.

#include <cstdint>
#include <string>

#include "greenml/inspect.hpp"
#include "model_bytes.hpp"

using namespace greenml;
using namespace greenml::model_file;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string text(bytes, bytes + size);
  // What tells the format is right, so that the rest is reached at all.
  if (text.size() >= 8) text.replace(4, 4, "TFL3");
  const MemoryFile file(text);
  InspectOptions options;
  options.layers = true;
  expect_sound(inspect(file.path(), options));
  return 0;
}
