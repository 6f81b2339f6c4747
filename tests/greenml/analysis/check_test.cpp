#include "greenml/check.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <random>

#include "catch.hpp"
#include "greenml/read_text.hpp"
#include "greenml/sampled.hpp"

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
  constexpr auto words =
      std::to_array<std::string_view>({"cannot", "short", "unsure", "permitted", "new", "remark", "holds"});
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
  for (const std::string& text : request.drops) block.drops.push_back(*parse_drop(text));
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
  CHECK(drop_verdict(R"("accuracy": 80, "energy": 2)", R"("accuracy": 80, "energy": 3)", "5%") == "m holds, m short");
}

TEST_CASE("exactly as much as is allowed passes, in spite of binary fractions") {
  for (int value = 1; value <= 1000; value += test::stride)
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
  CHECK(verdicts({.now = one, .before = two, .drops = {"5%"}}) == "a holds, a holds, b short");
  CHECK(verdicts({.now = one, .before = two, .drops = {"5%"}, .allow_missing = true}) ==
        "a holds, a holds, b permitted");
  CHECK(verdicts({.now = two, .before = one, .drops = {"5%"}}) == "a holds, a holds, b new");
  CHECK(verdicts({.now = R"([{"name": "c", "energy": 1}])", .before = two, .drops = {"5%"}, .allow_missing = true}) ==
        "cannot");
  CHECK(verdicts({.now = R"([{"name": "a", "task": "t", "energy": 1}])", .before = one, .drops = {"5%"}}) == "cannot");
  CHECK(drop_verdict(R"("energy": 1, "accuracy": 50)", R"("accuracy": 50)", "5%") == "m holds, m short");
  CHECK(drop_verdict(R"("year": 1)", R"("energy": 1)", "5%") == "cannot");
  CHECK(drop_verdict(R"("energy": 1)", R"("energy": 1)", "latency=5%") == "cannot");
}

TEST_CASE("no more than 0 is a percentage of 0: a cost that was 0 must stay so, but for an absolute amount") {
  CHECK(drop_verdict(R"("energy": 0)", R"("energy": 1)", "energy=5%") == "m short");
  CHECK(drop_verdict(R"("energy": 0)", R"("energy": 0)", "energy=5%") == "m holds");
  CHECK(drop_verdict(R"("accuracy": 50, "energy": 0)", R"("accuracy": 50, "energy": 5000)", "5%") ==
        "m holds, m short");
  CHECK(drop_verdict(R"("accuracy": 50, "energy": 0)", R"("accuracy": 50, "energy": 0)", "5%") == "m holds, m holds");
  CHECK(drop_verdict(R"("accuracy": 50, "energy": 5)", R"("accuracy": 50, "energy": 0)", "5%") == "m holds, m holds");
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
  CHECK(drop_verdict(R"("energy": {"value": 10, "error": 0.6})", R"("energy": 10.5)", "energy=1%") == "m unsure");
  CHECK(drop_verdict(R"("energy": 10)", R"("energy": {"value": 10.5, "error": 0.4})", "energy=1%") == "m short");
  // An error as large as its value says that the value says nothing.
  CHECK(drop_verdict(R"("energy": {"value": 10, "error": 10})", R"("energy": 10.5)", "energy=1%") == "m cannot");
  CHECK(drop_verdict(R"("energy": 10)", R"("energy": {"value": 9, "error": 9})", "energy=1%") == "m cannot");
  // Of a ratio the error follows from its inputs': 80 / 2 +- 80 / 2^2 x 0.1 is 40 +- 2.
  CHECK(drop_verdict(R"("accuracy": 80, "energy": {"value": 2, "error": 0.1})", R"("accuracy": 80, "energy": 2.1)",
                     "accuracy_per_joule=1%") == "m unsure");
  CHECK(drop_verdict(R"("accuracy": 80, "energy": {"value": 2, "error": 0.09})", R"("accuracy": 80, "energy": 2.1)",
                     "accuracy_per_joule=1%") == "m short");
  CHECK(drop_verdict(R"("energy": {"value": 10, "error": 0.3})", R"("energy": {"value": 10.05, "error": 0.4})",
                     "energy=1%") == "m holds");
}

