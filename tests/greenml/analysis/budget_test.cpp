#include "greenml/budget.hpp"

#include <fmt/format.h>

#include "catch.hpp"

using namespace greenml;

namespace {

std::string error_of_budget(std::string_view text) {
  Problems problems;
  read_budget("budget.json", text, problems);
  CAPTURE(text);
  REQUIRE(problems.errors() >= 1);
  CHECK(problems.kept()[0].place.file == "budget.json");
  return problems.kept()[0].key + ": " + problems.kept()[0].message;
}

}  // namespace

TEST_CASE("a budget has blocks of limits, each with its models and its level") {
  Problems problems;
  const Budget budget = read_budget("b.json", R"({
    "$schema": "x", "description": "y", "baseline": "old.json", "allow_missing": true,
    "max_drop": {"accuracy": 0.5, "energy": "5%"},
    "limits": [{"where": {"task": "image-*"}, "min": {"accuracy": "75 %", "accuracy/gflop": 10}, "level": "warn"},
               {"where": ["task!=image-*", "family=X"], "max": {"latency_ms": 5}}]})",
                                    problems);
  REQUIRE(problems.errors() == 0);
  CHECK(budget.baseline == "old.json");
  CHECK(budget.allow_missing);
  REQUIRE(budget.blocks.size() == 3);
  CHECK(budget.blocks[0].drops.size() == 2);
  CHECK(budget.blocks[0].name == "b.json");
  CHECK(budget.blocks[1].name == "b.json: limits[0]");
  CHECK(budget.blocks[1].level == Level::warning);
  CHECK(budget.blocks[1].limits.size() == 2);
  CHECK(budget.blocks[1].matches[0].admits("image-classification"));
  CHECK(budget.blocks[2].level == Level::error);
  CHECK(budget.blocks[2].matches[0].excludes);
  CHECK(budget.blocks[2].limits[0].value == 0.005);
}

TEST_CASE("mistakes in a budget are reported with their line and column") {
  const auto place_in = [](std::string_view text) {
    Problems problems;
    read_budget("budget.json", text, problems);
    REQUIRE(problems.errors() == 1);
    const Place& place = problems.kept()[0].place;
    return fmt::format("{}:{} {}", place.line, place.column, place.excerpt.substr(place.caret));
  };
  CHECK(place_in("{\n \"mni\": {},\n \"max\": {\"energy\": 1}}") == "2:2 \"mni\": {},");
  CHECK(place_in("{\"min\":\n {\"acuracy\": 5}}") == "2:3 \"acuracy\": 5}}");
  CHECK(place_in("{\"limits\": [\n  {\"max\": {\"energy\": 1}},\n  {\"level\": \"warn\"}]}") ==
        "3:3 {\"level\": \"warn\"}]}");
  CHECK(place_in("{\"max\": {\"energy\": 1},\n\"limits\": [{\"where\": 5, \"max\": {\"energy\": 1}}]}") ==
        "2:22 5, \"max\": {\"energy\": 1}}]}");
  CHECK(place_in("{\"max\": {\"energy\": 1},\n \"m\\u0061x\": {\"energy\": 2}}") ==
        "2:2 \"m\\u0061x\": {\"energy\": 2}}");
}

TEST_CASE("mistakes in a budget are reported with their key") {
  struct Case {
    std::string_view text;
    std::string_view error;
  };
  const auto cases = std::to_array<Case>({
      {"", ": this is not JSON: the text ends too early"},
      {"[]", ": a budget is an object"},
      {"{}", ": there is no limit in it"},
      {R"({"mni": {}})", "mni: unknown key"},
      {R"({"min": 5})", "min: is an object of fields or metrics and limits"},
      {R"({"min": {"acuracy": 5}})", "min.acuracy: \"acuracy\" is no field or metric"},
      {R"({"min": {"accuracy": null}})", "min.accuracy: is a number, or a text with a unit"},
      {R"({"min": {"accuracy": 0.7}})", "min.accuracy: accuracy: 0.7 may be a fraction or a percentage"},
      {R"({"max": {"energy": "5 kg"}})", "max.energy: energy: \"5 kg\" is a mass, not an energy"},
      {R"({"max": {"energy": 1}, "max": {}})", "max: the key is there twice in one object"},
      {R"({"max": {"energy": 1}, "level": "fatal"})", "level: unknown level \"fatal\""},
      {R"({"max": {"energy": 1}, "where": 5})",
       "where: is a text \"LABEL=TEXT\", an array of them, or an object of labels and texts"},
      {R"({"max_drop": 5})", "max_drop: \"5\" of what?"},
      {R"({"max_drop": {"energy": "5 kg"}})", "max_drop.energy: \"5 kg\" is a mass, not an energy"},
      {R"({"limits": {}})", "limits: is an array of objects"},
      {R"({"limits": [5]})", "limits[0]: is an object"},
      {R"({"limits": [{"level": "warn"}]})", "limits[0]: has no min, max or max_drop"},
      {R"({"limits": [{"max": {"energy": 1}, "baseline": "x"}]})", "limits[0].baseline: unknown key"},
      {R"({"max": {"energy": 1}, "baseline": 5})", "baseline: is the name of a file"},
  });
  for (const Case& one : cases) CHECK(error_of_budget(one.text) == one.error);
  CHECK(error_of_budget(std::string(100000, '[') + std::string(100000, ']')) == ": nested more deeply than 64 levels");
  CHECK(error_of_budget(std::string_view("{\"min\0\": 1}", 11)) == ": there is a NUL byte");
}
