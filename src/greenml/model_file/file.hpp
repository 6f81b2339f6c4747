/// \file
/// A model file that is open for reading at any place. Reads with pread and maps nothing: a file that is cut while it
/// is mapped ends the process. Knows nothing of formats.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "greenml/parsed.hpp"

namespace greenml::model_file {

/// A regular file. Movable; closes its descriptor.
class File {
 public:
  /// The most that `bytes` returns at once.
  static constexpr std::uint64_t most_bytes = 128U << 20U;

  /// Opens a file. The complaint says why it cannot be read: not there, no permission, a folder, a pipe, a device.
  static Parsed<File> open(const std::string& path);

  File(const File&) = delete;
  File& operator=(const File&) = delete;
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  const std::string& path() const { return path_; }
  std::string name() const;  ///< without folders
  std::uint64_t size() const { return size_; }

  /// Reads exactly `to.size()` bytes at `offset`; false where they are not there or reading failed.
  bool read(std::uint64_t offset, std::span<std::byte> to) const;

  /// Returns `count` bytes at `offset`; nothing where they are not there, reading failed, or `count` is over
  /// `most_bytes`.
  std::optional<std::string> bytes(std::uint64_t offset, std::uint64_t count) const;

  /// Says what is wrong with this file: "net.onnx: the file is empty".
  Complaint complaint(const std::string& what, std::string hint = {}) const;

 private:
  File(std::string path, int descriptor, std::uint64_t size);

  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// How a complaint about a file ends that does not exist.
inline constexpr std::string_view file_is_not_there = ": this file is not there";

/// The part of a path after its last slash: "net.onnx" of "models/net.onnx".
std::string name_of(const std::string& path);

/// The folder of a path with its last slash, "models/" of "models/net.onnx"; empty where the path has none.
std::string folder_of(const std::string& path);

}  // namespace greenml::model_file
