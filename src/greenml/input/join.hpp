/// \file
/// Puts rows of several files together that are about one model.

#pragma once

#include "greenml/catalog.hpp"
#include "greenml/join.hpp"

namespace greenml {

/// A catalog with one row for each model: what later files say is added to the row of the first that has the model.
/// Where a later file's model is several of an earlier one, each of them gets what it says. Says in notes how many
/// models were brought together and which were not; a quantity with two values is an error unless the join says what
/// to do. Values agree that are the same within the rounding of their digits. The catalog needs its spellings.
Catalog joined(const Catalog& catalog, const Join& join, Problems& problems);

}  // namespace greenml
