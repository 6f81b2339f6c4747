#include "greenml/audit.hpp"

#include <fmt/format.h>
#include <numeric>

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;

namespace {

/// "rule level, ...": the findings of all models, in order.
std::string findings_in(std::string_view text, const AuditOptions& wanted = {}) {
  const test::ReadResult read = test::read_text(text);
  CAPTURE(read.first_error());
  REQUIRE(read.problems.errors() == 0);
  std::vector<std::size_t> rows(read.catalog.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  AuditOptions options = wanted;
  options.hardware = &built_in_reference(ReferenceKind::hardware);
  std::string result;
  for (const AuditFinding& finding : audit(read.catalog, rows, options)) {
    if (!result.empty()) result += ", ";
    result += finding.rule->name;
    result += finding.level == AuditLevel::wrong ? " wrong" : " suspicious";
    if (!finding.ignored_because.empty()) result += " ignored: " + finding.ignored_because;
  }
  return result;
}

/// Of one model that no reference knows.
std::string findings_of(std::string_view members) {
  return findings_in(fmt::format(R"([{{"name": "M", {}}}])", members));
}

/// The likely cause of the first finding.
std::string cause_in(std::string_view text) {
  const test::ReadResult read = test::read_text(text);
  const std::vector<std::size_t> rows = {0};
  const std::vector<AuditFinding> findings =
      audit(read.catalog, rows, {.hardware = &built_in_reference(ReferenceKind::hardware)});
  REQUIRE_FALSE(findings.empty());
  return findings.front().cause;
}

}  // namespace

TEST_CASE("Every rule has a name of its own, bounds, a reason, a source, and what to check") {
  std::vector<std::string_view> names;
  for (const AuditRule& rule : audit_rules()) {
    CAPTURE(rule.name);
    CHECK(find_audit_rule(rule.name) == &rule);
    for (const std::string_view text : {rule.compares, rule.bounds, rule.reason, rule.source, rule.check})
      CHECK_FALSE(text.empty());
  }
}

TEST_CASE("A quotient of two figures is held to what is possible") {
  struct Row {
    std::string_view members;
    std::string_view findings;
  };
  for (const Row& row : std::to_array<Row>({
           {R"("params": "25M", "size": "100 MB")", ""},
           {R"("params": "25M", "size": "100 kB")", "bytes_per_param wrong"},
           {R"("params": "25M", "size": "100 GB")", "bytes_per_param wrong"},
           {R"("params": "25M", "size": "1 GB")", "bytes_per_param suspicious"},
           {R"("params": 20, "size": "1 MB")", ""},  // a file of few parameters is mostly other than they are
           {R"("params": "25M", "flops": "8 GFLOP")", ""},
           {R"("params": "25M", "flops": "8 FLOP")", "flops_per_param wrong"},
           {R"("task": "image-classification", "params": "25M", "flops": "8 MFLOP")", "flops_per_param suspicious"},
           {R"("latency": "10 ms", "energy": "2 J")", ""},
           {R"("latency": "10 ms", "energy": "2 kJ")", "inference_power suspicious"},
           {R"("latency": "10 ms", "energy": "2 kJ", "hardware": "NVIDIA T4", "hardware_count": 1)",
            "inference_power wrong"},
           {R"("latency": "10 ms", "energy": "0.7 J", "hardware": "NVIDIA T4")", ""},
           {R"("flops": "8 GFLOP", "latency": "1 ms", "hardware": "NVIDIA T4")", ""},
           {R"("flops": "80 TFLOP", "latency": "1 ms", "hardware": "NVIDIA T4", "hardware_count": 1)",
            "flop_rate wrong"},
           {R"("flops": "8 GFLOP", "energy": "1 J")", ""},
           {R"("flops": "8 GFLOP", "energy": 1e-12)", "energy_per_flop wrong"},
           {R"("training_energy": "100 kWh", "training_co2": "40 kg")", ""},
           {R"("training_energy": "100 kWh", "training_co2": "40 g")", "training_carbon wrong"},
           {R"("training_energy": "100 kWh", "training_co2": "40 t")", "training_carbon wrong"},
           {R"("training_energy": "100 kWh", "training_co2": "400 g")", "training_carbon suspicious"},
           {R"("training_energy": "100 kWh", "training_co2": 0)", ""},
           {R"("training_power": "400 W", "training_time": "100 h", "training_co2": "16 kg")", ""},
           {R"("training_power": "400 W", "training_time": "100 h", "training_co2": "16 g")", "training_carbon wrong"},
           {R"("energy": "1 J", "co2": "1 g")", "carbon wrong"},
           {R"("training_energy": "100 kWh", "training_cost": 300)", ""},
           {R"("training_energy": "100 kWh", "training_cost": 3000000)", "cost_per_kwh suspicious"},
           {R"("pue": 1.1)", ""},
           {R"("pue": 110)", "pue wrong"},
           {R"("params": 1542000000000000)", "largest_model wrong"},
       })) {
    CAPTURE(row.members);
    CHECK(findings_of(row.members) == row.findings);
  }
}

TEST_CASE("Power is held to the nameplate times the count") {
  const auto of = [](std::string_view count, std::string_view energy) {
    return findings_of(fmt::format(
        R"("hardware": "NVIDIA V100", "hardware_count": {}, "training_time": "10 h", "training_energy": "{}")", count,
        energy));
  };
  CHECK(of("8", "24 kWh").empty());  // 300 W each
  CHECK(of("8", "24 Wh") == "training_power wrong");
  CHECK(of("8", "24 MWh") == "training_power wrong");
  CHECK(of("8", "240 kWh") == "training_power wrong");
  CHECK(of("1000", "3 kWh") == "training_power wrong");  // wall-clock time is device hours / 1000
}

TEST_CASE("The likely cause is the mistake that brings the figure back to what is usual") {
  CHECK(cause_in(R"([{"name": "M", "training_energy": "696 kWh", "training_co2": 83.524}])") ==
        "kilograms taken for grams, or Wh for kWh");
  CHECK(cause_in(R"([{"name": "M", "hardware": "NVIDIA V100", "hardware_count": 64, "training_power": 300}])") ==
        "the power of one device instead of all");
  CHECK(cause_in(R"([{"name": "resnet50", "variant": "224", "flops": "4.09 GFLOP"}])") ==
        "multiply-accumulates taken for FLOPs");
}

TEST_CASE("A figure that contradicts what follows from the others is wrong") {
  CHECK(
      findings_of(R"("training_energy": "100 kWh", "carbon_intensity": "400 g/kWh", "training_co2": "41 kg")").empty());
  CHECK(findings_of(R"("training_energy": "100 kWh", "carbon_intensity": "400 g/kWh", "training_co2": "50 kg")") ==
        "stated_derived suspicious");
  CHECK(findings_of(R"("training_energy": "100 kWh", "carbon_intensity": "400 g/kWh", "training_co2": "400 kg")") ==
        "training_carbon wrong, stated_derived wrong");
}

TEST_CASE("A name that states a size is believed, but not every number in a name is one") {
  CHECK(findings_in(R"([{"name": "koala-13b", "params": "13B"}])").empty());
  CHECK(findings_in(R"([{"name": "koala-13b", "params": "1.3B"}])") == "params_in_name suspicious");
  CHECK(findings_in(R"([{"name": "koala-13b", "params": "13M"}])") == "params_in_name wrong");
  CHECK(findings_in(R"([{"name": "Mixtral-8x7B", "params": "46.7B"}])").empty());
  CHECK(findings_in(R"([{"name": "DPN-68b", "params": 12611602}])").empty());
}

TEST_CASE("What is served at a time is its rate times how long each takes") {
  CHECK(findings_of(R"("throughput": 200, "latency": 0.005)").empty());
  CHECK(findings_of(R"("throughput": 200, "latency": 0.000005)") == "in_flight suspicious");
  CHECK(findings_of(R"("throughput": 2e9, "latency": 5)") == "in_flight wrong");
}

TEST_CASE("Accuracy below chance is in doubt where the number of classes is known") {
  CHECK(findings_of(R"("accuracy": 12, "classes": 10)").empty());
  CHECK(findings_of(R"("accuracy": 8, "classes": 10)") == "chance suspicious");
  CHECK(findings_of(R"("accuracy": 8)").empty());
}

TEST_CASE("A network is held to what the references say of it") {
  const auto of = [](std::string_view name, std::string_view members) {
    return findings_in(fmt::format(R"([{{"name": "{}", {}}}])", name, members));
  };
  CHECK(of("ResNet-50", R"("params": "25.6M", "flops": "4.09 GMAC")").empty());
  CHECK(of("resnet34_8xb32_in1k", R"("params": 2180000)") == "reference wrong");
  CHECK(of("microsoft/resnet-50", R"("params": 25600)") == "reference wrong");
  CHECK(of("resnet50", R"("flops": "4.09 GFLOP")") == "reference suspicious");  // it may be of another image size
  CHECK(of("resnet50", R"("variant": "224", "flops": "4.09 GFLOP")") == "reference wrong");
  CHECK(of("resnet50", R"("variant": "320", "flops": "16.7 GFLOP")").empty());  // twice that of 224 px
  CHECK(of("resnet50", R"("params": "40M")") == "differs suspicious");
  // Of a network that only begins with the name, a gross factor says something, nothing else does.
  CHECK(of("resnet50_fpn", R"("params": "41M")").empty());
  CHECK(of("resnet50_fpn", R"("params": "2.56M")") == "reference suspicious");
  CHECK(of("resnet50", R"("task": "detection", "params": "41M")").empty());
}

TEST_CASE("A catalog can be the reference") {
  const test::ReadResult reference = test::read_text(R"([{"name": "net-a", "params": "10M"}])");
  CHECK(findings_in(R"([{"name": "Net A", "params": "10.1M"}])", {.against = &reference.catalog}).empty());
  CHECK(findings_in(R"([{"name": "Net A", "params": "10k"}])", {.against = &reference.catalog}) == "reference wrong");
  CHECK(findings_in(R"([{"name": "Net A", "params": "10k"}])").empty());
}

TEST_CASE("Rows of one model that are a round factor apart are in doubt") {
  CHECK(
      findings_in(R"([{"name": "a", "variant": "1", "params": "10M"}, {"name": "a", "variant": "2", "params": "10M"}])")
          .empty());
  CHECK(findings_in(
            R"([{"name": "a", "variant": "1", "params": "10M"}, {"name": "a", "variant": "2", "params": "10k"}])") ==
        "same_model suspicious");
}

TEST_CASE("A field in two units parts into two groups") {
  std::string text = "[";
  for (int index = 0; index < 10; ++index)
    text += fmt::format(R"({}{{"name": "m{}", "training_co2": {}}})", index == 0 ? "" : ",", index,
                        (index % 2 == 0 ? 1000.0 : 1.0) * (10 + index));
  CHECK(findings_in(text + "]") == "two_scales suspicious");
  // Figures of all magnitudes have no gap.
  text = "[";
  for (int index = 0; index < 10; ++index)
    text += fmt::format(R"({}{{"name": "m{}", "training_co2": 1e{}}})", index == 0 ? "" : ",", index, index);
  CHECK(findings_in(text + "]").empty());
}

TEST_CASE("Figures that occur too often, or under two names, are in doubt") {
  CHECK(
      findings_in(R"([{"name": "a", "latency": 999}, {"name": "b", "latency": 999}, {"name": "c", "latency": 999}])") ==
      "sentinel suspicious");
  CHECK(findings_in(R"([{"name": "a", "latency": 999}, {"name": "b", "latency": 99}, {"name": "c", "latency": 9}])")
            .empty());
  CHECK(findings_in(R"([{"name": "a", "accuracy": 71.3, "params": 1234567, "latency": 0.123},
                        {"name": "b", "accuracy": 71.3, "params": 1234567, "latency": 0.123}])") ==
        "identical_figures suspicious");
}

