/// \file
/// What a key in a model means: a label, a quantity of a field in a unit, or a result. The known keys follow from the
/// tables of labels, fields, units and metrics; nothing is listed here twice.

#pragma once

#include <string>
#include <string_view>

#include "greenml/field.hpp"
#include "greenml/label.hpp"

namespace greenml {

struct Meaning {
  enum class Kind { label, quantity, result, unknown };
  Kind kind = Kind::unknown;
  const Label* label = nullptr;  ///< of a label
  FieldId field{};               ///< of a quantity, and the unit of its bare numbers
  const Unit* unit = nullptr;
  bool unit_was_named = false;  ///< by the key, as in energy_kwh
};

Meaning meaning_of(std::string_view key);

/// The known key that an unknown one is within one typing error of; empty if there is none.
std::string_view known_key_near(std::string_view key);

/// For an unknown key that starts like a field with a unit: the field, and what follows the underscore. An
/// "energy_kw" means an energy, although kW is no unit of one.
struct FieldPrefix {
  const Field* field = nullptr;
  std::string_view rest;
};
FieldPrefix field_prefix_of(std::string_view key);

}  // namespace greenml
