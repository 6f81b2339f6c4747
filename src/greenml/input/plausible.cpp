#include "input/plausible.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <optional>

#include "greenml/footprint.hpp"
#include "greenml/quantity.hpp"

namespace greenml {

namespace {

/// How much of something a model has at least, or at most, where the doubt is about its relation to something else.
using PlausibleBound = double (*)(const Model& model);

struct Doubt {
  FieldId field;
  bool below;            ///< whether what is less than the bound is in doubt; else what is more
  PlausibleBound bound;  ///< NaN where it is not known
  std::string_view why;
  std::string_view example;
};

double parameters(const Model& model) { return model.catalog().value(field_id("params"), model.row()); }

double hardware_count(const Model& model) { return parse_hardware_count(model.label("hardware_count")).value_or(1); }

constexpr auto doubts = std::to_array<Doubt>({
    {field_id("flops"), true, [](const Model& model) { return parameters(model); }, "fewer than its parameters",
     R"("flops": "1.8 GFLOP" or "flops_gflop": 1.8)"},
    {field_id("flops"), true, [](const Model&) { return 1000.0; }, "fewer than any network has",
     R"("flops": "1.8 GFLOP" or "flops_gflop": 1.8)"},
    {field_id("size"), true, [](const Model& model) { return parameters(model) / 8; },
     "less than a bit for each of its parameters", R"("size": "98 MB" or "size_mb": 98)"},
    {field_id("latency"), false, [](const Model&) { return 60.0; }, "more than a minute",
     R"("latency": "4.12 ms" or "latency_ms": 4.12)"},
    {field_id("training_power"), false, [](const Model& model) { return 10e3 * hardware_count(model); },
     "more than 10 kW for each piece of hardware", R"("training_power": "300 W" or "training_power_w": 300)"},
});

static_assert(std::all_of(doubts.begin(), doubts.end(),
                          [](const Doubt& doubt) { return may_be_doubted(doubt.field); }));

const Doubt* find_doubt(FieldId field, const Model& model) {
  const double value = model.catalog().value(field, model.row());  // NaN, which is in no doubt, where it is not known
  const auto found = std::find_if(doubts.begin(), doubts.end(), [&](const Doubt& doubt) {
    if (doubt.field != field) return false;
    const double bound = doubt.bound(model);
    return doubt.below ? value < bound : value > bound;
  });
  return found == doubts.end() ? nullptr : &*found;
}

}  // namespace

bool is_hardly_meant(FieldId field, const Model& model) { return find_doubt(field, model) != nullptr; }

std::string doubt_about(FieldId field, const Model& model) {
  return fmt::format("is read as {}, {}", for_people(*model.value(field), row_of(field).dimension),
                     find_doubt(field, model)->why);
}

std::string example_with_unit(FieldId field) {
  const auto found =
      std::find_if(doubts.begin(), doubts.end(), [&](const Doubt& doubt) { return doubt.field == field; });
  return std::string(found->example);
}

}  // namespace greenml
