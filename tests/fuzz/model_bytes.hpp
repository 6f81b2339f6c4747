/// \file
/// What fuzzers of model files share: a file in memory, what holds of every inspection, and numbers taken from the
/// input.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

#include "expect.hpp"
#include "greenml/inspect.hpp"

namespace greenml::model_file {

/// A file that is in memory alone; its path is good as long as this object is.
class MemoryFile {
 public:
  /// The file is `size` long, if that is more than its bytes: the rest is a hole.
  explicit MemoryFile(std::string_view bytes, std::uint64_t size = 0)
      : descriptor_(::memfd_create("model", MFD_CLOEXEC)) {
    GREENML_EXPECT(descriptor_ >= 0);
    for (std::string_view rest = bytes; !rest.empty();) {
      const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
      GREENML_EXPECT(written > 0);
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    if (size > bytes.size()) GREENML_EXPECT(::ftruncate(descriptor_, static_cast<off_t>(size)) == 0);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// Takes numbers off the input; zeros after its end.
class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t at = 0; at < bytes; ++at) value |= std::uint64_t{byte()} << (8 * at);
    return value;
  }
  std::string text(std::size_t size) {
    const auto part = bytes_.first(std::min(size, bytes_.size()));
    bytes_ = bytes_.subspan(part.size());
    return {part.begin(), part.end()};
  }
  std::string rest() { return text(bytes_.size()); }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// What people read must be of one line.
inline void expect_printable(const std::string& text) {
  GREENML_EXPECT(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; }));
}

/// Rows and types sum to the totals, operations are given or their lack is explained, and complaints are one line.
inline void expect_sound(const Parsed<Inspection>& inspection) {
  if (!inspection) {
    GREENML_EXPECT(!inspection.complaint().message.empty());
    return expect_printable(inspection.complaint().message);
  }
  GREENML_EXPECT(inspection->macs.has_value() == inspection->why_no_macs.empty());
  GREENML_EXPECT(inspection->macs.has_value() == (inspection->status == InspectionStatus::exact));
  expect_printable(inspection->why_no_macs);
  for (const std::string& note : inspection->notes) expect_printable(note);
  if (!inspection->params) return;
  std::uint64_t params = 0;
  std::uint64_t macs = 0;
  std::uint64_t buffers = 0;
  for (const Layer& layer : inspection->layers) {
    params += layer.params;
    macs += layer.macs;
    buffers += layer.buffers;
  }
  GREENML_EXPECT(params == *inspection->params);
  GREENML_EXPECT(macs == inspection->macs.value_or(0));
  GREENML_EXPECT(buffers == inspection->buffers);
  std::uint64_t elements = 0;
  for (const ElementType& type : inspection->types) elements += type.elements;
  GREENML_EXPECT(elements == *inspection->params);
  if (inspection->active_params) GREENML_EXPECT(*inspection->active_params <= *inspection->params);
}

}  // namespace greenml::model_file
