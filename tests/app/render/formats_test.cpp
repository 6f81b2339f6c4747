#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "greenml/quantity.hpp"
#include "sheet/sheet.hpp"

using namespace greenml;
using namespace greenml::render;

namespace {

const std::vector<std::string> hostile = {"plain",
                                          "",
                                          " blanks ",
                                          "comma, here",
                                          "quote \" here",
                                          "semi;colon",
                                          "two\nlines",
                                          "cr\rlf\n",
                                          "tab\there",
                                          "\x1b[31mred\x1b[0m",
                                          "\x1b]8;;http://evil\x07link\x1b]8;;\x07",
                                          "rtl\u202Eltr",
                                          "=cmd()",
                                          "+1",
                                          "-1",
                                          "@x",
                                          "  =cmd()",
                                          "＝full",
                                          "a|b",
                                          "`code`",
                                          "<b>&amp;</b>",
                                          "[x](http://y)",
                                          "@user",
                                          "*bold* _it_ # head",
                                          "模型",
                                          "e\u0301",
                                          "👩‍💻",
                                          "\\",
                                          "\u2028",
                                          "\U000E0041",
                                          std::string(10000, 'x')};

Sheet sheet_of_names(const std::vector<std::string>& names) {
  Sheet sheet;
  sheet.facts.emplace_back("ranked_by", std::string_view("energy"));
  sheet.notes = {"1 group", hostile.front()};
  sheet.columns.push_back(
      {.key = "name", .title = "model", .cell = [names](std::size_t row) -> Cell { return names[row]; }});
  sheet.columns.push_back(
      {.key = "energy_j",
       .title = "energy",
       .align = Align::right,
       .dimension = Dimension::energy,
       .cell = [](std::size_t row) -> Cell { return row % 2 == 0 ? Cell(0.1 * static_cast<double>(row)) : Cell(); }});
  sheet.columns.push_back(
      {.key = "rank", .title = "#", .cell = [](std::size_t row) -> Cell { return static_cast<std::int64_t>(row); }});
  sheet.columns.push_back(
      {.key = "open", .title = "open", .cell = [](std::size_t row) -> Cell { return row % 3 == 0; }});
  sheet.columns.push_back(
      {.key = "id", .title = "id", .cell = [](std::size_t) -> Cell { return Digits{"12345678901234567890.10"}; }});
  sheet.name = "greenml check models.json";
  sheet.finding = [names](std::size_t row) {
    return Finding{Finding::Kind::failure, names[row], names[row] + ": too much", names[row], 7};
  };
  sheet.sections.push_back({"Hostile names", {}});
  for (std::size_t row = 0; row < names.size(); ++row) sheet.sections.front().rows.push_back(row);
  return sheet;
}

std::string rendered(std::string_view format, const Sheet& sheet, const Style& style = {}) {
  std::string text;
  Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  find_format(format)->render(sheet, style, out);
  REQUIRE(out.flush());
  return text;
}

/// A strict reader of RFC 4180 with LF; fails the test where a quote stands where it may not.
std::vector<std::vector<std::string>> parse_csv(std::string_view text, char delimiter) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char character = text[index];
    std::string& cell = rows.back().back();
    if (quoted && character == '"' && index + 1 < text.size() && text[index + 1] == '"') {
      cell += '"';
      ++index;
    } else if (quoted) {
      if (character == '"')
        quoted = false;
      else
        cell += character;
    } else if (character == '"') {
      REQUIRE(cell.empty());
      quoted = true;
    } else if (character == delimiter)
      rows.back().emplace_back();
    else if (character == '\n')
      rows.emplace_back(1);
    else {
      REQUIRE(character != '\r');
      cell += character;
    }
  }
  REQUIRE_FALSE(quoted);
  REQUIRE(rows.back() == std::vector<std::string>(1));
  rows.pop_back();
  return rows;
}

