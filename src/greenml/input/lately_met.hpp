/// \file
/// The values that a label had lately. Most values of labels come again and again: one of these is found by its bytes,
/// in a fraction of the time that the catalog takes to look it up.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "catalog/text_hash.hpp"
#include "input/first_bytes.hpp"
#include "input/raw_object.hpp"

namespace greenml::read {

class LatelyMet {
 public:
  /// How many bytes of a text `find` reads at once, whatever its size: so many must be readable.
  static constexpr std::size_t beginning = 16;

  /// The number with which a value was put in; 0 where it was not met lately.
  std::uint32_t find(RawKind kind, std::string_view text) const {
    const Written written(kind, text);
    const Value& value = values_.data()[place_of(written)];  // unchecked: no place is beyond them
    return value.is(written, text) ? value.number : 0;
  }

  /// Puts a value in. `kept` is the same text where it stays; its number is not 0.
  void put_in(RawKind kind, std::string_view text, std::string_view kept, std::uint32_t number) {
    constexpr std::size_t many_for_each_place = 4;
    constexpr unsigned most_place_bits = 10;
    if (++put_in_ == many_for_each_place * values_.size() && place_bits_ < most_place_bits) {
      place_bits_ = most_place_bits;
      clear();
    }
    const Written written(kind, text);
    values_[place_of(written)] = {written, kept.data(), number};
  }

  /// Forgets all values.
  void clear() { values_.assign(std::size_t{1} << place_bits_, {}); }

 private:
  using Words = WordsOf<beginning>;

  /// How a value is written: what tells short ones apart, and most long ones.
  struct Written {
    Words words = {};  // its first bytes; those that are not of the text are 0
    std::uint64_t size_and_kind = 0;

    Written() = default;
    Written(RawKind kind, std::string_view text) : size_and_kind(text.size() << 8 | static_cast<std::uint64_t>(kind)) {
      static_assert(beginning == sizeof words);
      std::memcpy(words.data(), text.data(), sizeof words);
      const Words& mask = first_bytes<beginning>[std::min(text.size(), beginning)];
      words = {words[0] & mask[0], words[1] & mask[1]};
    }
    /// Word by word, in less time than the usual way.
    bool operator==(const Written& other) const {
      const std::uint64_t differing = (words[0] ^ other.words[0]) | (words[1] ^ other.words[1]);
      return (differing | (size_and_kind ^ other.size_and_kind)) == 0;
    }
  };
  struct Value {
    Written written;
    const char* text = nullptr;
    std::uint32_t number = 0;

    bool is(const Written& other, std::string_view text_of_other) const {
      if (written != other) return false;
      return text_of_other.size() <= beginning ||
             std::memcmp(text + beginning, text_of_other.data() + beginning, text_of_other.size() - beginning) == 0;
    }
  };

  std::size_t place_of(const Written& written) const {
    return (written.words[0] ^ written.words[1] * 31 ^ written.size_and_kind) * golden_ratio >> (64 - place_bits_);
  }

  // Few places, which are soon made and stay in the cache, until they turn out to be too few.
  unsigned place_bits_ = 6;
  std::size_t put_in_ = 0;  // how many values in all
  // Each at the place that its bytes say.
  std::vector<Value> values_ = std::vector<Value>(std::size_t{1} << place_bits_);
};

}  // namespace greenml::read
