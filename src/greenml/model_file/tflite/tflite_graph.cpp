#include "model_file/tflite/tflite_graph.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <set>
#include <unordered_map>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"
#include "model_file/tflite/flatbuffer.hpp"
#include "model_file/tflite/tflite_schema.hpp"

namespace greenml::model_file::graph {

namespace {

// Fields of the schema's tables.
namespace field {
constexpr unsigned model_operator_codes = 1, model_subgraphs = 2, model_buffers = 4;
constexpr unsigned code_old_builtin = 0, code_custom = 1, code_builtin = 3;
constexpr unsigned graph_tensors = 0, graph_inputs = 1, graph_outputs = 2, graph_operators = 3, graph_name = 4;
constexpr unsigned tensor_shape = 0, tensor_type = 1, tensor_buffer = 2, tensor_name = 3, tensor_is_variable = 5,
                   tensor_sparsity = 6, tensor_signature = 7;
constexpr unsigned operator_code = 0, operator_inputs = 1, operator_outputs = 2, operator_options = 4;
constexpr unsigned buffer_data = 0, buffer_offset = 1, buffer_size = 2;
}  // namespace field

/// Inputs of a node, and dimensions of a tensor, are few.
constexpr std::size_t most_inputs = 1U << 16U;
constexpr std::size_t most_rank = 64;
constexpr std::uint64_t most_kept_reals = 64;

struct Bytes {
  std::uint64_t begin = 0;
  std::uint64_t count = 0;
};

/// A tensor as it stands in the file.
struct Tensor {
  Name name = 0;
  Type type = Type::none;
  Shape shape;
  Shape signature;  ///< with -1 where any size is taken; empty where the shape is all there is
  std::uint32_t buffer = 0;
  Bytes data;
  bool is_state = false;
  bool is_sparse = false;
};

class TfliteReader {
 public:
  TfliteReader(const File& file, Model& model) : buffer_(file), root_(buffer_.root()), model_(model) {}

  void read() {
    model_.default_domain = "tflite";
    buffers_ = root_.vector(field::model_buffers, 4);
    read_operator_codes();
    const FlatVector graphs = root_.vector(field::model_subgraphs, 4);
    if (graphs.count == 0) throw Malformed{"this is no TFLite model: it has no subgraph"};
    if (graphs.count > most_graphs) throw Malformed{fmt::format("it has {} subgraphs", grouped(graphs.count))};
    model_.entries = graphs.count;
    for (std::uint32_t index = 0; index < graphs.count; ++index)
      read_graph(root_.element(graphs, index, "subgraphs"), index);
  }

 private:
  static constexpr std::uint32_t most_graphs = 1000;

  struct Code {
    Name name = 0;
    Name domain = 0;
  };

  void read_operator_codes();
  void read_graph(const FlatTable& table, std::uint32_t index);
  Tensor read_tensor(const FlatTable& table, std::set<std::string>& names, std::uint32_t index);
  Bytes read_buffer(std::uint32_t index);
  void read_operator(const FlatTable& table, Graph& graph);
  void read_options(const FlatTable& table, Node& node);
  void add_constant(const Tensor& tensor, Graph& graph);
  std::shared_ptr<const Contents> contents_of(const Tensor& tensor, std::uint64_t elements);
  void add_input(const Tensor& tensor, bool is_state, Graph& graph);
  void declare(const Tensor& tensor);
  Name tensor_name(const FlatTable& table, std::int64_t index) const;
  std::uint32_t add_values(const FlatTable& table, unsigned which);

