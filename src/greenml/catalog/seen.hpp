/// \file
/// Finds out which of many things are there twice, in little memory: most of them are not, and are told apart by a few
/// bits of their hashes.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace greenml {

class Seen {
 public:
  /// For about so many hashes.
  explicit Seen(std::size_t hashes) : once_(std::bit_ceil(8 * hashes + 64) / 64), again_(once_.size()) {}

  void add(std::uint32_t hash) {
    const auto [word, bit] = place_of(hash);
    if ((once_[word] & bit) != 0) again_[word] |= bit;  // seldom, so that one table alone is in the cache
    once_[word] |= bit;
  }
  /// Adds what was added to another one, for as many hashes.
  void add(const Seen& other) {
    for (std::size_t word = 0; word < once_.size(); ++word) {
      again_[word] |= other.again_[word] | (once_[word] & other.once_[word]);
      once_[word] |= other.once_[word];
    }
  }
  /// Whether a hash was added twice; of some that were added once too, since few of its bits are looked at.
  bool perhaps_twice(std::uint32_t hash) const {
    const auto [word, bit] = place_of(hash);
    return (again_[word] & bit) != 0;
  }

 private:
  struct Place {
    std::size_t word;
    std::uint64_t bit;
  };
  Place place_of(std::uint32_t hash) const {
    return {(hash >> 6) & (once_.size() - 1), std::uint64_t{1} << (hash & 63)};
  }

  // Eight bits or more for each hash, by the lowest bits of hashes. The number of words is a power of two.
  std::vector<std::uint64_t> once_;
  std::vector<std::uint64_t> again_;
};

}  // namespace greenml
