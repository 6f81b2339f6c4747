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

class KeyBook {
 public:
  /// More different keys are no catalog.
  static constexpr std::uint32_t most_keys = 100'000;
  static constexpr std::uint32_t unknown = 0xFFFF'FFFF;
  /// Stands before the first key of an object.
  static constexpr std::uint32_t none = 0;

  /// The number of the key that begins at `raw`, behind its quotation mark, as it is written in the file, if it is one
  /// that has followed the key numbered `before`; else `unknown`. 16 bytes must be readable there.
  std::uint32_t expected_after(std::uint32_t before, const char* raw) const {
    for (const std::uint32_t next : entries_[before].next)
      if (next != unknown && is_here(entries_[next], raw)) return next;
    return unknown;
  }

  /// The number of a key, which is remembered as one that follows another.
  std::uint32_t number_of(std::string_view key, std::uint32_t before);
  std::string_view text(std::uint32_t number) const { return texts_[number]; }

  /// Notes that an object has the key; returns whether it had it already. Objects of one depth come one after another
  /// and are told apart by their serial numbers.
  bool is_repeated(std::uint32_t number, std::size_t depth, std::uint32_t object) {
    std::vector<std::uint32_t>& last = last_object_[depth];
    if (number >= last.size()) last.resize(entries_.size());
    return std::exchange(last[number], object) == object;
  }

 private:
  static constexpr std::size_t beginning = 16;

  struct Entry {
    // The first bytes of the key and its closing quotation mark, and which of their bits count.
    std::array<std::uint64_t, 2> words = {};
    std::array<std::uint64_t, 2> masks = {};
    std::string_view rest = {};                              // behind those, with the quotation mark
    std::array<std::uint32_t, 2> next = {unknown, unknown};  // the key that followed it last, and the one before
  };

  static bool is_here(const Entry& entry, const char* raw) {
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), raw, beginning);
    const std::uint64_t differences =
        ((words[0] ^ entry.words[0]) & entry.masks[0]) | ((words[1] ^ entry.words[1]) & entry.masks[1]);
    return differences == 0 &&
           (entry.rest.empty() || std::strncmp(raw + beginning, entry.rest.data(), entry.rest.size()) == 0);
  }

  std::vector<Entry> entries_ = {Entry{}};  // the first is `none`
  std::deque<std::string> texts_ = {""};
  std::deque<std::string> quoted_;  // texts with the closing quotation mark, of long keys
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::array<std::vector<std::uint32_t>, 66> last_object_;  // by depth and number: the last object that had the key
};

}  // namespace greenml::read
