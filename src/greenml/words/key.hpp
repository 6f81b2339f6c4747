/// \file
/// What a key in a model means: a label, a quantity of a field in a unit, or a result. The known keys follow from the
/// tables of labels, fields, units and metrics; nothing is listed here twice. A key may name its unit as a text does:
/// energy_kWh is energy_kwh.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "greenml/field.hpp"
#include "greenml/label.hpp"

namespace greenml {

struct Meaning {
  enum class Kind {
    label,
    quantity,
    result,
    asked,        ///< a column of which nobody but a person knows what it is
    passed_over,  ///< as that person wants it
    unknown
  };
  Kind kind = Kind::unknown;
  const Label* label = nullptr;  ///< of a label
  FieldId field{};               ///< of a quantity, and the unit of its bare numbers
  const Unit* unit = nullptr;
  bool unit_was_named = false;  ///< by the key, as in energy_kwh
};

Meaning meaning_of(std::string_view key);

/// For an unknown key that is within one typing error of a known one: what to do about it. Names known keys only
/// where the typing error cannot be another unit, and all of them. Nothing for any other key.
std::optional<std::string> hint_for_near_key(std::string_view key);

/// What a key is probably meant to be that many catalogs have where greenml has another: "gpu" for hardware, "top1" for
/// accuracy. Empty for any other key.
std::string_view usual_name_of(std::string_view key);

/// For an unknown key that starts like a field with a unit: the field, and what follows the underscore. An
/// "energy_kw" means an energy, although kW is no unit of one.
struct FieldPrefix {
  const Field* field = nullptr;
  std::string_view rest;
};
FieldPrefix field_prefix_of(std::string_view key);

}  // namespace greenml
