/// \file
/// Cells of values that may be missing.

#pragma once

#include <optional>
#include <string>
#include <utility>

#include "sheet/sheet.hpp"

namespace greenml::cli {

/// An empty cell where there is no text.
inline render::Cell cell_of(std::string text) { return text.empty() ? render::Cell() : render::Cell(std::move(text)); }

/// An empty cell where there is no number.
inline render::Cell cell_of(const std::optional<double>& value) {
  return value ? render::Cell(*value) : render::Cell();
}

}  // namespace greenml::cli
