/// \file
/// ONNX: what a graph costs. The entry point alone.

#pragma once

#include "greenml/inspect.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// Inspects an ONNX model.
Parsed<Inspection> inspect_onnx(const File& file, const InspectOptions& options);

}  // namespace greenml::model_file
