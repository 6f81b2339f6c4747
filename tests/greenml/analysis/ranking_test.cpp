#include "greenml/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "analysis/coarse_order.hpp"
#include "analysis/radix_order.hpp"
#include "analysis/spearman.hpp"
#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;

namespace {

/// "1a 2b 2c 4d -e": ranks and names, a dash for the unranked.
std::string order(std::string_view json, const Measure& by) {
  const test::ReadResult read = test::read_text(json);
  CAPTURE(read.first_error());
  REQUIRE(read.problems.errors() == 0);
  const Ranking ranking = rank(read.catalog, test::all_rows(read.catalog), by);
  std::string text;
  for (const Ranked& one : ranking.ranked) text += fmt::format("{}{} ", one.rank, read.catalog.name(one.row));
  for (const std::size_t row : ranking.unranked) text += fmt::format("-{} ", read.catalog.name(row));
  return text;
}

/// A catalog of models with random accuracies and costs, some of them equal and some missing.
std::string random_energies(std::mt19937& random, std::size_t size, double cost_factor = 1) {
  std::string json = "[";
  for (std::size_t index = 0; index < size; ++index) {
    json += fmt::format("{}{{\"name\": \"m{}\", \"accuracy_percent\": {}", index == 0 ? "" : ",", index,
                        random() % 20 + 40);
    if (random() % 10 != 0)
      json += fmt::format(", \"energy\": {}", static_cast<double>(random() % 10 + 1) * cost_factor);
    json += "}";
  }
  return json + "]";
}

}  // namespace

TEST_CASE("ties share a rank and go by name; what has no value comes last without one") {
  CHECK(
      order(
          R"([{"name": "d", "energy": 9}, {"name": "c", "energy": 5}, {"name": "x"}, {"name": "b", "energy": 5}, {"name": "a", "energy": 1}])",
          field_id("energy")) == "1a 2b 2c 4d -x ");
}

TEST_CASE("each field is ranked in its own direction, metrics highest first") {
  constexpr std::string_view models =
      R"([{"name": "a", "accuracy": 70, "energy": 1}, {"name": "b", "accuracy": 80, "energy": 2}])";
  CHECK(order(models, field_id("accuracy")) == "1b 2a ");
  CHECK(order(models, field_id("energy")) == "1a 2b ");
  CHECK(order(models, *find_metric("accuracy_per_joule")) == "1a 2b ");
}

TEST_CASE("a cost of 0 is counted apart from a cost that is not known") {
  const test::ReadResult read =
      test::read_text(R"([{"name": "a", "accuracy": 70, "energy": 0}, {"name": "b", "accuracy": 70}])");
  const Ranking ranking = rank(read.catalog, test::all_rows(read.catalog), *find_metric("accuracy_per_joule"));
  CHECK(ranking.unranked.size() == 2);
  CHECK(ranking.divided_by_zero == 1);
}

TEST_CASE("the values of many models are those of each") {
  std::mt19937 random(8);
  std::string json = "[";
  for (std::size_t index = 0; index < 700; ++index) {
    json += fmt::format("{}{{\"name\": \"m{}\"", index == 0 ? "" : ",", index);
    for (const std::string_view key : {"accuracy_percent", "params", "flops"})
      if (random() % 6 != 0) json += fmt::format(", \"{}\": {}", key, random() % 8 + 1);
    if (random() % 6 != 0) json += fmt::format(", \"energy\": {}", random() % 4);
    if (random() % 6 != 0) json += random() % 2 == 0 ? ", \"year\": 2019" : ", \"year\": \"2020-07-01\"";
    json += "}";
  }
  const test::ReadResult read = test::read_text(json + "]");
  REQUIRE(read.problems.errors() == 0);
  std::vector<std::size_t> rows = test::all_rows(read.catalog);
  std::shuffle(rows.begin(), rows.end(), random);
  const std::vector<Measure> measures = {field_id("energy"), *find_metric("accuracy_per_joule"),
                                         *find_metric("netscore"), Measure::of_label("year", Better::higher)};
  for (const Measure& measure : measures) {
    CAPTURE(measure.name());
    std::vector<double> values(rows.size());
    measure.values(read.catalog, rows, values);
    std::size_t known = 0;
    for (std::size_t index = 0; index < rows.size(); ++index) {
      const std::optional<double> value = measure.value(read.catalog[rows[index]]);
      REQUIRE(std::isnan(values[index]) == !value);
      if (!value) continue;
      REQUIRE(values[index] == *value);
      ++known;
    }
    CHECK(known > 100);
    CHECK(known < rows.size());
  }
}

