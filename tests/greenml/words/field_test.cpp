#include "greenml/field.hpp"

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;
using test::read_model;

namespace {

std::optional<double> value_of(std::string_view members, FieldId field) {
  const test::ReadResult result = read_model(members);
  CAPTURE(members, result.first_error());
  REQUIRE(result.problems.errors() == 0);
  return result.catalog[0].value(field);
}

std::string error_of(std::string_view members) {
  const test::ReadResult result = read_model(members);
  CAPTURE(members);
  REQUIRE(result.problems.errors() == 1);
  const Problem& problem = result.problems.kept().front();
  CHECK(problem.model == "M");
  CHECK(problem.place.line == 1);
  return problem.key + ": " + problem.message;
}

}  // namespace

TEST_CASE("all four spellings of a quantity mean the same") {
  constexpr FieldId energy = field_id("energy");
  CHECK(*value_of(R"("energy": 1512)", energy) == 1512);
  CHECK(*value_of(R"("energy": "0.42 Wh")", energy) == 1512);
  CHECK(*value_of(R"("energy_wh": 0.42)", energy) == 1512);
  CHECK(*value_of(R"("energy": {"value": 0.42, "unit": "Wh"})", energy) == 1512);
  CHECK(*value_of(R"("energy_wh": {"value": 0.42})", energy) == 1512);
  CHECK(*value_of(R"("energy_mWh": 420)", energy) == 1512);
  CHECK(*value_of(R"("energy_j": 1512)", energy) == 1512);
}

TEST_CASE("keys name units") {
  CHECK(*value_of(R"("co2_kg": 2)", field_id("co2")) == 2000);
  CHECK(*value_of(R"("latency_ms": 13.7)", field_id("latency")) == 0.0137);
  CHECK(*value_of(R"("size_mb": 14)", field_id("size")) == 14e6);
  CHECK(*value_of(R"("size_bytes": 14)", field_id("size")) == 14);
  CHECK(*value_of(R"("accuracy_fraction": 0.761)", field_id("accuracy")) == 76.1);
  CHECK(*value_of(R"("accuracy_percent": 0.5)", field_id("accuracy")) == 0.5);
  CHECK(*value_of(R"("macs": 4.09e9)", field_id("flops")) == 8.18e9);
  CHECK(*value_of(R"("macs": "4.09 GMAC")", field_id("flops")) == 8.18e9);
  CHECK(*value_of(R"("training_cost_usd": 5)", field_id("training_cost")) == 5);
  CHECK(*value_of(R"("carbon_intensity_g_per_kwh": 429)", field_id("carbon_intensity")) == 429);
}

TEST_CASE("null and absence are not measured, which is never 0") {
  CHECK_FALSE(value_of(R"("energy": null)", field_id("energy")));
  CHECK_FALSE(value_of(R"("energy": {"value": null, "unit": "J"})", field_id("energy")));
  CHECK_FALSE(value_of(R"("accuracy": 50)", field_id("energy")));
  CHECK(*value_of(R"("energy": 0)", field_id("energy")) == 0);
}

TEST_CASE("a count keeps all its digits up to 2^53") {
  CHECK(*value_of(R"("params": 9007199254740992)", field_id("params")) == 9007199254740992.0);
  CHECK(*value_of(R"("params": "25.557032M")", field_id("params")) == 25557032);
  CHECK(error_of(R"("params": 9007199254740994)").starts_with("params: 9007199254740994 is more than"));
  CHECK(error_of(R"("params": 2.5)") == "params: 2.5 is not a whole number");
}

