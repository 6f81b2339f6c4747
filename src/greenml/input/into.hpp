/// \file
/// Puts what was counted of a model into the text of a JSON catalog, as `inspect --into` does: quantities of that model
/// are replaced or added, and every other key, its order and its text stay. Works on texts alone; files are for others.
/// Checks the structure of the JSON, and no numbers or units: read the catalog before.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/parsed.hpp"

namespace greenml::read {

/// A quantity or a label that goes into the catalog.
struct NewMember {
  std::string key;              ///< "flops"
  std::string json;             ///< its value as JSON text
  std::optional<double> value;  ///< of a quantity, in its field's own unit
};

struct NewModel {
  std::string name;
  std::string variant;  ///< tells models of one name apart; empty where the name does
  std::vector<NewMember> members;
};

/// What a key of a catalog means: which of the new members stands for the same, and its value there.
struct StatedMember {
  std::string key;              ///< "flops" for "macs", "gflops"; the key itself where it has no other spelling
  std::optional<double> value;  ///< in the field's own unit; nothing where it is no quantity, or cannot be read
};

/// Tells what a key means; `json` is the text of its value.
using MeaningOfMember = std::function<StatedMember(std::string_view key, std::string_view json)>;

struct EditedCatalog {
  std::string text;
  std::vector<std::string> notes;  ///< what was stated and is off, and that a model was added
};

/// Returns the catalog with the model in it. The catalog is a list of models, an object with `models`, or NDJSON.
/// The complaint says where the text is not JSON, or that several models have the name.
Parsed<EditedCatalog> put_into(std::string_view catalog, const NewModel& model, const MeaningOfMember& meaning);

}  // namespace greenml::read
