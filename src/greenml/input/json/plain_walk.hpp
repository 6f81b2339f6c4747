/// \file
/// Reads models that are written plainly in one pass over their bytes: no index of the text is made, keys are
/// recognised as the ones that followed last time, and values go to the sink as numbers and texts.
///
/// There are two ways to read a model. This one gives up at anything that is out of the ordinary and has no messages;
/// then JsonWalk reads the same bytes in the general way, which alone says what is wrong. So a catalog means the same
/// whichever way its models went.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "input/json/key_sequence.hpp"
#include "input/raw_object.hpp"

namespace greenml::read {

class PlainWalk {
 public:
  /// `keys` are shared with the walk that reads the other models, so that a key has one number.
  explicit PlainWalk(KeyBook& keys) : keys_(keys) {}

  /// From now on, models go there. To be called before the first is read.
  void put_into(RawSink& sink);

  /// Reads the model whose opening brace stands at `brace`. Returns the byte after it, or nullptr where it is not plain
  /// or does not end before `end`. The window that it is in is followed by Window::padding bytes that are NUL.
  const char* read(const char* brace, const char* end);
  /// Hands the model that was read last, which begins at `offset` in the file, to the sink. Returns false where the
  /// sink leaves it to the general way.
  bool hand_over(std::size_t offset);

 private:
  Key* read_key(const char*& at, Key& before);
  const PlainKey& plain_key(std::uint32_t number);
  bool read_value(const char*& at, std::uint32_t key_number, const PlainKey& key);
  bool read_text(const char*& at, std::uint32_t key_number, const PlainKey& key);
  bool read_number(const char*& at, std::uint32_t key_number, const PlainKey& key);
  bool read_word(const char*& at, std::uint32_t key_number, const PlainKey& key);

  KeyBook& keys_;
  RawSink* sink_ = nullptr;
  std::array<PlainKey, most_plain_keys> plain_keys_;  // by the number of the key
  PlainModel model_;
  // Of the present model, which has no key twice.
  std::array<PlainQuantity, most_plain_keys> quantities_;
  std::array<PlainLabel, most_plain_keys> labels_;
  std::size_t quantity_count_ = 0;
  std::size_t label_count_ = 0;
};

}  // namespace greenml::read