  FlatBuffer buffer_;
  FlatTable root_;
  Model& model_;
  FlatVector buffers_;
  std::vector<Code> codes_;
  std::vector<Tensor> tensors_;  ///< of the graph that is read
  std::unordered_map<std::uint32_t, std::uint32_t> constant_of_buffer_;
  std::uint32_t first_of_graph_ = 0;  ///< constant
};

void TfliteReader::read_operator_codes() {
  const FlatVector codes = root_.vector(field::model_operator_codes, 4);
  for (std::uint32_t index = 0; index < codes.count; ++index) {
    const FlatTable table = root_.element(codes, index, "operator_codes");
    // Numbers over 127 stand in a field of their own.
    const std::int64_t number = std::max(table.int8(field::code_old_builtin), table.int32(field::code_builtin));
    const std::string_view name = tflite_operator(number);
    Code code;
    if (name == "CUSTOM") {
      code.name = model_.names.add(table.text(field::code_custom));
      code.domain = model_.names.add("custom");
    } else {
      code.name = model_.names.add(name.empty() ? fmt::format("number {}", number) : std::string(name));
    }
    codes_.push_back(code);
  }
}

Bytes TfliteReader::read_buffer(std::uint32_t index) {
  if (index == 0 && buffers_.count == 0) return {};
  if (index >= buffers_.count) throw Malformed{fmt::format("buffers[{}] is not there", index)};
  const FlatTable table = root_.element(buffers_, index, "buffers");
  const FlatVector data = table.vector(field::buffer_data, 1);
  if (data.count != 0) return {data.begin, data.count};
  // Weights of more than 2 GB stand after the rest.
  const std::uint64_t offset = table.uint64(field::buffer_offset);
  const std::uint64_t size = table.uint64(field::buffer_size);
  if (offset <= 1 || size == 0) return {};
  buffer_.check(offset, size, table.place());
  return {offset, size};
}

Tensor TfliteReader::read_tensor(const FlatTable& table, std::set<std::string>& names, std::uint32_t index) {
  Tensor tensor;
  std::string name = table.text(field::tensor_name);
  // Names need not differ, and may be missing.
  if (name.empty() || !names.insert(name).second) name += fmt::format("#{}", index);
  tensor.name = model_.names.add(name);
  const std::int64_t type = table.int8(field::tensor_type);
  tensor.type = tflite_type(type);
  tensor.shape = table.int32s(field::tensor_shape, most_rank);
  for (const std::int64_t dimension : tensor.shape)
    if (dimension < 0) throw Malformed{fmt::format("tensor {}: dimension {} is negative", shown(name), dimension)};
  tensor.signature = table.int32s(field::tensor_signature, most_rank);
  if (tensor.signature.size() != tensor.shape.size()) tensor.signature.clear();
  tensor.buffer = static_cast<std::uint32_t>(table.int32(field::tensor_buffer));
  tensor.data = read_buffer(tensor.buffer);
  tensor.is_state = table.int8(field::tensor_is_variable) != 0;
  tensor.is_sparse = table.has(field::tensor_sparsity);
  if (tensor.data.count != 0 && type_row(tensor.type) == nullptr)
    throw Malformed{fmt::format("tensor {} is of type {}, which is not known", shown(name), type)};
  return tensor;
}

std::shared_ptr<const Contents> TfliteReader::contents_of(const Tensor& tensor, std::uint64_t elements) {
  const bool is_real = tensor.type == Type::float32;
  const bool is_whole = tensor.type == Type::int32 || tensor.type == Type::int64 || tensor.type == Type::boolean;
  if (tensor.is_sparse || (!is_real && !is_whole) || elements > (is_real ? most_kept_reals : most_computed))
    return nullptr;
  const auto size = static_cast<unsigned>(*bytes_of(tensor.type, 1));
  Contents contents;
  for (std::uint64_t element = 0; element < elements; ++element) {
    const std::uint64_t bits = buffer_.unsigned_at(tensor.data.begin + element * size, size, "a tensor");
    if (is_real)
      contents.real.push_back(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits))));
    else
      contents.whole.push_back(size == 4 ? static_cast<std::int32_t>(bits) : static_cast<std::int64_t>(bits));
  }
  return std::make_shared<const Contents>(std::move(contents));
}

