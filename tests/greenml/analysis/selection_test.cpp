#include "greenml/selection.hpp"

#include <fmt/format.h>

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;

namespace {

constexpr std::string_view models = R"([
  {"name": "a", "task": "t", "accuracy": 70, "energy": 1, "hardware": "X"},
  {"name": "b", "task": "t", "accuracy": 80, "energy": 2, "hardware": "Y", "family": "ResNet"},
  {"name": "c", "task": "u", "accuracy": 90, "hardware": "X", "family": "VGG"}])";

std::string selected(std::initializer_list<std::pair<Bound, std::string_view>> limits,
                     std::initializer_list<std::string_view> matches) {
  const test::ReadResult read = test::read_text(models);
  Criteria criteria;
  Complaint complaint;
  for (const auto& [bound, text] : limits) criteria.limits.push_back(parse_limit(text, bound, complaint).value());
  for (const std::string_view text : matches) criteria.matches.push_back(parse_label_match(text, complaint).value());
  std::string names;
  for (const std::size_t row : select(read.catalog, criteria).rows) names += read.catalog.name(row);
  return names;
}

std::string complaint_about(std::string_view limit) {
  Complaint complaint;
  REQUIRE_FALSE(parse_limit(limit, Bound::at_least, complaint));
  return complaint.message;
}

}  // namespace

TEST_CASE("limits are inclusive, and a model whose quantity is not known does not meet them") {
  CHECK(selected({{Bound::at_least, "accuracy=80"}}, {}) == "bc");
  CHECK(selected({{Bound::at_most, "accuracy=80%"}}, {}) == "ab");
  CHECK(selected({{Bound::at_most, "energy=2 J"}}, {}) == "ab");
  CHECK(selected({{Bound::at_least, "energy=0"}}, {}) == "ab");
  CHECK(selected({{Bound::at_least, "accuracy/joule=40"}}, {}) == "ab");
  CHECK(selected({{Bound::at_least, "accuracy_per_joule=40.5"}, {Bound::at_least, "accuracy=70"}}, {}) == "a");
  CHECK(selected({{Bound::at_least, "accuracy_fraction=0.8"}}, {}) == "bc");
}

TEST_CASE("labels are matched by wildcards, and a missing label is an empty text") {
  CHECK(selected({}, {"task=t"}) == "ab");
  CHECK(selected({}, {"task!=t"}) == "c");
  CHECK(selected({}, {"family=Res*"}) == "b");
  CHECK(selected({}, {"family="}) == "a");
  CHECK(selected({}, {"family!="}) == "bc");
  CHECK(selected({}, {"name=[ab]", "hardware=X"}) == "a");
}

TEST_CASE("criteria count what they leave out, each for itself") {
  const test::ReadResult read = test::read_text(models);
  Complaint complaint;
  Criteria criteria;
  criteria.limits.push_back(parse_limit("energy=1", Bound::at_most, complaint).value());
  criteria.matches.push_back(parse_label_match("task=t", complaint).value());
  const Selection selection = select(read.catalog, criteria);
  CHECK(selection.rows == std::vector<std::size_t>{0});
  CHECK(selection.left_out[0].beyond == 1);
  CHECK(selection.left_out[0].unknown == 1);
  CHECK(selection.left_out[1].beyond == 1);
}

TEST_CASE("limits that are none are refused") {
  for (const std::string_view text :
       {"accuracy", "=5", "", "accuracy=", "accuracy=nan", "accuracy=inf", "accuracy=1e999", "accuracy=0x10",
        "accuracy=70x", "accuracy=0.7", "accuracy=101", "energy=-1", "energy=5 kg", "netscore=5 J", "netscore="}) {
    CAPTURE(text);
    Complaint complaint;
    CHECK_FALSE(parse_limit(text, Bound::at_least, complaint));
    CHECK_FALSE(complaint.message.empty());
  }
  CHECK(complaint_about("acuracy=5") == "\"acuracy\" is no field or metric");
}

TEST_CASE("models are grouped by what makes them comparable, in the order of the texts") {
  const test::ReadResult read = test::read_text(models);
  const std::vector<std::size_t> rows = {2, 1, 0};
  const std::vector<Group> by_task =
      group(read.catalog, rows, labels_to_group_by(std::vector<Measure>{field_id("params")}));
  REQUIRE(by_task.size() == 2);
  CHECK(by_task[0].rows == std::vector<std::size_t>{1, 0});
  CHECK(by_task[1].rows == std::vector<std::size_t>{2});
  CHECK(group(read.catalog, rows, labels_to_group_by(std::vector<Measure>{field_id("energy")})).size() == 3);
  CHECK(group(read.catalog, rows, {}).size() == 1);
}

TEST_CASE("a label that no model has is an error") {
  const test::ReadResult read = test::read_text(models);
  Complaint complaint;
  CHECK(check_label(read.catalog, "variant", complaint));
  CHECK_FALSE(check_label(read.catalog, "famly", complaint));
  CHECK(complaint.hint == "did you mean family?");
  CHECK_FALSE(check_label(read.catalog, "energy", complaint));
  CHECK(complaint.hint == "energy is a number: use --min or --max");
}

TEST_CASE("a label is measured where all its values are numbers or dates") {
  const Catalog catalog = test::read_text(R"([
    {"name": "a", "mAP": 40, "when": "2020-07-01", "task": "t", "mixed": 3},
    {"name": "b", "mAP": "41.5", "when": "2021", "mixed": "three"}, {"name": "c", "mAP": null}])")
                              .catalog;
  Complaint complaint;
  const auto measure = [](std::string_view name) { return find_measure_or_label(name, Better::higher)->measure; };
  CHECK(check_measure(catalog, measure("mAP"), complaint));
  CHECK(measure("mAP").better() == Better::higher);
  CHECK(measure("mAP:lower").better() == Better::lower);
  CHECK(*measure("mAP").value(catalog[1]) == 41.5);
  CHECK_FALSE(measure("mAP").value(catalog[2]));
  CHECK(check_measure(catalog, measure("when"), complaint));
  CHECK(*measure("when").value(catalog[0]) == Approx(2020 + 182.0 / 366));  // 31 + 29 + 31 + 30 + 31 + 30 days
  CHECK(*measure("when").value(catalog[1]) == 2021);

  const auto fault = [&](std::string_view name) {
    complaint = {};
    CHECK_FALSE(check_measure(catalog, measure(name), complaint));
    return complaint.message;
  };
  CHECK(fault("task") == "task is no number: it is \"t\" of \"a\"");
  CHECK(fault("mixed") == "mixed is no number: it is \"three\" of \"b\"");
  CHECK(fault("bogus") == "\"bogus\" is no field or metric, and no label of these models");
  CHECK(fault("energy:higher") == "which direction of energy is better is known");
  CHECK_FALSE(find_measure_or_label("enrgy", Better::higher));
  CHECK_FALSE(find_measure_or_label("", Better::higher));
}

TEST_CASE("what only looks like a date is no number") {
  for (const std::string_view text :
       {"2021-02-30", "2021-13", "2021-1-1", "21-01-01", "2021-01-01T00:00", "2021/01/01", ""}) {
    const Catalog catalog = test::read_text(fmt::format(R"([{{"name": "a", "when": "{}"}}])", text)).catalog;
    CHECK_FALSE(find_measure_or_label("when", Better::higher)->measure.value(catalog[0]));
  }
}
