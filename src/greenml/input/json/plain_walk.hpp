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
#include <deque>
#include <string_view>
#include <utility>

#include "input/json/key_sequence.hpp"
#include "input/json/lead.hpp"
#include "input/lately_met.hpp"
#include "input/plain_draft.hpp"

namespace greenml::read {

class PlainWalk {
 public:
  /// `keys` are shared with the walk that reads the other models, so that a key has one number.
  explicit PlainWalk(const KeyBook& keys) : keys_(keys) {}

  /// From now on, models go there. To be called before the first is read.
  void put_into(RawSink& sink) {
    if (!model_.put_into(sink)) return;
    for (KnownKey& key : known_keys_) key.draft = {};
  }

  /// Reads the model whose opening brace stands at `brace`. Returns the byte after it, or nullptr where it is not plain
  /// or does not end before `end`. The window that it is in is followed by Window::padding bytes that are NUL.
  const char* read(const char* brace, const char* end);
  /// How many line breaks there are in the model that was read last.
  std::size_t line_breaks() const { return line_breaks_; }
  /// Hands the model that was read last, which begins at `offset` in the file, to the sink. Returns false where the
  /// sink leaves it to the general way.
  bool hand_over(std::size_t offset, const PassedLines& passed) { return model_.hand_over(offset, passed); }

 private:
  struct KnownKey;
  /// A key that followed another one, and the bytes that it was told by.
  struct Follower {
    Lead lead;
    KnownKey* key = nullptr;
  };
  /// A key as this walk remembers it: what becomes of its values, and what followed them lately.
  struct KnownKey {
    std::uint32_t number;
    DraftKey draft = {};
    std::array<Follower, 2> followers = {};
    std::size_t oldest = 0;

    const Follower* follower_at(const char* at) const {
      for (const Follower& follower : followers)
        if (follower.key != nullptr && follower.lead.stands_at(at)) return &follower;
      return nullptr;
    }
    /// From now on, expects that too, in the place of what was noted longer ago.
    void expect(const Follower& next) { followers[std::exchange(oldest, 1 - oldest)] = next; }
  };

  const char* skip_blanks(const char* at) { return *at > ' ' ? at : skip_several(at); }
  const char* skip_several(const char* at);
  KnownKey* known_key(std::uint32_t number);
  KnownKey* find_key(std::string_view text);
  KnownKey* next_key(const char*& at, KnownKey& before);
  KnownKey* read_lead(const char*& at, KnownKey& before);
  bool read_value(const char*& at, const DraftKey& key);
  bool read_text(const char*& at, const DraftKey& key);
  bool read_number(const char*& at, const DraftKey& key);
  bool read_word(const char*& at, const DraftKey& key);

  const KeyBook& keys_;
  PlainDraft model_;
  KnownKey none_ = {0};              // stands before the first key of a model
  std::deque<KnownKey> known_keys_;  // by their numbers
  LatelyMet lately_met_;             // the same numbers, by the texts of keys
  std::size_t line_breaks_ = 0;      // in the model at hand
};

}  // namespace greenml::read
