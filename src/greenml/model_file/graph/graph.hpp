/// \file
/// A model's graph as its file says it, whatever the format: nodes, constants, subgraphs and functions. Holds names and
/// sizes only, never weights. What follows from a graph is in evaluate.hpp and parameters.hpp.

#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model_file/graph/names.hpp"
#include "model_file/graph/tensor.hpp"

namespace greenml::model_file::graph {

/// Under the numbers of ONNX.
enum class AttributeKind : std::uint8_t {
  none = 0,
  real = 1,
  integer = 2,
  text = 3,
  tensor = 4,  ///< a constant
  graph = 5,
  reals = 6,
  integers = 7,
  texts = 8,
  tensors = 9,
  graphs = 10,
};

/// Its elements are in `Model::numbers`: numbers, bits of a double, names, or indices of constants and graphs.
struct Attribute {
  /// Longer ones are cut: no rule reads more.
  static constexpr std::uint32_t most_kept = 4096;

  Name name = 0;
  Name reference = 0;  ///< the attribute of the function's caller that is meant
  AttributeKind kind = AttributeKind::none;
  std::uint32_t begin = 0;
  std::uint32_t kept = 0;
  std::uint64_t count = 0;
};

/// Its inputs, outputs and attributes are rows of the model's lists.
struct Node {
  Name operator_name = 0;
  Name domain = 0;
  Name name = 0;
  Name overload = 0;
  std::uint32_t first_input = 0;
  std::uint32_t inputs = 0;
  std::uint32_t first_output = 0;
  std::uint32_t outputs = 0;
  std::uint32_t first_attribute = 0;
  std::uint32_t attributes = 0;
};

/// An initializer, the value of a Constant node, or a tensor with a buffer.
struct Constant {
  Name name = 0;
  Type type = Type::none;
  Shape shape;
  std::uint64_t elements = 0;
  std::shared_ptr<const Contents> contents;  ///< of small ones
  std::uint64_t data_begin = 0;              ///< of its bytes in the file; 0 where they are not there
  std::uint64_t data_bytes = 0;
  std::optional<std::uint32_t> same_as;  ///< the constant whose bytes it has as well

  Value value() const;
};

struct Dimension {
  std::int64_t size = -1;  ///< negative where it is open
  Name symbol = 0;         ///< "batch"
};

struct Input {
  Name name = 0;
  Type type = Type::none;
  bool is_tensor = false;
  bool has_shape = false;
  bool is_state = false;  ///< kept from one pass to the next, and no input of the person's
  std::vector<Dimension> shape;
};

struct Graph {
  Name name = 0;
  std::vector<Node> nodes;
  std::vector<Input> inputs;
  std::vector<Name> outputs;
  std::vector<std::uint32_t> constants;
};

struct Function {
  Name domain = 0;
  Name name = 0;
  Name overload = 0;
  std::uint32_t graph = 0;
  std::vector<Attribute> defaults;
  std::map<Name, std::int64_t> opsets;
};

/// What the file says of a tensor that a node makes. TFLite says it of all.
struct Declared {
  Type type = Type::none;
  std::optional<Shape> shape;  ///< where it is the same for all inputs
};

struct Model {
  Names names;
  std::deque<Graph> graphs;  ///< the first is the main one
  std::size_t entries = 1;   ///< how many of them are no graphs of a node or a function
  std::deque<Constant> constants;
  std::vector<Name> values;  ///< inputs and outputs of all nodes
  std::vector<Attribute> attributes;
  std::vector<std::int64_t> numbers;
  std::deque<Function> functions;
  std::map<std::array<Name, 3>, std::uint32_t> function_index;  ///< by domain, name and overload
  std::map<Name, std::int64_t> opsets;
  std::unordered_map<Name, Declared> declared;  ///< of the main graph
  std::uint64_t nodes = 0;                      ///< of all graphs
  std::string_view default_domain;              ///< of operators, in the table: "" or "tflite"

  Name input(const Node& node, std::uint32_t index) const { return values[node.first_input + index]; }
  Name output(const Node& node, std::uint32_t index) const { return values[node.first_output + index]; }
  const Function* function(const Node& node) const;
  /// Whether a name is an input of the main graph.
  bool is_input(Name name) const;
  /// The node as messages name it: its name, or its first output, with its operator: "conv1 (Conv)".
  std::string shown(const Node& node) const;
  std::string_view node_name(const Node& node) const;
};

/// What a node does with graphs of its own.
enum class Control : std::uint8_t { none, condition, loop, scan };
Control control_of(const Model& model, const Node& node);

/// The most nodes of a file, and after functions are expanded; the deepest nesting.
inline constexpr std::uint64_t most_nodes = 1'000'000;
inline constexpr std::uint64_t most_expanded = 8'000'000;
inline constexpr unsigned most_nesting = 32;

/// The attributes that a node has where it stands: in a function, those of the call as well.
struct AttributeScope {
  const Node* caller = nullptr;
  const Function* function = nullptr;
  const AttributeScope* outer = nullptr;
};

/// Finds an attribute of a node by its name, and what it refers to; nullptr where it is not there.
const Attribute* find_attribute(const Model& model, const Node& node, std::string_view name,
                                const AttributeScope* scope);
const Attribute* find_attribute(const Model& model, const Node& node, Name name, const AttributeScope* scope);

}  // namespace greenml::model_file::graph