/// Nothing that a terminal acts on but newlines.
void check_harmless(const std::string& text) {
  for (std::size_t index = 0; index < text.size(); ++index) {
    const auto byte = static_cast<unsigned char>(text[index]);
    CHECK((byte >= 0x20 || byte == '\n' || byte == '\t'));
    CHECK(byte != 0x7F);
  }
  CHECK(text.find("\u202E") == std::string::npos);
  CHECK(text.find("\u2028") == std::string::npos);
  CHECK(text.find("\U000E0041") == std::string::npos);
}

}  // namespace

TEST_CASE("raw CSV, with any delimiter, and JSON give every name and number back") {
  const Sheet sheet = sheet_of_names(hostile);
  const nlohmann::json json = nlohmann::json::parse(rendered("json", sheet));
  CHECK(json["ranked_by"] == "energy");
  CHECK(json["notes"] == nlohmann::json::array({"1 group", hostile.front()}));
  for (const char delimiter : {',', ';', '\t', '|'}) {
    Style style;
    style.csv_raw = true;
    style.delimiter = delimiter;
    const auto rows = parse_csv(rendered("csv", sheet, style), delimiter);
    REQUIRE(rows.size() == hostile.size() + 1);
    CHECK(rows[0] == std::vector<std::string>{"name", "energy_j", "rank", "open", "id"});
    for (std::size_t row = 0; row < hostile.size(); ++row) {
      const nlohmann::json& model = json["models"][row];
      CHECK(rows[row + 1][0] == hostile[row]);
      CHECK(model["name"] == hostile[row]);
      CHECK(rows[row + 1][1] == (model["energy_j"].is_null() ? "" : round_trip(model["energy_j"].get<double>())));
      CHECK(rows[row + 1][2] == std::to_string(model["rank"].get<int>()));
      CHECK(rows[row + 1][3] == (model["open"].get<bool>() ? "true" : "false"));
      CHECK(rows[row + 1][4] == "12345678901234567890.10");
    }
  }
}

/// A chart that says every text wherever it can.
std::shared_ptr<const Chart> chart_of_names(const std::vector<std::string>& names) {
  Chart chart;
  chart.named = Chart::Named::all;
  chart.series_title = names.back();
  Panel& panel = chart.panels.emplace_back(Panel{.title = names.back(), .points = {}, .frontier = {}});
  for (std::size_t row = 0; row < names.size(); ++row) {
    const auto place = static_cast<double>(row);
    chart.series.push_back({names[row]});
    panel.points.push_back({.row = row, .name = names[row], .x = place, .y = place, .series = row, .leads = true});
    panel.frontier.push_back(row);
  }
  return std::make_shared<Chart>(chart);
}

/// A model card that has every text in each of its places.
std::shared_ptr<const ModelCard> card_of_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name;
  return std::make_shared<ModelCard>(ModelCard{.name = text,
                                               .result = {{text, text, text, {{text, 50, text}}}},
                                               .co2_eq_emissions = {{1, text, text, text, text}}});
}

TEST_CASE("no format lets a name through that a terminal would act on") {
  Sheet sheet = sheet_of_names(hostile);
  sheet.chart = chart_of_names(hostile);
  sheet.card = card_of_names(hostile);
  for (const Format& format : formats) {
    CAPTURE(format.name);
    if (!format.is_binary) check_harmless(rendered(format.name, sheet));
  }
}

TEST_CASE("CSV keeps a name on one line, and a spreadsheet from running it") {
  const auto rows = parse_csv(rendered("csv", sheet_of_names(hostile)), ',');
  for (std::size_t row = 0; row < hostile.size(); ++row) {
    const std::string& cell = rows[row + 1][0];
    const std::size_t first = std::min(cell.find_first_not_of(' '), cell.size());
    CHECK((cell.empty() || std::string_view("=+-@").find(cell.substr(first, 1)) == std::string_view::npos ||
           first == cell.size()));
    CHECK(cell.find('\n') == std::string::npos);
  }
  CHECK(parse_csv(rendered("csv", sheet_of_names({"=cmd()", "＝full", "-1"})), ',')[1][0] == "'=cmd()");
}

