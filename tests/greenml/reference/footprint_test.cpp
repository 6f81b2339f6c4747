#include "greenml/footprint.hpp"

#include <cmath>

#include "catch.hpp"
#include "greenml/model_name.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;
using test::read_text;

namespace {

constexpr FieldId training_energy = field_id("training_energy");
constexpr FieldId training_co2 = field_id("training_co2");

/// The shipped catalog, and the same with every result taken out and derived again.
struct Shipped {
  test::ReadResult stated = read_text(test::read_file(GREENML_DATA "/training-footprints.json"));
  test::ReadResult derived = read_text(test::read_file(GREENML_DATA "/training-footprints.json"));

  Shipped() {
    for (std::size_t row = 0; row < derived.catalog.size(); ++row)
      for (const FieldId field : {training_energy, training_co2}) derived.catalog.clear_value(field, row);
    derive_footprints(derived.catalog, {}, {});
  }
};

std::string value_text(const test::ReadResult& read, FieldId field, std::size_t row = 0) {
  const std::optional<double> value = read.catalog[row].value(field);
  return value ? round_trip(*value) : "none";
}

test::ReadResult derived(std::string_view members, const WhatIf& what_if = {}) {
  test::ReadResult read = test::read_model(members);
  REQUIRE(read.problems.errors() == 0);
  derive_footprints(read.catalog, what_if, {});
  return read;
}

}  // namespace

TEST_CASE("Strubell et al. 2019, table 3: every row with inputs comes out as it is printed") {
  const Shipped shipped;
  const double kwh = 3.6e6;
  const double pound = 453.59237;
  std::size_t rows = 0;
  for (std::size_t row = 0; row < shipped.stated.catalog.size(); ++row) {
    const Model stated = shipped.stated.catalog[row];
    const Model again = shipped.derived.catalog[row];
    if (!stated.label("source").starts_with("Strubell") || !stated.value(training_energy)) continue;
    ++rows;
    CAPTURE(stated.name());
    CHECK(std::round(*again.value(training_energy) / kwh) == std::round(*stated.value(training_energy) / kwh));
    CHECK(std::round(*again.value(training_co2) / pound) == std::round(*stated.value(training_co2) / pound));
  }
  CHECK(rows == 5);
}

TEST_CASE("the headline figures: 626,155 lb is 17.3 American years, 1,438 lb 4.0 %") {
  CHECK(626155.0 / 36156 == Approx(17.3).margin(0.05));
  CHECK(1438.0 / 36156 == Approx(0.040).margin(0.0005));
  const test::ReadResult nas = derived(
      R"("training_power": "1515.43 W", "training_time": "274120 h", "pue": 1.58, "carbon_intensity": "0.954 lb/kWh")");
  CHECK(std::round(*nas.catalog[0].value(training_energy) / 3.6e6) == 656347);
  CHECK(std::round(*nas.catalog[0].value(training_co2) / 453.59237) == 626155);
}

// LLaMA's table cuts its figures off: 449.8 MWh is printed as 449. Its row for BLOOM prints 475 MWh where the formula
// and the hours above it give 476.5; that row is held to half a per cent instead.
TEST_CASE("Patterson et al. 2021, table 4: every row within 1.2 %; LLaMA, table 15: within rounding") {
  const Shipped shipped;
  std::size_t patterson = 0;
  std::size_t llama = 0;
  for (std::size_t row = 0; row < shipped.stated.catalog.size(); ++row) {
    const Model stated = shipped.stated.catalog[row];
    const Model again = shipped.derived.catalog[row];
    CAPTURE(full_name(stated));
    if (stated.label("source").starts_with("Patterson et al. 2021, table 4")) {
      ++patterson;
      CHECK(*again.value(training_energy) == Approx(*stated.value(training_energy)).epsilon(0.012));
      CHECK(*again.value(training_co2) == Approx(*stated.value(training_co2)).epsilon(0.012));
    }
    if (stated.label("source").find("table 15") != std::string_view::npos) {
      ++llama;
      const double printed = *stated.value(training_energy);
      const double rounding = stated.name() == "BLOOM-175B" ? 0.005 * printed : 1.0 * 3.6e9;
      CHECK(std::abs(*again.value(training_energy) - printed) <= rounding);
      CHECK(std::abs(*again.value(training_co2) - *stated.value(training_co2)) <= 1.0 * 1e6);
      CHECK(again.origin(training_energy).method == Method::estimated);
    }
  }
  CHECK(patterson == 6);
  CHECK(llama == 6);
}

TEST_CASE("what is derived says so, and a stated number is never replaced") {
  const test::ReadResult read = derived(
      R"("training_power": 1000, "training_time": "1 h", "pue": 1.5, "carbon_intensity": 400, "energy": "1 kWh")");
  CHECK(value_text(read, training_energy) == "5400000");
  CHECK(value_text(read, training_co2) == "600");
  CHECK(value_text(read, field_id("co2")) == "400");
  CHECK(read.catalog[0].origin(training_energy).method == Method::derived);
  CHECK(read.catalog[0].origin(training_energy).computed);
  CHECK(read.catalog[0].origin(training_energy).source == "training_power x training_time x pue");

  test::ReadResult stated =
      test::read_model(R"("training_power": 1000, "training_time": "1 h", "pue": 1, "training_energy": "2 kWh")");
  const FootprintReport report = derive_footprints(stated.catalog, {}, {});
  CHECK(value_text(stated, training_energy) == "7200000");
  REQUIRE(report.contradictions.size() == 1);
  CHECK(report.contradictions[0].derived == 3.6e6);
}

