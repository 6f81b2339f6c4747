/// \file
/// A section of a sheet in words and rounded numbers, for the formats that people read. How the cells are arranged is
/// the formats' business.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sheet/sheet.hpp"

namespace greenml::render {

struct PeopleColumn {
  std::string head;                ///< title and unit: "energy (J)"
  std::vector<std::string> cells;  ///< "-" where nothing is known; dangerous characters are escaped
  std::vector<bool> is_number;     ///< of each cell: a number is never cut
  Align align = Align::left;
  bool numbers = false;  ///< has some, to be aligned at the decimal point
  int expendable = 0;
  bool prose = false;
};

/// The columns of a section that are for people. Numbers of a column share one unit, so that they can be compared.
std::vector<PeopleColumn> columns_for_people(const Sheet& sheet, const Section& section);

}  // namespace greenml::render
