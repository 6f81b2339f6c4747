#include "greenml/frontier.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;

namespace {

constexpr FieldId accuracy = field_id("accuracy");
const std::vector<FieldId> all_costs = {field_id("energy"), field_id("co2"), field_id("training_energy"),
                                        field_id("training_co2")};

using Rows = std::vector<std::size_t>;

Rows sorted(Rows rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// Small numbers, so that ties are many; some of them missing.
std::string random_model(std::mt19937& random, std::size_t index, unsigned most) {
  std::string json = fmt::format("{{\"name\": \"m{}\"", index);
  if (random() % 15 != 0) json += fmt::format(", \"accuracy_percent\": {}", random() % most + 1);
  for (const FieldId cost : all_costs)
    if (random() % 15 != 0) json += fmt::format(", \"{}\": {}", row_of(cost).name, random() % most);
  return json + "}";
}

std::string random_catalog(std::mt19937& random, std::size_t size, unsigned most) {
  std::string json = "[";
  for (std::size_t index = 0; index < size; ++index)
    json += (index == 0 ? "" : ",") + random_model(random, index, most);
  return json + "]";
}

bool known(const Catalog& catalog, std::size_t row, const std::vector<FieldId>& costs) {
  return catalog[row].value(accuracy) &&
         std::all_of(costs.begin(), costs.end(), [&](FieldId cost) { return catalog[row].value(cost).has_value(); });
}

/// The definition, word by word.
bool beats(const Catalog& catalog, std::size_t left, std::size_t right, const std::vector<FieldId>& costs) {
  bool better = catalog.value(accuracy, left) > catalog.value(accuracy, right);
  if (catalog.value(accuracy, left) < catalog.value(accuracy, right)) return false;
  for (const FieldId cost : costs) {
    if (catalog.value(cost, left) > catalog.value(cost, right)) return false;
    better = better || catalog.value(cost, left) < catalog.value(cost, right);
  }
  return better;
}

Rows frontier_by_definition(const Catalog& catalog, const std::vector<FieldId>& costs) {
  Rows on;
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    if (!known(catalog, row, costs)) continue;
    bool beaten = false;
    for (std::size_t other = 0; other < catalog.size() && !beaten; ++other)
      beaten = known(catalog, other, costs) && beats(catalog, other, row, costs);
    if (!beaten) on.push_back(row);
  }
  return on;
}

/// Of those on the frontier that beat a model the first of the best quality.
std::size_t beater_by_definition(const Catalog& catalog, const Frontier& frontier, std::size_t row,
                                 const std::vector<FieldId>& costs) {
  std::optional<std::size_t> best;
  for (const std::size_t other : frontier.on)
    if (beats(catalog, other, row, costs) && (!best || catalog.value(accuracy, other) > catalog.value(accuracy, *best)))
      best = other;
  return best.value();
}

/// A model is on the hull if no line between two others of the frontier passes above it.
Rows hull_by_definition(const Catalog& catalog, const Rows& on, FieldId cost) {
  Rows hull;
  for (const std::size_t row : on) {
    bool below = false;
    for (const std::size_t left : on)
      for (const std::size_t right : on) {
        const double x = catalog.value(cost, row);
        const double from = catalog.value(cost, left);
        const double to = catalog.value(cost, right);
        if (!(from < x && x < to)) continue;
        const double line = catalog.value(accuracy, left) +
                            (catalog.value(accuracy, right) - catalog.value(accuracy, left)) * (x - from) / (to - from);
        below = below || catalog.value(accuracy, row) < line - 1e-9;
      }
    if (!below) hull.push_back(row);
  }
  return hull;
}

std::string names_of(const Catalog& catalog, const Rows& rows) {
  std::string names;
  for (const std::size_t row : rows) names += std::string(catalog.name(row)) + " ";
  return names;
}

}  // namespace

