/// \file
/// A document of JSON or YAML as a tree of texts with their places, and its records: objects whose members are columns.
/// Bounded in size, depth and number of values, whatever its aliases repeat.

#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/parsed.hpp"
#include "input/raw_object.hpp"

namespace greenml::source {

struct TreeMember;

struct Tree {
  read::RawKind kind = read::RawKind::null;
  std::string text;  ///< of what is no object or list; a number as it is written
  std::size_t offset = 0;
  std::vector<TreeMember> members;  ///< of an object
  std::vector<Tree> elements;       ///< of a list
};

struct TreeMember {
  std::string key;
  Tree value;
};

/// Why there is no tree, and at which byte.
struct TreeFault {
  std::size_t offset = 0;
  std::string message;
};

/// A tree, or its fault. Several documents of JSON become one list. Lines that begin with # are passed over.
struct TreeResult {
  Tree tree;
  std::optional<TreeFault> fault;
};
TreeResult tree_of_json(std::string_view text);
TreeResult tree_of_yaml(std::string_view text);
/// The YAML between the first two lines of three dashes, as a model card has it.
TreeResult tree_of_card(std::string_view text);

/// A record: columns and values. A column is named by its path, "Models.Metadata.FLOPs"; the key of an object whose
/// members are records by its path and braces, "results{}".
struct Column {
  std::string path;
  const Tree* value = nullptr;
};
using Record = std::vector<Column>;

/// Calls `take` with each record that `path` leads to: "Models[].Results[]" is each element of the lists, "results{}"
/// each member of the object, "" the document or its elements. A record has what is around it as columns too.
void for_each_record(const Tree& tree, std::string_view path, const std::function<void(const Record&)>& take);

}  // namespace greenml::source
