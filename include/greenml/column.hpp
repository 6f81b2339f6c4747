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

inline constexpr std::size_t rows_of_chunk = 1024;

/// Rows of a column that go to another one, and are in one chunk of each.
struct Piece {
  std::size_t from;
  std::size_t to;
  std::size_t size;
};

/// Calls `visit(piece)` for the first `count` rows of a column, which go to `row` of another one and after it.
template <typename Visit>
void for_each_piece(std::size_t count, std::size_t row, Visit visit) {
  for (Piece piece = {0, row, 0}; piece.from < count; piece.from += piece.size, piece.to += piece.size) {
    const std::size_t room = rows_of_chunk - std::max(piece.from % rows_of_chunk, piece.to % rows_of_chunk);
    piece.size = std::min(room, count - piece.from);
    visit(piece);
  }
}

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
    for_each_piece(count, row, [&](const Piece& piece) {
      const std::size_t chunk = piece.from / chunk_size;
      if (chunk >= other.chunks_.size() || !other.chunks_[chunk]) return;
      const std::size_t to = piece.to / chunk_size;
      if (to >= chunks_.size() || !chunks_[to]) make(to);
      std::copy_n(other.chunks_[chunk]->begin() + static_cast<std::ptrdiff_t>(piece.from % chunk_size), piece.size,
                  chunks_[to]->begin() + static_cast<std::ptrdiff_t>(piece.to % chunk_size));
    });
  }

  /// Whether no row was ever given a value. Where all were taken away again it is not empty.
  bool empty() const { return chunks_.empty(); }

 private:
  static constexpr std::size_t chunk_size = rows_of_chunk;
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
    for_each_piece(count, row, [&](const Piece& piece) {
      if (piece.from / chunk_size >= other.chunks_.size()) return;
      const Chunk& codes = other.chunks_[piece.from / chunk_size];
      for (std::size_t done = 0; done < piece.size; ++done) {
        done += append_bytes(codes, {piece.from + done, piece.to + done, piece.size - done}, here);
        if (done == piece.size) return;
        const std::uint32_t code = codes.at((piece.from + done) % chunk_size);
        if (code != 0) set(piece.to + done, here(code));
      }
    });
  }

  bool empty() const { return chunks_.empty(); }

 private:
  static constexpr std::size_t chunk_size = rows_of_chunk;

  struct Chunk {
    std::unique_ptr<unsigned char[]> bytes;
    unsigned width = 0;  // bytes of each number: 0, 1, 2 or 4

    std::uint32_t at(std::size_t index) const;
    void put(std::size_t index, std::uint32_t code);
    void widen(unsigned wider);
  };

  /// Appends codes as long as each takes a byte, there and here, as nearly all do. Returns how many it appended.
  template <typename Here>
  std::size_t append_bytes(const Chunk& codes, const Piece& piece, Here& here) {
    Chunk* const to = piece.to / chunk_size < chunks_.size() ? &chunks_[piece.to / chunk_size] : nullptr;
    if (codes.width != 1 || to == nullptr || to->width != 1) return 0;
    const unsigned char* const read = codes.bytes.get() + piece.from % chunk_size;
    unsigned char* const write = to->bytes.get() + piece.to % chunk_size;
    for (std::size_t index = 0; index < piece.size; ++index) {
      const std::uint32_t number = read[index] == 0 ? 0 : here(std::uint32_t{read[index]});
      if (number > 0xFF) return index;
      write[index] = static_cast<unsigned char>(number);
    }
    return piece.size;
  }
  /// Makes the chunk, and makes it wider, where that is needed.
  void set_in(std::size_t chunk, std::size_t index, std::uint32_t code);

  std::vector<Chunk> chunks_;
};

}  // namespace greenml
