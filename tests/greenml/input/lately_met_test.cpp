// A value that was met lately is found by all of its bytes and its kind, or not at all.
#include "input/lately_met.hpp"

#include <initializer_list>
#include <map>
#include <random>
#include <string>
#include <utility>

#include "catch.hpp"

using namespace greenml::read;

namespace {

/// A text as it stands in a window: with other bytes after it.
class InWindow {
 public:
  InWindow(const std::string& text, char after)
      : size_(text.size()), bytes_(text + std::string(LatelyMet::beginning, after)) {}
  std::string_view text() const { return std::string_view(bytes_).substr(0, size_); }

 private:
  std::size_t size_;
  std::string bytes_;
};

}  // namespace

TEST_CASE("what stands after a value makes no difference to it") {
  for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 7, 8, 9, 15, 16, 17, 40}) {
    const std::string text(size, 'x');
    LatelyMet values;
    CHECK(values.find(RawKind::text, InWindow(text, 'x').text()) == 0);
    values.put_in(RawKind::text, InWindow(text, 'x').text(), text, 7);
    CHECK(values.find(RawKind::text, InWindow(text, 'y').text()) == 7);
    CHECK(values.find(RawKind::number, InWindow(text, 'x').text()) == 0);
    CHECK(values.find(RawKind::text, InWindow(text + "x", 'x').text()) == 0);
    if (size > 0) CHECK(values.find(RawKind::text, InWindow(text.substr(1), 'x').text()) == 0);
    if (size > 0) CHECK(values.find(RawKind::text, InWindow(text.substr(1) + "y", 'x').text()) == 0);
    if (size > 0) CHECK(values.find(RawKind::text, InWindow(text.substr(1) + std::string(1, '\0'), 'x').text()) == 0);
    values.clear();
    CHECK(values.find(RawKind::text, InWindow(text, 'x').text()) == 0);
  }
}

TEST_CASE("property: what is found has the number with which it was put in") {
  std::mt19937 random(3);
  LatelyMet values;
  std::map<std::pair<RawKind, std::string>, std::uint32_t> numbers;  // whose texts stay
  std::size_t found = 0;
  for (std::size_t round = 0; round < 20'000; ++round) {
    const std::string text = std::string(random() % 20, 'a') + std::to_string(random() % 30);
    const RawKind kind = random() % 4 == 0 ? RawKind::number : RawKind::text;
    const auto [known, is_new] = numbers.try_emplace({kind, text}, static_cast<std::uint32_t>(numbers.size() + 1));
    const InWindow written(text, static_cast<char>('a' + random() % 3));
    const std::uint32_t number = values.find(kind, written.text());
    REQUIRE((number == 0 || number == known->second));
    REQUIRE((number == 0 || !is_new));
    if (number == 0)
      values.put_in(kind, written.text(), known->first.second, known->second);
    else
      ++found;
  }
  CHECK(found > 1000);
}
