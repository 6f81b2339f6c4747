/// \file
/// A growing column of a table with holes in it. Chunks without a value take no memory, and growing copies nothing.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
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

  /// Whether no row has a value.
  bool empty() const { return chunks_.empty(); }

 private:
  static constexpr std::size_t chunk_size = 1024;
  using Chunk = std::array<Value, chunk_size>;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  Value missing_;
};

}  // namespace greenml
