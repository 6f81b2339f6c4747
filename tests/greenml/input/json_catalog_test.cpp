#include <nlohmann/json.hpp>
#include <random>

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;
using test::read_text;

namespace {

std::string error_of_json(std::string_view text, const std::string& name = "test.json") {
  const test::ReadResult result = read_text(text, name);
  CAPTURE(text);
  REQUIRE(result.problems.errors() >= 1);
  const Problem& problem = result.problems.kept().front();
  return fmt::format("{}:{}: {}", problem.place.line, problem.place.column, problem.message);
}

}  // namespace

TEST_CASE("what is not JSON is refused, at its place") {
  CHECK(error_of_json("") == "1:1: the file is empty");
  CHECK(error_of_json(" \n ") == "2:2: the file is empty");
  for (const std::string name : {"x.json", "x.ndjson", "x.jsonl"})
    CHECK_THAT(read_text("", name).first_error(), Catch::Contains("1:1 : : the file is empty"));
  CHECK(error_of_json("{\"defaults\":\n {}}") == "2:4: expected an array of models, or an object with \"models\"");
  CHECK(error_of_json("[{\"name\": \"a\",}]") == "1:15: this is not JSON");
  CHECK(error_of_json("[\n{\"name\": 'a'}]") == "2:10: this is not JSON");
  CHECK(error_of_json("[\n{\"name\": \"a\", \"energy\": NaN}]") == "2:25: this is not JSON");
  CHECK(error_of_json("[{\"name\": \"a\", \"year\": 64\f \"flops\": 5}]") == "1:26: this is not JSON");
  CHECK(error_of_json("[{\"name\": \"a\", \"year\": 64\f \"flops: 5}]") == "1:26: this is not JSON");
  CHECK(error_of_json("[{\"name\": \"a\" \"flops\": 5}]") == "1:15: this is not JSON");
  CHECK(error_of_json("[{\"name\": \"a\"}]]") == "1:16: there is more text after the end of the JSON document");
  CHECK(error_of_json("[{\"name\": \"a\"}") == "1:15: this is not JSON: the text ends too early");
  CHECK(error_of_json("[{\"name\": \"a\"}] x") == "1:17: there is more text after the end of the JSON document");
  CHECK(error_of_json(std::string_view("[{\"name\": \"a\0\"}]", 17)) == "1:13: there is a NUL byte");
  CHECK(error_of_json("[{\"name\": \"\xFF\"}]") == "1:12: this is not UTF-8");
  CHECK(error_of_json("\xFF\xFE[\0") == "1:1: this is not UTF-8 but UTF-16");
}

TEST_CASE("what is JSON but no catalog is refused") {
  for (const std::string_view text :
       {"5", "\"text\"", "null", "true", "{}", "{\"name\": \"a\", \"x\": 1}", "[]", "{\"models\": []}",
        "{\"models\": {}}", "[5]", "[[]]", "[null]", "{\"models\": [{\"name\": \"a\"}], \"defaults\": []}"}) {
    CAPTURE(text);
    CHECK(read_text(text).problems.errors() >= 1);
  }
}

TEST_CASE("a key twice in one object is refused, at any depth") {
  CHECK(error_of_json(R"([{"name": "a", "task": "t", "task": "t"}])") == "1:29: the key is there twice in one object");
  CHECK(error_of_json(R"([{"name": "a", "energy": {"value": 1, "value": 2}}])") ==
        "1:39: the key is there twice in one object");
  CHECK(error_of_json(R"({"models": [{"name": "a"}], "models": [{"name": "b"}]})") == "1:29: the key is there twice");
  CHECK(error_of_json(R"([{"name": "a", "t\u0061sk": "t", "task": "t"}])") ==
        "1:34: the key is there twice in one object");
}

TEST_CASE("a key that is written with escapes is not taken for what it looks like without") {
  const test::ReadResult result = read_text(
      R"([{"accuracy\": 76.13, \"flops": "x", "name": "a"}, {"accuracy": 76.13, "flops": 1e9, "name": "b"}])");
  REQUIRE(result.first_error().empty());
  CHECK(result.catalog[1].value(field_id("accuracy")) == 76.13);
  CHECK(result.catalog[1].value(field_id("flops")) == 1e9);
  CHECK(result.catalog.label("accuracy\": 76.13, \"flops", 0).text == "x");
  CHECK(result.catalog.label("accuracy\": 76.13, \"flops", 1).text.empty());
  CHECK(
      error_of_json("[{\"name\": \"a\", \"x\\\\b\": 1}, {\"name\": \"b\", \"x\\b\": 1, \"x\\\\b\": 1, \"x\\b\": 2}]") ==
      "1:63: the key is there twice in one object");
}

TEST_CASE("nesting deeper than 64 is refused, however deep") {
  const auto nested = [](std::size_t depth) {
    return fmt::format(R"([{{"name": "a", "x": {}{}}}])", std::string(depth, '['), std::string(depth, ']'));
  };
  CHECK(error_of_json(nested(62)) == "1:21: a label is a text, a number, true or false, not an array");
  CHECK(error_of_json(nested(63)) == "1:83: nested more deeply than 64 levels");
  CHECK(error_of_json(nested(1000000)).ends_with("nested more deeply than 64 levels"));
}