TEST_CASE("without one of its inputs nothing is derived; a grid of 0 gives 0") {
  CHECK(value_text(derived(R"("training_power": 1000, "training_time": "1 h")"), training_energy) == "none");
  CHECK(value_text(derived(R"("energy": "1 kWh")"), field_id("co2")) == "none");
  CHECK(value_text(derived(R"("energy": "1 kWh", "carbon_intensity": 0)"), field_id("co2")) == "0");
}

TEST_CASE("what if it ran elsewhere: CO2e is computed anew from energy, and lost where there is none") {
  const WhatIf grid{.carbon_intensity = 100, .pue = std::nullopt};
  CHECK(value_text(derived(R"("energy": "1 kWh", "co2": 999, "carbon_intensity": 400)", grid), field_id("co2")) ==
        "100");
  CHECK(value_text(derived(R"("co2": 999)", grid), field_id("co2")) == "none");
  test::ReadResult lost = test::read_model(R"("co2": 999)");
  CHECK(derive_footprints(lost.catalog, grid, {}).lost[static_cast<std::size_t>(field_id("co2"))] == 1);

  const WhatIf centre{.carbon_intensity = std::nullopt, .pue = 1.1};
  CHECK(*derived(R"("training_energy": 220, "pue": 2.2)", centre).catalog[0].value(training_energy) == Approx(110));
  CHECK(value_text(derived(R"("training_energy": 220)", centre), training_energy) == "none");
  CHECK(*derived(R"("training_energy": 1, "training_power": 1000, "training_time": 1, "pue": 2)", centre)
             .catalog[0]
             .value(training_energy) == Approx(0.55));
  CHECK(*derived(R"("training_co2": 200, "pue": 2.2)", centre).catalog[0].value(training_co2) == Approx(100));
}

TEST_CASE("what a what-if assumes is marked as such") {
  const test::ReadResult read = derived(R"("energy": {"value": 220, "unit": "J", "method": "measured"}, "pue": 2.2)",
                                        {.carbon_intensity = 100, .pue = 1.1});
  const Model model = read.catalog[0];
  for (const FieldId field : {field_id("energy"), field_id("pue"), field_id("carbon_intensity")})
    CHECK(model.origin(field).is_what_if());
  CHECK(model.origin(field_id("energy")).source == "what if: x 1.1 / 2.2 (PUE)");
  CHECK(model.origin(field_id("co2")).method == Method::estimated);
  CHECK_FALSE(test::read_model(R"("energy": {"value": 1, "method": "assumed"})")
                  .catalog[0]
                  .origin(field_id("energy"))
                  .is_what_if());
}

TEST_CASE("derived numbers in a result are passed over and derived again") {
  test::ReadResult read = test::read_model(
      R"("derived": "co2 training_energy:estimated", "training_energy": 5, "training_power": 1000, "training_time": 1, "pue": 1)");
  CHECK(read.problems.errors() == 0);
  CHECK(value_text(read, training_energy) == "none");
  derive_footprints(read.catalog, {}, {});
  CHECK(value_text(read, training_energy) == "1000");
}

TEST_CASE("a grid and hardware by name give carbon intensity and nameplate power, the latter as an estimate") {
  test::ReadResult read = read_text(R"([
    {"name": "known", "grid": "FRA", "hardware": "V100", "hardware_count": 64, "training_time": "79.2 h", "pue": 1.58},
    {"name": "stated", "grid": "FRA", "carbon_intensity": 400, "hardware": "V100", "hardware_count": 64, "training_power": "12041.51 W"},
    {"name": "unknown", "grid": "Atlantis", "hardware": "abacus", "hardware_count": 3},
    {"name": "waiting", "grid": "Atlantis", "energy": 1, "hardware": "abacus", "hardware_count": 3, "training_time": 1, "pue": 1},
    {"name": "complete", "grid": "Atlantis", "energy": 1, "co2": 1}])");
  const FootprintTables tables{&built_in_reference(ReferenceKind::grids), &built_in_reference(ReferenceKind::hardware)};
  const FootprintReport report = derive_footprints(read.catalog, {}, tables);
  CHECK(value_text(read, field_id("carbon_intensity"), 0) == "56.039");
  CHECK(value_text(read, field_id("training_power"), 0) == "19200");
  CHECK(read.catalog[0].origin(training_energy).method == Method::estimated);
  CHECK(*read.catalog[0].value(training_energy) == Approx(19200 * 79.2 * 3600 * 1.58));
  CHECK(value_text(read, field_id("carbon_intensity"), 1) == "400");
  CHECK(value_text(read, field_id("training_power"), 1) == "12041.51");
  REQUIRE(report.unknown_grids.size() == 3);
  for (std::size_t index = 0; index < 3; ++index) {
    CHECK(report.unknown_grids[index].row == index + 2);
    CHECK(report.unknown_grids[index].is_needed == (index == 1));
  }
  CHECK(report.unknown_hardware == std::vector<std::size_t>{3});
  CHECK(value_text(read, field_id("training_power"), 2) == "none");
}
