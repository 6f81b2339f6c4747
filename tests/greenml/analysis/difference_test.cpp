#include "greenml/difference.hpp"

#include <fmt/format.h>

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;

namespace {

constexpr auto words = std::to_array<std::string_view>(
    {"worse", "better", "within error", "appeared", "vanished", "came", "went", "renamed", "same"});

/// "a energy worse, b came": each change, in order.
std::string changes_between(std::string_view before_text, std::string_view after_text) {
  const test::ReadResult before = test::read_text(before_text);
  const test::ReadResult after = test::read_text(after_text);
  REQUIRE(before.problems.errors() + after.problems.errors() == 0);
  std::string text;
  for (const Change& change :
       difference(before.catalog, test::all_rows(before.catalog), after.catalog, test::all_rows(after.catalog))) {
    if (!text.empty()) text += ", ";
    text += change.after_row ? after.catalog.name(*change.after_row) : before.catalog.name(*change.before_row);
    if (change.kind == ChangeKind::renamed) text += fmt::format(" was {}", before.catalog.name(*change.before_row));
    if (change.field) text += fmt::format(" {}", row_of(*change.field).name);
    text += fmt::format(" {}", words[static_cast<std::size_t>(change.kind)]);
  }
  return text;
}

/// Of one model.
std::string change_of(std::string_view before, std::string_view after) {
  return changes_between(fmt::format(R"([{{"name": "m", {}}}])", before),
                         fmt::format(R"([{{"name": "m", {}}}])", after));
}

}  // namespace

TEST_CASE("A quantity changes for the worse or the better, as its field has it") {
  CHECK(change_of(R"("accuracy": 70)", R"("accuracy": 71)") == "m accuracy better");
  CHECK(change_of(R"("accuracy": 71)", R"("accuracy": 70)") == "m accuracy worse");
  CHECK(change_of(R"("energy": 1)", R"("energy": 2)") == "m energy worse");
  CHECK(change_of(R"("energy": 2)", R"("energy": 1)") == "m energy better");
  CHECK(change_of(R"("energy": 0)", R"("energy": 1)") == "m energy worse");
}

TEST_CASE("What did not change is the same, whatever unit it is written in") {
  CHECK(change_of(R"("energy": 3600)", R"("energy": "1 Wh")") == "m same");
  CHECK(change_of(R"("energy": 0.3)", R"("energy": 0.30000000000000004)") == "m same");
  CHECK(change_of(R"("energy": 0)", R"("energy": 0)") == "m same");
}

TEST_CASE("Errors are respected") {
  constexpr std::string_view one = R"("energy": {"value": 1, "unit": "J", "error": 0.1})";
  CHECK(change_of(one, R"("energy": {"value": 1.14, "unit": "J", "error": 0.1})") == "m energy within error");
  CHECK(change_of(one, R"("energy": {"value": 1.15, "unit": "J", "error": 0.1})") == "m energy worse");
  CHECK(change_of(one, R"("energy": 1.09)") == "m energy within error");
  CHECK(change_of(one, R"("energy": 1.11)") == "m energy worse");
}

TEST_CASE("A quantity that is known on one side only came or went") {
  CHECK(change_of(R"("accuracy": 70)", R"("accuracy": 70, "energy": 1)") == "m energy appeared");
  CHECK(change_of(R"("accuracy": 70, "energy": 1)", R"("accuracy": 70)") == "m energy vanished");
}

TEST_CASE("Models come and go, by their identity") {
  CHECK(changes_between(R"([{"name": "a", "energy": 1}])", R"([{"name": "b", "energy": 2}])") == "b came, a went");
  CHECK(changes_between(R"([{"name": "a", "hardware": "x", "energy": 1}])",
                        R"([{"name": "a", "hardware": "y", "energy": 2}])") == "a came, a went");
}

TEST_CASE("A renamed model is guessed from two equal figures, and only where there is one") {
  CHECK(changes_between(R"([{"name": "a", "accuracy": 70, "energy": 1}])",
                        R"([{"name": "b", "accuracy": 70, "energy": 1}])") == "b was a renamed");
  CHECK(changes_between(R"([{"name": "a", "energy": 1}])", R"([{"name": "b", "energy": 1}])") == "b came, a went");
  CHECK(
      changes_between(R"([{"name": "a", "accuracy": 70, "energy": 1}])",
                      R"([{"name": "b", "accuracy": 70, "energy": 1}, {"name": "c", "accuracy": 70, "energy": 1}])") ==
      "b came, c came, a went");
}

TEST_CASE("The greatest change comes first") {
  CHECK(changes_between(R"([{"name": "a", "energy": 10}, {"name": "b", "energy": 10}, {"name": "c", "accuracy": 70}])",
                        R"([{"name": "a", "energy": 11}, {"name": "b", "energy": 5}, {"name": "c", "accuracy": 70},
                            {"name": "d"}])") == "b energy better, a energy worse, d came, c same");
}
