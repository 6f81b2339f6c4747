/// \file
/// A model that is written plainly, while it is read: what is known of its keys, and the values that it has so far.
/// Whoever walks over the bytes of a format puts them in and hands the model over.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "input/raw_object.hpp"

namespace greenml::read {

class PlainDraft {
 public:
  /// From now on, models go there. To be called before the first is begun.
  void put_into(RawSink& sink) {
    if (&sink == sink_) return;
    sink_ = &sink;
    keys_ = {};
  }
  /// Has the values of a key passed over, of which the sink knows nothing.
  void pass_over(std::uint32_t key_number) {
    keys_[key_number] = {.use = PlainUse::passed_over, .meaning = key_number};
  }

  void begin() {
    quantity_count_ = label_count_ = 0;
    model_.name = {};
    met_ = {};
  }

  /// What becomes of the value that a key has in this model; nullptr where that takes more than a look: the key is not
  /// known, or the model has another value of the same meaning. The number is below `most_plain_keys`.
  const PlainKey* find(std::uint32_t key_number) {
    PlainKey& key = keys_[key_number];
    if (key.use == PlainUse::unknown) key = sink_->plain_key(key_number);
    return key.use != PlainUse::unknown && add_meaning(key.meaning) ? &key : nullptr;
  }

  /// Adds a value that is no quantity: where it is a name or a label, or nowhere.
  void add_text(const PlainKey& key, std::uint32_t key_number, RawKind kind, std::string_view text) {
    if (key.use == PlainUse::label) labels_[label_count_++] = {key_number, kind, text};
    if (key.use == PlainUse::name) model_.name = text;
  }
  /// The place for the value of a quantity.
  double& add_quantity(std::uint32_t key_number) {
    PlainQuantity& quantity = quantities_[quantity_count_++];
    quantity.key_number = key_number;
    return quantity.value;
  }

  /// Hands the model, which begins at `offset` in the file, to the sink. Returns false where it has no name, or the
  /// sink leaves it to the general way.
  bool hand_over(std::size_t offset) {
    if (model_.name.empty()) return false;
    model_.offset = offset;
    model_.quantities = std::span(quantities_).first(quantity_count_);
    model_.labels = std::span(labels_).first(label_count_);
    return sink_->plain_model(model_);
  }

 private:
  /// Returns false where the model has the meaning already.
  bool add_meaning(std::uint32_t meaning) {
    std::uint64_t& word = met_[meaning / 64];
    const std::uint64_t bit = std::uint64_t{1} << meaning % 64;
    const bool is_new = (word & bit) == 0;
    word |= bit;
    return is_new;
  }

  RawSink* sink_ = nullptr;
  std::array<PlainKey, most_plain_keys> keys_;  // by number
  PlainModel model_;
  std::array<std::uint64_t, most_plain_keys / 64> met_ = {};  // a bit for each meaning that the model has
  std::array<PlainQuantity, most_plain_keys> quantities_;     // of which the model has so many as are counted
  std::array<PlainLabel, most_plain_keys> labels_;
  std::size_t quantity_count_ = 0;
  std::size_t label_count_ = 0;
};

}  // namespace greenml::read
