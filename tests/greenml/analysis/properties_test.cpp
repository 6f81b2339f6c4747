// What must hold for any catalog: laws that random catalogs are held to. The seeds are fixed, so that a failure can be
// seen again.
#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <random>
#include <set>

#include "catch.hpp"
#include "greenml/frontier.hpp"
#include "greenml/ranking.hpp"
#include "greenml/read_text.hpp"
#include "greenml/selection.hpp"

using namespace greenml;

namespace {

constexpr unsigned catalogs = 40;
constexpr auto costs = std::to_array<std::string_view>({"flops", "params", "size", "latency", "energy", "co2"});

/// A model as it is written; a value of 0 is not.
struct Written {
  std::string name;
  std::map<std::string, double> values;
};

double below(unsigned end, std::mt19937& random) { return static_cast<double>(random() % end); }

/// Few different values, so that there are ties, and some that are not known.
std::vector<Written> random_models(std::mt19937& random, std::size_t count) {
  std::vector<Written> models;
  for (std::size_t index = 0; index < count; ++index) {
    Written model{fmt::format("m{}", index), {}};
    if (random() % 8 != 0) model.values["accuracy_percent"] = 40 + 0.5 * below(60, random);
    for (const std::string_view cost : costs)
      if (random() % 6 != 0) model.values[std::string(cost)] = 1 + below(12, random);
    models.push_back(std::move(model));
  }
  return models;
}

std::string json_of(const std::vector<Written>& models) {
  std::string json;
  for (const Written& model : models) {
    json += fmt::format("{}{{\"name\": \"{}\"", json.empty() ? "[" : ",\n", model.name);
    for (const auto& [key, value] : model.values) json += fmt::format(", \"{}\": {}", key, value);
    json += "}";
  }
  return json + "]";
}

Catalog catalog_of(const std::vector<Written>& models) {
  test::ReadResult read = test::read_text(json_of(models));
  CAPTURE(read.first_error());
  REQUIRE(read.problems.errors() == 0);
  return std::move(read.catalog);
}

/// "1 m3, 2 m0, ... - m5": ranks and names, a dash for what is not ranked.
std::string order_of(const Catalog& catalog, const Measure& by) {
  const Ranking ranking = rank(catalog, test::all_rows(catalog), by);
  std::string text;
  for (const Ranked& one : ranking.ranked) text += fmt::format("{} {}, ", one.rank, catalog.name(one.row));
  for (const std::size_t row : ranking.unranked) text += fmt::format("- {}, ", catalog.name(row));
  return text;
}

/// The rank of each model that has one, by name.
std::map<std::string, std::size_t> ranks_of(const std::vector<Written>& models, const Measure& by) {
  const Catalog catalog = catalog_of(models);
  std::map<std::string, std::size_t> ranks;
  for (const Ranked& one : rank(catalog, test::all_rows(catalog), by).ranked)
    ranks[std::string(catalog.name(one.row))] = one.rank;
  return ranks;
}

std::set<std::string> set_of_names(const Catalog& catalog, const std::vector<std::size_t>& rows) {
  std::set<std::string> names;
  for (const std::size_t row : rows) names.emplace(catalog.name(row));
  return names;
}

}  // namespace

TEST_CASE("property: the order of the models in a file decides nothing") {
  for (unsigned seed = 0; seed < catalogs; ++seed) {
    std::mt19937 random(seed);
    std::vector<Written> models = random_models(random, 30);
    const Catalog first = catalog_of(models);
    std::shuffle(models.begin(), models.end(), random);
    const Catalog second = catalog_of(models);
    for (const std::string_view name : measure_names()) {
      const Measure by = find_measure(name)->measure;
      CAPTURE(seed, name);
      CHECK(order_of(first, by) == order_of(second, by));
    }
    const Objectives weighed = {field_id("accuracy"), {field_id("flops"), field_id("energy")}};
    CHECK(set_of_names(first, find_frontier(first, test::all_rows(first), weighed).on) ==
          set_of_names(second, find_frontier(second, test::all_rows(second), weighed).on));
  }
}

