// The quick look at a name agrees with a slow one.
#include "words/look_alike.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "catch.hpp"

using namespace greenml;

namespace {

/// The definition: something beyond ASCII, two blanks in a row, or a blank at an end.
bool slowly(const std::string& text) {
  const auto is_blank = [](char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); };
  return !text.empty() && (is_blank(text.front()) || is_blank(text.back()) || text.find("  ") != std::string::npos ||
                           std::any_of(text.begin(), text.end(), [](char letter) { return (letter & 0x80) != 0; }));
}

}  // namespace

TEST_CASE("names that may look like others are found, whatever their length") {
  std::mt19937 random(2);
  std::size_t found = 0;
  for (std::size_t round = 0; round < 50'000; ++round) {
    std::string text(random() % 40, 'a');
    for (char& letter : text) letter = static_cast<char>(random() % 128);
    for (std::size_t changes = random() % 3; changes > 0 && !text.empty(); --changes)
      text[random() % text.size()] = random() % 2 == 0 ? ' ' : static_cast<char>(0x80 + random() % 128);
    if (text.size() > 3 && random() % 8 == 0) text.replace(random() % (text.size() - 2), 2, "  ");
    REQUIRE(may_look_like_another(text) == slowly(text));
    if (slowly(text)) ++found;
  }
  CHECK(found > 10'000);
  CHECK(found < 45'000);
}
