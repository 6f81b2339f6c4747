/// \file
/// Reads models that are written plainly in one pass over their bytes: no index of the text is made, keys are
/// recognised as the ones that followed last time, and values go to the sink as numbers and texts.
///
/// There are two ways to read a model. This one gives up at anything that is out of the ordinary and has no messages;
/// then JsonWalk reads the same bytes in the general way, which alone says what is wrong. So a catalog means the same
/// whichever way its models went.

#pragma once

#include <cstddef>
#include <cstdint>

#include "input/json/key_sequence.hpp"
#include "input/plain_draft.hpp"

namespace greenml::read {

class PlainWalk {
 public:
  /// `keys` are shared with the walk that reads the other models, so that a key has one number.
  explicit PlainWalk(KeyBook& keys) : keys_(keys) {}

  /// From now on, models go there. To be called before the first is read.
  void put_into(RawSink& sink) {
    if (model_.put_into(sink)) keys_.forget_drafts();
  }

  /// Reads the model whose opening brace stands at `brace`. Returns the byte after it, or nullptr where it is not plain
  /// or does not end before `end`. The window that it is in is followed by Window::padding bytes that are NUL.
  const char* read(const char* brace, const char* end);
  /// Whether the model that was read last stands on one line.
  bool is_on_one_line() const { return !met_line_break_; }
  /// Hands the model that was read last, which begins at `offset` in the file, to the sink. Returns false where the
  /// sink leaves it to the general way.
  bool hand_over(std::size_t offset) { return model_.hand_over(offset); }

 private:
  const char* skip_blanks(const char* at) { return *at > ' ' ? at : skip_several(at); }
  const char* skip_several(const char* at);
  Key* read_key(const char*& at, Key& before);
  bool read_value(const char*& at, const DraftKey& key);
  bool read_text(const char*& at, const DraftKey& key);
  bool read_number(const char*& at, const DraftKey& key);
  bool read_word(const char*& at, const DraftKey& key);

  KeyBook& keys_;
  PlainDraft model_;
  bool met_line_break_ = false;  // in the model at hand
};

}  // namespace greenml::read
