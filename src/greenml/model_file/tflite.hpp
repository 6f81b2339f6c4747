/// \file
/// TFLite: what a graph costs. The entry point alone.

#pragma once

#include "greenml/inspect.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// Inspects a TFLite model.
Parsed<Inspection> inspect_tflite(const File& file, const InspectOptions& options);

}  // namespace greenml::model_file
