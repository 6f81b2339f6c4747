/// \file
/// Reads a TFLite file into a graph: its first subgraph is the main one.

#pragma once

#include "model_file/file.hpp"
#include "model_file/graph/graph.hpp"

namespace greenml::model_file::graph {

/// Throws Malformed for what is malformed.
Model read_tflite(const File& file);

}  // namespace greenml::model_file::graph
