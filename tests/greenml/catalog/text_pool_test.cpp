// Texts that are kept come back as they were, whichever way they came in.
#include "greenml/text_pool.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace greenml;

namespace {

std::string text_of_any_size(std::mt19937& random) {
  constexpr std::size_t larger_than_a_block = 70'000;
  const std::size_t size = random() % 500 == 0 ? larger_than_a_block : random() % 9 == 0 ? 0 : random() % 200;
  return std::string(size, static_cast<char>('a' + random() % 26));
}

}  // namespace

TEST_CASE("a list that others are appended to holds the texts of all of them, in their order") {
  std::mt19937 random(11);
  for (std::size_t round = 0; round < 20; ++round) {
    std::vector<std::string> expected;
    TextList all;
    for (std::size_t part = 0; part < 8; ++part) {
      TextList later;
      TextList& to = part % 3 == 1 ? all : later;
      for (std::size_t count = random() % 400; count > 0; --count) {
        expected.push_back(text_of_any_size(random));
        CHECK(to.push_back(expected.back()) == expected.back());
      }
      all.append(later);
    }
    REQUIRE(all.size() == expected.size());
    std::string_view text;
    for (std::size_t index = 0; index < all.size(); ++index) {
      REQUIRE(all[index] == expected[index]);
      text = index == 0 ? all[index] : all.next(index, text);
      REQUIRE(text == expected[index]);
    }
  }
}

TEST_CASE("texts that are all different are soon no longer looked for, and those that come again are one") {
  TextPool addresses;
  TextPool families;
  for (int index = 0; index < 20'000; ++index) {
    addresses.intern("https://example.com/" + std::to_string(index), 1);
    families.intern("family " + std::to_string(index * 7919 % 1000), 1);
  }
  CHECK(addresses.is_full());
  CHECK(addresses.size() == 20'000);
  CHECK(addresses.text(19'999) == "https://example.com/19999");
  CHECK_FALSE(families.is_full());
  CHECK(families.size() == 1000);
  addresses.clear();
  families.clear();
  CHECK(addresses.is_full());  // which it keeps in mind
  CHECK(addresses.size() == 0);
  CHECK_FALSE(families.is_full());
  const TextPool::Kept first = addresses.intern("a", 1);
  CHECK(first.number == 0);
  CHECK(addresses.text(addresses.intern("b", 1).number) == "b");
  CHECK(addresses.text(0) == "a");
}

TEST_CASE("a pool of mostly different texts takes those of another as they are") {
  TextPool all;
  TextPool later;
  for (int index = 0; index < 70'000; ++index) all.intern("a" + std::to_string(index), 1);
  for (int index = 0; index < 30'000; ++index)
    later.intern("b" + std::to_string(index), static_cast<std::uint8_t>(index % 2));
  REQUIRE(all.is_mostly_different());
  const std::uint32_t first = all.append(later);
  CHECK(first == 70'000);
  REQUIRE(all.size() == 100'000);
  const TextPool::Kept next = all.intern("c", 3);
  CHECK(next.number == 100'000);
  CHECK(all.intern("c", 3).number == next.number);  // the last one is known
  CHECK(all.intern("c", 2).number == next.number + 1);
  for (std::uint32_t number = 0; number < 100'000; ++number) {
    const std::string expected = number < first ? "a" + std::to_string(number) : "b" + std::to_string(number - first);
    if (all.text(number) != expected || all.kind(number) != (number < first ? 1 : number % 2)) FAIL(number);
  }
  CHECK(all.text(next.number) == "c");

  TextPool few;  // of which all could be remembered, but for those that are appended
  for (int index = 0; index < 9'000; ++index) few.intern("a" + std::to_string(index), 1);
  few.append(later);
  few.intern("c", 3);
  for (std::uint32_t number : {0U, 8'999U, 9'000U, 38'999U, 39'000U})
    CHECK(few.text(number) == (number < 9'000    ? "a" + std::to_string(number)
                               : number < 39'000 ? "b" + std::to_string(number - 9'000)
                                                 : "c"));
}