TEST_CASE("One of many that stands apart is in doubt") {
  const auto catalog = [](std::string_view last) {
    std::string text = "[";
    for (int index = 0; index < 9; ++index)
      text += fmt::format(R"({{"name": "m{}", "hardware": "H", "latency": {}, "energy": {}}},)", index, 1 + index,
                          200 * (1 + index));
    return fmt::format(R"({}{{"name": "last", "hardware": "H", {}}}])", text, last);
  };
  CHECK(findings_in(catalog(R"("latency": 2, "energy": 500)")).empty());
  CHECK(findings_in(catalog(R"("latency": 2, "energy": 4)")) == "unlike_the_others suspicious");
}

TEST_CASE("A remark silences with a reason, and only the rules that it names") {
  const auto with = [](std::string_view remark) {
    return findings_of(fmt::format(R"("training_energy": "100 kWh", "training_co2": "40 g", "audit": "{}")", remark));
  };
  CHECK(with("ignore: printed so") == "training_carbon wrong ignored: printed so");
  CHECK(with("ignore training_carbon, pue: printed so") == "training_carbon wrong ignored: printed so");
  CHECK(with("ignore pue: printed so") == "training_carbon wrong");
  CHECK(with("ignore:") == "training_carbon wrong");
  CHECK(with("looks good") == "training_carbon wrong");
  CHECK_FALSE(parse_audit_remark("ignore nonsense: because"));
  CHECK(parse_audit_remark("ignore nonsense: because").complaint().message == "\"nonsense\" is no rule of audit");
}

