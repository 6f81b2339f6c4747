// The tables themselves: what must hold for every row, whoever adds it.
#include <set>

#include "catch.hpp"
#include "greenml/field.hpp"
#include "greenml/label.hpp"
#include "greenml/metric.hpp"
#include "greenml/result_key.hpp"
#include "greenml/spelling.hpp"
#include "greenml/unit.hpp"
#include "words/key.hpp"

using namespace greenml;

TEST_CASE("dimensions stand in the order of their numbers, each with a base unit of scale 1") {
  for (std::size_t index = 0; index < dimensions.size(); ++index) {
    CHECK(static_cast<std::size_t>(dimensions[index].dimension) == index);
    CAPTURE(dimensions[index].base_unit);
    REQUIRE(find_unit(dimensions[index].dimension, dimensions[index].base_unit) != nullptr);
    CHECK(base_unit(dimensions[index].dimension).scale == Scale{1, 0});
  }
}

TEST_CASE("symbols are unique within a dimension, and keys name one scale") {
  std::set<std::pair<Dimension, std::string_view>> symbols;
  for (const Unit& unit : units) {
    CAPTURE(unit.symbol);
    CHECK(symbols.emplace(unit.dimension, unit.symbol).second);
    for (const Unit& other : units)
      if (unit.dimension == other.dimension && unit.key == other.key) CHECK(unit.scale == other.scale);
  }
}

TEST_CASE("units for people go from small to large") {
  for (const DimensionRow& row : dimensions) {
    double last = 0;
    for (const Unit& unit : units) {
      if (unit.dimension != row.dimension || !unit.for_people) continue;
      CAPTURE(unit.symbol);
      CHECK(1 / in_unit(1, unit) > last);
      last = 1 / in_unit(1, unit);
    }
    CHECK(last > 0);
  }
}

TEST_CASE("names of fields, metrics, labels and results are all different, and have help") {
  std::set<std::string_view> names;
  for (const Field& field : fields) {
    CHECK(names.insert(field.name).second);
    CHECK_FALSE(field.help.empty());
    CHECK_FALSE(field.title.empty());
  }
  for (const Metric& metric : metrics) {
    CHECK(names.insert(metric.name).second);
    CHECK_FALSE(metric.formula.empty());
    CHECK_FALSE(metric.source.empty());
  }
  for (const Label& label : labels) {
    CHECK(names.insert(label.name).second);
    CHECK_FALSE(label.help.empty());
  }
  for (const std::string_view key : result::of_models) CHECK(names.insert(key).second);
  for (const std::string_view before : result::before_fields)
    for (const Field& field : fields)
      CHECK(meaning_of(std::string(before) + key_of(field, own_unit(field))).kind == Meaning::Kind::result);
}

TEST_CASE("the contract's keys for programs") {
  constexpr auto keys = std::to_array<std::string_view>({"accuracy_percent",
                                                         "error_rate_percent",
                                                         "score",
                                                         "loss",
                                                         "flops",
                                                         "params",
                                                         "active_params",
                                                         "size_bytes",
                                                         "memory_bytes",
                                                         "latency_s",
                                                         "throughput_per_s",
                                                         "energy_j",
                                                         "co2_g",
                                                         "training_flops",
                                                         "training_time_s",
                                                         "training_power_w",
                                                         "training_energy_j",
                                                         "training_co2_g",
                                                         "training_cost_usd",
                                                         "pue",
                                                         "carbon_intensity_g_per_kwh"});
  REQUIRE(keys.size() == fields.size());
  for (std::size_t index = 0; index < keys.size(); ++index)
    CHECK(key_of(fields[index], own_unit(fields[index])) == keys[index]);
}

TEST_CASE("every known key is known as itself, not as a typing error of another") {
  for (const Field& field : fields)
    for (const Unit& unit : units)
      if (unit.dimension == field.dimension) CHECK(meaning_of(key_of(field, unit)).kind == Meaning::Kind::quantity);
  for (const Label& label : labels) CHECK(meaning_of(label.name).kind == Meaning::Kind::label);
  for (const Metric& metric : metrics) CHECK(meaning_of(metric.name).kind == Meaning::Kind::result);
}

TEST_CASE("every known key with a letter missing is a near miss") {
  for (const Field& field : fields) {
    const std::string_view shorter = field.name.substr(1);
    CAPTURE(shorter);
    if (meaning_of(shorter).kind == Meaning::Kind::unknown) CHECK(hint_for_near_key(shorter));
  }
}
