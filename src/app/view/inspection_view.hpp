/// \file
/// What was counted in model files: as a sheet.

#pragma once

#include <cstddef>
#include <vector>

#include "greenml/catalog.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

/// What people and programs get of a catalog made by `catalog_of`, which must stay, where they choose no columns.
std::vector<render::Column> inspection_columns(const Catalog& catalog);

render::Sheet inspection_sheet(std::vector<render::Column> columns, std::vector<std::size_t> rows);

}  // namespace greenml::cli