TEST_CASE(
    "property: frontier and hull are what their definitions say, with ties, missing values and up to four costs") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const test::ReadResult read = test::read_text(random_catalog(random, 5 + seed % 40, 3 + seed % 12));
    REQUIRE(read.first_error().empty());
    for (std::size_t count = 1; count <= all_costs.size(); ++count) {
      const std::vector<FieldId> costs(all_costs.begin(), all_costs.begin() + static_cast<std::ptrdiff_t>(count));
      const Frontier frontier = find_frontier(read.catalog, test::all_rows(read.catalog), {accuracy, costs});
      CAPTURE(seed, count);
      CHECK(sorted(frontier.on) == frontier_by_definition(read.catalog, costs));
      CHECK(frontier.on.size() + frontier.beaten.size() + frontier.not_comparable.size() == read.catalog.size());
      const Rows all = test::all_rows(read.catalog);
      const Rows beaters = beaters_of(read.catalog, frontier);
      for (std::size_t index = 0; index < frontier.beaten.size(); ++index) {
        const std::size_t row = frontier.beaten[index];
        CHECK(beaters[index] == beater_by_definition(read.catalog, frontier, row, costs));
        CHECK(beaten_by(read.catalog, all, frontier.objectives, row) == beaters[index]);
      }
      for (const std::size_t row : frontier.on) CHECK_FALSE(beaten_by(read.catalog, all, frontier.objectives, row));
      if (count > 1) continue;

      const Rows hull = hull_of(read.catalog, frontier.on, accuracy, costs[0]);
      CHECK(sorted(hull) == sorted(hull_by_definition(read.catalog, frontier.on, costs[0])));
      double last = 0;
      for (const Step& step : steps_between(read.catalog, hull, accuracy, costs[0])) {
        if (!step.price) continue;
        CHECK(*step.price >= last - 1e-9);
        last = *step.price;
      }
    }
  }
}

TEST_CASE("property: the frontier of many models and one cost is what its definition says") {
  for (unsigned seed = 0; seed < 6; ++seed) {
    std::mt19937 random(seed);
    // From costs that are all different to few that come again and again.
    const unsigned most = seed % 3 == 0 ? 2'000'000'000 : seed % 3 == 1 ? 3'000 : 20;
    std::string json = "[";
    for (std::size_t index = 0; index < 9'500; ++index) {
      const auto cost = static_cast<double>(random() % most);
      // The more it costs, the better it mostly is, so that the frontier is long.
      const double quality = 90.0 * cost / most + static_cast<double>(random() % 1000) / 100;
      json += fmt::format("{}{{\"name\": \"m{}\"", index == 0 ? "" : ",", index);
      if (random() % 50 != 0) json += fmt::format(", \"accuracy_percent\": {}", quality);
      if (random() % 50 != 0) json += fmt::format(", \"{}\": {}", row_of(all_costs[0]).name, cost);
      json += "}";
    }
    const test::ReadResult read = test::read_text(json + "]");
    REQUIRE(read.first_error().empty());
    CAPTURE(seed);
    const std::vector<FieldId> costs = {all_costs[0]};
    CHECK(rows_on_frontier(read.catalog, test::all_rows(read.catalog), {accuracy, costs}) ==
          frontier_by_definition(read.catalog, costs));
  }
}

TEST_CASE("property: adding a beaten model never changes the frontier, and neither does scaling a cost") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    const std::string json = random_catalog(random, 20, 10);
    const test::ReadResult read = test::read_text(json);
    for (const std::vector<FieldId>& costs :
         {std::vector{all_costs[0]}, std::vector{all_costs[0], all_costs[1]}, all_costs}) {
      const Frontier frontier = find_frontier(read.catalog, test::all_rows(read.catalog), {accuracy, costs});
      if (frontier.on.empty()) continue;
      const std::size_t row = frontier.on.front();
      std::string worse =
          fmt::format(R"(, {{"name": "worse", "accuracy_percent": {})", read.catalog.value(accuracy, row) / 2);
      for (const FieldId cost : all_costs)
        if (read.catalog[row].value(cost))
          worse += fmt::format(R"(, "{}": {})", row_of(cost).name, read.catalog.value(cost, row) + 1);
      const test::ReadResult more = test::read_text(json.substr(0, json.size() - 1) + worse + "}]");
      REQUIRE(more.first_error().empty());
      CHECK(names_of(more.catalog, find_frontier(more.catalog, test::all_rows(more.catalog), {accuracy, costs}).on) ==
            names_of(read.catalog, frontier.on));

      std::string scaled = json;
      for (std::size_t at = scaled.find("\"energy\": "); at != std::string::npos;
           at = scaled.find("\"energy\": ", at + 1))
        scaled.replace(at, 10, "\"energy_kj\": ");
      const test::ReadResult kilo = test::read_text(scaled);
      REQUIRE(kilo.first_error().empty());
      CHECK(names_of(kilo.catalog, find_frontier(kilo.catalog, test::all_rows(kilo.catalog), {accuracy, costs}).on) ==
            names_of(read.catalog, frontier.on));
    }
  }
}

