/// \file
/// Models by what a person calls them: finding them, and the order of their names.

#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"

namespace greenml {

/// Whether a model with this name may be meant, by its name alone or with a variant behind it: "b (int8)" may mean b.
bool may_mean(std::string_view typed, std::string_view name);

/// The rows of all models with that name and variant, as in "name (variant)" or, without a variant, "name"; where there
/// is none, of all variants of that name.
std::vector<std::size_t> find_by_name(const Catalog& catalog, std::string_view name);

/// Those of the rows whose name another one of them has too, in their order.
std::vector<std::size_t> namesakes(const Catalog& catalog, std::span<const std::size_t> rows);

/// What may have been meant by a name that is not in the catalog: the names that begin so, whatever their case and what
/// separates their parts (resnet50 begins ResNet-50_tv), or the nearest by typing errors. Empty if there is none.
std::string name_hint(const Catalog& catalog, std::string_view name);

/// "ResNet-50 (int8)", or "ResNet-50" for a model without variant.
std::string full_name(const Model& model);

/// The order of names: whether the left model's name is before the right one's, or where they are the same its variant,
/// then the other labels of its identity. A total order, whatever the order of the input.
bool precedes_by_name(const Catalog& catalog, std::size_t left, std::size_t right);
/// Puts rows in that order: as many as are wanted in front, the others after them in any order.
void sort_by_name(const Catalog& catalog, std::span<std::size_t> rows,
                  std::size_t wanted = std::numeric_limits<std::size_t>::max());

}  // namespace greenml
