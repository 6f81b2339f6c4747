/// \file
/// Walks JSON values from one position of their structure to the next and reads every byte of them. Used by the JSON
/// and the NDJSON reader.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <simdjson.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/json/key_sequence.hpp"
#include "input/raw_object.hpp"

namespace greenml::read {

/// Thrown where the text is not JSON, or not such as a catalog may be; caught by the readers.
struct NotJson {
  enum class Why { syntax, too_deep, too_many_keys };
  Why why;
  std::size_t offset;
};

/// The message, where it is not for `find_json_fault` to find one.
constexpr std::string_view message_for(NotJson::Why why) {
  switch (why) {
    case NotJson::Why::syntax:
      break;
    case NotJson::Why::too_deep:
      return "nested more deeply than 64 levels";
    case NotJson::Why::too_many_keys:
      return "more than 100,000 different keys";
  }
  return "this is not JSON";
}

/// Thrown where the text at hand ends before the value does.
struct EndsTooEarly {};

class JsonWalk {
 public:
  static constexpr std::size_t deepest = 64;

  /// Begins anew in a text that begins at `start` in its file. `positions` are those of its structure, behind which the
  /// text's length stands.
  void begin(std::string_view text, std::size_t start, std::span<const std::uint32_t> positions);

  /// Whether nothing follows.
  bool at_end() const { return at_ == end_; }
  /// The first character of what follows; NUL at the end.
  char next() const { return at_end() ? '\0' : text_[*at_]; }
  /// Where that is in the file.
  std::size_t offset() const { return start_ + *at_; }
  /// Where what was read last began.
  std::size_t last_offset() const { return start_ + at_[-1]; }
  /// Goes over a brace, bracket, colon or comma.
  void skip() { ++at_; }
  void skip(char expected) {
    if (next() != expected) fail();
    ++at_;
  }

  /// Reads an object into `object`, which is cleared first. `depth` is the object's own, from 1.
  void read_object(std::size_t depth, RawObject& object);
  /// Reads the first key of an object; what follows is its value.
  const Key& read_first_key();
  /// Reads any value, of which no members are kept.
  void read_value(std::size_t depth, RawObject& object, RawValue& value);
  /// The keys that were met.
  KeyBook& keys() { return keys_; }
  /// Forgets the texts that had escapes, whose views become invalid. Comes before each object or value that is read.
  void forget_texts() { unescaped_used_ = 0; }

 private:
  [[noreturn]] void fail(NotJson::Why why = NotJson::Why::syntax) const;
  std::size_t end_of_token() const;
  Key& read_key(Key& before);
  Key& read_unexpected_key(Key& before);
  void read_text(RawValue& value);
  std::string_view unescaped(std::string_view raw);
  void read_scalar(RawValue& value);
  void take_value(std::size_t depth, RawObject& object, bool keep_members, RawValue& value);
  void read_container(std::size_t depth, RawObject& object, bool keep_members, RawValue& value);
  void read_array(std::size_t depth, RawObject& object);
  void read_nested(std::size_t depth, RawObject& object, bool keep_members);

  const char* text_ = nullptr;
  bool has_escapes_ = false;  // anywhere in the text
  std::size_t start_ = 0;
  // In the positions of the structure; `at_` is that of what is next.
  const std::uint32_t* begin_ = nullptr;
  const std::uint32_t* at_ = nullptr;
  const std::uint32_t* end_ = nullptr;

  KeyBook keys_;
  std::uint32_t objects_ = 0;  // serial number of the last object
  simdjson::ondemand::parser unescaper_;
  std::deque<std::string> unescaped_;  // texts of the present object
  std::size_t unescaped_used_ = 0;
};

}  // namespace greenml::read