TEST_CASE("every metric has the same values of many models as of each") {
  std::mt19937 random(13);
  Catalog catalog;
  for (std::size_t row = 0; row < 1'000; ++row) {
    catalog.add_model(fmt::format("m{}", row), row);
    for (const Metric& metric : metrics)
      for (const FieldId input : metric.inputs)
        if (random() % 8 != 0)
          catalog.set_value(input, row, random() % 8 == 0 ? 0 : std::uniform_real_distribution<double>(1, 90)(random));
  }
  const std::vector<std::size_t> rows = test::all_rows(catalog);
  for (const Metric& metric : metrics) {
    CAPTURE(metric.name);
    std::vector<double> values(rows.size());
    Measure(metric).values(catalog, rows, values);
    std::size_t known = 0;
    for (const std::size_t row : rows) {
      const Score one = score(metric, catalog[row]);
      REQUIRE(std::isnan(values[row]) == (one.lack != Lack::none));
      if (one.lack != Lack::none) continue;
      REQUIRE(values[row] == one.value);
      ++known;
    }
    CHECK(known > 100);
    CHECK(known < rows.size());
  }
}

TEST_CASE("the first models of a ranking, or the last, are those of the whole") {
  std::mt19937 random(9);
  const test::ReadResult read = test::read_text(random_energies(random, 400));
  REQUIRE(read.problems.errors() == 0);
  const std::vector<std::size_t> rows = test::all_rows(read.catalog);
  for (const Measure& by : {Measure(field_id("energy")), Measure(*find_metric("accuracy_per_joule"))}) {
    const Ranking whole = rank(read.catalog, rows, by);
    REQUIRE(whole.ranked.size() + whole.unranked.size() == rows.size());
    REQUIRE(whole.unranked.size() > 10);
    for (const std::size_t most : {0U, 1U, 2U, 37U, 200U, 390U, 1000U}) {
      const Ranking best = rank(read.catalog, rows, by, {.most = most});
      const Ranking worst = rank(read.catalog, rows, by, {.most = most, .worst_first = true});
      const std::size_t count = std::min<std::size_t>(most, whole.ranked.size());
      REQUIRE(best.ranked.size() == count);
      REQUIRE(worst.ranked.size() == count);
      for (std::size_t index = 0; index < count; ++index) {
        const Ranked& from_front = whole.ranked[index];
        const Ranked& from_back = whole.ranked[whole.ranked.size() - 1 - index];
        CHECK(best.ranked[index].row == from_front.row);
        CHECK(best.ranked[index].rank == from_front.rank);
        CHECK(best.ranked[index].value == from_front.value);
        CHECK(worst.ranked[index].row == from_back.row);
        CHECK(worst.ranked[index].rank == from_back.rank);
        CHECK(worst.ranked[index].value == from_back.value);
      }
      const std::size_t unranked = std::min<std::size_t>(most - count, whole.unranked.size());
      CHECK(best.unranked == std::vector<std::size_t>(whole.unranked.begin(),
                                                      whole.unranked.begin() + static_cast<std::ptrdiff_t>(unranked)));
    }
  }
}