void TfliteReader::add_constant(const Tensor& tensor, Graph& graph) {
  Constant constant;
  constant.name = tensor.name;
  constant.type = tensor.type;
  constant.shape = tensor.shape;
  const std::string name = shown(model_.names[tensor.name]);
  const std::optional<std::uint64_t> elements = checked_elements(tensor.shape);
  if (!elements)
    throw Malformed{fmt::format("tensor {}: the product of {} is over 64 bits", name, shape_text(tensor.shape))};
  constant.elements = *elements;
  constant.data_begin = tensor.data.begin;
  constant.data_bytes = tensor.data.count;
  const std::optional<std::uint64_t> bytes = bytes_of(tensor.type, *elements);
  const bool has_size = tensor.type != Type::string && !tensor.is_sparse;
  if (has_size && (!bytes || *bytes != tensor.data.count))
    throw Malformed{fmt::format("tensor {}: {} where {} belong ({} {})", name, counted(tensor.data.count, "byte"),
                                bytes ? grouped(*bytes) : "over 2^64", shape_text(tensor.shape),
                                type_name(tensor.type))};
  constant.contents = contents_of(tensor, *elements);
  const auto index = static_cast<std::uint32_t>(model_.constants.size());
  // Subgraphs share their weights. Within one, the converter gives one buffer to weights that happen to be equal.
  const auto [first, is_new] = constant_of_buffer_.emplace(tensor.buffer, index);
  if (!is_new && first->second < first_of_graph_ && model_.constants[first->second].elements == constant.elements &&
      model_.constants[first->second].type == constant.type)
    constant.same_as = first->second;
  model_.constants.push_back(std::move(constant));
  graph.constants.push_back(index);
}

void TfliteReader::add_input(const Tensor& tensor, bool is_state, Graph& graph) {
  Input input;
  input.name = tensor.name;
  input.type = tensor.type;
  input.is_tensor = true;
  input.has_shape = true;
  input.is_state = is_state;
  const Shape& sizes = tensor.signature.empty() ? tensor.shape : tensor.signature;
  for (const std::int64_t size : sizes) input.shape.push_back({size > 0 ? size : -1, 0});
  graph.inputs.push_back(std::move(input));
}

/// What the file says of a tensor that a node makes. A size that depends on the inputs is no size.
void TfliteReader::declare(const Tensor& tensor) {
  Declared declared;
  declared.type = tensor.type;
  const bool is_open =
      std::any_of(tensor.signature.begin(), tensor.signature.end(), [](std::int64_t size) { return size < 0; });
  // A shape without dimensions is a scalar, or not known.
  if (!is_open && !tensor.shape.empty()) declared.shape = tensor.shape;
  model_.declared[tensor.name] = std::move(declared);
}

Name TfliteReader::tensor_name(const FlatTable& table, std::int64_t index) const {
  if (index == -1) return 0;
  if (index < 0 || static_cast<std::size_t>(index) >= tensors_.size())
    throw Malformed{fmt::format("{}: tensor {} is not there", table.place(), index)};
  return tensors_[static_cast<std::size_t>(index)].name;
}

std::uint32_t TfliteReader::add_values(const FlatTable& table, unsigned which) {
  const std::vector<std::int64_t> indices = table.int32s(which, most_inputs);
  for (const std::int64_t index : indices) model_.values.push_back(tensor_name(table, index));
  return static_cast<std::uint32_t>(indices.size());
}

