#include "model_file/json_text.hpp"

#include <optional>
#include <string>

#include "catch.hpp"
#include "model_writer.hpp"

namespace greenml::model_file {

namespace {

/// Calls `read` on a text in a file; the complaint, or "none".
template <typename Read>
std::string fault_of(const std::string& text, Read read) {
  const TemporaryFolder folder;
  const Parsed<File> file = File::open(folder.write("a.json", text));
  REQUIRE(file);
  JsonText json(*file, 0, file->size(), "a");
  try {
    read(json);
    json.expect_end();
    return "none";
  } catch (const Malformed& malformed) {
    return malformed.what;
  }
}

std::optional<std::string> text_in(const std::string& text) {
  std::string result;
  const std::string fault = fault_of(text, [&](JsonText& json) { json.take_text(result); });
  return fault == "none" ? std::optional(result) : std::nullopt;
}

bool is_json(const std::string& text) {
  return fault_of(text, [](JsonText& json) { json.skip_value(); }) == "none";
}

}  // namespace

TEST_CASE("escapes mean their characters") {
  CHECK(text_in(R"("a\"\\\/\b\f\n\r\tz")") == "a\"\\/\b\f\n\r\tz");
  CHECK(text_in(R"("\u0041\u00e9\u6a21\ud83d\ude00")") == "A\xc3\xa9\xe6\xa8\xa1\xf0\x9f\x98\x80");
  CHECK(text_in("\"\xf0\x9f\x98\x80\"") == "\xf0\x9f\x98\x80");
  CHECK(text_in(R"("\u0000")") == std::string(1, '\0'));
  for (const char* const text :
       {R"("\x")", R"("\u12")", R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", "\"a", "\"\\", "\"\xc0\x80\"",
        "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xe6\xa8\"", "\"a\tb\""})
    CHECK_FALSE(text_in(text));
}

TEST_CASE("what RFC 8259 allows is read, and nothing else") {
  for (const char* const text : {"{}", "[]", "0", "-1.5e+10", "true", " { \"a\" : [ 1 , null ] } ", "NaN", "1E5"})
    CHECK(is_json(text));
  for (const char* const text : {"",   "{",  "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "01", "1.", ".5",  "-",
                                 "+1", "1e", "tru",  "'a'",        "[1 2]",     "{}{}",  "]",  "[}", "nul", "0x10"})
    CHECK_FALSE(is_json(text));
}

TEST_CASE("nesting is bounded") {
  CHECK(is_json(std::string(32, '[') + std::string(32, ']')));
  CHECK_FALSE(is_json(std::string(33, '[') + std::string(33, ']')));
}

TEST_CASE("whole numbers are whole, and of 64 bits") {
  const auto number_in = [](const std::string& text) {
    std::uint64_t number = 0;
    const std::string fault = fault_of(text, [&](JsonText& json) { number = json.take_whole_number("a number"); });
    return fault == "none" ? std::optional(number) : std::nullopt;
  };
  CHECK(number_in("18446744073709551615") == ~std::uint64_t{0});
  CHECK(number_in("0") == 0U);
  for (const char* const text :
       {"18446744073709551616", "-1", "1.0", "1e3", "01", "\"1\"", "", "99999999999999999999999"})
    CHECK_FALSE(number_in(text));
}

TEST_CASE("a text that is longer than a window is read whole") {
  const std::string inside(1'000'000, 'a');
  CHECK(text_in("\"" + inside + "\"") == inside);
}

}  // namespace greenml::model_file