TEST_CASE("an amount without a name covers, for each model by itself, qualities, ratios, and costs that are in none") {
  CHECK(drop_verdict(R"("accuracy": 81, "flops": 4e9)", R"("accuracy": 2, "flops": 1e6)", "5%") == "m short, m holds");
  CHECK(drop_verdict(R"("energy": 1)", R"("energy": 1000)", "5%") == "m short");
  CHECK(drop_verdict(R"("accuracy": 80)", R"("accuracy": 50)", "5%") == "m short");
  CHECK(drop_verdict(R"("accuracy": 80, "training_power": 1)", R"("accuracy": 80, "training_power": 2)", "5%") ==
        "m holds, m short");
  CHECK(drop_verdict(R"("error_rate": 5, "throughput": 100)", R"("error_rate": 5, "throughput": 90)", "5%") ==
        "m holds, m short");
  CHECK(drop_verdict(R"("loss": 2, "score": -3)", R"("loss": 3, "score": -9)", "5%") == "m short, m short");
  // Each model by itself: what another one has makes no difference.
  constexpr std::string_view before =
      R"([{"name": "a", "accuracy": 80, "flops": 1e9}, {"name": "b", "energy": 1}, {"name": "c", "latency": 1}])";
  constexpr std::string_view now =
      R"([{"name": "a", "accuracy": 80, "flops": 1e9}, {"name": "b", "energy": 9}, {"name": "c", "latency": 9}])";
  CHECK(verdicts({.now = now, .before = before, .drops = {"5%"}}) == "a holds, a holds, b short, c short");
  // A composite score is covered by its name alone.
  constexpr std::string_view big = R"("accuracy": 10, "flops": 1e21, "params": 100e9)";
  CHECK(drop_verdict(big, big, "netscore=5%") == "m holds");
  CHECK(drop_verdict(big, R"("accuracy": 9, "flops": 1e21, "params": 100e9)", "netscore=1%") == "m short");
  CHECK(drop_verdict(big, big, "5%") == "m holds, m holds, m holds");
}

TEST_CASE("figures that cannot be compared are not judged") {
  CHECK(drop_verdict(R"("accuracy": 76, "quality_metric": "top-1")", R"("accuracy": 93, "quality_metric": "top-5")",
                     "5%") == "m cannot");
  CHECK(drop_verdict(R"("accuracy": 76, "accuracy_metric": "top-1")", R"("accuracy": 76, "quality_metric": "top-1")",
                     "5%") == "m holds");
  CHECK(drop_verdict(R"("latency": 2, "hardware": "A100", "hardware_count": 1)",
                     R"("latency": 1, "hardware": "A100", "hardware_count": 64)", "5%") == "m cannot");
  CHECK(drop_verdict(R"("energy": 2, "functional_unit": "image")", R"("energy": 1, "functional_unit": "batch")",
                     "5%") == "m cannot");
  CHECK(drop_verdict(R"("co2": 2, "grid": "FRA")", R"("co2": 1, "grid": "USA")", "5%") == "m cannot");
  CHECK(drop_verdict(R"("energy": 2, "grid": "FRA")", R"("energy": 2, "grid": "USA")", "5%") == "m holds");
  CHECK(verdicts({.now = R"([{"name": "m", "accuracy": 93, "quality_metric": "top-5"}])",
                  .before = R"([{"name": "m", "accuracy": 76, "quality_metric": "top-1"}])",
                  .drops = {"5%"},
                  .allow_missing = true}) == "m cannot");
}

TEST_CASE("a model that changes the label it is selected by is compared all the same") {
  const auto run = [](std::string_view now, std::string_view before) {
    const test::ReadResult after = test::read_text(now);
    const test::ReadResult earlier = test::read_text(before);
    Block block;
    Complaint complaint;
    block.matches.push_back(parse_label_match("stage=live", complaint).value());
    block.drops.push_back(*parse_drop("5%"));
    std::string text;
    for (const Finding& one : check(after.catalog, &earlier.catalog, std::span(&block, 1), {}))
      text += word_for(one.standing) + " ";
    return text;
  };
  constexpr std::string_view live = R"([{"name": "m", "accuracy": 50, "stage": "live"}])";
  constexpr std::string_view dev = R"([{"name": "m", "accuracy": 80, "stage": "dev"}])";
  CHECK(run(live, dev) == "short ");
  CHECK(run(R"([{"name": "m", "accuracy": 50, "stage": "dev"}, {"name": "n", "accuracy": 1, "stage": "live"}])",
            R"([{"name": "m", "accuracy": 80, "stage": "live"}])") == "short new ");
}

TEST_CASE("conditions of the place are no requirement, but that they changed is said") {
  CHECK(drop_verdict(R"("accuracy": 80, "pue": 1.1)", R"("accuracy": 80, "pue": 3)", "5%") == "m holds, m remark");
  CHECK(drop_verdict(R"("accuracy": 80, "pue": 1.1)", R"("accuracy": 80, "pue": 1.1)", "5%") == "m holds");
  CHECK(drop_verdict(R"("accuracy": 80)", R"("accuracy": 80, "energy": 5)", "energy=5%") == "cannot, m remark");
}

TEST_CASE("amounts that are none are refused") {
  for (const std::string_view text :
       {"", "5", "5x", "-5%", "nan%", "1e999%", "accuracy=", "acuracy=5%", "energy=5 kg", "=5%", "5%%x", "5%%", "100%",
        "1e300%", "accuracy=100%", "energy=1e300%", "energy=-1"}) {
    CAPTURE(text);
    const Parsed<Drop> drop = parse_drop(text);
    CHECK_FALSE(drop);
    CHECK_FALSE(drop.complaint().message.empty());
  }
  CHECK(parse_drop("0")->amount == 0);
  CHECK(parse_drop("latency=2ms")->amount == 0.002);
  CHECK(parse_drop("5 %")->amount == 0.05);
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
