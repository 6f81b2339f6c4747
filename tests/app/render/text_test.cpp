#include "render/text.hpp"

#include <array>

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

TEST_CASE("joiners and selectors stay where they do something, and are shown where they only hide") {
  struct Case {
    std::string_view text;
    std::string_view shown;
  };
  const Case cases[] = {
      {"\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F468\u200D\U0001F469\u200D\U0001F467"},
      {"\u2764\uFE0F\u200D\U0001F525", "\u2764\uFE0F\u200D\U0001F525"},
      {"1\uFE0F\u20E3", "1\uFE0F\u20E3"},
      {"\u00A9\uFE0F", "\u00A9\uFE0F"},
      {"\u0645\u06CC\u200C\u062E", "\u0645\u06CC\u200C\u062E"},  // Persian
      {"\u0915\u094D\u200D\u0937", "\u0915\u094D\u200D\u0937"},  // Hindi
      {"Res\u200CNet", "Res\\u{200c}Net"},
      {"Res\u200DNet", "Res\\u{200d}Net"},
      {"e\u0301\u200C", "e\u0301\\u{200c}"},
      {"\u0430\u200Db", "\u0430\\u{200d}b"},  // Cyrillic
      {"a\uFE0F", "a\\u{fe0f}"},
      {"\u0915\u200D\u200D", "\u0915\u200D\\u{200d}"},
      {"\uFE0F", "\\u{fe0f}"},
      {"a\u3164", "a\\u{3164}"},
      {"a\u034F", "a\\u{34f}"},
      {"\uFFFF\U0001FFFE\uFDD0", "\\u{ffff}\\u{1fffe}\\u{fdd0}"},
  };
  for (const Case& one : cases) CHECK(visible(one.text) == one.shown);
}

TEST_CASE("width is counted in terminal cells") {
  CHECK(display_width("ResNet") == 6);
  CHECK(display_width("模型") == 4);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\u0301\u0327") == 1);
  CHECK(display_width("👩‍💻") == 2);
  CHECK(display_width("👍") == 2);
  CHECK(display_width("\U0001F468\u200D\U0001F469\u200D\U0001F467") == 2);
  CHECK(display_width("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7") == 4);  // two flags
  CHECK(display_width("1\uFE0F\u20E3") == 2);
  CHECK(display_width("\u2764") == 1);
  CHECK(display_width("\u2764\uFE0F") == 2);
  CHECK(display_width("\u0645\uFE0F") == 1);
  CHECK(display_width("a\u200Db") == 2);
  CHECK(display_width("") == 0);
}

TEST_CASE("texts that would look alike when shortened keep the part in which they differ") {
  const std::vector<std::string> texts = {"eva02_large_patch14_448.mim_m38m, batch 64",
                                          "eva02_large_patch14_448.mim_m38m, batch 4096", "resnet50"};
  for (const std::size_t width : std::to_array<std::size_t>({12, 16, 20, 30})) {
    const std::vector<std::string> shown = shortened_apart(texts, width);
    CHECK(shown[0] != shown[1]);
    CHECK(shown[0].ends_with("64"));
    CHECK(shown[1].ends_with("4096"));
    CHECK(shown[2] == "resnet50");
    for (const std::string& text : shown) CHECK(display_width(text) <= width);
  }
  CHECK(shortened_apart({"one name that is long", "one name that is long"}, 9) ==
        std::vector<std::string>{"one …long", "one …long"});
}

TEST_CASE("a text is broken between words; a word that is too wide is shortened") {
  CHECK(wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("one", 7) == std::vector<std::string>{"one"});
  CHECK(wrapped("", 7) == std::vector<std::string>{""});
  CHECK(wrapped("incomprehensibilities a", 7) == std::vector<std::string>{"inc…ies", "a"});
}

TEST_CASE("where nothing may be lost a word that is too wide is broken too, in whole characters") {
  CHECK(broken("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(broken("", 7) == std::vector<std::string>{""});
  CHECK(broken("a incomprehensibilities a", 7) == std::vector<std::string>{"a", "incompr", "ehensib", "ilities", "a"});
  CHECK(broken("incomprehensibility (224)", 8) == std::vector<std::string>{"incompre", "hensibil", "ity", "(224)"});
  CHECK(broken("模型模型模型", 5) == std::vector<std::string>{"模型", "模型", "模型"});
  CHECK(broken("e\u0301e\u0301", 1) == std::vector<std::string>{"e\u0301", "e\u0301"});
  CHECK(broken("模", 1) == std::vector<std::string>{"模"});
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