TEST_CASE("property: a cost in a coarser unit orders the same, alone and under accuracy") {
  for (unsigned seed = 0; seed < catalogs; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Written> models = random_models(random, 30);
    for (const std::string_view cost : costs) {
      std::vector<Written> scaled = models;
      for (Written& model : scaled)
        if (const auto value = model.values.find(std::string(cost)); value != model.values.end()) value->second *= 4096;
      const Catalog before = catalog_of(models);
      const Catalog after = catalog_of(scaled);
      for (const Metric& metric : metrics) {
        CAPTURE(seed, cost, metric.name);
        if (metric.is_ratio()) CHECK(order_of(before, metric) == order_of(after, metric));
      }
      CHECK(order_of(before, find_measure(cost)->measure) == order_of(after, find_measure(cost)->measure));
    }
  }
}

TEST_CASE("property: a model that becomes more accurate never falls, and nobody else rises above it") {
  for (unsigned seed = 0; seed < catalogs; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Written> models = random_models(random, 25);
    std::vector<Written> better = models;
    Written& chosen = better[random() % better.size()];
    const auto accuracy = chosen.values.find("accuracy_percent");
    if (accuracy == chosen.values.end()) continue;
    accuracy->second += 1 + below(20, random);
    for (const Metric& metric : metrics) {
      const std::map<std::string, std::size_t> before = ranks_of(models, metric);
      const std::map<std::string, std::size_t> after = ranks_of(better, metric);
      CAPTURE(seed, metric.name, chosen.name);
      REQUIRE(before.size() == after.size());
      if (before.contains(chosen.name)) CHECK(after.at(chosen.name) <= before.at(chosen.name));
      for (const auto& [name, rank] : before)
        if (name != chosen.name) CHECK(after.at(name) >= rank);
    }
  }
}

TEST_CASE("property: a model that costs less never falls") {
  for (unsigned seed = 0; seed < catalogs; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Written> models = random_models(random, 25);
    std::vector<Written> better = models;
    Written& chosen = better[random() % better.size()];
    for (auto& [key, value] : chosen.values)
      if (key != "accuracy_percent" && key != "params") value *= 0.5;
    for (const std::string_view name : measure_names()) {
      const Measure by = find_measure(name)->measure;
      const std::map<std::string, std::size_t> before = ranks_of(models, by);
      const std::map<std::string, std::size_t> after = ranks_of(better, by);
      CAPTURE(seed, name, chosen.name);
      if (before.contains(chosen.name)) CHECK(after.at(chosen.name) <= before.at(chosen.name));
    }
  }
}

TEST_CASE("property: what every one of two limits admits, both together admit, and a tighter limit admits no more") {
  for (unsigned seed = 0; seed < catalogs; ++seed) {
    std::mt19937 random(seed);
    const Catalog catalog = catalog_of(random_models(random, 30));
    Complaint complaint;
    const auto limit = [&](const std::string& text, Bound bound) {
      return parse_limit(text, bound, complaint).value();
    };
    const auto selected = [&](std::vector<Limit> limits) {
      return set_of_names(catalog, select(catalog, {std::move(limits), {}}).rows);
    };
    const Limit accurate = limit(fmt::format("accuracy={}%", 40 + random() % 30), Bound::at_least);
    const Limit cheap = limit(fmt::format("energy={}J", 1 + random() % 12), Bound::at_most);
    const Limit cheaper = limit(fmt::format("energy={}mJ", cheap.value * 500), Bound::at_most);
    const std::set<std::string> first = selected({accurate});
    const std::set<std::string> second = selected({cheap});
    std::set<std::string> both;
    std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::inserter(both, both.end()));
    CAPTURE(seed);
    CHECK(selected({accurate, cheap}) == both);
    const std::set<std::string> fewer = selected({cheaper});
    CHECK(std::includes(second.begin(), second.end(), fewer.begin(), fewer.end()));
    const Limit more_accurate = limit(fmt::format("accuracy={}%", accurate.value + 3), Bound::at_least);
    const std::set<std::string> few = selected({more_accurate});
    CHECK(std::includes(first.begin(), first.end(), few.begin(), few.end()));
  }
}

TEST_CASE("property: all digits of any number read back as the same number") {
  std::mt19937_64 random(11);
  for (int repeat = 0; repeat < 100000; ++repeat) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const Parsed<double> again = parse_number(round_trip(value));
    CAPTURE(value, round_trip(value));
    REQUIRE(again);
    REQUIRE(*again == value);
  }
}