TEST_CASE("a byte order mark is no text") {
  CHECK(read_text("\xEF\xBB\xBF[{\"name\": \"a\"}]").first_error().empty());
  CHECK(read_text("\xEF\xBB\xBF{\"name\": \"a\"}\n", "x.ndjson").first_error().empty());
}

TEST_CASE("faults are at their lines and columns, whatever the windows and in whichever thread they are found") {
  for (const std::string name : {"x.json", "x.ndjson"}) {
    std::string text = name == "x.json" ? "[\n" : "";
    for (int index = 0; index < 40; ++index) {
      const bool is_last = index == 39;
      text += fmt::format("{}{{\"task\": \"t{}\", \"flops\": -1}}{}\n",
                          std::string(static_cast<std::size_t>(index % 5), ' '), index,
                          is_last || name == "x.ndjson" ? "" : ",");
    }
    if (name == "x.json") text += "]";
    for (std::size_t window = 20; window < 600; window += 7) {
      CAPTURE(name, window);
      Input input = from_memory(name, text);
      Problems problems;
      read_catalogs(std::span(&input, 1), problems, {.window = window});
      REQUIRE(problems.errors() == 80);  // no name, and flops below 0
      const std::size_t first_line = name == "x.json" ? 2 : 1;
      for (std::size_t index = 0; index < problems.kept().size(); ++index) {
        const Place& place = problems.kept()[index].place;
        const std::size_t model = index / 2;
        const std::size_t digits = model < 10 ? 1 : 2;
        CHECK(place.line == first_line + model);
        CHECK(place.column == model % 5 + (index % 2 == 0 ? 1 : 24 + digits));
      }
    }
  }
}

TEST_CASE("NDJSON is one model a line; a bad line does not hide the others") {
  const test::ReadResult result = read_text("{\"name\": \"a\"}\n\n{\"name\": \"b\"}\r\n{\"name\": \"c\"}", "x.ndjson");
  REQUIRE(result.first_error().empty());
  CHECK(result.catalog.size() == 3);
  CHECK(result.catalog[2].line() == 4);

  const test::ReadResult bad = read_text(
      "{\"name\": \"a\"\n{\"name\": \"b\"}\n[1]\n{\"name\": \"c\"} {}\n{\"name\": \"d\", \"energy\": -1}", "x.jsonl");
  CHECK(bad.problems.errors() == 4);
}

TEST_CASE("a text without a telling name is taken for lines if it looks like lines") {
  CHECK(read_text("{\"name\": \"a\"}\n{\"name\": \"b\"}\n", "<stdin>").catalog.size() == 2);
  CHECK(read_text("{\"name\": \"a\"}", "<stdin>").catalog.size() == 1);
  CHECK(read_text("{\"models\": [{\"name\": \"a\"}]}", "<stdin>").catalog.size() == 1);
  CHECK(read_text("{\n\"models\": [{\"name\": \"a\"}]}", "<stdin>").catalog.size() == 1);
  CHECK(read_text("[{\"name\": \"a\"}]", "<stdin>").catalog.size() == 1);
}

TEST_CASE("escapes in texts are undone, and bad ones refused") {
  CHECK(read_text(R"([{"name": "\u00e9\n\ud83d\ude00"}])").catalog.name(0) == "é\n😀");
  CHECK(read_text(R"([{"name": "\ud83d"}])").problems.errors() == 1);
  CHECK(read_text(R"([{"name": "\x"}])").problems.errors() == 1);
}

TEST_CASE("whatever another parser refuses is refused: every byte of a catalog changed, removed or doubled") {
  const std::string good =
      R"({"models": [{"name": "a\n", "energy": {"value": -0.5e3, "unit": "J"}, "x": [1, true, null, {"y": {}}]}], "defaults": {}})";
  REQUIRE(nlohmann::json::accept(good));
  std::mt19937 random(3);
  std::size_t refused = 0;
  for (std::size_t position = 0; position < good.size(); ++position) {
    for (int change = 0; change < 20; ++change) {
      std::string text = good;
      if (change == 0)
        text.erase(position, 1);
      else if (change == 1)
        text.insert(position, 1, text[position]);
      else
        text[position] = change < 12 ? "{}[]\",:0e-"[change - 2] : static_cast<char>(random() % 256);
      if (nlohmann::json::accept(text)) continue;
      ++refused;
      CAPTURE(text);
      const test::ReadResult result = read_text(text);
      bool as_json = false;
      for (const Problem& problem : result.problems.kept())
        as_json = as_json || problem.message.starts_with("this is not") || problem.message.starts_with("there is");
      CHECK(as_json);
    }
  }
  CHECK(refused > 1000);
}

TEST_CASE("every beginning of a catalog is refused, and none breaks the reader") {
  const std::string good = test::read_file(GREENML_DATA "/imagenet-cnn.json").substr(0, 1500);
  for (std::size_t length = 0; length < good.size(); ++length)
    CHECK(read_text(good.substr(0, length)).problems.errors() >= 1);
}

TEST_CASE("large things are read or refused in bounded time") {
  const std::string five_million(5000000, '7');
  CHECK(read_text(fmt::format(R"([{{"name": "{}"}}])", five_million)).catalog.size() == 1);
  CHECK(read_text(fmt::format(R"([{{"name": "a", "energy": {}}}])", five_million)).problems.errors() == 1);
  CHECK(read_text(fmt::format(R"([{{"name": "a", "energy": 0.{}}}])", five_million)).problems.errors() == 0);
}
