/// \file
/// Reference tables: the carbon intensity of grids, the nameplate power of hardware, and what CO2e compares with. They
/// are built in, from data/reference/, and newer ones can be read.

#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/problem.hpp"
#include "greenml/unit.hpp"

namespace greenml {

struct ReferenceRow {
  std::string name;               ///< "FRA"
  std::string title;              ///< "France"; may be empty
  std::vector<std::string> also;  ///< further names: "FR"
  double value;                   ///< in the base unit of the table's dimension
  std::string written;            ///< "56.039 g/kWh"
  double peak = 0;                ///< hardware: FLOP/s, dense; 0 where the table does not say
  int year = 0;                   ///< that the value holds for; 0 where the source does not say
  std::string source;
};

enum class ReferenceKind { grids, hardware, equivalents };

struct ReferenceKindRow {
  ReferenceKind kind;
  std::string_view name;  ///< the file is named after it: grids.json
  Dimension dimension;
};

/// One row is one table.
inline constexpr auto reference_kinds = std::to_array<ReferenceKindRow>({
    {ReferenceKind::grids, "grids", Dimension::carbon_intensity},
    {ReferenceKind::hardware, "hardware", Dimension::power},
    {ReferenceKind::equivalents, "equivalents", Dimension::mass},
});

struct ReferenceTable {
  std::vector<ReferenceRow> rows;

  /// By a name, title or further name, whatever its case; nullptr if there is none, or several.
  const ReferenceRow* find(std::string_view name) const;
  /// "did you mean FRA (France)?", or the rows that the name could mean; empty where none is near.
  std::string near(std::string_view name) const;
};

/// Reads a table; every problem is reported with its row.
ReferenceTable read_reference(ReferenceKind kind, const std::string& file, std::string_view bytes, Problems& problems);

/// The table that is built in, read when it is first asked for.
const ReferenceTable& built_in_reference(ReferenceKind kind);

}  // namespace greenml
