#include "read/key_book.hpp"

#include <algorithm>

namespace greenml::read {

std::uint32_t KeyBook::number_of(std::string_view key, std::uint32_t before) {
  const auto known = numbers_.find(key);
  std::uint32_t number = unknown;
  if (known != numbers_.end()) {
    number = known->second;
  } else {
    number = static_cast<std::uint32_t>(entries_.size());
    const std::string& text = texts_.emplace_back(key);
    numbers_.emplace(text, number);
    const std::string quoted = text + '"';
    Entry& entry = entries_.emplace_back();
    const std::size_t length = std::min(quoted.size(), beginning);
    std::memcpy(entry.words.data(), quoted.data(), length);
    std::memset(entry.masks.data(), 0xFF, length);
    if (quoted.size() > beginning) entry.rest = std::string_view(quoted_.emplace_back(quoted)).substr(beginning);
  }
  // Keys are compared as they are written. One with an escape never matches and is looked up each time; one with a NUL
  // would end the comparison.
  std::array<std::uint32_t, 2>& next = entries_[before].next;
  if (key.find('\0') == std::string_view::npos) next = {number, next[0]};
  return number;
}

}  // namespace greenml::read
