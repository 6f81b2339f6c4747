/// \file
/// safetensors: what weights take, and with a config.json of a language model beside them what a token costs.

#pragma once

#include <span>
#include <string>

#include "greenml/inspect.hpp"
#include "model_file/file.hpp"

namespace greenml::model_file {

/// Where the files stand, and which of them holds which tensor.
struct SafetensorsSet {
  std::span<const File> files;  ///< all shards, in their order
  std::string folder;           ///< where config.json may be: "models/", or empty
  std::string name;             ///< of the model
  std::string source;           ///< the file's name without folders
  std::string index;            ///< path of the index of the shards; empty where there is none
};

/// Inspects a model of one file, or of several shards.
Parsed<Inspection> inspect_safetensors(const SafetensorsSet& set, const InspectOptions& options);

}  // namespace greenml::model_file