namespace {

/// How the costs of many models differ.
enum class Costs {
  often_equal,
  nearly_equal,
  different,
  of_all_sizes,  ///< so that the order by a ratio is almost that of cost
};

Catalog many_models(std::mt19937& random, std::size_t size, Costs costs) {
  const auto pick = [&](double from, double to) { return std::uniform_real_distribution<double>(from, to)(random); };
  const auto cost = [&] {
    if (costs == Costs::of_all_sizes) return std::pow(10.0, pick(0, 6));
    const double any = pick(1, 1000);
    return costs == Costs::different     ? any
           : costs == Costs::often_equal ? std::round(any)
                                         : std::round(any * 1e4) / 1e4;
  };
  Catalog catalog;
  for (std::size_t row = 0; row < size; ++row) {
    catalog.add_model(fmt::format("m{:06}", random() % 2 == 0 ? row : size + row), row);
    catalog.set_value(field_id("accuracy"), row, pick(70, 80));
    if (random() % 10 != 0) catalog.set_value(field_id("energy"), row, cost());
  }
  return catalog;
}

/// Models that have a value, with it, from the best to the worst, and those of one value by name.
std::vector<std::pair<double, std::size_t>> sorted_by(const Catalog& catalog, const Measure& by) {
  std::vector<std::pair<double, std::size_t>> sorted;
  for (std::size_t row = 0; row < catalog.size(); ++row)
    if (const std::optional<double> value = by.value(catalog[row])) sorted.emplace_back(*value, row);
  const double sign = by.better() == Better::higher ? -1 : 1;
  std::sort(sorted.begin(), sorted.end(), [&](const auto& left, const auto& right) {
    if (left.first != right.first) return sign * left.first < sign * right.first;
    return catalog.name(left.second) < catalog.name(right.second);
  });
  return sorted;
}

/// `sorted` is the whole order.
void check_ranking(const Catalog& catalog, const Measure& by, std::span<const std::pair<double, std::size_t>> sorted,
                   const Extent& extent) {
  CAPTURE(by.name(), extent.most, extent.worst_first);
  const Ranking ranking = rank(catalog, test::all_rows(catalog), by, extent);
  REQUIRE(ranking.ranked_count == sorted.size());
  REQUIRE(ranking.unranked_count == catalog.size() - sorted.size());
  REQUIRE(ranking.ranked.size() == std::min(extent.most, sorted.size()));
  std::vector<std::size_t> ranks(sorted.size());
  for (std::size_t place = 0; place < sorted.size(); ++place)
    ranks[place] = place > 0 && sorted[place].first == sorted[place - 1].first ? ranks[place - 1] : place + 1;
  std::size_t wrong = 0;
  for (std::size_t index = 0; index < ranking.ranked.size(); ++index) {
    const std::size_t place = extent.worst_first ? sorted.size() - 1 - index : index;
    const Ranked& one = ranking.ranked[index];
    const bool is_right =
        one.value == sorted[place].first && one.row == sorted[place].second && one.rank == ranks[place];
    if (!is_right) ++wrong;
  }
  CHECK(wrong == 0);
}

/// Bounds of the correlation with cost, as they are before the models are in order.
std::optional<SpearmanBounds> early_bounds(std::span<const double> values, std::span<const double> costs) {
  std::vector<std::uint32_t> value_ordinals(values.size());
  std::vector<std::uint32_t> cost_ordinals(costs.size());
  std::transform(values.begin(), values.end(), value_ordinals.begin(), short_ordinal);
  std::transform(costs.begin(), costs.end(), cost_ordinals.begin(), short_ordinal);
  return spearman_bounds(CoarseOrder(value_ordinals), CoarseOrder(cost_ordinals));
}

}  // namespace

