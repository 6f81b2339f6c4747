/// \file
/// What a catalog knows of a model, as the card of a model hub says it. Nothing is filled in that the catalog does not
/// say or that does not follow from it.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/reference.hpp"
#include "sheet/model_card.hpp"

namespace greenml::cli {

struct CardOfModel {
  render::ModelCard card;
  std::vector<std::string> lacks;    ///< which parts the card does without, and why
  std::vector<std::string> remarks;  ///< what whoever publishes the card has to look at
  bool empty() const { return !card.result && !card.co2_eq_emissions; }
};

CardOfModel card_of(const Catalog& catalog, std::size_t row, const ReferenceTable& grids);

}  // namespace greenml::cli
