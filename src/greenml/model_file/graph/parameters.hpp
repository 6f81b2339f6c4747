/// \file
/// Which constants of a graph are trained weights: what the operators that read them say, in any branch and any
/// function, whether it runs or not. Each constant counts once, however often it is used.

#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "greenml/inspect.hpp"
#include "model_file/graph/graph.hpp"

namespace greenml::model_file::graph {

/// The weights that a node is the first to use.
struct NodeWeights {
  std::uint64_t params = 0;
  std::uint64_t buffers = 0;
};

struct Parameters {
  std::uint64_t params = 0;
  std::uint64_t buffers = 0;
  std::string packed;  ///< a tensor of which it is not known how many weights it packs; empty where all is known
  std::vector<ElementType> types;  ///< of the params, most elements first
  std::unordered_map<const Node*, NodeWeights> of_nodes;
  std::vector<std::string> notes;
};

/// Throws Malformed where a sum is over 64 bits. The graph's functions do not call themselves (check_expansion).
Parameters count_parameters(const Model& model);

}  // namespace greenml::model_file::graph
