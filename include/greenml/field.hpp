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

/// Which numbers make sense for a field. No quantity is negative or infinite.
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
  bool bound_to_hardware;  ///< comparable only on the same hardware
  Range range;
  std::string_view help;
};

inline constexpr Range not_zero = {.zero = false};
inline constexpr Range whole_count = {.most = 9007199254740992, .zero = false, .whole = true};  // 2^53: all digits kept

/// One row is one field.
inline constexpr auto fields = std::to_array<Field>({
    {"accuracy",
     "accuracy",
     Dimension::accuracy,
     Better::higher,
     false,
     {.most = 100},
     "share of right answers; accuracy_metric says which"},
    {"flops", "FLOPs", Dimension::compute, Better::lower, false, not_zero,
     "operations of one inference; a multiply-accumulate is two"},
    {"params", "params", Dimension::count, Better::lower, false, whole_count, "trained parameters"},
    {"size", "size", Dimension::storage, Better::lower, false, not_zero, "the model's file or its weights in memory"},
    {"latency", "latency", Dimension::time, Better::lower, true, not_zero, "time of one inference"},
    {"energy",
     "energy",
     Dimension::energy,
     Better::lower,
     true,
     {},
     "energy of one inference, at the meter (PUE included)"},
    {"co2", "CO2e", Dimension::mass, Better::lower, true, {}, "greenhouse gases of one inference, as CO2 equivalent"},
    {"training_flops", "training FLOPs", Dimension::compute, Better::lower, false, not_zero,
     "floating-point operations of the training"},
    {"training_time", "training time", Dimension::time, Better::lower, true, not_zero,
     "wall-clock time of the training"},
    {"training_power",
     "training power",
     Dimension::power,
     Better::lower,
     true,
     {},
     "average power of the whole training job, without PUE"},
    {"training_energy",
     "training energy",
     Dimension::energy,
     Better::lower,
     true,
     {},
     "energy of the training, at the meter (PUE included)"},
    {"training_co2",
     "training CO2e",
     Dimension::mass,
     Better::lower,
     true,
     {},
     "greenhouse gases of the training, as CO2 equivalent"},
    {"training_cost", "training cost", Dimension::money, Better::lower, true, {}, "price of the training"},
    {"pue",
     "PUE",
     Dimension::ratio,
     Better::lower,
     false,
     {.least = 1},
     "energy of the data centre / energy of its computers"},
    {"carbon_intensity",
     "carbon intensity",
     Dimension::carbon_intensity,
     Better::lower,
     false,
     {},
     "greenhouse gases of a kilowatt-hour, as CO2 equivalent"},
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

/// Whether nothing can be wrong with a value in the field's own unit, however it was written.
constexpr bool is_beyond_doubt(const Field& field, double value) {
  const Range& range = field.range;
  const bool may_be_fraction = field.dimension == Dimension::accuracy && value <= 1;
  if (value <= 0 || value < range.least || value > range.most || may_be_fraction) return false;
  return !range.whole || static_cast<double>(static_cast<std::int64_t>(value)) == value;
}

/// Gives a value in the field's own unit back where a model can have it, a count without the noise of floats (249000000
/// for 249000000.00000003); else the complaint is a predicate:
/// "is negative".
Parsed<double> check_range(const Field& field, double value);

}  // namespace greenml
