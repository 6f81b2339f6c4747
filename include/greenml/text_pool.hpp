/// \file
/// Texts kept back to back in large blocks: a list of them, and a pool that keeps each text once.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace greenml {

/// A growing list of texts, which takes little more than their letters. The views it gives stay valid as long as the
/// list.
class TextList {
 public:
  std::string_view operator[](std::size_t index) const;
  /// The text at `index`, found from the one before it in less time.
  std::string_view next(std::size_t index, std::string_view before) const;
  /// The texts at several places that may be far from each other, in less time than one after another. `to` has room
  /// for them.
  void read(std::span<const std::size_t> indices, std::span<std::string_view> to) const;
  std::size_t size() const { return size_; }
  /// Returns the text where it is kept.
  std::string_view push_back(std::string_view text);
  /// Puts the texts of another list behind these.
  void append(const TextList& later);

 private:
  static constexpr std::size_t run_length = 8;

  void reserve(std::size_t needed);
  const char* append_from(const char* first, const char* end);

  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t used;  // of all but the last, of which next_ says it

    const char* begin() const { return bytes.get(); }
  };

  // Each text stands behind its length. Only where every eighth of them is, is noted: the others follow it.
  std::vector<const char*> runs_;
  std::vector<Block> blocks_;
  std::size_t size_ = 0;
  std::size_t free_in_last_ = 0;
  char* next_ = nullptr;
};

/// Gives equal texts of one kind the same number, counting from 0 in the order in which they came. Where nearly all of
/// them are different, as addresses are, and from the 65,537th on, each gets a number of its own.
class TextPool {
 public:
  /// A text that is kept, and its number.
  struct Kept {
    std::string_view text;
    std::uint32_t number;
  };

  Kept intern(std::string_view text, std::uint8_t kind);
  std::string_view text(std::uint32_t number) const { return number < views_.size() ? views_[number] : texts_[number]; }
  std::uint8_t kind(std::uint32_t number) const { return kinds_[number]; }
  std::size_t size() const { return kinds_.size(); }
  /// Whether a new text is no longer looked for among the others, but for those that came lately.
  bool is_full() const { return kinds_.size() > most_known || mostly_different_; }
  /// Whether nearly all texts are different, so that one that came before is not found again either.
  bool is_mostly_different() const { return mostly_different_; }
  /// Puts the texts of another pool behind these, each with a number of its own: theirs there, and what is returned.
  std::uint32_t append(const TextPool& later);
  /// Forgets all texts, and keeps in mind whether they were mostly different.
  void clear();

 private:
  static constexpr std::uint32_t unused = 0xFFFF'FFFF;
  static constexpr std::size_t most_known = 1 << 16;
  static constexpr std::size_t enough_to_judge = 8 * 1024;

  /// The same as ==, which is not inlined everywhere.
  static bool has_letters_of(std::string_view left, std::string_view right) {
    return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin());
  }
  bool is_equal(std::uint32_t number, std::string_view text, std::uint8_t kind) const {
    return kinds_[number] == kind && has_letters_of(this->text(number), text);
  }
  Kept find_or_add(std::string_view text, std::uint8_t kind);
  Kept add(std::string_view text, std::uint8_t kind);
  void grow();

  TextList texts_;
  std::vector<std::string_view> views_;  // of some first texts, which are asked for again and again
  std::vector<std::uint8_t> kinds_;
  std::size_t met_again_ = 0;  // how often a text was found among the others
  bool mostly_different_ = false;
  std::vector<std::uint32_t> slots_;  // numbers, at the place that the hash of the text says, or the next free one

  // Texts that came lately and are likely to come again, at a place that their beginning, end and length say.
  struct Recent {
    Kept kept = {{}, unused};
    std::uint8_t kind = 0;
  };
  /// Where a text is that came lately, if it is this one.
  Recent& recent_like(std::string_view text);
  std::array<Recent, 32> recent_;
};

}  // namespace greenml
