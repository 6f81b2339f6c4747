/// \file
/// GGUF: what a language model costs, from its list of tensors. There is no table of architectures: what is multiplied
/// follows from the names of the tensors, and a name that is not known leaves the operations unknown.

#pragma once

#include <span>

#include "greenml/inspect.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// Inspects a model of one file, or of all shards in their order.
Parsed<Inspection> inspect_gguf(std::span<const File> shards, const InspectOptions& options);

}  // namespace greenml::model_file
