/// \file
/// From a graph to what it costs, whatever the format of its file.

#pragma once

#include "greenml/inspect.hpp"
#include "model_file/graph/graph.hpp"

namespace greenml::model_file::graph {

/// Fills in all that follows from the graph: params, buffers, types, macs or why not, input, layers, notes. Throws
/// Malformed where the graph makes no sense, or where its sizes stay open.
void inspect_graph(const Model& model, const InspectOptions& options, Inspection& inspection);

}  // namespace greenml::model_file::graph
