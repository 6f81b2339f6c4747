/// \file
/// A catalog as a text that is read as the same catalog again: every quantity in the unit in which it was stated, with
/// its method, source and error.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"

namespace greenml {

/// A model as one line of JSON: labels, then quantities, `"flops_gmac": 4.09` where nothing more is known of one. What
/// greenml computed is left out. A catalog with spellings keeps their units, one without gets the fields' own.
std::string json_of_model(const Catalog& catalog, std::size_t row);

/// The whole, one model a line; labels that all models have alike are its `defaults`. An empty description is left out.
std::string json_of_catalog(const Catalog& catalog, std::span<const std::size_t> rows, std::string_view description);

}  // namespace greenml
