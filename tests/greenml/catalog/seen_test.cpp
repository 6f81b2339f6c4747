// What was seen twice is found, by one or by two of whom each sees a part.
#include "catalog/seen.hpp"

#include <random>
#include <set>
#include <vector>

#include "catch.hpp"

using namespace greenml;

TEST_CASE("what was added twice is found, and little else") {
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
