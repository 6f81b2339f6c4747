#include "read/key_book.hpp"

#include <cstring>
#include <utility>

namespace greenml::read {

bool KeyBook::is_here(std::uint32_t number, const char* raw) const {
  const std::string& text = entries_[number].text;
  // A key without escapes is written as it is; one that has some does not match, and is looked up without them.
  return std::strncmp(raw, text.data(), text.size()) == 0 && raw[text.size()] == '"';
}

std::uint32_t KeyBook::expected_after(std::uint32_t before, const char* raw) const {
  for (const std::uint32_t next : entries_[before].next)
    if (next != unknown && is_here(next, raw)) return next;
  return unknown;
}

std::uint32_t KeyBook::number_of(std::string_view key, std::uint32_t before) {
  const auto known = numbers_.find(key);
  std::uint32_t number = unknown;
  if (known != numbers_.end()) {
    number = known->second;
  } else {
    number = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back({std::string(key)});
    numbers_.emplace(entries_.back().text, number);
  }
  // A key with a NUL in it, which is written with an escape, could not be compared with what is written.
  std::array<std::uint32_t, 2>& next = entries_[before].next;
  if (key.find('\0') == std::string_view::npos) next = {number, next[0]};
  return number;
}

bool KeyBook::is_repeated(std::uint32_t number, std::size_t depth, std::uint32_t object) {
  if (depth >= last_object_.size()) last_object_.resize(depth + 1);
  std::vector<std::uint32_t>& last = last_object_[depth];
  if (number >= last.size()) last.resize(entries_.size());
  return std::exchange(last[number], object) == object;
}

}  // namespace greenml::read
