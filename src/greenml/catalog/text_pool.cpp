#include "greenml/text_pool.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

namespace greenml {

namespace {

/// Lengths are written in groups of seven bits, the lowest first; the eighth bit says that more follow.
constexpr std::size_t most_length_bytes = 10;

std::size_t write_length(char* to, std::size_t length) {
  std::size_t count = 0;
  for (; length >= 0x80; length >>= 7) to[count++] = static_cast<char>(0x80 | (length & 0x7F));
  to[count++] = static_cast<char>(length);
  return count;
}

/// The text whose length stands here.
std::string_view text_at(const char* from) {
  auto byte = static_cast<unsigned char>(*from++);
  std::size_t length = byte & 0x7F;
  for (unsigned shift = 7; byte >= 0x80; shift += 7) {
    byte = static_cast<unsigned char>(*from++);
    length |= static_cast<std::size_t>(byte & 0x7F) << shift;
  }
  return {from, length};
}

}  // namespace

std::string_view TextList::operator[](std::size_t index) const {
  std::string_view text = text_at(runs_[index / run_length]);
  for (std::size_t rest = index % run_length; rest > 0; --rest) text = text_at(text.data() + text.size());
  return text;
}

std::string_view TextList::next(std::size_t index, std::string_view before) const {
  return text_at(index % run_length == 0 ? runs_[index / run_length] : before.data() + before.size());
}

void TextList::read(std::span<const std::size_t> indices, std::span<std::string_view> to) const {
  // Each waits for its run, and for where that begins: the processor waits for many at a time.
  constexpr std::size_t cache_line = 64;
  for (const std::size_t index : indices) __builtin_prefetch(&runs_[index / run_length]);
  for (const std::size_t index : indices) {
    const char* const run = runs_[index / run_length];
    for (std::size_t line = 0; line < 3; ++line) __builtin_prefetch(run + line * cache_line);
  }
  std::transform(indices.begin(), indices.end(), to.begin(), [this](std::size_t index) { return (*this)[index]; });
}

void TextList::reserve(std::size_t needed) {
  if (needed <= free_in_last_) return;
  constexpr std::size_t block_size = 64 * 1024;
  // A run stands together: its beginning is copied to the new block.
  const std::size_t in_run = size_ % run_length;
  const char* const run = in_run == 0 ? next_ : runs_.back();
  const auto kept = static_cast<std::size_t>(next_ - run);
  if (!blocks_.empty()) blocks_.back().used = static_cast<std::size_t>(run - blocks_.back().begin());
  free_in_last_ = std::max(block_size, kept + needed);
  blocks_.push_back({std::unique_ptr<char[]>(new char[free_in_last_]), 0});
  next_ = blocks_.back().bytes.get();
  if (kept > 0) {
    std::memcpy(next_, run, kept);
    runs_.back() = next_;
    next_ += kept;
    free_in_last_ -= kept;
  }
}

std::string_view TextList::push_back(std::string_view text) {
  reserve(most_length_bytes + text.size());
  if (size_ % run_length == 0) runs_.push_back(next_);
  const std::size_t length_bytes = write_length(next_, text.size());
  if (!text.empty()) std::memcpy(next_ + length_bytes, text.data(), text.size());
  const std::string_view kept(next_ + length_bytes, text.size());
  next_ += length_bytes + text.size();
  free_in_last_ -= length_bytes + text.size();
  ++size_;
  return kept;
}

void TextList::append(const TextList& later) {
  for (const Block& block : later.blocks_) {
    const bool is_last = &block == &later.blocks_.back();
    const char* const end = is_last ? later.next_ : block.begin() + block.used;
    for (const char* at = block.begin(); at < end;) at = append_from(at, end);
  }
}

/// Copies as many of the texts that stand from `first` to `end` as there is room for, and makes room for one more.
/// Returns where those begin that are left.
const char* TextList::append_from(const char* first, const char* end) {
  const char* at = first;
  while (at < end) {
    const std::string_view text = text_at(at);
    const char* const after = text.data() + text.size();
    if (static_cast<std::size_t>(after - first) > free_in_last_) break;
    if (size_ % run_length == 0) runs_.push_back(next_ + (at - first));
    ++size_;
    at = after;
  }
  const auto copied = static_cast<std::size_t>(at - first);
  if (copied > 0) std::memcpy(next_, first, copied);
  next_ += copied;
  free_in_last_ -= copied;
  if (at < end) reserve(most_length_bytes + text_at(at).size());
  return at;
}

TextPool::Kept TextPool::add(std::string_view text, std::uint8_t kind) {
  const std::string_view kept = texts_.push_back(text);
  if (views_.size() == kinds_.size() && views_.size() <= most_known) views_.push_back(kept);
  kinds_.push_back(kind);
  return {kept, static_cast<std::uint32_t>(kinds_.size() - 1)};
}

/// Their number stays a power of two.
void TextPool::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), unused);
  for (std::uint32_t number = 0; number < kinds_.size(); ++number) {
    std::size_t slot = std::hash<std::string_view>()(text(number)) & (slots_.size() - 1);
    while (slots_[slot] != unused) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = number;
  }
}

TextPool::Kept TextPool::find_or_add(std::string_view text, std::uint8_t kind) {
  if (2 * kinds_.size() >= slots_.size()) grow();
  std::size_t slot = std::hash<std::string_view>()(text) & (slots_.size() - 1);
  for (; slots_[slot] != unused; slot = (slot + 1) & (slots_.size() - 1))
    if (is_equal(slots_[slot], text, kind)) {
      ++met_again_;
      return {this->text(slots_[slot]), slots_[slot]};
    }
  const Kept added = add(text, kind);
  slots_[slot] = added.number;
  if (size() == enough_to_judge) mostly_different_ = met_again_ < enough_to_judge / 8;
  return added;
}

void TextPool::clear() {
  const bool were_mostly_different = mostly_different_;
  *this = {};
  mostly_different_ = were_mostly_different;
}

std::uint32_t TextPool::append(const TextPool& later) {
  const auto before = static_cast<std::uint32_t>(size());
  texts_.append(later.texts_);
  kinds_.insert(kinds_.end(), later.kinds_.begin(), later.kinds_.end());
  return before;
}

inline TextPool::Recent& TextPool::recent_like(std::string_view text) {
  // Of texts that are mostly different, the last one alone is likely to come again.
  if (text.empty() || mostly_different_) return recent_.front();
  const std::size_t ends = static_cast<unsigned char>(text.back()) * 7U + static_cast<unsigned char>(text.front());
  return recent_[(ends + text.size() * 5) % recent_.size()];
}

TextPool::Kept TextPool::intern(std::string_view text, std::uint8_t kind) {
  Recent& recent = recent_like(text);
  const bool is_same = recent.kept.number != unused && recent.kind == kind && has_letters_of(recent.kept.text, text);
  if (!is_same) recent = {is_full() ? add(text, kind) : find_or_add(text, kind), kind};
  return recent.kept;
}

}  // namespace greenml
