/// \file
/// What a person may want to know of a catalog that was read without an error: labels that may be meant as something
/// else, and names that look alike and are not.

#pragma once

#include "greenml/catalog.hpp"
#include "greenml/problem.hpp"

namespace greenml {

/// Adds notes; each kind of them once, however many models it is about.
void add_catalog_notes(const Catalog& catalog, Problems& problems);

}  // namespace greenml
