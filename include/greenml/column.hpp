/// \file
/// A growing column of a table with holes in it. Chunks without a value take no memory, and growing copies nothing.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace greenml {

template <typename Value>
class Column {
 public:
  explicit Column(Value missing) : missing_(missing) {}

  Value operator[](std::size_t row) const {
    const std::size_t chunk = row / chunk_size;
    const Chunk* const values = chunk < chunks_.size() ? chunks_[chunk].get() : nullptr;
    return values != nullptr ? (*values)[row % chunk_size] : missing_;
  }

  /// The values of several rows, in less time than one after another. `to` has room for them.
  void copy(std::span<const std::size_t> rows, std::span<Value> to) const {
    std::transform(rows.begin(), rows.end(), to.begin(), [this](std::size_t row) { return (*this)[row]; });
  }

  [[gnu::always_inline]] void set(std::size_t row, Value value) {
    const std::size_t chunk = row / chunk_size;
    if (chunk >= chunks_.size() || !chunks_.data()[chunk]) make(chunk);
    chunks_.data()[chunk].get()->data()[row % chunk_size] = value;  // unchecked: it is there
  }

  /// Puts the first `count` rows of another column at `row` and after it, where there is nothing yet.
  void append(const Column& other, std::size_t count, std::size_t row) {
    for (std::size_t from = 0; from < count;) {
      const std::size_t to = row + from;
      const std::size_t room = std::min(chunk_size - from % chunk_size, chunk_size - to % chunk_size);
      const std::size_t piece = std::min(room, count - from);
      const std::size_t chunk = from / chunk_size;
      if (chunk < other.chunks_.size() && other.chunks_[chunk]) {
        if (to / chunk_size >= chunks_.size() || !chunks_[to / chunk_size]) make(to / chunk_size);
        std::copy_n(other.chunks_[chunk]->begin() + static_cast<std::ptrdiff_t>(from % chunk_size), piece,
                    chunks_[to / chunk_size]->begin() + static_cast<std::ptrdiff_t>(to % chunk_size));
      }
      from += piece;
    }
  }

  /// Whether no row was ever given a value. Where all were taken away again it is not empty.
  bool empty() const { return chunks_.empty(); }

 private:
  static constexpr std::size_t chunk_size = 1024;
  using Chunk = std::array<Value, chunk_size>;

  [[gnu::noinline]] void make(std::size_t chunk) {
    if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
    chunks_[chunk] = std::make_unique_for_overwrite<Chunk>();
    chunks_[chunk]->fill(missing_);
  }

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

  [[gnu::always_inline]] void set(std::size_t row, std::uint32_t code) {
    const std::size_t chunk = row / chunk_size;
    const std::size_t index = row % chunk_size;
    Chunk* const to = chunk < chunks_.size() ? chunks_.data() + chunk : nullptr;
    const unsigned width = to != nullptr ? to->width : 0;
    if (width == 1 && code < 0x100)
      to->bytes.get()[index] = static_cast<unsigned char>(code);
    else if (width == sizeof code)
      std::memcpy(to->bytes.get() + index * sizeof code, &code, sizeof code);
    else
      set_in(chunk, index, code);
  }

  /// Calls `visit(row, code)` for rows from `first` up to `last`, in less time than a look at each row takes.
  template <typename Visit>
  void for_each(std::size_t first, std::size_t last, Visit visit) const {
    for (std::size_t row = first; row < last;) {
      const std::size_t start = row - row % chunk_size;
      const std::size_t end = std::min(last, start + chunk_size);
      const Chunk* const chunk = row / chunk_size < chunks_.size() ? &chunks_[row / chunk_size] : nullptr;
      if (chunk != nullptr && chunk->width == 1)
        for (; row < end; ++row) visit(row, std::uint32_t{chunk->bytes[row - start]});
      else
        for (; row < end; ++row) visit(row, chunk == nullptr ? 0 : chunk->at(row - start));
    }
  }

  /// Puts the first `count` rows of another column at `row` and after it, where there is nothing yet: `here(code)` says
  /// which number stands here for one of that column.
  template <typename Here>
  void append(const CodeColumn& other, std::size_t count, std::size_t row, Here here) {
    for (std::size_t from = 0; from < count;) {
      const std::size_t to = row + from;
      const std::size_t room = std::min(chunk_size - from % chunk_size, chunk_size - to % chunk_size);
      const std::size_t end = from + std::min(room, count - from);
      const std::size_t chunk = to / chunk_size;
      if (from / chunk_size >= other.chunks_.size()) return;
      const Chunk& codes = other.chunks_[from / chunk_size];
      while (from < end) {
        // Nearly all chunks have a byte for each number, here and there.
        if (codes.width == 1 && chunk < chunks_.size() && chunks_[chunk].width == 1) {
          const unsigned char* const read = codes.bytes.get() + from % chunk_size;
          unsigned char* const write = chunks_[chunk].bytes.get() + (row + from) % chunk_size;
          std::size_t index = 0;
          for (; from + index < end; ++index) {
            const std::uint32_t number = read[index] == 0 ? 0 : here(std::uint32_t{read[index]});
            if (number > 0xFF) break;
            write[index] = static_cast<unsigned char>(number);
          }
          from += index;
          if (from == end) break;
        }
        if (const std::uint32_t code = codes.at(from % chunk_size); code != 0) set(row + from, here(code));
        ++from;
      }
    }
  }

  bool empty() const { return chunks_.empty(); }

 private:
  static constexpr std::size_t chunk_size = 1024;

  struct Chunk {
    std::unique_ptr<unsigned char[]> bytes;
    unsigned width = 0;  // bytes of each number: 0, 1, 2 or 4

    std::uint32_t at(std::size_t index) const;
    void put(std::size_t index, std::uint32_t code);
    void widen(unsigned wider);
  };

  /// Makes the chunk, and makes it wider, where that is needed.
  void set_in(std::size_t chunk, std::size_t index, std::uint32_t code);

  std::vector<Chunk> chunks_;
};

}  // namespace greenml
