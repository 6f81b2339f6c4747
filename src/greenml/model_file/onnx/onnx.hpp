/// \file
/// ONNX: a graph with its weights, in one file or with external data beside it.

#pragma once

#include "greenml/inspect.hpp"
#include "greenml/parsed.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// Inspects an ONNX model. External data is looked up in the folder of the file, and only its length is read.
Parsed<Inspection> inspect_onnx(const File& file, const InspectOptions& options);

}  // namespace greenml::model_file