TEST_CASE("CSV and TSV say the same as JSON, but for escapes and apostrophes, and repair what is not UTF-8") {
  const std::vector<std::string> names = {"plain",       "",     " blanks ", "comma, quote \" semi;", "模型",
                                          "👩‍💻", "\xFF", "a\xC3"};
  const nlohmann::json json = nlohmann::json::parse(rendered("json", sheet_of_names(names)));
  for (const auto& [format, delimiter] : {std::pair("csv", ','), std::pair("tsv", '\t')}) {
    const auto rows = parse_csv(rendered(format, sheet_of_names(names)), delimiter);
    REQUIRE(rows.size() == names.size() + 1);
    for (std::size_t row = 0; row < 6; ++row) CHECK(rows[row + 1][0] == json["models"][row]["name"]);
    CHECK(rows[7][0] == "\\xff");
    CHECK(rows[8][0] == "a\\xc3");
  }
  CHECK(json["models"][6]["name"] == "\uFFFD");
  CHECK(json["models"][7]["name"] == "a\uFFFD");
}

TEST_CASE("numbers are never quoted, and a missing one is an empty cell") {
  CHECK(rendered("csv", sheet_of_names({"a", "b", "c"})) ==
        "name,energy_j,rank,open,id\na,0,0,true,12345678901234567890.10\nb,,1,false,12345678901234567890.10\nc,0.2,2,"
        "false,12345678901234567890.10\n");
}

TEST_CASE("a byte order mark comes first where it is wanted") {
  Style style;
  style.csv_bom = true;
  CHECK(rendered("csv", sheet_of_names({"a"}), style).starts_with("\xEF\xBB\xBFname"));
}

TEST_CASE("NDJSON has one object a line, the rows of JSON") {
  const std::string lines = rendered("ndjson", sheet_of_names(hostile));
  const nlohmann::json json = nlohmann::json::parse(rendered("json", sheet_of_names(hostile)));
  std::size_t row = 0;
  for (std::size_t start = 0; start < lines.size(); ++row) {
    const std::size_t end = lines.find('\n', start);
    CHECK(nlohmann::json::parse(lines.substr(start, end - start)) == json["models"][row]);
    start = end + 1;
  }
  CHECK(row == hostile.size());
}

TEST_CASE("Markdown keeps its cells, whatever is in a name") {
  const std::string text = rendered("markdown", sheet_of_names(hostile));
  std::size_t rows = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    const std::string_view line = std::string_view(text).substr(start, end - start);
    start = end + 1;
    if (!line.starts_with('|')) continue;
    ++rows;
    std::size_t bars = 0;
    for (std::size_t index = 0; index < line.size(); ++index) {
      if (line[index] == '\\')
        ++index;
      else if (line[index] == '|')
        ++bars;
    }
    CHECK(bars == 6);
    CHECK(line.find('<') == std::string_view::npos);
  }
  CHECK(rows == hostile.size() + 2);
}

TEST_CASE("Markdown names nobody, closes no issue and links nowhere") {
  const std::string text =
      rendered("markdown", sheet_of_names({"@user", "#12", "http://x.y", "www.x.y", "a@b.c", "<!--", "v1.5 # 3"}));
  for (const std::string_view shown : {"@&#8203;user", "\\#&#8203;12", "http:&#8203;//x.y", "www.&#8203;x.y",
                                       "a@&#8203;b.c", "&lt;\\!--", "v1.5 \\# 3"})
    CHECK(text.find(shown) != std::string::npos);
}

TEST_CASE("Markdown makes no reference of a text, and hides nothing else") {
  struct Case {
    std::string text;
    std::string shown;
  };
  for (const auto& [text, shown] : std::vector<Case>{{"GH-12", "G&#8203;H-12"},
                                                     {"HIGH-12", "HIGH-12"},
                                                     {":tada:", ":&#8203;tada:"},
                                                     {"a: b: c", "a: b: c"},
                                                     {"o/r#12", "o/r\\#&#8203;12"},
                                                     {"deadbeef1", "d&#8203;eadbeef1"},
                                                     {"25557032", "25557032"},
                                                     {"WWW.x.y", "WWW.&#8203;x.y"},
                                                     {"wwwx.y", "wwwx.y"}})
    CHECK(rendered("markdown", sheet_of_names({text})).find("| " + shown + " |") != std::string::npos);
}

