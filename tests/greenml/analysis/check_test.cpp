#include "greenml/check.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <random>

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;

namespace {

struct Request {
  std::string_view now;
  std::string_view before = {};
  std::vector<std::string> least = {};
  std::vector<std::string> most = {};
  std::vector<std::string> drops = {};
  bool allow_missing = false;
};

std::string word_for(Standing standing) {
  constexpr auto words = std::to_array<std::string_view>({"cannot", "short", "unsure", "permitted", "new", "holds"});
  return std::string(words[static_cast<std::size_t>(standing)]);
}

/// "a holds, b short": each finding's model and standing, in order.
std::string verdicts(const Request& request) {
  const test::ReadResult now = test::read_text(request.now);
  const test::ReadResult before = test::read_text(request.before.empty() ? R"([{"name": "-"}])" : request.before);
  CAPTURE(now.first_error(), before.first_error());
  REQUIRE(now.problems.errors() + before.problems.errors() == 0);
  Complaint complaint;
  Block block;
  for (const std::string& text : request.least)
    block.limits.push_back(parse_limit(text, Bound::at_least, complaint).value());
  for (const std::string& text : request.most)
    block.limits.push_back(parse_limit(text, Bound::at_most, complaint).value());
  for (const std::string& text : request.drops) block.drops.push_back(parse_drop(text, complaint).value());
  std::string text;
  for (const Finding& finding : check(now.catalog, request.before.empty() ? nullptr : &before.catalog,
                                      std::span(&block, 1), {request.allow_missing})) {
    if (!text.empty()) text += ", ";
    if (finding.row)
      text += std::string(now.catalog.name(*finding.row)) + " ";
    else if (finding.baseline_row)
      text += std::string(before.catalog.name(*finding.baseline_row)) + " ";
    text += word_for(finding.standing);
  }
  return text;
}

std::string drop_verdict(std::string_view before, std::string_view now, std::string drop) {
  const std::string old_text = fmt::format(R"([{{"name": "m", {}}}])", before);
  const std::string new_text = fmt::format(R"([{{"name": "m", {}}}])", now);
  return verdicts({.now = new_text, .before = old_text, .drops = {std::move(drop)}});
}

}  // namespace

TEST_CASE("every model must hold every limit, inclusively; a value that is not known does not") {
  constexpr std::string_view models =
      R"([{"name": "a", "accuracy": 75, "energy": 2}, {"name": "b", "accuracy": 74.9}])";
  CHECK(verdicts({.now = models, .least = {"accuracy=75"}}) == "a holds, b short");
  CHECK(verdicts({.now = models, .most = {"energy=2"}}) == "a holds, b short");
  CHECK(verdicts({.now = models, .least = {"accuracy_per_joule=37.5"}}) == "a holds, b short");
  CHECK(verdicts({.now = models, .most = {"latency=5ms"}}) == "cannot, a short, b short");
}

TEST_CASE("a drop is a change for the worse, in the measure's own direction") {
  CHECK(drop_verdict(R"("energy": 2)", R"("energy": 2.2)", "energy=5%") == "m short");
  CHECK(drop_verdict(R"("energy": 2)", R"("energy": 1)", "energy=5%") == "m holds");
  CHECK(drop_verdict(R"("accuracy": 80)", R"("accuracy": 75)", "accuracy=5%") == "m short");
  CHECK(drop_verdict(R"("accuracy": 80)", R"("accuracy": 99)", "accuracy=5%") == "m holds");
  CHECK(drop_verdict(R"("accuracy": 80, "energy": 2)", R"("accuracy": 80, "energy": 3)", "5%") == "m short");
}

TEST_CASE("exactly as much as is allowed passes, in spite of binary fractions") {
  for (int value = 1; value <= 1000; ++value)
    for (const int per_cent : {1, 3, 5, 7, 10, 15}) {
      const std::string before = fmt::format("\"energy\": {}.{}", value / 10, value % 10);
      const std::string exact = fmt::format("\"energy\": {}e-3", value * (100 + per_cent));
      const std::string over = fmt::format("\"energy\": {}.0001e-3", value * (100 + per_cent));
      REQUIRE(drop_verdict(before, exact, fmt::format("energy={}%", per_cent)) == "m holds");
      REQUIRE(drop_verdict(before, over, fmt::format("energy={}%", per_cent)) == "m short");
    }
  CHECK(drop_verdict(R"("accuracy": 76.1)", R"("accuracy": 75.6)", "accuracy=0.5") == "m holds");
  CHECK(drop_verdict(R"("accuracy": 76.1)", R"("accuracy": 75.59)", "accuracy=0.5") == "m short");
}

