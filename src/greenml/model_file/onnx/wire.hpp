/// \file
/// Reads the wire format of protocol buffers: messages, fields, lengths of 64 bits. Reads in windows, skips what is not
/// wanted without reading it, and knows in which field of which message it stands. Knows no schema.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model_file/window.hpp"

namespace greenml::model_file::graph {

/// Where in the nested messages a reader stands; lives on the stack.
struct Place {
  const Place* outer = nullptr;
  std::string_view field;   ///< "node"
  std::int64_t index = -1;  ///< of a repeated field

  std::string text() const;  ///< "graph.node[41]"
};

enum class Wire : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct Field {
  std::uint32_t number = 0;
  Wire wire = Wire::varint;
  std::uint64_t value = 0;  ///< of varint, fixed32 and fixed64
  std::uint64_t begin = 0;  ///< of bytes
  std::uint64_t end = 0;    ///< of bytes; may be behind the file's end, which is found when it is read
};

/// A message: a row of fields. Throws Malformed for what is malformed.
class Message {
 public:
  Message(Window& window, std::uint64_t begin, std::uint64_t end, Place place)
      : window_(window), at_(begin), end_(end), place_(place) {}

  /// Reads the next field; false at the message's end.
  bool next(Field& field);
  /// Opens a field of bytes as a message. The message that this one returns refers to `place()`.
  Message message(const Field& field, std::string_view name, std::int64_t index = -1) const;
  /// Reads a field of bytes as text; throws where there are more than `most` bytes.
  std::string text(const Field& field, std::string_view name, std::uint64_t most = 1U << 20U) const;
  /// Calls back with each number of a repeated field of numbers, packed or not.
  void numbers(const Field& field, Wire element, const std::function<void(std::uint64_t)>& each) const;
  /// Checks that a field of bytes is all there, without reading it.
  void check(const Field& field, std::string_view name) const;

  Window& window() const { return window_; }
  const Place& place() const { return place_; }
  std::uint64_t at() const { return at_; }  ///< the byte after the last field
  [[noreturn]] void ends_early() const;

 private:
  std::uint64_t varint(std::uint64_t& at, std::uint64_t end) const;
  std::uint64_t fixed(std::uint64_t& at, std::uint64_t end, unsigned count) const;
  void skip_group(std::uint32_t number);

  Window& window_;
  std::uint64_t at_;
  std::uint64_t end_;
  Place place_;
};

}  // namespace greenml::model_file::graph
