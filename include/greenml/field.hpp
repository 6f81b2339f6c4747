/// \file
/// The table of fields: the quantities that a model can have. How a number is written is in quantity.hpp, what is
/// computed from fields in metric.hpp.

#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "greenml/quantity.hpp"
#include "greenml/unit.hpp"

namespace greenml {

enum class Better { lower, higher };

/// What a field says of a model.
enum class Role : std::uint8_t {
  quality,    ///< what the model is good at
  cost,       ///< what that takes
  condition,  ///< of the place where it runs: no property of the model
};

inline constexpr auto role_names = std::to_array<std::string_view>({"quality", "cost", "condition"});

constexpr std::string_view name_of(Role role) { return role_names[static_cast<std::size_t>(role)]; }

/// How an axis shows values.
enum class ScaleKind : std::uint8_t { linear, logarithmic };

/// Which numbers make sense for a field. None is infinite.
struct Range {
  double least = 0;
  double most = std::numeric_limits<double>::infinity();
  bool zero = true;    ///< a model may truly have none of it
  bool whole = false;  ///< counts things
};

struct Field {
  std::string_view name;
  std::string_view title;  ///< as the head of a column
  Dimension dimension;     ///< its own unit is the base unit of the dimension
  Better better;
  Role role;
  ScaleKind scale;                 ///< on which its values spread evenly
  bool per_inference = false;      ///< of one inference: comparable only where functional_unit is the same
  bool bound_to_hardware = false;  ///< comparable only on the same hardware
  /// Covered by an amount of `check` that names no measure, as in --max-drop 5%: a quality always, a cost unless a
  /// ratio that the amount covers has it. Stated for each field, so that one more field does not change what a budget
  /// demands.
  bool in_bare_amount = false;
  Range range = {};
  std::string_view help;
};

inline constexpr Range not_zero = {.zero = false};
inline constexpr Range whole_count = {.most = 9007199254740992, .zero = false, .whole = true};  // 2^53: all digits kept

/// One row is one field. Of the qualities, the first that models have is the one that they are compared by.
inline constexpr auto fields = std::to_array<Field>({
    {.name = "accuracy",
     .title = "accuracy",
     .dimension = Dimension::accuracy,
     .better = Better::higher,
     .role = Role::quality,
     .scale = ScaleKind::linear,
     .in_bare_amount = true,
     .range = {.most = 100},
     .help = "share of right answers; quality_metric says which"},
    {.name = "error_rate",
     .title = "error rate",
     .dimension = Dimension::accuracy,
     .better = Better::lower,
     .role = Role::quality,
     .scale = ScaleKind::linear,
     .in_bare_amount = true,
     .help = "share of errors, as WER or top-1 error; may be more than 100 %"},
    {.name = "score",
     .title = "score",
     .dimension = Dimension::number,
     .better = Better::higher,
     .role = Role::quality,
     .scale = ScaleKind::linear,
     .in_bare_amount = true,
     .range = {.least = -std::numeric_limits<double>::infinity()},
     .help = "a score on a scale of its own: BLEU, Elo, reward; may be negative"},
    {.name = "loss",
     .title = "loss",
     .dimension = Dimension::number,
     .better = Better::lower,
     .role = Role::quality,
     .scale = ScaleKind::linear,
     .in_bare_amount = true,
     .help = "what the training makes small: perplexity, cross-entropy, RMSE, FID"},
    {.name = "flops",
     .title = "FLOPs",
     .dimension = Dimension::compute,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .per_inference = true,
     .in_bare_amount = true,
     .range = not_zero,
     .help = "operations of one inference; a multiply-accumulate is two"},
    {.name = "params",
     .title = "params",
     .dimension = Dimension::count,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .in_bare_amount = true,
     .range = whole_count,
     .help = "trained parameters"},
    {.name = "active_params",
     .title = "active params",
     .dimension = Dimension::count,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .in_bare_amount = true,
     .range = whole_count,
     .help = "parameters used for one token of a mixture of experts"},
    {.name = "size",
     .title = "size",
     .dimension = Dimension::storage,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .in_bare_amount = true,
     .range = not_zero,
     .help = "the model's file or its weights in memory"},
    {.name = "memory",
     .title = "memory",
     .dimension = Dimension::storage,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .per_inference = true,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .range = not_zero,
     .help = "peak memory of one inference"},
    {.name = "latency",
     .title = "latency",
     .dimension = Dimension::time,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .per_inference = true,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .range = not_zero,
     .help = "time of one inference"},
    {.name = "throughput",
     .title = "throughput",
     .dimension = Dimension::rate,
     .better = Better::higher,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .per_inference = true,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .range = not_zero,
     .help = "inferences in a second; functional_unit says what one is"},
    {.name = "energy",
     .title = "energy",
     .dimension = Dimension::energy,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .per_inference = true,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .help = "energy of one inference, at the meter (PUE included)"},
    {.name = "co2",
     .title = "CO2e",
     .dimension = Dimension::mass,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .per_inference = true,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .help = "greenhouse gases of one inference, as CO2 equivalent"},
    {.name = "training_flops",
     .title = "training FLOPs",
     .dimension = Dimension::compute,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .in_bare_amount = true,
     .range = not_zero,
     .help = "floating-point operations of the training"},
    {.name = "training_time",
     .title = "training time",
     .dimension = Dimension::time,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .range = not_zero,
     .help = "wall-clock time of the training"},
    {.name = "training_power",
     .title = "training power",
     .dimension = Dimension::power,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .help = "average power of the whole training job, without PUE"},
    {.name = "training_energy",
     .title = "training energy",
     .dimension = Dimension::energy,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .help = "energy of the training, at the meter (PUE included)"},
    {.name = "training_co2",
     .title = "training CO2e",
     .dimension = Dimension::mass,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .help = "greenhouse gases of the training, as CO2 equivalent"},
    {.name = "training_cost",
     .title = "training cost",
     .dimension = Dimension::money,
     .better = Better::lower,
     .role = Role::cost,
     .scale = ScaleKind::logarithmic,
     .bound_to_hardware = true,
     .in_bare_amount = true,
     .help = "price of the training"},
    {.name = "pue",
     .title = "PUE",
     .dimension = Dimension::ratio,
     .better = Better::lower,
     .role = Role::condition,
     .scale = ScaleKind::linear,
     .range = {.least = 1},
     .help = "energy of the data centre / energy of its computers"},
    {.name = "carbon_intensity",
     .title = "carbon intensity",
     .dimension = Dimension::carbon_intensity,
     .better = Better::lower,
     .role = Role::condition,
     .scale = ScaleKind::linear,
     .help = "greenhouse gases of a kilowatt-hour, as CO2 equivalent"},
});

/// The position of a field in the table.
enum class FieldId : std::uint8_t {};

constexpr const Field& row_of(FieldId id) { return fields[static_cast<std::size_t>(id)]; }

constexpr std::optional<FieldId> find_field(std::string_view name) {
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (fields[index].name == name) return static_cast<FieldId>(index);
  return std::nullopt;
}

/// The field with that name. A name that is not in the table does not compile.
consteval FieldId field_id(std::string_view name) { return find_field(name).value(); }

/// The unit of a field's bare numbers.
constexpr const Unit& own_unit(const Field& field) { return base_unit(field.dimension); }

/// The key that names field and unit: "energy_kwh"; "flops" where the field's name says the unit.
std::string key_of(const Field& field, const Unit& unit);

/// How a quantity was written: as a number under a key, which gives the unit, or as a text with a unit of its own.
struct WrittenQuantity {
  std::string_view text;
  const Unit* unit;     ///< of a bare number
  bool unit_was_named;  ///< by the key (accuracy_percent), so that 0.5 is no slip
};

/// Reads a quantity of a field and checks that its value makes sense for it. A bare accuracy in (0, 1] is refused,
/// since it may be a fraction.
Parsed<double> parse_field(const Field& field, const WrittenQuantity& written);

/// Numbers with which nothing can be wrong, however they were written.
struct SafeRange {
  double least;
  double most;
  bool is_whole;

  constexpr bool contains(double value) const {
    return value >= least && value <= most &&
           (!is_whole || static_cast<double>(static_cast<std::int64_t>(value)) == value);
  }
};

/// Of values in the field's own unit. An accuracy of 1 and less may be meant as a fraction, and 0 needs a look.
constexpr SafeRange safe_range(const Field& field) {
  constexpr double above_one = 1 + std::numeric_limits<double>::epsilon();
  constexpr double above_zero = std::numeric_limits<double>::denorm_min();
  const double above = field.dimension == Dimension::accuracy ? above_one : above_zero;
  return {std::max(field.range.least, above), field.range.most, field.range.whole};
}

/// Gives a value in the field's own unit back where a model can have it, a count without the noise of floats (249000000
/// for 249000000.00000003); else the complaint is a predicate:
/// "is negative".
Parsed<double> check_range(const Field& field, double value);

}  // namespace greenml
