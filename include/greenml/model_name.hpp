/// \file
/// Finds models by what a person calls them.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"

namespace greenml {

/// The rows of all models with that name, or that "name (variant)".
std::vector<std::size_t> find_by_name(const Catalog& catalog, std::string_view name);

/// The name in the catalog that is nearest to one that is not in it; empty if there is none.
std::string_view nearest_name(const Catalog& catalog, std::string_view name);

/// "ResNet-50 (int8)", or "ResNet-50" for a model without variant.
std::string full_name(const Model& model);

}  // namespace greenml