void TfliteReader::read_options(const FlatTable& table, Node& node) {
  node.first_attribute = static_cast<std::uint32_t>(model_.attributes.size());
  const std::string name(model_.names[node.operator_name]);
  const std::optional<FlatTable> options = table.table(field::operator_options, "builtin_options");
  for (const TfliteOption& row : tflite_options()) {
    if (node.domain != 0 || row.operator_name != name) continue;
    Attribute attribute;
    attribute.name = model_.names.add(row.name);
    attribute.begin = static_cast<std::uint32_t>(model_.numbers.size());
    if (row.kind == OptionKind::int32s) {
      if (!options || !options->has(row.field)) continue;
      attribute.kind = AttributeKind::integers;
      const std::vector<std::int64_t> numbers = options->int32s(row.field, most_rank);
      model_.numbers.insert(model_.numbers.end(), numbers.begin(), numbers.end());
    } else {
      attribute.kind = AttributeKind::integer;
      std::int64_t number = row.without;
      if (options)
        number = row.kind == OptionKind::int8 ? options->int8(row.field, row.without)
                                              : options->int32(row.field, row.without);
      model_.numbers.push_back(number);
    }
    attribute.kept = static_cast<std::uint32_t>(model_.numbers.size()) - attribute.begin;
    attribute.count = attribute.kept;
    model_.attributes.push_back(attribute);
    ++node.attributes;
  }
}

void TfliteReader::read_operator(const FlatTable& table, Graph& graph) {
  if (++model_.nodes > most_nodes) throw Malformed{"it has more than a million operators"};
  const auto code = static_cast<std::uint32_t>(table.int32(field::operator_code));
  if (code >= codes_.size()) throw Malformed{fmt::format("{}: operator code {} is not there", table.place(), code)};
  Node node;
  node.operator_name = codes_[code].name;
  node.domain = codes_[code].domain;
  node.first_input = static_cast<std::uint32_t>(model_.values.size());
  node.inputs = add_values(table, field::operator_inputs);
  node.first_output = static_cast<std::uint32_t>(model_.values.size());
  node.outputs = add_values(table, field::operator_outputs);
  read_options(table, node);
  graph.nodes.push_back(node);
}

void TfliteReader::read_graph(const FlatTable& table, std::uint32_t index) {
  Graph& graph = model_.graphs.emplace_back();
  graph.name = model_.names.add(table.text(field::graph_name));
  const FlatVector tensors = table.vector(field::graph_tensors, 4);
  if (tensors.count > most_nodes) throw Malformed{"it has more than a million tensors"};
  tensors_.clear();
  first_of_graph_ = static_cast<std::uint32_t>(model_.constants.size());
  std::set<std::string> names;
  for (std::uint32_t tensor = 0; tensor < tensors.count; ++tensor)
    tensors_.push_back(read_tensor(table.element(tensors, tensor, "tensors"), names, tensor));
  const FlatVector operators = table.vector(field::graph_operators, 4);
  if (operators.count > most_nodes) throw Malformed{"it has more than a million operators"};
  for (std::uint32_t node = 0; node < operators.count; ++node)
    read_operator(table.element(operators, node, "operators"), graph);

  std::set<Name> made;
  for (const Node& node : graph.nodes)
    for (std::uint32_t output = 0; output < node.outputs; ++output) made.insert(model_.output(node, output));
  std::set<Name> given;
  for (const std::int64_t input : table.int32s(field::graph_inputs, most_inputs)) {
    const Name name = tensor_name(table, input);
    if (name != 0 && given.insert(name).second) add_input(tensors_[static_cast<std::size_t>(input)], false, graph);
  }
  for (const std::int64_t output : table.int32s(field::graph_outputs, most_inputs))
    graph.outputs.push_back(tensor_name(table, output));
  for (const Tensor& tensor : tensors_) {
    const bool is_made = made.find(tensor.name) != made.end();
    const bool is_input = given.find(tensor.name) != given.end();
    if (is_input) continue;
    if (tensor.is_state)
      add_input(tensor, true, graph);
    else if (!is_made && (tensor.data.count != 0 || checked_elements(tensor.shape) == 0U))
      add_constant(tensor, graph);
    else if (is_made && index == 0)
      declare(tensor);
  }
}

}  // namespace

Model read_tflite(const File& file) {
  Model model;
  TfliteReader(file, model).read();
  return model;
}

}  // namespace greenml::model_file::graph