TEST_CASE("Rules can be chosen") {
  const std::string_view text = R"([{"name": "M", "pue": 110, "training_energy": "100 kWh", "training_co2": "40 g"}])";
  CHECK(findings_in(text) == "training_carbon wrong, pue wrong");
  CHECK(findings_in(text, {.rules = {"pue"}}) == "pue wrong");
  CHECK(findings_in(text, {.ignore = {"pue"}}) == "training_carbon wrong");
}

TEST_CASE("What is not stated, or not a number, is in no doubt") {
  CHECK(findings_in(R"([{"name": "-"}])").empty());
  CHECK(findings_of(R"("energy": 0, "latency": 1, "co2": 0)").empty());
  CHECK(findings_of(R"("training_energy": 1e308, "training_time": 1e-308)") == "training_power wrong");
}

TEST_CASE("The catalogs that come with greenml hold no figure that is in doubt, or say why") {
  for (const std::string_view name : {"imagenet-cnn", "torchvision", "timm", "llm-energy", "training-footprints"}) {
    CAPTURE(name);
    const std::string text = test::read_file(fmt::format("{}/{}.json", GREENML_DATA, name));
    const std::string found = findings_in(text);
    const bool all_are_ignored = found.empty() || found.find("ignored") != std::string::npos;
    CHECK(all_are_ignored);
    CHECK(found.find("wrong") == std::string::npos);
    CHECK(found.find("suspicious,") == std::string::npos);
  }
}