TEST_CASE("many models are ranked as few are, whether or not all of them are put in order") {
  constexpr std::size_t size = 60'000;
  const Measure ratio = *find_metric("accuracy_per_joule");
  std::mt19937 random(10);
  std::size_t early = 0;
  for (const Costs how : {Costs::often_equal, Costs::nearly_equal, Costs::different, Costs::of_all_sizes}) {
    CAPTURE(static_cast<int>(how));
    const Catalog catalog = many_models(random, size, how);
    for (const Measure& by : {ratio, Measure(field_id("energy"))}) {
      const std::vector<std::pair<double, std::size_t>> sorted = sorted_by(catalog, by);
      for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{20}, size / 2, size})
        for (const bool worst_first : {false, true})
          check_ranking(catalog, by, sorted, {.most = most, .worst_first = worst_first});
    }

    std::vector<double> values;
    std::vector<double> costs;
    for (const auto& [value, row] : sorted_by(catalog, ratio)) {
      values.push_back(-value);
      costs.push_back(catalog.value(field_id("energy"), row));
    }
    const double exact = *spearman(values, costs);
    const double known = *rank(catalog, test::all_rows(catalog), ratio, {.most = 20}).spearman_with_cheapest;
    CHECK(std::round(1e4 * known) == std::round(1e4 * exact));
    CHECK((known >= order_of_cost) == (exact >= order_of_cost));
    const std::optional<SpearmanBounds> bounds = early_bounds(values, costs);
    const bool is_known_early = known != exact;
    if (is_known_early) {
      ++early;
      REQUIRE(bounds);
      CHECK(known >= bounds->least);
      CHECK(known <= bounds->most);
    }
  }
  // Equal costs leave much open, and different ones little: both ways are gone here.
  CHECK(early > 0);
  CHECK(early < 4);
}

TEST_CASE("of many models too, a correlation of 1 is 1, and one of equal values is none") {
  Catalog catalog;
  for (std::size_t row = 0; row < 60'000; ++row) {
    catalog.add_model(fmt::format("m{}", row), row);
    catalog.set_value(field_id("accuracy"), row, 70);
    catalog.set_value(field_id("energy"), row, 1 + static_cast<double>(row % 1000));
    catalog.set_value(field_id("latency"), row, 3);
  }
  const std::vector<std::size_t> rows = test::all_rows(catalog);
  CHECK(*rank(catalog, rows, *find_metric("accuracy_per_joule"), {.most = 5}).spearman_with_cheapest == 1);
  CHECK_FALSE(rank(catalog, rows, *find_metric("accuracy_per_ms"), {.most = 5}).spearman_with_cheapest);
  CHECK_FALSE(rank(catalog, rows, field_id("energy"), {.most = 5}).spearman_with_cheapest);
}

TEST_CASE("accuracies are counted by whole percents, of models with a value alone") {
  const test::ReadResult read = test::read_text(
      R"([{"name": "a", "accuracy": 70.9, "energy": 1}, {"name": "b", "accuracy": 70, "energy": 2}, {"name": "c", "accuracy": 70}, {"name": "d", "accuracy": 100, "energy": 3}, {"name": "e", "energy": 3}])");
  REQUIRE(read.problems.errors() == 0);
  const ModelsByPercent models = models_by_percent(read.catalog, test::all_rows(read.catalog),
                                                   *find_metric("accuracy_per_joule"), field_id("accuracy"));
  ModelsByPercent expected{};
  expected[70] = 2;
  expected[100] = 1;
  CHECK(models == expected);
}

