/// \file
/// A model that is written plainly, while it is read: the values that it has so far. Whoever walks over the bytes of a
/// format asks once what becomes of each key, puts the values in and hands the model over.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "input/raw_object.hpp"

namespace greenml::read {

/// A key as whoever walks remembers it: what becomes of its values, and what tells whether a model has it already.
struct DraftKey {
  PlainKey plain;
  std::uint32_t number = 0;
  std::uint32_t meaning_word = 0;  ///< where the bit of its meaning is
  std::uint64_t meaning_bit = 0;

  bool is_known() const { return plain.use != PlainUse::unknown; }
};

class PlainDraft {
 public:
  /// From now on, models go there. To be called before the first is begun. Returns whether it is another place than
  /// before, where keys have to be asked for anew.
  bool put_into(RawSink& sink) { return std::exchange(sink_, &sink) != &sink; }

  /// What becomes of the values of a key. Nothing is known of it where that takes more than a look.
  DraftKey ask(std::uint32_t key_number) const {
    if (key_number >= most_plain_keys) return {};
    const PlainKey plain = sink_->plain_key(key_number);
    return key_of(plain, key_number);
  }
  /// A key whose values are passed over, of which the sink knows nothing.
  static DraftKey passed_over(std::uint32_t key_number) {
    return key_of({.use = PlainUse::passed_over, .meaning = key_number}, key_number);
  }

  void begin() {
    quantity_count_ = label_count_ = 0;
    model_.name = {};
    met_ = {};
  }

  /// Notes that the model has a key, of which something is known. Returns false where it has another value of the same
  /// meaning.
  bool note(const DraftKey& key) {
    std::uint64_t& word = met_[key.meaning_word];
    const bool is_new = (word & key.meaning_bit) == 0;
    word |= key.meaning_bit;
    return is_new;
  }

  /// Adds a value that is no quantity: where it is a name or a label, or nowhere.
  void add_text(const DraftKey& key, RawKind kind, std::string_view text) {
    if (key.plain.use == PlainUse::label) labels_[label_count_++] = {key.number, kind, text};
    if (key.plain.use == PlainUse::name) model_.name = text;
  }
  /// The place for the value of a quantity.
  double& add_quantity(const DraftKey& key) {
    PlainQuantity& quantity = quantities_[quantity_count_++];
    quantity.key_number = key.number;
    return quantity.value;
  }

  /// Hands the model, which begins at `offset` in the file, to the sink. Returns false where it has no name, or the
  /// sink leaves it to the general way.
  bool hand_over(std::size_t offset, const PassedLines& passed) {
    if (model_.name.empty()) return false;
    model_.offset = offset;
    model_.passed = passed;
    model_.quantities = std::span(quantities_).first(quantity_count_);
    model_.labels = std::span(labels_).first(label_count_);
    return sink_->plain_model(model_);
  }

 private:
  static DraftKey key_of(const PlainKey& plain, std::uint32_t number) {
    return {.plain = plain,
            .number = number,
            .meaning_word = plain.meaning / 64,
            .meaning_bit = std::uint64_t{1} << plain.meaning % 64};
  }

  RawSink* sink_ = nullptr;
  PlainModel model_;
  std::array<std::uint64_t, most_plain_keys / 64> met_ = {};  // a bit for each meaning that the model has
  std::array<PlainQuantity, most_plain_keys> quantities_;     // of which the model has so many as are counted
  std::array<PlainLabel, most_plain_keys> labels_;
  std::size_t quantity_count_ = 0;
  std::size_t label_count_ = 0;
};

}  // namespace greenml::read
