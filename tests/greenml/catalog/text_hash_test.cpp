// Hashes of texts depend on all of a text and on nothing else; and what was seen twice is found, by one or by two.
#include "catalog/text_hash.hpp"

#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalog/seen.hpp"
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

TEST_CASE("what was added twice is found, also by two of whom each adds a part") {
  std::mt19937 random(6);
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{100}, std::size_t{20'000}}) {
    std::vector<std::uint32_t> hashes(count);
    for (std::uint32_t& hash : hashes) hash = static_cast<std::uint32_t>(random()) % 50'000;
    Seen all(count);
    Seen first(count);
    Seen second(count);
    std::multiset<std::uint32_t> counted;
    for (std::size_t index = 0; index < count; ++index) {
      all.add(hashes[index]);
      (index < count / 2 ? first : second).add(hashes[index]);
      counted.insert(hashes[index]);
    }
    first.add(second);
    std::size_t once = 0;
    std::size_t wrong = 0;
    for (const std::uint32_t hash : counted) {
      REQUIRE(first.perhaps_twice(hash) == all.perhaps_twice(hash));
      const bool is_twice = counted.count(hash) > 1;
      REQUIRE((!is_twice || first.perhaps_twice(hash)));
      if (is_twice) continue;
      ++once;
      if (first.perhaps_twice(hash)) ++wrong;
    }
    CHECK(wrong <= once / 4);
  }
}