TEST_CASE("Spearman's correlation, by hand") {
  using Values = std::vector<double>;
  CHECK(*spearman(Values{1, 2, 3}, Values{10, 20, 30}) == Approx(1));
  CHECK(*spearman(Values{1, 2, 3}, Values{3, 2, 1}) == Approx(-1));
  // d = 1, -1, 0, 0: 1 - 6 x 2 / (4 x 15) = 0.8
  CHECK(*spearman(Values{1, 2, 3, 4}, Values{2, 1, 3, 4}) == Approx(0.8));
  // With ties at mean ranks 1.5: ranks 1.5 1.5 3 and 1 2 3: 1.5 / sqrt(1.5 x 2)
  CHECK(*spearman(Values{5, 5, 7}, Values{1, 2, 3}) == Approx(1.5 / std::sqrt(3.0)));
  CHECK_FALSE(spearman(Values{1, 2}, Values{1, 2}));
  // Whatever the numbers are: -0 and 0 are equal, and these differ by less than a float can tell, or are beyond one.
  const Values far = {-2e300, -1e300, -1e-300, 0, 1e-310, 1e-300, 1, 1 + 1e-15, 1e300, 2e300};
  CHECK(*spearman(far, Values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) == Approx(1));
  CHECK(*spearman(Values{-0.0, 0.0, 1}, Values{1, 1, 2}) == Approx(1));
  CHECK_FALSE(spearman(Values{1, 1, 1}, Values{1, 2, 3}));
}

TEST_CASE("on the 1,556 models of timm accuracy per FLOP is almost the order of FLOPs: 0.9996") {
  const test::ReadResult read = test::read_text(test::read_file(GREENML_DATA "/timm.json"));
  REQUIRE(read.catalog.size() == 1556);
  const Ranking ranking = rank(read.catalog, test::all_rows(read.catalog), *find_metric("accuracy_per_gflop"));
  CHECK(*ranking.spearman_with_cheapest == Approx(0.9996).margin(5e-5));
}

TEST_CASE("property: scaling all costs keeps the order, raising an accuracy never lowers a rank") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937 once(seed);
    std::mt19937 again(seed);
    const Measure by = *find_metric("accuracy_per_joule");
    CHECK(order(random_energies(once, 30), by) == order(random_energies(again, 30, 1024), by));
  }
  for (unsigned accuracy = 40; accuracy < 99; ++accuracy) {
    const auto rank_at = [](unsigned percent) {
      const test::ReadResult read = test::read_text(fmt::format(
          R"([{{"name": "a", "accuracy": {}, "energy": 2}}, {{"name": "b", "accuracy": 60, "energy": 2}}, {{"name": "c", "accuracy": 30, "energy": 1}}])",
          percent));
      const Ranking ranking = rank(read.catalog, test::all_rows(read.catalog), *find_metric("accuracy_per_joule"));
      return std::find_if(ranking.ranked.begin(), ranking.ranked.end(), [](const Ranked& one) { return one.row == 0; })
          ->rank;
    };
    CHECK(rank_at(accuracy + 1) <= rank_at(accuracy));
  }
}

TEST_CASE("property: the order does not depend on the order of the input") {
  std::mt19937 random(7);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const std::string json = random_energies(random, 40);
    const test::ReadResult read = test::read_text(json);
    std::vector<std::size_t> rows = test::all_rows(read.catalog);
    const Ranking first = rank(read.catalog, rows, *find_metric("accuracy_per_joule"));
    std::shuffle(rows.begin(), rows.end(), random);
    const Ranking second = rank(read.catalog, rows, *find_metric("accuracy_per_joule"));
    REQUIRE(first.ranked.size() == second.ranked.size());
    for (std::size_t index = 0; index < first.ranked.size(); ++index) {
      CHECK(first.ranked[index].row == second.ranked[index].row);
      CHECK(first.ranked[index].rank == second.ranked[index].rank);
    }
    CHECK(first.unranked == second.unranked);
  }
}

TEST_CASE("the default metric is the first that any model has") {
  const test::ReadResult read =
      test::read_text(R"([{"name": "a", "accuracy": 70}, {"name": "b", "accuracy": 70, "energy": 1, "size": 5}])");
  CHECK(default_metric(read.catalog, test::all_rows(read.catalog))->name == "accuracy_per_mb");
  CHECK(default_metric(read.catalog, std::vector<std::size_t>{0}) == nullptr);
}
