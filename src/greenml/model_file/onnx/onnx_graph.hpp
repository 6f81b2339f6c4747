/// \file
/// Reads the messages of an ONNX file into a graph. Checks what the format says of one message; whether the graph makes
/// sense is checked where it is walked.

#pragma once

#include <string>
#include <vector>

#include "model_file/file.hpp"
#include "model_file/graph/graph.hpp"
#include "model_file/onnx/onnx_tensor.hpp"

namespace greenml::model_file::graph {

struct OnnxModel {
  Model model;
  std::vector<External> externals;
  NoData no_data;
};

/// Throws Malformed for what is malformed.
OnnxModel read_onnx(const File& file);

}  // namespace greenml::model_file::graph
