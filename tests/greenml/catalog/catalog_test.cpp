#include "greenml/catalog.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "catch.hpp"
#include "greenml/model_name.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;
using test::read_text;

TEST_CASE("defaults hold for every model that does not say otherwise, wherever in the file they stand") {
  for (
      const std::string_view text : {
          R"({"defaults": {"task": "t", "pue": 1.1, "energy": 7}, "models": [{"name": "a"}, {"name": "b", "task": "u", "pue": 2, "energy": null}]})",
          R"({"models": [{"name": "a"}, {"name": "b", "task": "u", "pue": 2, "energy": null}], "defaults": {"task": "t", "pue": 1.1, "energy": 7}})",
      }) {
    const test::ReadResult result = read_text(text);
    REQUIRE(result.first_error().empty());
    const Model first = result.catalog[0];
    const Model second = result.catalog[1];
    CHECK(first.label("task") == "t");
    CHECK(*first.value(field_id("pue")) == 1.1);
    CHECK(*first.value(field_id("energy")) == 7);
    CHECK(second.label("task") == "u");
    CHECK(*second.value(field_id("pue")) == 2);
    CHECK_FALSE(second.value(field_id("energy")));
  }
}

TEST_CASE("the catalog's source is the source of its models, unless they have their own") {
  const test::ReadResult result =
      read_text(R"({"source": "paper", "models": [{"name": "a"}, {"name": "b", "source": "mine"}]})");
  CHECK(result.catalog[0].label("source") == "paper");
  CHECK(result.catalog[1].label("source") == "mine");
}

TEST_CASE("labels are texts, numbers and booleans, kept as they were written") {
  const test::ReadResult result =
      read_text(R"([{"name": "a", "year": 2016, "open": true, "id": 12345678901234567890, "rating": 1.50}])");
  REQUIRE(result.first_error().empty());
  CHECK(result.catalog.label("year", 0).kind == LabelKind::number);
  CHECK(result.catalog.label("open", 0).kind == LabelKind::boolean);
  CHECK(result.catalog.label("id", 0).text == "12345678901234567890");
  CHECK(result.catalog.label("rating", 0).text == "1.50");
  CHECK(result.catalog.label("absent", 0).kind == LabelKind::missing);
  CHECK(result.catalog.further_labels() == std::vector<std::string_view>{"id", "open", "rating"});
}

TEST_CASE("models know their place") {
  const test::ReadResult result = read_text("[\n{\"name\": \"a\"},\n\n  {\"name\": \"b\"}]");
  CHECK(result.catalog[0].line() == 2);
  CHECK(result.catalog[1].line() == 4);
  CHECK(result.catalog[1].file() == "test.json");
}

TEST_CASE("two models of one identity are an error, in one file or in two") {
  const test::ReadResult twins =
      read_text("[{\"name\": \"a\", \"task\": \"t\"},\n {\"name\": \"b\"},\n {\"task\": \"t\", \"name\": \"a\"}]");
  CHECK(twins.first_error() == "3:0 a: : is there already, in line 1 of test.json");
  CHECK(read_text(R"([{"name": "a", "task": "t"}, {"name": "a", "task": "u"}])").first_error().empty());

  std::vector<Input> inputs;
  inputs.push_back(from_memory("one.json", R"([{"name": "a"}])"));
  inputs.push_back(from_memory("two.json", R"([{"name": "a"}])"));
  Problems problems;
  read_catalogs(inputs, problems);
  REQUIRE(problems.errors() == 1);
  CHECK(problems.kept()[0].place.file == "two.json");
}

TEST_CASE("twins are found through defaults") {
  CHECK(read_text(R"({"defaults": {"task": "t"}, "models": [{"name": "a"}, {"name": "a", "task": "t"}]})")
            .problems.errors() == 1);
}

TEST_CASE("a model must have a name that can be seen") {
  CHECK(read_text(R"([{"accuracy": 50}])").first_error() == "1:2 : name: the model has no name");
  CHECK(read_text(R"([{"name": 5}])").first_error() == "1:11 : name: a name is a text, not a number");
  for (const std::string_view name : {"", "  ", "\\t\\n", "\\u00a0", "\\u200b", "\\u202e"})
    CHECK(read_text(fmt::format(R"([{{"name": "{}"}}])", name)).first_error() == "1:11 : name: the name is blank");
  CHECK(read_text(R"([{"name": "a\u0000b"}])").problems.errors() == 1);
}

TEST_CASE("all problems are counted, and the first twenty kept") {
  std::string text = "[";
  for (int index = 0; index < 50; ++index)
    text += fmt::format("{}{{\"name\": \"m{}\", \"energy\": -1}}\n", index == 0 ? "" : ",", index);
  const test::ReadResult result = read_text(text + "]");
  CHECK(result.problems.errors() == 50);
  CHECK(result.problems.kept().size() == 20);
  CHECK(result.problems.kept()[4].place.line == 5);
}

