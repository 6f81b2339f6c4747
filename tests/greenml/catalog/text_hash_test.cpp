// Hashes of texts depend on all of a text and on nothing else.
#include "catalog/text_hash.hpp"

#include <set>
#include <string>
#include <string_view>

#include "catch.hpp"

using namespace greenml;

TEST_CASE("texts that differ in a byte or in their length have other hashes, wherever they stand") {
  std::set<std::uint64_t> hashes;
  std::size_t texts = 0;
  for (std::size_t size = 0; size <= 40; ++size) {
    const std::string text(size, 'x');
    hashes.insert(text_hash(text));
    ++texts;
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'y';
      hashes.insert(text_hash(other));
      ++texts;
      const std::string elsewhere = "abc" + other + "def";
      REQUIRE(text_hash(std::string_view(elsewhere).substr(3, size)) == text_hash(other));
    }
  }
  CHECK(hashes.size() == texts);
  CHECK(text_hash({}) == text_hash(std::string_view("abc").substr(3)));
}

TEST_CASE("the hashes of texts that are numbered are as different as random numbers") {
  constexpr std::size_t count = 20'000;
  // The halves of hashes are looked at too. Of random numbers, hardly two would be equal in 32 bits: n^2 / 2^33 pairs.
  for (const std::string_view before : {"", "m", "model-", "resnet_152.in1k-", "a name of thirty characters, "}) {
    for (const std::string_view after : {"", ".in1k", "-and what comes after it"}) {
      CAPTURE(before, after);
      std::set<std::uint64_t> whole;
      std::set<std::uint64_t> folded;
      for (std::size_t number = 0; number < count; ++number) {
        const std::uint64_t hash = text_hash(std::string(before) + std::to_string(number) + std::string(after));
        whole.insert(hash);
        const std::uint64_t weighed = hash * golden_ratio;  // as a share of what tells models apart
        folded.insert(static_cast<std::uint32_t>(weighed ^ weighed >> 32));
      }
      CHECK(whole.size() == count);
      CHECK(folded.size() >= count - 3);
    }
  }
}

TEST_CASE("texts that differ in two bytes have other hashes, wherever these are") {
  constexpr std::size_t size = 24;
  for (std::size_t left = 0; left < size; ++left) {
    for (std::size_t right = left + 1; right < size; ++right) {
      std::set<std::uint64_t> hashes;
      std::string text(size, 'x');
      for (text[left] = 'a'; text[left] <= 'p'; ++text[left])
        for (text[right] = 'a'; text[right] <= 'p'; ++text[right]) hashes.insert(text_hash(text));
      REQUIRE(hashes.size() == 16 * 16);
    }
  }
}
