/// \file
/// Numbers the keys of a file, so that whoever gets them need not look at their letters again. Models mostly have the
/// same keys in the same order: the key that followed another one last time is tried first.

#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace greenml::read {

/// A key of a file.
class Key {
 public:
  Key(std::uint32_t number, std::string_view text);
  Key(const Key&) = delete;  // others refer to it
  Key& operator=(const Key&) = delete;

  std::uint32_t number() const { return number_; }
  std::string_view text() const { return {quoted_.data(), quoted_.size() - 1}; }
  /// How many bytes it takes with its closing quotation mark, where it is written without escapes.
  std::size_t quoted_size() const { return quoted_.size(); }

  /// The key that begins at `raw`, behind its quotation mark, as it is written in the file, if it is one that has
  /// followed this one; else nullptr. 16 bytes must be readable there.
  Key* expected_next(const char* raw) const {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::memcpy(&first, raw, sizeof first);
    std::memcpy(&second, raw + sizeof first, sizeof second);
    for (Key* next : next_)
      if (next != nullptr && ((first ^ next->words_[0]) & next->masks_[0]) == 0 &&
          ((second ^ next->words_[1]) & next->masks_[1]) == 0 && next->has_rest_at(raw + beginning))
        return next;
    return nullptr;
  }
  /// From now on, that one is expected first.
  void expect_next(Key& next);

 private:
  static constexpr std::size_t beginning = 16;

  bool has_rest_at(const char* raw) const {
    return quoted_.size() <= beginning ||
           std::strncmp(raw, quoted_.data() + beginning, quoted_.size() - beginning) == 0;
  }

  std::uint32_t number_;
  std::string quoted_;  // with the closing quotation mark
  // Its first bytes, and which of their bits count.
  std::array<std::uint64_t, 2> words_ = {};
  std::array<std::uint64_t, 2> masks_ = {};
  std::array<Key*, 2> next_ = {};  // the key that followed it last, and the one before
};

class KeyBook {
 public:
  /// More different keys are no catalog.
  static constexpr std::uint32_t most_keys = 100'000;

  KeyBook() { keys_.emplace_back(0, ""); }

  /// Stands before the first key of an object.
  Key& none() { return keys_.front(); }
  /// The key with that text; nullptr where it was not met yet.
  Key* find(std::string_view text) const;
  /// The key with that text.
  Key& find_or_add(std::string_view text);

  /// Notes that an object has the key; returns whether it had it already. Objects of one depth come one after another
  /// and are told apart by their serial numbers.
  bool is_repeated(const Key& key, std::size_t depth, std::uint32_t object) {
    std::vector<std::uint32_t>& last = last_object_[depth];
    if (key.number() >= last.size()) last.resize(keys_.size());
    return std::exchange(last[key.number()], object) == object;
  }

 private:
  std::deque<Key> keys_;
  std::unordered_map<std::string_view, Key*> by_text_;
  std::array<std::vector<std::uint32_t>, 66> last_object_;  // by depth and number: the last object that had the key
};

}  // namespace greenml::read