TEST_CASE("steps and prices, by hand") {
  const test::ReadResult read = test::read_text(R"([
    {"name": "a", "accuracy": 60, "energy": 1}, {"name": "b", "accuracy": 70, "energy": 3}, {"name": "c", "accuracy": 72, "energy": 13},
    {"name": "twin of b", "accuracy": 70, "energy": 3}, {"name": "d", "accuracy": 80, "energy": 23}, {"name": "beaten", "accuracy": 69, "energy": 4}])");
  const Frontier frontier = find_frontier(read.catalog, test::all_rows(read.catalog), {accuracy, {field_id("energy")}});
  CHECK(names_of(read.catalog, frontier.on) == "a b twin of b c d ");
  const std::vector<Step> steps = steps_between(read.catalog, frontier.on, accuracy, field_id("energy"));
  CHECK(steps[0].gained == 10);
  CHECK(steps[0].cost == 2);
  CHECK(*steps[0].price == 0.2);
  CHECK_FALSE(steps[1].price);
  CHECK(*steps[2].price == 5);
  CHECK(*steps[3].price == 1.25);
  // From b to d a point costs 20 / 10 = 2 J; c, at 5 J a point, lies below that line.
  CHECK(names_of(read.catalog, hull_of(read.catalog, frontier.on, accuracy, field_id("energy"))) == "a b twin of b d ");
  CHECK(read.catalog.name(*beaten_by(read.catalog, test::all_rows(read.catalog), frontier.objectives, 5)) == "b");
}

TEST_CASE("on the 1,556 models of timm 37 are on the frontier of FLOPs, and 16 on its hull") {
  const test::ReadResult read = test::read_text(test::read_file(GREENML_DATA "/timm.json"));
  const Frontier frontier = find_frontier(read.catalog, test::all_rows(read.catalog), {accuracy, {field_id("flops")}});
  CHECK(frontier.on.size() == 37);
  CHECK(hull_of(read.catalog, frontier.on, accuracy, field_id("flops")).size() == 16);
}

TEST_CASE("the frontier of a hundred thousand models with three costs is that of the frontiers of its halves") {
  std::string json = "[";
  std::mt19937 random(1);
  for (int index = 0; index < 100000; ++index)
    json +=
        fmt::format("{}{{\"name\":\"m{}\",\"accuracy_percent\":{},\"energy\":{},\"co2\":{},\"training_energy\":{}}}",
                    index == 0 ? "" : ",", index, static_cast<double>(random() % 10000) / 100, random() % 100000,
                    random() % 100000, random() % 100000);
  const test::ReadResult read = test::read_text(json + "]");
  const std::vector<std::size_t> rows = test::all_rows(read.catalog);
  const auto frontier_of = [&](std::span<const std::size_t> some) {
    return rows_on_frontier(read.catalog, some, {accuracy, {all_costs[0], all_costs[1], all_costs[2]}});
  };
  const std::span<const std::size_t> all(rows);
  std::vector<std::size_t> of_halves = frontier_of(all.first(rows.size() / 2));
  const std::vector<std::size_t> of_second = frontier_of(all.subspan(rows.size() / 2));
  of_halves.insert(of_halves.end(), of_second.begin(), of_second.end());
  const std::vector<std::size_t> on = frontier_of(all);
  CHECK(on.size() > 100);
  CHECK(frontier_of(of_halves) == on);
}

TEST_CASE("the frontier of two measures is what no other beats, each in its own direction") {
  const std::vector<Measure> measures = {accuracy, field_id("energy"), field_id("co2"),
                                         *find_metric("accuracy_per_joule"), *find_metric("accuracy_per_gco2")};
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    const Catalog catalog = test::read_text(random_catalog(random, 1 + random() % 40, 8)).catalog;
    for (const Measure& first : measures)
      for (const Measure& second : measures) {
        if (first == second) continue;
        const auto turned = [&](const Measure& measure, std::size_t row) {
          const std::optional<double> value = measure.value(catalog[row]);
          return !value ? value : std::optional(measure.better() == Better::higher ? *value : -*value);
        };
        Rows expected;
        for (const std::size_t row : test::all_rows(catalog)) {
          if (!turned(first, row) || !turned(second, row)) continue;
          const Rows rows = test::all_rows(catalog);
          const bool beaten = std::any_of(rows.begin(), rows.end(), [&](std::size_t other) {
            return turned(first, other) && turned(second, other) && *turned(first, other) >= *turned(first, row) &&
                   *turned(second, other) >= *turned(second, row) &&
                   (*turned(first, other) > *turned(first, row) || *turned(second, other) > *turned(second, row));
          });
          if (!beaten) expected.push_back(row);
        }
        const Rows on = frontier_of(catalog, test::all_rows(catalog), first, second);
        CHECK(sorted(on) == expected);
        for (std::size_t index = 1; index < on.size(); ++index)
          CHECK(*turned(first, on[index]) <= *turned(first, on[index - 1]));
      }
  }
}
