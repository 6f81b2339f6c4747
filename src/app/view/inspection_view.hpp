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

/// Of a catalog made by `catalog_of`, which must stay.
render::Sheet inspection_sheet(const Catalog& catalog);

}  // namespace greenml::cli