TEST_CASE("quantities that make no sense are refused, with the key") {
  struct Case {
    std::string_view members;
    std::string_view error;
  };
  const auto cases = std::to_array<Case>({
      {R"("energy": -1)", "energy: -1 is negative"},
      {R"("energy": "-1 J")", "energy: \"-1 J\" is negative"},
      {R"("energy": 1e999)", "energy: \"1e999\" is beyond what a number can hold"},
      {R"("energy": true)", "energy: is a quantity, not true or false"},
      {R"("energy": [1])", "energy: is a quantity, not an array"},
      {R"("energy": "5")", "energy: \"5\" has no unit"},
      {R"("energy": "5 kg")", "energy: \"5 kg\" is a mass, not an energy"},
      {R"("energy": {"value": 5, "unit": "kg"})", "energy: \"5 kg\" is a mass, not an energy"},
      {R"("energy": {"unit": "J"})", "energy: an object without a \"value\""},
      {R"("energy": {"value": "5 J"})", "energy: value: is a number, not a text"},
      {R"("energy": {"value": 5, "metod": "measured"})", "energy: metod: unknown key"},
      {R"("energy": {"value": 5, "method": "guessed"})", "energy: method: \"guessed\" is not a method"},
      {R"("energy": {"value": 5, "method": "derived"})", "energy: method: \"derived\" is not a method"},
      {R"("energy": {"value": 5, "error": -1})", "energy: error: -1 is negative"},
      {R"("accuracy": {"value": 0.76, "unit": null})", "accuracy: 0.76 may be a fraction or a percentage"},
      {R"("energy_kwh": {"value": 5, "unit": "J"})", "energy_kwh: the key says kWh and the unit J"},
      {R"("energy_j": 1, "energy_kwh": 1)", "energy_kwh: is given already, as energy_j"},
      {R"("macs": 1, "flops": 2)", "flops: is given already, as macs"},
      {R"("flops": 0)", "flops: 0 is zero, which flops never is"},
      {R"("latency": "0 ms")", "latency: \"0 ms\" is zero, which latency never is"},
      {R"("pue": 0.9)", "pue: 0.9 is less than 1"},
      {R"("accuracy": 100.1)", "accuracy: 100.1 is more than 100%"},
      {R"("accuracy": 0.761)", "accuracy: 0.761 may be a fraction or a percentage"},
      {R"("accuracy": 1)", "accuracy: 1 may be a fraction or a percentage"},
      {R"("accuracy": {"value": 0.5})", "accuracy: 0.5 may be a fraction or a percentage"},
      {R"("energy_kw": 5)", "energy_kw: kW is a power, not an energy"},
      {R"("enregy": 5)", "enregy: unknown key"},
      {R"("Accuracy": 5)", "Accuracy: unknown key"},
      {R"("gflops": 5)", "gflops: unknown key"},
      {R"("energy_mwh": 5)", "energy_mwh: \"mwh\" is not a unit of energy"},
      {R"("energy": "N/A")", "energy: \"N/A\" is no value"},
      {R"("energy": "-")", "energy: \"-\" is no value"},
      {R"("energy": "5-10 J")", "energy: \"5-10 J\" is a range"},
      {R"("energy": "5 J/token")", "energy: \"5 J/token\" is per token"},
      {R"("energy": "5 J \u00b1 -1")", "energy: error: \"-1\" is negative"},
      {R"("energy": "5\u0007 J")", "energy: there is a control character (U+0007) in \"5\a J\""},
      {R"("latency": "1:30")", "latency: \"1:30\" may be hours and minutes, or minutes and seconds"},
  });
  for (const Case& one : cases) CHECK(error_of(one.members) == one.error);
}

TEST_CASE("a quantity says how it came about") {
  const test::ReadResult result = read_model(
      R"("energy": {"value": 0.11, "unit": "kJ", "method": "measured", "source": "notebook 12", "error": "5%"})");
  REQUIRE(result.problems.errors() == 0);
  const Origin& origin = result.catalog[0].origin(field_id("energy"));
  CHECK(origin.method == Method::measured);
  CHECK(origin.source == "notebook 12");
  CHECK(*origin.error == Approx(5.5));
  CHECK(result.catalog[0].origin(field_id("accuracy")) == Origin{});
}

TEST_CASE("a value is read with its error as papers write it") {
  struct Case {
    std::string_view members;
    FieldId field;
    double value;
    double error;
  };
  const auto cases = std::to_array<Case>({
      {R"("accuracy": "81.2 \u00b1 0.3 %")", field_id("accuracy"), 81.2, 0.3},
      {R"("accuracy": "81.2% +/- 0.3%")", field_id("accuracy"), 81.2, 0.3},
      {R"("energy": "5 kJ +- 100 J")", field_id("energy"), 5000, 100},
      {R"("energy": "5 \u00b1 0.5 kJ")", field_id("energy"), 5000, 500},
      {R"("energy": "5 kJ \u00b1 10 %")", field_id("energy"), 5000, 500},
      {R"("latency": "2 ms \u00b1 0.1")", field_id("latency"), 0.002, 0.0001},
  });
  for (const Case& one : cases) {
    CAPTURE(one.members);
    const test::ReadResult result = read_model(one.members);
    REQUIRE(result.first_error().empty());
    CHECK(*result.catalog[0].value(one.field) == Approx(one.value));
    CHECK(*result.catalog[0].origin(one.field).error == Approx(one.error));
  }
}

TEST_CASE("an error of an accuracy is in percentage points, and a percent sign would be ambiguous") {
  CHECK(*read_model(R"("accuracy": {"value": 76, "unit": "%", "error": 0.2})")
             .catalog[0]
             .origin(field_id("accuracy"))
             .error == 0.2);
  CHECK(error_of(R"("accuracy": {"value": 76, "unit": "%", "error": "0.2%"})").ends_with("percentage points?"));
}

TEST_CASE("a key names its unit as a text does") {
  CHECK(*value_of(R"("training_time_hours": 79)", field_id("training_time")) == 79 * 3600);
  CHECK(*value_of(R"("energy_kWh": 2)", field_id("energy")) == 7.2e6);
  CHECK(*value_of(R"("size_MB": 2)", field_id("size")) == 2e6);
}

TEST_CASE("a number under a key that looks like a field with a unit is kept as a label, with a warning") {
  const test::ReadResult result = read_model(R"("training_time_epochs": 79)");
  CHECK(result.problems.errors() == 0);
  REQUIRE(result.problems.warnings().size() == 1);
  CHECK(result.catalog[0].label("training_time_epochs") == "79");
}