TEST_CASE("Markdown's titles and footers are one line each, without controls") {
  Sheet sheet = sheet_of_names({"a"});
  sheet.sections.front().title =
      "t\n::error::pwned\x1b"
      "c";
  sheet.sections.front().footer = "1. f\n- g";
  const std::string text = rendered("markdown", sheet);
  CHECK(text.starts_with("**t\\\\n::&#8203;error::pwned\\\\x1bc**\n\n"));
  CHECK(text.ends_with("\n\n1\\. f\\\\n- g\n"));
}

TEST_CASE("LaTeX runs no command of a name's, and keeps its cells") {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  const std::set<std::string_view> harmless = {"textbackslash", "textasciitilde", "textasciicircum", "textless",
                                               "textgreater",   "textbar",        "textquotedbl"};
  std::vector<std::string> names = hostile;
  for (const char* name :
       {"\\input{/etc/passwd}", "a & b \\\\ c", "100% \\write18{x}", "$x$ #1 ~ ^ _ {", "--- ```", "*[x]"})
    names.emplace_back(name);
  const std::string text = rendered("latex", sheet_of_names(names));
  std::size_t rows = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    const std::string_view line = std::string_view(text).substr(start, end - start);
    start = end + 1;
    if (!line.ends_with(" \\\\")) continue;
    ++rows;
    std::size_t cells = 1;
    for (std::size_t index = 0; index + 2 < line.size(); ++index) {
      if (line[index] == '&') ++cells;
      CHECK(std::string_view("%$#_~^<>|\"").find(line[index]) == std::string_view::npos);
      if (line[index] != '\\') continue;
      const std::string_view rest = line.substr(index + 1);
      const std::string_view command = rest.substr(0, rest.find_first_not_of(letters));
      const bool is_sign = std::string_view("&%$#_{}").find(rest.front()) != std::string_view::npos;
      CHECK((is_sign || harmless.contains(command)));
      index += std::max<std::size_t>(command.size(), 1);
    }
    CHECK(cells == 5);
  }
  CHECK(rows == names.size() + 1);
}

TEST_CASE("a suffix is the end of a file's name, in any case") {
  CHECK(suffix_of("a.b/x.CSV") == ".csv");
  for (const std::string_view none : {"", "x", "a.b/x", "x.", "..", ".profile", "a/.profile"})
    CHECK(suffix_of(none).empty());
  CHECK(has_suffix(*find_format("ndjson"), ".jsonl"));
  CHECK_FALSE(has_suffix(*find_format("ndjson"), ".json"));
  CHECK_FALSE(has_suffix(*find_format("github"), ""));
}

TEST_CASE("a number that is none is missing, never printed") {
  Sheet sheet;
  sheet.columns.push_back(
      {.key = "x", .title = "x", .cell = [](std::size_t row) -> Cell { return row == 0 ? std::nan("") : HUGE_VAL; }});
  sheet.sections.push_back({"", {0, 1}});
  CHECK(rendered("csv", sheet) == "x\n\n\n");
  CHECK(nlohmann::json::parse(rendered("json", sheet))["models"][1]["x"].is_null());
}

TEST_CASE("writing stops at the first failure, and says so") {
  std::size_t calls = 0;
  Writer out([&](std::string_view) {
    ++calls;
    return false;
  });
  for (int repeat = 0; repeat < 100000; ++repeat) out << "0123456789";
  CHECK_FALSE(out.flush());
  CHECK(calls == 1);
}

