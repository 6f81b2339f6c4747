#include "render/text.hpp"

#include "catch.hpp"

using namespace greenml::render;

TEST_CASE("what could harm a terminal is shown as an escape, and the rest as it is") {
  CHECK(visible("ResNet-50") == "ResNet-50");
  CHECK(visible("a\nb\tc\rd") == "a\\nb\\tc\\rd");
  CHECK(visible("\x1b[31mred\x1b[0m") == "\\x1b[31mred\\x1b[0m");
  CHECK(visible("\x1b]8;;http://x\x07y") == "\\x1b]8;;http://x\\x07y");
  CHECK(visible("\x7f") == "\\x7f");
  CHECK(visible("\xC2\x9B"
                "31m") == "\\u{9b}31m");
  CHECK(visible("a\u202Eb") == "a\\u{202e}b");
  CHECK(visible("\u2066x\u2069") == "\\u{2066}x\\u{2069}");
  CHECK(visible("\uFEFF\u200B") == "\\u{feff}\\u{200b}");
  CHECK(visible("a\u2028b") == "a\\u{2028}b");
  CHECK(visible("\U000E0041") == "\\u{e0041}");
  CHECK(visible("\xFF\xC3") == "\\xff\\xc3");
  CHECK(visible("模型 é 👩‍💻") == "模型 é 👩‍💻");
  CHECK(visible("\u200Dx") == "\\u{200d}x");
  CHECK(visible(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("width is counted in terminal cells") {
  CHECK(display_width("ResNet") == 6);
  CHECK(display_width("模型") == 4);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\u0301\u0327") == 1);
  CHECK(display_width("👩‍💻") == 2);
  CHECK(display_width("👍") == 2);
  CHECK(display_width("") == 0);
}

TEST_CASE("a text is broken between words; a word that is too wide is shortened") {
  CHECK(wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("one", 7) == std::vector<std::string>{"one"});
  CHECK(wrapped("", 7) == std::vector<std::string>{""});
  CHECK(wrapped("incomprehensibilities a", 7) == std::vector<std::string>{"inc…ies", "a"});
}

TEST_CASE("a text that is too wide loses its middle, in whole characters") {
  CHECK(shortened("mobilenet_v3_small", 11) == "mobil…small");
  CHECK(shortened("short", 5) == "short");
  CHECK(shortened("模型模型模型", 7) == "模…型");
  CHECK(shortened("abcdef", 1) == "…");
  CHECK(shortened("abcdef", 0).empty());
  for (std::size_t width = 0; width < 40; ++width)
    CHECK(display_width(shortened("e\u0301模型👩‍💻 a long name of a model 模型", width)) <= width);
}
