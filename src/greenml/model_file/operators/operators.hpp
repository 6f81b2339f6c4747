/// \file
/// The table of operators: one row is one operator, with the rule for its outputs' shapes, the rule for its
/// multiply-accumulates, and what its constants are. An operator without a row is not known, and its cost neither.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model_file/graph/graph.hpp"

namespace greenml::model_file::graph {

/// One node as it runs: its inputs are known as far as they can be, its outputs are to be found.
class Call {
 public:
  Call(const Model& the_model, const Node& the_node, const AttributeScope* the_scope, std::int64_t the_opset)
      : model(the_model), node(the_node), scope(the_scope), opset(the_opset), outputs(the_node.outputs) {}

  const Model& model;
  const Node& node;
  const AttributeScope* scope;
  std::int64_t opset;
  std::vector<Value> inputs;
  std::vector<Value> outputs;
  mutable std::vector<std::string> notes;
  mutable bool estimated = false;  ///< the cost is an upper bound

  bool has(std::size_t index) const { return index < inputs.size() && inputs[index].present; }
  /// Whether an input is there and its shape is known.
  bool known(std::size_t index) const { return has(index) && inputs[index].known(); }
  /// The input, which the operator cannot do without: throws Malformed where it is not there.
  const Value& input(std::size_t index) const;
  const Shape& shape(std::size_t index) const { return *input(index).shape; }
  /// The elements of an input of whole numbers, where they are known.
  const std::vector<std::int64_t>* whole(std::size_t index) const;

  const Attribute* attribute(std::string_view name) const { return find_attribute(model, node, name, scope); }
  std::int64_t integer(std::string_view name, std::int64_t without) const;
  double real(std::string_view name, double without) const;
  std::string_view text(std::string_view name, std::string_view without) const;
  std::optional<Shape> integers(std::string_view name) const;
  const Constant* tensor(std::string_view name) const;

  /// Sets an output, where the node has it.
  void give(std::size_t index, Value value);
  void give(std::size_t index, Type type, Shape shape) { give(index, make_value(type, std::move(shape))); }

  /// Throws Misfit with the node's name: its inputs or attributes do not go together.
  [[noreturn]] void wrong(const std::string& what) const;
  /// Throws Malformed with the node's name: a size or a count is too large to be told.
  [[noreturn]] void overflow(const std::string& what) const;
  /// An axis counted from the front; throws where there is no such axis.
  std::size_t axis(std::int64_t axis, std::size_t rank) const;
  void check_rank(std::size_t index, std::size_t least) const;
};

/// A list that old opsets have as an attribute and new ones as an input.
struct List {
  bool known = true;            ///< false where it is an input whose elements are not known
  std::optional<Shape> values;  ///< nothing where it is not given
};
List list(const Call& call, std::size_t input, std::string_view attribute);

using ShapeRule = void (*)(Call&);
using CostRule = std::optional<std::uint64_t> (*)(const Call&);

/// When the rules can be asked.
enum class Needs : std::uint8_t {
  all_shapes,  ///< the shapes of all inputs must be known
  nothing,     ///< the rules see for themselves
};

struct Operator {
  std::string_view domain;  ///< "" of ONNX itself, "com.microsoft", "tflite"
  std::string_view name;
  ShapeRule shape;
  CostRule cost = nullptr;  ///< none: 0
  /// What the constants at its inputs are, a letter each; the last one is of all others, and none means 'w':
  ///   w a weight, where its type is floating or quantised     i likewise, or a bias of whole numbers
  ///   t a weight likewise, whose rows are looked up
  ///   m mean or variance, a buffer    q scale or zero point   - sizes, indices, limits: nothing
  ///   > passed on to the outputs, whose readers decide        d passed on by dequantisation
  ///   c passed on by a cast, unless it becomes true or false: a mask is no weight
  ///   u passed on, unpacked by bits: how many weights it holds is not known
  ///   * what follows is repeated
  ///   k packed weights of MatMulNBits                         g packed rows of a quantised lookup
  std::string_view roles = {};
  std::string_view definition = {};  ///< of the multiply-accumulates, in one sentence; none: they are 0
  Needs needs = Needs::all_shapes;
  /// Attributes that hold trained weights, with blanks between them.
  std::string_view weight_attributes = {};
};

/// Finds the row of an operator; nullptr where it is not known.
const Operator* find_operator(std::string_view domain, std::string_view name);
/// All rows, by domain and name.
std::span<const Operator> all_operators();

std::span<const Operator> activation_operators();
std::span<const Operator> cast_operators();
std::span<const Operator> elementwise_operators();
std::span<const Operator> shape_operators();
std::span<const Operator> movement_operators();
std::span<const Operator> selection_operators();
std::span<const Operator> window_operators();
std::span<const Operator> matrix_operators();
std::span<const Operator> attention_operators();
std::span<const Operator> reduce_operators();
std::span<const Operator> quantise_operators();
std::span<const Operator> recurrent_operators();
std::span<const Operator> image_operators();
std::span<const Operator> learning_operators();
std::span<const Operator> tflite_operators();

/// The product of sizes as multiply-accumulates; throws Malformed with the node's name where it is over 64 bits.
std::uint64_t product(const Call& call, std::span<const std::uint64_t> sizes);
/// The sum of two counts, likewise.
std::uint64_t sum(const Call& call, std::uint64_t left, std::uint64_t right);

// Rules that several groups share.
void same_as_first(Call& call);     ///< shape and type of input 0
void no_shape(Call& call);          ///< outputs that follow from data
void broadcast_inputs(Call& call);  ///< of all inputs, type of input 0

}  // namespace greenml::model_file::graph
