#include <cmath>

#include "catch.hpp"
#include "greenml/measure.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;
using test::read_model;

namespace {

std::optional<double> value_of(std::string_view metric, std::string_view members) {
  const test::ReadResult result = read_model(members);
  CAPTURE(result.first_error());
  REQUIRE(result.problems.errors() == 0);
  return find_measure(metric)->measure.value(result.catalog[0]);
}

}  // namespace

TEST_CASE("every ratio is percentage points over the cost in the unit of its name") {
  struct Case {
    std::string_view metric;
    std::string_view cost;
    double value;
  };
  const auto cases = std::to_array<Case>({
      {"accuracy_per_gflop", R"("flops": "2 GMAC")", 20},
      {"accuracy_per_mparam", R"("params": "40M")", 2},
      {"accuracy_per_mb", R"("size": "20 MB")", 4},
      {"accuracy_per_ms", R"("latency": "16 ms")", 5},
      {"accuracy_per_joule", R"("energy": "0.5 J")", 160},
      {"accuracy_per_gco2", R"("co2": "4 g")", 20},
      {"accuracy_per_training_hour", R"("training_time": "2 d")", 80.0 / 48},
      {"accuracy_per_training_kwh", R"("training_energy": "1 MWh")", 0.08},
      {"accuracy_per_training_kgco2", R"("training_co2": "1 t")", 0.08},
      {"accuracy_per_training_eflop", R"("training_flops": "1 pfs-day")", 80 / 86.4},
      {"accuracy_per_training_usd", R"("training_cost": "$160")", 0.5},
  });
  for (const Case& one : cases) {
    CAPTURE(one.metric);
    CHECK(*value_of(one.metric, fmt::format(R"("accuracy": 80, {})", one.cost)) == Approx(one.value).epsilon(1e-14));
  }
  // All ratios of the table are above.
  CHECK(static_cast<std::size_t>(std::count_if(
            metrics.begin(), metrics.end(), [](const Metric& metric) { return metric.is_ratio(); })) == cases.size());
}

TEST_CASE("figures of Bianco et al. 2018: MobileNet-v2 and SENet-154 on ImageNet, a MAC counted as two FLOP") {
  CHECK(*value_of("accuracy_per_gflop", R"("accuracy": 71.878, "flops": "0.301 GMAC")") == Approx(119.4).margin(0.05));
  CHECK(*value_of("accuracy_per_gflop", R"("accuracy": 81.304, "flops": "20.74578 GMAC")") ==
        Approx(1.96).margin(0.005));
}

TEST_CASE("NetScore is 20 log10 of accuracy squared over the root of Mparams times GMACs") {
  // By hand: 80^2 = 6400; sqrt(4 x 1) = 2; 20 log10(3200) = 20 x 3.505150 = 70.1030.
  CHECK(*value_of("netscore", R"("accuracy": 80, "params": "4M", "flops": "1 GMAC")") == Approx(70.1030).margin(5e-5));
}

TEST_CASE("a metric without one of its quantities is missing, and so is one that would divide by 0") {
  CHECK_FALSE(value_of("accuracy_per_joule", R"("accuracy": 80)"));
  CHECK_FALSE(value_of("accuracy_per_joule", R"("energy": 80)"));
  CHECK_FALSE(value_of("accuracy_per_joule", R"("accuracy": 80, "energy": 0)"));
  CHECK_FALSE(value_of("netscore", R"("accuracy": 0, "params": "4M", "flops": "1 GMAC")"));
  CHECK(*value_of("accuracy_per_joule", R"("accuracy": 0, "energy": 5)") == 0);

  const test::ReadResult zero = read_model(R"("accuracy": 80, "energy": 0)");
  CHECK(Measure(*find_metric("accuracy_per_joule")).lack(zero.catalog[0]) == Lack::zero);
  CHECK(Measure(*find_metric("accuracy_per_gco2")).lack(zero.catalog[0]) == Lack::quantity);
}

TEST_CASE("a measure is found by its name, with a slash, by its title, and by a key with a unit") {
  CHECK(find_measure("accuracy/gflop")->measure.name() == "accuracy_per_gflop");
  CHECK(find_measure("accuracy/GFLOP")->measure.name() == "accuracy_per_gflop");
  CHECK(find_measure("energy")->measure.name() == "energy");
  CHECK(find_measure("latency_ms")->measure.name() == "latency");
  CHECK(find_measure("latency_ms")->unit->symbol == "ms");
  CHECK_FALSE(find_measure("acuracy_per_gflop"));
  CHECK_FALSE(find_measure("task"));
  CHECK_FALSE(find_measure("rank"));
  CHECK_FALSE(find_measure(""));
}

TEST_CASE("a metric is bound to hardware if one of its quantities is") {
  CHECK(Measure(*find_metric("accuracy_per_joule")).bound_to_hardware());
  CHECK_FALSE(Measure(*find_metric("accuracy_per_gflop")).bound_to_hardware());
  CHECK_FALSE(Measure(*find_metric("netscore")).bound_to_hardware());
}
