#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "catch.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

using namespace greenml;
using namespace greenml::render;

namespace {

Sheet sheet_of(std::vector<std::string> names, std::vector<double> flops) {
  Sheet sheet;
  sheet.columns.push_back(
      {.key = "name", .title = "model", .cell = [names](std::size_t row) -> Cell { return std::string(names[row]); }});
  sheet.columns.push_back(
      {.key = "flops",
       .title = "FLOPs",
       .align = Align::right,
       .dimension = Dimension::compute,
       .expendable = 1,
       .cell = [flops](std::size_t row) -> Cell { return std::isnan(flops[row]) ? Cell() : Cell(flops[row]); }});
  sheet.sections.push_back({"All models", {}});
  for (std::size_t row = 0; row < names.size(); ++row) sheet.sections.front().rows.push_back(row);
  return sheet;
}

std::string table(const Sheet& sheet, const Style& style = {}) {
  std::string text;
  Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  render_table(sheet, style, out);
  out.flush();
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("numbers share a unit and stand with their points under each other; what is not known is a dash") {
  CHECK(table(sheet_of({"a", "模型", "c", "d"}, {0.602e9, 49.95e9, 3814e9, std::nan("")})) ==
        "All models\n"
        "model     FLOPs\n"
        "        (GFLOP)\n"
        "a         0.602\n"
        "模型     49.95\n"
        "c      3814\n"
        "d         -\n");
}

TEST_CASE("a table is as wide as its terminal at most: names are shortened, then columns go, with a word about it") {
  const Sheet sheet = sheet_of({"a_very_long_name_of_a_model_that_goes_on", "b"}, {1e9, 2e9});
  for (const std::size_t width : {200U, 80U, 60U, 40U, 32U}) {
    Style style;
    style.width = width;
    for (const std::string& line : lines_of(table(sheet, style))) {
      if (!line.starts_with("(no room")) CHECK(display_width(line) <= width);
    }
  }
  Style narrow;
  narrow.width = 20;
  CHECK(table(sheet, narrow).find("(no room for FLOPs (GFLOP); ") != std::string::npos);
  CHECK(table(sheet).find("a_very_long_name_of_a_model_that_goes_on") != std::string::npos);
}

TEST_CASE("names that differ in their middle stay different when they are shortened") {
  const Sheet sheet =
      sheet_of({"swin_large_patch4_window7_224.ms_in22k_ft_in1k", "swin_large_patch4_window12_384.ms_in22k_ft_in1k",
                "swin_large_patch4_window8_256.ms_in22k_ft_in1k"},
               {1e9, 2e9, 3e9});
  for (const std::size_t width : {24U, 32U, 40U}) {
    Style style;
    style.width = width;
    std::vector<std::string> names;
    for (const std::string& line : lines_of(table(sheet, style)))
      if (line.starts_with("sw")) names.push_back(line.substr(0, line.find_last_not_of("0123456789")));
    std::sort(names.begin(), names.end());
    CAPTURE(width, names);
    CHECK(names.size() == 3);
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
  }
}

TEST_CASE("sentences are broken into lines and not cut, and take the room that is left") {
  Sheet sheet = sheet_of({"a"}, {1e9});
  const std::string sentence = "a sentence that is much longer than what a narrow terminal has room for";
  sheet.columns.push_back({.key = "why", .title = "why", .prose = true, .cell = [&](std::size_t) -> Cell {
                             return std::string_view(sentence);
                           }});
  for (const std::size_t width : {40U, 60U, 80U, 200U}) {
    Style style;
    style.width = width;
    std::string words;
    const std::vector<std::string> lines = lines_of(table(sheet, style));
    for (std::size_t index = 3; index < lines.size(); ++index) {
      CHECK(display_width(lines[index]) <= width);
      words += lines[index].substr(lines[index].find_first_not_of(" a1")) + " ";
    }
    std::string unbroken;
    for (const char character : words)
      if (character != ' ') unbroken += character;
    CHECK(unbroken.find("muchlongerthanwhatanarrowterminalhasroomfor") != std::string::npos);
  }
}

TEST_CASE("one name of 10,000 characters does not push all others to the right") {
  const std::vector<std::string> lines = lines_of(table(sheet_of({std::string(10000, 'x'), "b"}, {1e9, 2e9})));
  CHECK(lines[3].size() > 10000);
  CHECK(lines[4].size() < 100);
}

TEST_CASE("where all names are long they are aligned, and still fit their terminal") {
  const Sheet sheet = sheet_of({std::string(61, 'x'), std::string(90, 'y'), "short"}, {1e9, 2e9, 3e9});
  for (const std::optional<std::size_t> width : {std::optional<std::size_t>(), std::optional<std::size_t>(200)}) {
    Style style;
    style.width = width;
    const std::vector<std::string> lines = lines_of(table(sheet, style));
    for (const std::string& line : lines)
      if (&line != &lines.front()) CHECK(line.size() == lines[1].size());
  }
}

TEST_CASE("a long head is broken into lines, a long name is shortened, and a number never is") {
  Sheet sheet = sheet_of({"a"}, {1e9});
  sheet.columns.push_back({.key = "head", .title = std::string(100, 'H'), .cell = [](std::size_t) -> Cell {
                             return std::string(50, 'c');
                           }});
  sheet.columns.push_back(
      {.key = "id", .title = "id", .cell = [](std::size_t) -> Cell { return Digits{"12345678901234567890.10"}; }});
  for (const std::size_t width : {20U, 40U, 60U, 80U, 200U}) {
    Style style;
    style.width = width;
    const std::string text = table(sheet, style);
    CHECK(text.find("12345678901234567890.10") != std::string::npos);
    CHECK(std::count(text.begin(), text.end(), 'H') == 100);
    for (const std::string& line : lines_of(text))
      if (width >= 60) CHECK(display_width(line) <= width);
  }
}

TEST_CASE("titles and footers are broken into lines where a terminal is narrow") {
  Sheet sheet = sheet_of({"a"}, {1e9});
  sheet.sections.front().title = "all models of a catalog that has a title which is longer than its terminal is wide";
  sheet.sections.front().footer = "and a footer that says even more about them than there is room for in one line";
  Style style;
  style.width = 40;
  for (const std::string& line : lines_of(table(sheet, style))) CHECK(display_width(line) <= 40);
  CHECK(lines_of(table(sheet, style)).size() == 3 + 3 + 2);
  CHECK(table(sheet).find(sheet.sections.front().footer) != std::string::npos);
}

TEST_CASE("columns that do not fit beside each other make several tables, each with those that are repeated") {
  Sheet sheet = sheet_of({"first", "second"}, {1e9, 2e9});
  sheet.repeated = 1;
  for (const std::string_view name : {"one", "two", "three"})
    sheet.columns.push_back({.key = "c", .title = std::string(name), .prose = true, .cell = [](std::size_t) {
                               return Cell(std::string_view("fifteen letters"));
                             }});
  sheet.columns.erase(sheet.columns.begin() + 1);
  Style style;
  style.width = 45;
  CHECK(table(sheet, style) ==
        "All models\n"
        "model   one              two\n"
        "first   fifteen letters  fifteen letters\n"
        "second  fifteen letters  fifteen letters\n"
        "\n"
        "model   three\n"
        "first   fifteen letters\n"
        "second  fifteen letters\n");
  CHECK(lines_of(table(sheet)).size() == 4);
  style.width = 10;  // too narrow for any
  CHECK(lines_of(table(sheet, style)).size() == 1 + 3 * 3 + 2);
}

TEST_CASE("a whole number is scaled with the other quantities of its column") {
  Sheet sheet = sheet_of({"a", "b"}, {});
  sheet.columns.back().cell = [](std::size_t row) -> Cell {
    return row == 0 ? Cell(std::int64_t{25'000'000'000}) : Cell(24.5e9);
  };
  CHECK(table(sheet) == "All models\nmodel    FLOPs\n       (GFLOP)\na         25\nb         24.5\n");
}

TEST_CASE("hostile names stay on their line and the columns stay aligned") {
  const std::vector<std::string> names = {
      "\x1b[31mred", "two\nlines", "rtl\u202Eltr",         "模型",    "e\u0301", "👩‍💻", "a|b`c",
      "\xFF",        "=cmd()",     "\U0001F1E9\U0001F1EA", "a\uFE0F", "\u200D",  "\u0301",      "\u2764\uFE0F"};
  const std::vector<std::string> lines = lines_of(table(sheet_of(names, std::vector<double>(names.size(), 1e9))));
  REQUIRE(lines.size() == names.size() + 3);
  for (const std::string& line : lines) {
    CHECK(line.find('\x1b') == std::string::npos);
    if (&line != &lines.front()) CHECK(display_width(line) == display_width(lines[1]));
  }
}

TEST_CASE("colour is asked for, and never the only sign") {
  Sheet sheet = sheet_of({"a"}, {1e9});
  sheet.mark = [](std::size_t) { return Mark::bad; };
  CHECK(table(sheet).find('\x1b') == std::string::npos);
  Style style;
  style.color = true;
  CHECK(table(sheet, style).find("\x1b[31ma") != std::string::npos);
}

TEST_CASE("sections are tables of their own, each with its unit") {
  Sheet sheet = sheet_of({"a", "b"}, {5e6, 5e12});
  sheet.sections = {{"Small", {0}}, {"Large", {1}}};
  CHECK(table(sheet) ==
        "Small\nmodel    FLOPs\n       (MFLOP)\na            5\n\nLarge\nmodel    FLOPs\n       (TFLOP)\nb            "
        "5\n");
}
