/// \file
/// The factors by which figures of this field are mistaken, and what mistake each probably is.

#pragma once

#include <optional>
#include <string_view>

#include "greenml/unit.hpp"

namespace greenml::audit_detail {

/// A factor that is near the ratio of a figure to what it should be.
struct NamedFactor {
  double factor;           ///< of the table, or its inverse
  std::string_view cause;  ///< may be empty
};

/// The factor within 5 % of `ratio` (figure / right figure), the nearest where there are several; nothing where there
/// is none. The dimension of the figure decides which mistakes are possible.
std::optional<NamedFactor> named_factor(double ratio, Dimension dimension);

/// Whether a factor is so large that no other head, width or image size explains it: 10 and more.
constexpr bool is_gross(double factor) { return factor >= 9.5 || factor <= 1 / 9.5; }

}  // namespace greenml::audit_detail
