/// \file
/// What was counted in model files: as a catalog that every command can take, as a sheet, and as notes.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/inspect.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

/// One model for each file. Quantities are counted, or estimated where the count is an upper bound.
Catalog catalog_of(std::span<const Inspection> inspections);

/// Of a catalog made by `catalog_of`, which must stay.
render::Sheet inspection_sheet(const Catalog& catalog);

/// What the files leave open, each beginning with the file's name, and why a model has no FLOPs.
std::vector<std::string> inspection_notes(std::span<const Inspection> inspections);

}  // namespace greenml::cli
