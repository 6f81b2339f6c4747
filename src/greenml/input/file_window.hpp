/// \file
/// A window that moves over a file: so much of it is in memory as its reader needs at a time, which is one model at
/// least. Small enough to stay in the processor's cache.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "input/source_text.hpp"

namespace greenml::read {

/// Reads the next bytes into the buffer; returns how many, 0 at the end.
using ByteSource = std::function<std::size_t(std::span<char> buffer)>;

class Window {
 public:
  /// What a reader needs at a time must not be larger: a model, or another member of the top-level object.
  static constexpr std::size_t most_size = 64 << 20;
  /// Readable bytes behind the window's.
  static constexpr std::size_t padding = 64;

  /// A window of `size` bytes, at least 1.
  Window(std::string name, ByteSource source, std::size_t size);

  /// The bytes at hand. Offsets are those of the file.
  SourceText& text() { return text_; }
  std::string_view bytes() const { return text_.bytes(); }
  std::size_t start() const { return text_.start(); }
  /// Whether the file ends where the window does.
  bool is_last() const { return is_last_; }

  /// Moves on: what is before the offset goes, and as much comes in as there is room for. Where nothing goes, the
  /// window grows. Returns false where it must not grow further.
  bool move_to(std::size_t offset);

  /// Reads what comes after the window, so that `move_to` need not wait for it. Another thread may do that while this
  /// one works with the bytes at hand; it must have ended before the window moves.
  void read_ahead();

 private:
  /// Bytes that were read and are not in the window yet.
  struct Ahead {
    std::unique_ptr<char[]> buffer;
    std::size_t buffer_size = 0;
    std::size_t first = 0;  // where they begin; before them is room for what is kept of the window
    std::size_t size = 0;
  };

  std::size_t read(std::span<char> room);
  void keep(std::string_view kept, std::size_t offset);
  void fill();

  ByteSource source_;
  bool source_has_ended_ = false;
  std::size_t size_;
  std::unique_ptr<char[]> buffer_;
  SourceText text_;
  bool is_last_ = false;
  Ahead ahead_;
};

}  // namespace greenml::read