TEST_CASE("results of an earlier run are passed over") {
  const test::ReadResult result = read_text(R"({"ranked_by": "x", "notes": ["1 model without energy"],
                    "models": [{"name": "a", "rank": 7, "netscore": 5, "accuracy_per_gflop": 1}]})");
  CHECK(result.first_error().empty());
  CHECK(result.problems.warnings().empty());
  CHECK(result.catalog.further_labels().empty());
}

TEST_CASE("keys at the top are known, near misses refused, others passed over aloud, and no data is lost") {
  CHECK(read_text(R"({"modles": [], "models": [{"name": "a"}]})").problems.errors() == 1);
  CHECK(read_text(R"({"default": {}, "models": [{"name": "a"}]})").problems.errors() == 1);
  CHECK(read_text(R"({"extra": [1], "models": [{"name": "a"}]})").problems.errors() == 1);
  const test::ReadResult version = read_text(R"({"version": 3, "models": [{"name": "a"}]})");
  CHECK(version.problems.errors() == 0);
  CHECK(version.problems.warnings().size() == 1);
}

TEST_CASE("a score that no number can hold is an error") {
  const test::ReadResult result = read_text(R"([{"name": "a", "accuracy": 50, "energy": 1e-308}])");
  CHECK(result.first_error().starts_with("1:0 a: accuracy_per_joule: is not finite"));
  CHECK(read_text(R"({"defaults": {"energy": 1e-308}, "models": [{"name": "a", "accuracy": 50}]})").problems.errors() ==
        1);
}

TEST_CASE("a model with thousands of different labels is refused, not given a column for each") {
  std::string members;
  for (int index = 0; index < 5000; ++index) members += fmt::format(", \"custom label {}\": {}", index * 7919, index);
  CHECK(read_text(fmt::format(R"([{{"name": "a"{}}}])", members)).problems.errors() == 1);
}

TEST_CASE("namesakes are the rows whose name is there again") {
  std::string json = "[";
  for (int index = 0; index < 3000; ++index)
    json += fmt::format("{}{{\"name\": \"m{}\", \"variant\": \"{}\"}}", index == 0 ? "" : ",", index % 2900, index);
  const test::ReadResult read = test::read_text(json + "]");
  REQUIRE(read.problems.errors() == 0);
  std::vector<std::size_t> expected;
  for (std::size_t row = 0; row < 3000; ++row)
    if (row < 100 || row >= 2900) expected.push_back(row);
  CHECK(namesakes(read.catalog, test::all_rows(read.catalog)) == expected);
  CHECK(namesakes(read.catalog, std::vector<std::size_t>{5, 2905, 7}) == std::vector<std::size_t>{5, 2905});
  CHECK(namesakes(read.catalog, {}).empty());
}

TEST_CASE("rows are put in the order of names, or as many of them as are wanted") {
  std::string json = "[";
  for (int index = 0; index < 500; ++index)
    json += fmt::format("{}{{\"name\": \"m{}\", \"variant\": \"{}\"}}", index == 0 ? "" : ",", index * 7919 % 100,
                        index * 31 % 500);
  const test::ReadResult read = test::read_text(json + "]");
  REQUIRE(read.problems.errors() == 0);
  std::vector<std::size_t> expected = test::all_rows(read.catalog);
  std::sort(expected.begin(), expected.end(),
            [&](std::size_t left, std::size_t right) { return precedes_by_name(read.catalog, left, right); });
  REQUIRE(expected != test::all_rows(read.catalog));
  for (const std::size_t wanted : {1U, 7U, 499U, 500U, 501U}) {
    std::vector<std::size_t> rows = test::all_rows(read.catalog);
    sort_by_name(read.catalog, rows, wanted);
    const auto count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(wanted, rows.size()));
    CHECK(std::equal(rows.begin(), rows.begin() + count, expected.begin()));
    CHECK(std::is_permutation(rows.begin(), rows.end(), expected.begin()));
  }
}

TEST_CASE("the lines of rows are those that were put in, also behind those of others") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    RowLines all;
    std::vector<std::size_t> expected;
    const unsigned apart = round % 2 == 0 ? 2 : 4;  // one row in three is in the same line, the next, or further on
    for (int part = 0; part < 6; ++part) {
      RowLines later;
      const bool is_own = part % 2 == 0;
      const std::size_t before = is_own ? 0 : random() % 50;
      std::size_t line = 1;
      for (std::size_t count = random() % 12; count > 0; --count) {
        (is_own ? all : later).push_back(line);
        expected.push_back(line + before);
        line += random() % 3 == 0 ? random() % apart : 1;
      }
      all.append(later, before);
    }
    for (std::size_t row = 0; row < expected.size(); ++row) REQUIRE(all[row] == expected[row]);
  }
}
