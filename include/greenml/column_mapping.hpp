/// \file
/// What a column or key of a file means, as its user says: --map 'Energy (kWh)=training_energy:kWh'. It takes the place
/// of what the name of the column says by itself.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "greenml/field.hpp"
#include "greenml/model.hpp"
#include "greenml/parsed.hpp"

namespace greenml {

struct ColumnMapping {
  enum class Target { quantity, label, nothing };

  std::string column;  ///< as it stands in the file
  Target target = Target::nothing;
  FieldId field{};             ///< of a quantity
  const Unit* unit = nullptr;  ///< of its bare numbers
  std::string label;           ///< of a label: its key
  Method method = Method::unstated;
  bool unit_is_certain = true;  ///< else a number that is hardly meant in this unit is refused
};

/// Reads COLUMN=FIELD:UNIT, COLUMN=LABEL, COLUMN=label:LABEL (any, however much like a field) or COLUMN=drop. A field
/// whose numbers have no unit, as params, needs none. The last equals sign counts, since columns may have others. The
/// complaint names the units to choose from.
Parsed<ColumnMapping> parse_column_mapping(std::string_view text);

/// The same after the equals sign.
Parsed<ColumnMapping> parse_column_target(std::string_view column, std::string_view target);

/// What stands behind the equals sign: "energy:kWh", "name", "label:training_type", "drop".
std::string target_text(const ColumnMapping& mapping);

/// "--map 'Energy (kWh)=energy:kWh'", to be copied into a shell.
std::string map_option(std::string_view column, std::string_view target);

/// The units to choose from where a column of that field has none: "energy:J", "energy:Wh", "energy:kWh".
std::vector<std::string> choices_for(FieldId field);

}  // namespace greenml