TEST_CASE("JUnit is XML for every name, one case for each finding, and nothing is made up by a name") {
  std::vector<std::string> names = hostile;
  names.insert(names.end(),
               {"</failure><testcase name=\"forged\"/>", "]]>", "<!--", "\xEF\xBF\xBF", std::string("nul\0", 4)});
  const std::string text = rendered("junit", sheet_of_names(names));
  pugi::xml_document document;
  REQUIRE(document.load_string(text.c_str(), pugi::parse_full));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  std::size_t cases = 0;
  for (const pugi::xml_node test : suite.children()) {
    CHECK(std::string(test.name()) == "testcase");
    CHECK(test.child("failure").attribute("message"));
    ++cases;
  }
  CHECK(cases == names.size());
  CHECK(suite.attribute("failures").as_uint() == names.size());
  CHECK(text.find("\xEF\xBF\xBF") == std::string::npos);
  CHECK_FALSE(suite.find_child_by_attribute("testcase", "name", "forged"));
}

TEST_CASE("GitHub's annotations are one line each, ten at most, and no name can write a command of its own") {
  std::vector<std::string> names = {"x\n::error::forged", "::set-output name=a::b", "a,line=1::forged",
                                    "100%0A::error::forged"};
  for (int repeat = 0; repeat < 20; ++repeat) names.push_back("m" + std::to_string(repeat));
  std::istringstream lines(rendered("github", sheet_of_names(names)));
  std::size_t annotations = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("::")) {
      CHECK(line == "greenml: Hostile names (14 more are not annotated)");
      continue;
    }
    ++annotations;
    CHECK(line.starts_with("::error file="));
    const std::string properties = line.substr(2, line.find("::", 2) - 2);
    CHECK(std::count(properties.begin(), properties.end(), ',') == 2);
    CHECK(line.find("%0A") == std::string::npos);
  }
  CHECK(annotations == 10);
}

TEST_CASE("a column that gives many cells at once is written as one that gives each") {
  Sheet each;
  const auto number = [](std::size_t row) {
    constexpr auto numbers = std::to_array<double>({0, 1, 0.1, 1e-5, 123456.75, 1e300, -2.5, 0.30000000000000004});
    return row % 9 == 8 ? std::numeric_limits<double>::quiet_NaN() : numbers[row % 9];
  };
  each.columns.push_back({.key = "nothing"});
  each.columns.push_back({.key = "number", .cell = [number](std::size_t row) {
                            return std::isnan(number(row)) ? Cell() : Cell(number(row));
                          }});
  each.columns.push_back({.key = "text", .cell = [](std::size_t row) {
                            return row % 31 == 0 ? Cell() : Cell(hostile[row % 31 % hostile.size()]);
                          }});
  each.columns.push_back(
      {.key = "name", .cell = [](std::size_t row) -> Cell { return std::string_view(hostile[row % hostile.size()]); }});
  each.columns.push_back({.key = "nothing_more"});
  Section section;
  for (std::size_t row = 0; row < 20'000; ++row) section.rows.push_back(row * 7919 % 20'011);
  each.sections = {section, {.title = "", .rows = {3, 1}}};
  Sheet many = each;
  many.columns[1].numbers = [number](Rows rows, std::span<double> numbers) {
    std::transform(rows.begin(), rows.end(), numbers.begin(), number);
  };
  many.columns[2].kinds = [](Rows rows, std::span<std::uint32_t> kinds) {
    std::transform(rows.begin(), rows.end(), kinds.begin(),
                   [](std::size_t row) { return static_cast<std::uint32_t>(row % 31 * 500); });
  };
  many.columns[3].texts = [](Rows rows, std::span<std::string_view> texts) {
    std::transform(rows.begin(), rows.end(), texts.begin(),
                   [](std::size_t row) -> std::string_view { return hostile[row % hostile.size()]; });
  };
  for (const std::string_view format : {"csv", "tsv"}) {
    const std::string text = rendered(format, many);
    CHECK(std::count(text.begin(), text.end(), '\n') > 20'000);
    CHECK((text == rendered(format, each)));
  }
}
