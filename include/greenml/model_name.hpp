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

/// What may have been meant by a name that is not in the catalog: the names that begin so, whatever their case and what
/// separates their parts (resnet50 begins ResNet-50_tv), or the nearest by typing errors. Empty if there is none.
std::string name_hint(const Catalog& catalog, std::string_view name);

/// "ResNet-50 (int8)", or "ResNet-50" for a model without variant.
std::string full_name(const Model& model);

}  // namespace greenml
