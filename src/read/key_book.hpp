/// \file
/// Numbers the keys of a file, so that whoever gets them need not look at their letters again. Models mostly have the
/// same keys in the same order: the key that followed another one last time is tried first.

#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace greenml::read {

class KeyBook {
 public:
  /// More different keys are no catalog.
  static constexpr std::uint32_t most_keys = 100'000;

  /// The number of the key that begins at `raw`, behind its quotation mark, as it is written in the file, if it is one
  /// that has followed the key numbered `before`; else `unknown`.
  std::uint32_t expected_after(std::uint32_t before, const char* raw) const;
  /// The number of a key, which is remembered as one that follows another.
  std::uint32_t number_of(std::string_view key, std::uint32_t before);
  std::string_view text(std::uint32_t number) const { return entries_[number].text; }

  /// Notes that an object has the key; returns whether it had it already. Objects of one depth come one after another
  /// and are told apart by their serial numbers.
  bool is_repeated(std::uint32_t number, std::size_t depth, std::uint32_t object);

  static constexpr std::uint32_t unknown = 0xFFFF'FFFF;
  /// Stands before the first key of an object.
  static constexpr std::uint32_t none = 0;

 private:
  struct Entry {
    std::string text;
    std::array<std::uint32_t, 2> next = {unknown, unknown};  // the key that followed it last, and the one before
  };

  bool is_here(std::uint32_t number, const char* raw) const;

  std::deque<Entry> entries_ = {Entry{}};  // the first is `none`
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::vector<std::vector<std::uint32_t>> last_object_;  // by depth and number: the last object that had the key
};

}  // namespace greenml::read
