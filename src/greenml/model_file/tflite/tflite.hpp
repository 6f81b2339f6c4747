/// \file
/// TFLite: a graph with its weights, in one file.

#pragma once

#include "greenml/inspect.hpp"
#include "greenml/parsed.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

Parsed<Inspection> inspect_tflite(const File& file, const InspectOptions& options);

}  // namespace greenml::model_file