TEST_CASE("what vanished falls short, what is new is said to be, and nothing in common cannot be judged") {
  constexpr std::string_view two =
      R"([{"name": "a", "energy": 1, "accuracy": 50}, {"name": "b", "energy": 1, "accuracy": 50}])";
  constexpr std::string_view one = R"([{"name": "a", "energy": 1, "accuracy": 50}])";
  CHECK(verdicts({.now = one, .before = two, .drops = {"5%"}}) == "a holds, b short");
  CHECK(verdicts({.now = one, .before = two, .drops = {"5%"}, .allow_missing = true}) == "a holds, b permitted");
  CHECK(verdicts({.now = two, .before = one, .drops = {"5%"}}) == "a holds, b new");
  CHECK(verdicts({.now = R"([{"name": "c", "energy": 1}])", .before = two, .drops = {"5%"}, .allow_missing = true}) ==
        "cannot");
  CHECK(verdicts({.now = R"([{"name": "a", "task": "t", "energy": 1}])", .before = one, .drops = {"5%"}}) == "cannot");
  CHECK(drop_verdict(R"("energy": 1, "accuracy": 50)", R"("accuracy": 50)", "5%") == "m short");
  CHECK(drop_verdict(R"("year": 1)", R"("energy": 1)", "5%") == "cannot");
  CHECK(drop_verdict(R"("energy": 1)", R"("energy": 1)", "latency=5%") == "cannot");
}

TEST_CASE("a baseline of 0 cannot be judged relatively, but absolutely") {
  CHECK(drop_verdict(R"("energy": 0)", R"("energy": 1)", "energy=5%") == "m cannot");
  CHECK(drop_verdict(R"("energy": 0)", R"("energy": 1)", "energy=1 J") == "m holds");
  CHECK(drop_verdict(R"("energy": 0)", R"("energy": 1.1)", "energy=1 J") == "m short");
}

TEST_CASE("what was measured must stay measured, counted or reported") {
  const auto verdict = [](std::string_view before, std::string_view now) {
    return drop_verdict(
        fmt::format(R"("energy": {{"value": 1, "method": "{}"}})", before),
        now.empty() ? R"("energy": 1)" : fmt::format(R"("energy": {{"value": 1, "method": "{}"}})", now), "energy=5%");
  };
  CHECK(verdict("measured", "measured") == "m holds");
  CHECK(verdict("measured", "counted") == "m holds");
  CHECK(verdict("measured", "estimated") == "m short");
  CHECK(verdict("counted", "assumed") == "m short");
  CHECK(verdict("measured", "") == "m short");
  CHECK(verdict("estimated", "assumed") == "m holds");
  CHECK(verdict("estimated", "measured") == "m holds");
}

TEST_CASE("a change within both errors together is indeterminate, by the root of the sum of squares") {
  // Errors of 0.3 and 0.4 together are 0.5.
  CHECK(drop_verdict(R"("energy": {"value": 10, "error": 0.3})", R"("energy": {"value": 10.5, "error": 0.4})",
                     "energy=1%") == "m unsure");
  CHECK(drop_verdict(R"("energy": {"value": 10, "error": 0.3})", R"("energy": {"value": 10.51, "error": 0.4})",
                     "energy=1%") == "m short");
  CHECK(drop_verdict(R"("energy": {"value": 10, "error": 9})", R"("energy": 10.5)", "energy=1%") == "m short");
  CHECK(drop_verdict(R"("energy": {"value": 10, "error": 0.3})", R"("energy": {"value": 10.05, "error": 0.4})",
                     "energy=1%") == "m holds");
}

TEST_CASE("amounts that are none are refused") {
  for (const std::string_view text :
       {"", "5", "5x", "-5%", "nan%", "1e999%", "accuracy=", "acuracy=5%", "energy=5 kg", "=5%", "5%%x", "energy=-1"}) {
    CAPTURE(text);
    Complaint complaint;
    CHECK_FALSE(parse_drop(text, complaint));
    CHECK_FALSE(complaint.message.empty());
  }
  Complaint complaint;
  CHECK(parse_drop("0", complaint)->amount == 0);
  CHECK(parse_drop("latency=2ms", complaint)->amount == 0.002);
  CHECK(parse_drop("5 %", complaint)->amount == 0.05);
}

TEST_CASE("property: loosening a drop never turns a pass into a failure, and the order of models says nothing") {
  std::mt19937 random(11);
  for (int repeat = 0; repeat < 200; ++repeat) {
    std::vector<std::string> old_models;
    std::vector<std::string> new_models;
    for (int index = 0; index < 8; ++index) {
      old_models.push_back(
          fmt::format(R"({{"name": "m{}", "energy": {}, "accuracy": 50}})", index, random() % 20 + 10));
      new_models.push_back(
          fmt::format(R"({{"name": "m{}", "energy": {}, "accuracy": 50}})", index, random() % 20 + 10));
    }
    const auto text = [](const std::vector<std::string>& models) {
      return fmt::format("[{}]", fmt::join(models, ","));
    };
    const std::string before = text(old_models);
    const std::string now = text(new_models);
    std::ptrdiff_t last = 100;
    for (const int per_cent : {0, 5, 10, 20, 50, 90, 200}) {
      const std::string found =
          verdicts({.now = now, .before = before, .drops = {fmt::format("energy={}%", per_cent)}});
      std::ptrdiff_t failures = 0;
      for (std::size_t at = found.find("short"); at != std::string::npos; at = found.find("short", at + 1)) ++failures;
      CHECK(failures <= last);
      last = failures;
    }
    std::shuffle(new_models.begin(), new_models.end(), random);
    CHECK(verdicts({.now = now, .before = before, .drops = {"5%"}}) ==
          verdicts({.now = text(new_models), .before = before, .drops = {"5%"}}));
  }
}
