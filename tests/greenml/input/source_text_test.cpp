#include "input/source_text.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "greenml/catalog.hpp"

using namespace greenml;

TEST_CASE("property: the line of a byte is one more than the newlines before it, whatever was asked for before") {
  std::mt19937 random(9);
  std::string bytes;
  for (int count = 0; count < 3000; ++count) bytes += random() % 7 == 0 ? '\n' : 'x';
  const auto line = [&](std::size_t offset) {
    return static_cast<std::size_t>(
               std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n')) +
           1;
  };
  read::SourceText text("file", std::string_view(bytes).substr(0, 1000));
  for (const std::size_t start : {0U, 400U, 900U, 1700U}) {
    if (start > 0) text.move_to(start, std::string_view(bytes).substr(start, 1000));
    for (int count = 0; count < 300; ++count) {
      const std::size_t offset = start + random() % 1001;
      REQUIRE(text.line_of(offset) == line(offset));
    }
  }
}

TEST_CASE("spellings of some models are kept for these alone, and those of the defaults too") {
  constexpr std::string_view models = R"({"defaults": {"pue": 1.2}, "models": [
    {"name": "a", "energy": "1 J"},
    {"name": "b", "variant": "int8",
     "energy": "2 J"},
    {"name": "b (int8", "energy": "3 J"}, {"name": "c", "energy": "4 J"}]})";
  Input input = from_memory("models.json", models);
  Problems problems;
  const Catalog catalog =
      read_catalogs(std::span(&input, 1), problems, {.keep_spellings = true, .spellings_of = "b (int8)"});
  REQUIRE(problems.errors() == 0);
  for (const FieldId field : {field_id("energy"), field_id("pue")}) {
    CHECK(catalog.spelling(field, 0) == nullptr);
    CHECK(catalog.spelling(field, 1) != nullptr);
    CHECK(catalog.spelling(field, 3) == nullptr);
  }
  CHECK(catalog.spelling(field_id("energy"), 1)->line == 4);
  CHECK(catalog.line(1) == 3);
  CHECK(catalog.line(3) == 5);
}
