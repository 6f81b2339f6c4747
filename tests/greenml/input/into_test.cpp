#include "input/into.hpp"

#include <cstdlib>
#include <string>

#include "catch.hpp"
#include "input/json_places.hpp"
#include "words/json_quoted.hpp"

namespace greenml::read {

namespace {

/// Knows flops in three spellings, and params.
StatedMember meaning(std::string_view key, std::string_view json) {
  const double number = std::strtod(std::string(json).c_str(), nullptr);
  if (key == "macs") return {"flops", 2 * number};
  if (key == "gflops") return {"flops", 1e9 * number};
  if (key == "flops" || key == "params") return {std::string(key), number};
  return {std::string(key), std::nullopt};
}

NewModel net(const std::string& variant = "") {
  return {"net", variant, {{"flops", R"({"value": 400, "unit": "MAC"})", 800.0}, {"params", "50", 50.0}}};
}

std::string text_after(std::string_view catalog, const NewModel& model = net()) {
  const Parsed<EditedCatalog> edited = put_into(catalog, model, meaning);
  INFO(edited.complaint().message);
  REQUIRE(edited);
  return edited->text;
}

std::vector<std::string> notes_of(std::string_view catalog) {
  const Parsed<EditedCatalog> edited = put_into(catalog, net(), meaning);
  REQUIRE(edited);
  return edited->notes;
}

}  // namespace

TEST_CASE("what is counted replaces what was stated, and all else stays") {
  CHECK(text_after(R"([
  {"name": "other", "params": 1},
  {"url" : "x,}]\"",   "name": "net", "params":   49, "accuracy": "76.1%", "flops":800 , "z": [1, {"name": "net"}]}
]
)") == R"([
  {"name": "other", "params": 1},
  {"url" : "x,}]\"",   "name": "net", "params":   50, "accuracy": "76.1%", "flops":{"value": 400, "unit": "MAC"} , "z": [1, {"name": "net"}]}
]
)");
}

TEST_CASE("another spelling gives way to the field's own, and a second one goes") {
  CHECK(text_after(R"([{"name":"net","macs":400,"params":50}])") ==
        R"([{"name":"net","flops":{"value": 400, "unit": "MAC"},"params":50}])");
  CHECK(text_after(R"([{"name": "net", "macs": 400, "params": 50, "gflops": 8e-7}])") ==
        R"([{"name": "net", "flops": {"value": 400, "unit": "MAC"}, "params": 50}])");
}

TEST_CASE("what is not there is added at the end, set off as the others are") {
  CHECK(text_after("{\"models\": [\n  {\n    \"name\": \"net\",\n    \"year\": 2015\n  }\n]}") ==
        "{\"models\": [\n  {\n    \"name\": \"net\",\n    \"year\": 2015,\n    \"flops\": {\"value\": 400, \"unit\": "
        "\"MAC\"},\n    \"params\": 50\n  }\n]}");
  CHECK(text_after(R"([{"name":"net"}])") ==
        R"([{"name":"net", "flops": {"value": 400, "unit": "MAC"}, "params": 50}])");
}

TEST_CASE("a model that is not there is added at the end, with a note") {
  const std::string added = R"({"name": "net", "flops": {"value": 400, "unit": "MAC"}, "params": 50})";
  CHECK(text_after("[\n  {\"name\": \"a\"}\n]\n") == "[\n  {\"name\": \"a\"},\n  " + added + "\n]\n");
  CHECK(text_after("[]") == "[" + added + "]");
  CHECK(text_after("{\"models\": [ ], \"defaults\": {}}") == "{\"models\": [" + added + "], \"defaults\": {}}");
  CHECK(text_after("{\"name\": \"a\"}\n{\"name\": \"b\"}\n") ==
        "{\"name\": \"a\"}\n{\"name\": \"b\"}\n" + added + "\n");
  CHECK(text_after("") == added + "\n");
  CHECK(notes_of(R"([{"name": "nett"}])") ==
        std::vector<std::string>{"net is not in the catalog; it is added at the end (did you mean nett?)"});
  CHECK(notes_of("[]") == std::vector<std::string>{"net is not in the catalog; it is added at the end"});
}

TEST_CASE("names are compared as they mean, and lines of NDJSON are models") {
  CHECK(
      text_after("{\"name\": \"a\"}\n{\"name\": \"n\\u0065t\", \"params\": 50, \"flops\": 800}\n") ==
      "{\"name\": \"a\"}\n{\"name\": \"n\\u0065t\", \"params\": 50, \"flops\": {\"value\": 400, \"unit\": \"MAC\"}}\n");
}

TEST_CASE("of several models of the name, the variant picks one") {
  const std::string catalog = "[{\"name\":\"net\",\"variant\":\"int8\",\"params\":1,\"flops\":1},\n{\"name\":\"net\"}]";
  const std::string variants = "[{\"name\":\"net\",\"variant\":\"int8\"},\n{\"name\":\"net\",\"variant\":\"fp16\"}]";
  const Parsed<EditedCatalog> edited = put_into(variants, net(), meaning);
  REQUIRE_FALSE(edited);
  CHECK(edited.complaint().message == "2 models are named \"net\" (lines 1, 2)");
  CHECK(text_after(catalog, net("int8")) ==
        "[{\"name\":\"net\",\"variant\":\"int8\",\"params\":50,\"flops\":{\"value\": 400, \"unit\": \"MAC\"}},\n"
        "{\"name\":\"net\"}]");
  // Without a variant, the model that has none is meant.
  CHECK(text_after(catalog).find(R"("variant":"int8","params":1,"flops":1)") != std::string::npos);
  CHECK(text_after("[{\"name\":\"net\"}]", net("int8")).find("\"variant\": \"int8\"") != std::string::npos);
}

TEST_CASE("a number that is off is reported, and MACs as FLOPs by name") {
  CHECK(notes_of(R"([{"name":"net","flops":800,"params":50.4}])").empty());
  CHECK(notes_of(R"([{"name":"net","flops":800,"params":51}])") ==
        std::vector<std::string>{"params of net: the catalog had 51 where 50 is counted"});
  CHECK(notes_of(R"([{"name":"net","flops":410}])") ==
        std::vector<std::string>{
            "flops of net: the catalog had 410 where 800 is counted: the catalog had MACs as FLOPs"});
  CHECK(notes_of(R"([{"name":"net","macs":800}])") ==
        std::vector<std::string>{
            "flops of net: the catalog had 1600 where 800 is counted: the catalog had FLOPs as MACs"});
}

TEST_CASE("what is not JSON is refused, with the line") {
  for (const char* const text : {"[\n{\"name\": \"net\",}]", "[\n{\"name\" \"net\"}]", "[\n{\"name\": net}]", "\n[{]",
                                 "\n{", "\n[1 2]", "\n{\"name\": \"net"}) {
    CAPTURE(text);
    const Parsed<EditedCatalog> edited = put_into(text, net(), meaning);
    REQUIRE_FALSE(edited);
    CHECK(edited.complaint().message.starts_with("line 2 is not JSON: "));
  }
  CHECK_FALSE(put_into(std::string(1000, '['), net(), meaning));
  CHECK_FALSE(put_into(R"([{"name":"net","name":"x"}])", net(), meaning));
  CHECK_FALSE(put_into("3", net(), meaning));
}

TEST_CASE("texts of JSON and what they mean") {
  const std::string text = R"("a\n\u00e9\ud83d\ude00\"")";
  CHECK(json_text(text, {0, text.size()}) == "a\n\xc3\xa9\xf0\x9f\x98\x80\"");
  CHECK_FALSE(json_text("12", {0, 2}));
  CHECK(json_quoted("a\"\\\n") == R"("a\"\\\n")");
  CHECK(json_quoted("a\xff") == "\"a\xEF\xBF\xBD\"");
  for (int code = 1; code < 0x80; ++code) {
    const std::string meant = std::string("a") + static_cast<char>(code);
    const std::string quoted = json_quoted(meant);
    CHECK(json_text(quoted, {0, quoted.size()}) == meant);
  }
}

}  // namespace greenml::read
