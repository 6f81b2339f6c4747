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
  std::string_view text() const { return {written_.data() + 1, written_.size() - 2}; }

  /// The key that stands at `at`, between quotation marks and as it is written in the file, if it is one that has
  /// followed this one; else nullptr. 16 bytes must be readable there.
  Key* expected_next(const char* at) const {
    std::array<std::uint64_t, 2> words;
    std::memcpy(words.data(), at, sizeof words);
    for (Key* next : next_)
      if (next != nullptr && next->begins_with(words) && next->has_rest_at(at + beginning)) return next;
    return nullptr;
  }
  /// From now on, that one is expected first.
  void expect_next(Key& next);

 private:
  static constexpr std::size_t beginning = 16;

  bool begins_with(const std::array<std::uint64_t, 2>& words) const {
    return (((words[0] ^ words_[0]) & masks_[0]) | ((words[1] ^ words_[1]) & masks_[1])) == 0;
  }
  bool has_rest_at(const char* at) const {
    return written_.size() <= beginning ||
           std::strncmp(at, written_.data() + beginning, written_.size() - beginning) == 0;
  }

  std::uint32_t number_;
  std::string written_;  // with its quotation marks
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
