/// \file
/// The inputs of a graph with every dimension a number: what the file fixes, what the person says, and the batch, which
/// is 1 where nobody says anything.

#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "greenml/inspect.hpp"
#include "model_file/graph/graph.hpp"

namespace greenml::model_file::graph {

struct ResolvedInputs {
  std::unordered_map<Name, Value> values;
  std::string text;  ///< "input 1x3x224x224"
  std::uint64_t batch = 1;
  std::vector<std::string> notes;
};

/// Throws Malformed where dimensions stay open, all of them named at once, or where an option contradicts the file.
ResolvedInputs resolve_inputs(const Model& model, const InspectOptions& options);

/// What --shape, --dim and --value can name.
InspectNames names_of_inputs(const Model& model);

}  // namespace greenml::model_file::graph
