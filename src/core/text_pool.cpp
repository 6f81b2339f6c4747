#include "greenml/text_pool.hpp"

#include <algorithm>
#include <cstring>

namespace greenml {

std::string_view TextList::operator[](std::size_t index) const {
  std::uint32_t size = 0;
  std::memcpy(&size, entries_[index], sizeof size);
  return {entries_[index] + sizeof size, size};
}

void TextList::push_back(std::string_view text) {
  constexpr std::size_t block_size = 64 * 1024;
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::size_t needed = sizeof size + text.size();
  if (needed > free_in_last_) {
    free_in_last_ = std::max(block_size, needed);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(free_in_last_));
    next_ = blocks_.back().get();
  }
  std::memcpy(next_, &size, sizeof size);
  if (!text.empty()) std::memcpy(next_ + sizeof size, text.data(), text.size());
  entries_.push_back(next_);
  next_ += needed;
  free_in_last_ -= needed;
}

std::uint32_t TextPool::intern(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(text);
  numbers_.emplace(texts_[number], number);
  return number;
}

}  // namespace greenml
