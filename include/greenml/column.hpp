/// \file
/// A growing column of a table with holes in it. Chunks without a value take no memory, and growing copies nothing.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace greenml {

template <typename Value>
class Column {
 public:
  explicit Column(Value missing) : missing_(missing) {}

  Value operator[](std::size_t row) const {
    const std::size_t chunk = row / chunk_size;
    return chunk < chunks_.size() && chunks_[chunk] ? (*chunks_[chunk])[row % chunk_size] : missing_;
  }

  void set(std::size_t row, Value value) {
    const std::size_t chunk = row / chunk_size;
    if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
    if (!chunks_[chunk]) {
      chunks_[chunk] = std::make_unique<Chunk>();
      std::fill(chunks_[chunk]->begin(), chunks_[chunk]->end(), missing_);
    }
    (*chunks_[chunk])[row % chunk_size] = value;
  }

  /// Whether no row was ever given a value. Where all were taken away again it is not empty.
  bool empty() const { return chunks_.empty(); }

 private:
  static constexpr std::size_t chunk_size = 1024;
  using Chunk = std::array<Value, chunk_size>;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  Value missing_;
};

/// A growing column of numbers from 0, which stands for a hole. Each takes one byte as long as those near it are small.
class CodeColumn {
 public:
  std::uint32_t operator[](std::size_t row) const {
    const std::size_t chunk = row / chunk_size;
    if (chunk >= chunks_.size()) return 0;
    const Chunk& from = chunks_[chunk];
    return from.width == 1 ? from.bytes[row % chunk_size] : from.at(row % chunk_size);
  }

  void set(std::size_t row, std::uint32_t code) {
    const std::size_t chunk = row / chunk_size;
    if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
    Chunk& target = chunks_[chunk];
    const unsigned width = code < 0x100 ? 1 : code < 0x10000 ? 2 : 4;
    if (target.width < width) target.widen(width);
    if (target.width == 1)
      target.bytes[row % chunk_size] = static_cast<unsigned char>(code);
    else
      target.put(row % chunk_size, code);
  }

  bool empty() const { return chunks_.empty(); }

 private:
  static constexpr std::size_t chunk_size = 1024;

  struct Chunk {
    std::unique_ptr<unsigned char[]> bytes;
    unsigned width = 0;  // bytes of each number

    std::uint32_t at(std::size_t index) const {
      std::uint32_t code = 0;
      for (unsigned byte = width; byte-- > 0;) code = code << 8 | bytes[index * width + byte];
      return code;
    }
    void put(std::size_t index, std::uint32_t code) {
      for (unsigned byte = 0; byte < width; ++byte, code >>= 8)
        bytes[index * width + byte] = static_cast<unsigned char>(code);
    }
    void widen(unsigned wider) {
      Chunk other{std::make_unique<unsigned char[]>(chunk_size * wider), wider};
      for (std::size_t index = 0; width != 0 && index < chunk_size; ++index) other.put(index, at(index));
      *this = std::move(other);
    }
  };

  std::vector<Chunk> chunks_;
};

}  // namespace greenml
