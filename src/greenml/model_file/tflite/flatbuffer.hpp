/// \file
/// Reads the wire format of FlatBuffers at any place of a file: tables, vectors, texts. Every offset is checked against
/// the file before it is followed. Knows no schema.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model_file/file.hpp"
#include "model_file/window.hpp"

namespace greenml::model_file {

class FlatBuffer;

/// A row of elements of one size. Empty where its field is not there.
struct FlatVector {
  std::uint64_t begin = 0;
  std::uint32_t count = 0;
};

/// A table, whose fields are told by their numbers in the schema.
class FlatTable {
 public:
  FlatTable(FlatBuffer& buffer, std::uint64_t at, std::string place);

  std::int64_t int8(unsigned field, std::int64_t without = 0) const { return number(field, 1, without); }
  std::int64_t int32(unsigned field, std::int64_t without = 0) const { return number(field, 4, without); }
  std::uint64_t uint64(unsigned field) const { return static_cast<std::uint64_t>(number(field, 8, 0)); }
  bool has(unsigned field) const { return place_of(field) != 0; }

  FlatVector vector(unsigned field, unsigned element_bytes) const;
  std::vector<std::int64_t> int32s(unsigned field, std::size_t most) const;
  std::string text(unsigned field) const;
  std::optional<FlatTable> table(unsigned field, const char* name) const;
  /// One of a vector of tables, counted from 0.
  FlatTable element(const FlatVector& tables, std::uint32_t index, const char* name) const;

  const std::string& place() const { return place_; }  ///< "subgraphs[0].operators[7]"

 private:
  std::uint64_t place_of(unsigned field) const;
  std::uint64_t target_of(std::uint64_t at) const;
  std::int64_t number(unsigned field, unsigned bytes, std::int64_t without) const;
  std::string inside(const char* name) const;

  FlatBuffer* buffer_;
  std::uint64_t at_;
  std::uint64_t vtable_;
  std::uint32_t vtable_bytes_;
  std::string place_;
};

/// The file, read through one window. Throws Malformed where an offset points outside of it.
class FlatBuffer {
 public:
  explicit FlatBuffer(const File& file) : window_(file) {}

  FlatTable root() { return {*this, unsigned_at(0, 4, "the root"), {}}; }
  std::uint64_t size() const { return window_.size(); }
  /// A number of so many bytes, which must be in the file.
  std::uint64_t unsigned_at(std::uint64_t at, unsigned bytes, const std::string& place);
  /// Throws where so many bytes are not in the file.
  void check(std::uint64_t at, std::uint64_t bytes, const std::string& place) const;
  Window& window() { return window_; }

 private:
  Window window_;
};

}  // namespace greenml::model_file
