#include "input/json/key_sequence.hpp"

#include <algorithm>

namespace greenml::read {

Key::Key(std::uint32_t number, std::string_view text) : number_(number) {
  written_.append("\"").append(text).append("\"");
  const std::size_t length = std::min(written_.size(), beginning);
  std::memcpy(words_.data(), written_.data(), length);
  std::memset(masks_.data(), 0xFF, length);
}

void Key::expect_next(Key& next) {
  // Keys are compared as they are written. One that is written with escapes may be what other bytes look like, and is
  // looked up each time.
  constexpr std::string_view escaped("\"\\\0", 3);  // and other control characters, which stand for nothing else
  if (next.text().find_first_of(escaped) == std::string_view::npos) next_ = {&next, next_[0]};
}

Key* KeyBook::find(std::string_view text) const {
  const auto known = by_text_.find(text);
  return known == by_text_.end() ? nullptr : known->second;
}

Key& KeyBook::find_or_add(std::string_view text) {
  if (Key* const known = find(text)) return *known;
  Key& key = keys_.emplace_back(static_cast<std::uint32_t>(keys_.size()), text);
  by_text_.emplace(key.text(), &key);
  return key;
}

}  // namespace greenml::read
