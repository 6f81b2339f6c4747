#include "model_file/message.hpp"

#include <array>
#include <string>

#include "catch.hpp"

namespace greenml::model_file {

TEST_CASE("numbers are written in groups of three") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(102'502'400) == "102,502,400");
  CHECK(counted(1, "byte") == "1 byte");
  CHECK(counted(2000, "byte") == "2,000 bytes");
}

TEST_CASE("names of a file are cut and escaped") {
  CHECK(shown("model.layers.0.weight") == "model.layers.0.weight");
  CHECK(shown("") == "\"\"");
  CHECK(shown("a b") == "\"a b\"");
  CHECK(shown("a\n\x1b[31m\"\xff") == "\"a\\x0a\\x1b[31m\\x22\\xff\"");
  CHECK(shown(std::string(100, 'a')) == "\"" + std::string(80, 'a') + "...\"");
}

TEST_CASE("a line is UTF-8 without control characters") {
  for (const char* const text :
       {"a", "Mistral 7B", "\xc3\xa9t\xc3\xa9", "\xe6\xa8\xa1\xe5\x9e\x8b", "\xf0\x9f\x98\x80"})
    CHECK(is_line(text));
  for (const char* const text :
       {"", "a\n", "\x1b[31m", "\x7f", "\xff", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc2\x85", "\xe6\xa8"})
    CHECK_FALSE(is_line(text));
  CHECK_FALSE(is_line(std::string(201, 'a')));
  CHECK_FALSE(is_line(std::string(1, '\0')));
}

TEST_CASE("shapes") {
  CHECK(shape_text({}) == "scalar");
  constexpr std::array<std::uint64_t, 2> shape = {4096, 32000};
  CHECK(shape_text(shape) == "4096x32000");
}

}  // namespace greenml::model_file
