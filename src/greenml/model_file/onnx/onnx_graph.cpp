#include "model_file/onnx/onnx_graph.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

class Reader {
 public:
  Reader(const File& file, OnnxModel& result)
      : window_(file), model_(result.model), sink_{model_.names, result.externals, result.no_data} {}

  void read_model();

 private:
  void read_graph(Message message, std::uint32_t graph, unsigned depth);
  void read_node(Message message, std::uint32_t graph, unsigned depth);
  Attribute read_attribute(Message message, unsigned depth);
  void read_input(Message message, Input& input);
  void read_type(Message message, Input& input);
  void read_shape(Message message, Input& input);
  void read_function(Message message);
  void read_opset(Message message, std::map<Name, std::int64_t>& opsets);
  void make_constant_of_literals(std::vector<Attribute>& attributes);

  std::uint32_t new_graph(unsigned depth);
  std::uint32_t add_constant(Constant constant) {
    model_.constants.push_back(std::move(constant));
    return static_cast<std::uint32_t>(model_.constants.size() - 1);
  }
  Name name_of(const Message& message, const Field& field, std::string_view what) {
    return model_.names.add(message.text(field, what));
  }
  Name domain_of(const Message& message, const Field& field) {
    const std::string text = message.text(field, "domain");
    return text == "ai.onnx" ? 0 : model_.names.add(text);
  }

  Window window_;
  Model& model_;
  TensorSink sink_;
};

std::uint32_t Reader::new_graph(unsigned depth) {
  if (depth > most_nesting) throw Malformed{fmt::format("graphs are nested deeper than {}", most_nesting)};
  if (model_.graphs.size() >= most_nodes) throw Malformed{"it has more than a million graphs"};
  model_.graphs.emplace_back();
  return static_cast<std::uint32_t>(model_.graphs.size() - 1);
}

void Reader::read_model() {
  Message message(window_, 0, window_.size(), Place{});
  std::int64_t functions = 0;
  bool has_graph = false;
  const std::uint32_t graph = new_graph(0);
  Field field;
  while (true) {
    const std::uint64_t begin = message.at();
    try {
      if (!message.next(field)) break;
    } catch (const Malformed&) {
      if (!has_graph) throw;
      throw Malformed{fmt::format("{} after the model, from byte {} on",
                                  counted(window_.size() - std::min(window_.size(), begin), "byte"), grouped(begin)),
                      "the file is damaged"};
    }
    if (field.number == 7) {
      has_graph = true;
      read_graph(message.message(field, "graph"), graph, 0);
    } else if (field.number == 8) {
      read_opset(message.message(field, "opset_import"), model_.opsets);
    } else if (field.number == 25) {
      read_function(message.message(field, "functions", functions++));
    } else if (field.wire == Wire::bytes) {
      message.check(field, {});
    }
  }
  if (!has_graph) throw Malformed{"this is no ONNX model: it has no graph"};
}

void Reader::read_opset(Message message, std::map<Name, std::int64_t>& opsets) {
  Name domain = 0;
  std::int64_t version = 0;
  for (Field field; message.next(field);) {
    if (field.number == 1) domain = domain_of(message, field);
    if (field.number == 2) version = static_cast<std::int64_t>(field.value);
  }
  opsets[domain] = version;
}

void Reader::read_graph(Message message, std::uint32_t graph, unsigned depth) {
  std::int64_t nodes = 0;
  std::int64_t tensors = 0;
  std::int64_t inputs = 0;
  std::int64_t outputs = 0;
  for (Field field; message.next(field);) {
    Graph& target = model_.graphs[graph];
    switch (field.number) {
      case 1:
        read_node(message.message(field, "node", nodes++), graph, depth);
        break;
      case 2:
        target.name = name_of(message, field, "name");
        break;
      case 5:
        target.constants.push_back(add_constant(read_tensor(message.message(field, "initializer", tensors++), sink_)));
        break;
      case 11:
        target.inputs.emplace_back();
        read_input(message.message(field, "input", inputs++), target.inputs.back());
        break;
      case 12: {
        Input output;
        read_input(message.message(field, "output", outputs++), output);
        target.outputs.push_back(output.name);
        break;
      }
      case 15:
        target.constants.push_back(
            add_constant(read_sparse_tensor(message.message(field, "sparse_initializer"), sink_)));
        break;
      default:
        if (field.wire == Wire::bytes) message.check(field, "value_info");
    }
  }
}

void Reader::read_input(Message message, Input& input) {
  for (Field field; message.next(field);) {
    if (field.number == 1) input.name = name_of(message, field, "name");
    if (field.number == 2) read_type(message.message(field, "type"), input);
  }
}

void Reader::read_type(Message message, Input& input) {
  for (Field field; message.next(field);) {
    if (field.number != 1) continue;  // sequences, maps and optionals have no shape
    input.is_tensor = true;
    Message tensor = message.message(field, "tensor_type");
    for (Field inner; tensor.next(inner);) {
      if (inner.number == 1) input.type = inner.value > 255 ? Type::none : static_cast<Type>(inner.value);
      if (inner.number == 2) read_shape(tensor.message(inner, "shape"), input);
    }
  }
}

void Reader::read_shape(Message message, Input& input) {
  input.has_shape = true;
  std::int64_t dimensions = 0;
  for (Field field; message.next(field);) {
    if (field.number != 1) continue;
    if (input.shape.size() >= 64) throw Malformed{message.place().text() + " has more than 64 dimensions"};
    Message one = message.message(field, "dim", dimensions++);
    Dimension dimension;
    for (Field inner; one.next(inner);) {
      if (inner.number == 1) dimension.size = static_cast<std::int64_t>(inner.value);
      if (inner.number == 2) dimension.symbol = name_of(one, inner, "dim_param");
    }
    if (dimension.size <= 0) dimension.size = -1;
    if (dimension.size >= most_dimension)
      throw Malformed{fmt::format("{} is {}, over 2^40", one.place().text(), dimension.size)};
    input.shape.push_back(dimension);
  }
}

void Reader::read_node(Message message, std::uint32_t graph, unsigned depth) {
  if (++model_.nodes > most_nodes) throw Malformed{"it has more than a million nodes"};
  Node node;
  std::vector<Name> inputs;
  std::vector<Name> outputs;
  std::vector<Attribute> attributes;
  for (Field field; message.next(field);) {
    switch (field.number) {
      case 1:
        inputs.push_back(name_of(message, field, "input"));
        break;
      case 2:
        outputs.push_back(name_of(message, field, "output"));
        break;
      case 3:
        node.name = name_of(message, field, "name");
        break;
      case 4:
        node.operator_name = name_of(message, field, "op_type");
        break;
      case 5:
        attributes.push_back(
            read_attribute(message.message(field, "attribute", static_cast<std::int64_t>(attributes.size())), depth));
        break;
      case 7:
        node.domain = domain_of(message, field);
        break;
      case 8:
        node.overload = name_of(message, field, "overload");
        break;
      default:
        if (field.wire == Wire::bytes) message.check(field, "doc_string");
    }
  }
  if (node.domain == 0 && model_.names[node.operator_name] == "Constant") make_constant_of_literals(attributes);
  node.first_input = static_cast<std::uint32_t>(model_.values.size());
  node.inputs = static_cast<std::uint32_t>(inputs.size());
  model_.values.insert(model_.values.end(), inputs.begin(), inputs.end());
  node.first_output = static_cast<std::uint32_t>(model_.values.size());
  node.outputs = static_cast<std::uint32_t>(outputs.size());
  model_.values.insert(model_.values.end(), outputs.begin(), outputs.end());
  node.first_attribute = static_cast<std::uint32_t>(model_.attributes.size());
  node.attributes = static_cast<std::uint32_t>(attributes.size());
  model_.attributes.insert(model_.attributes.end(), attributes.begin(), attributes.end());
  model_.graphs[graph].nodes.push_back(node);
}

/// Gives a Constant of numbers the tensor that it stands for, so that all Constant nodes have one.
void Reader::make_constant_of_literals(std::vector<Attribute>& attributes) {
  for (Attribute& attribute : attributes) {
    const std::string name(model_.names[attribute.name]);
    if (name == "sparse_value") attribute.name = model_.names.add("value");
    if (attribute.reference != 0 || !name.starts_with("value_")) continue;
    const bool list = name.ends_with('s');
    const bool real = name.starts_with("value_float");
    const bool text = name.starts_with("value_string");
    Constant constant;
    constant.type = real ? Type::float32 : text ? Type::string : Type::int64;
    if (list) constant.shape = {static_cast<std::int64_t>(attribute.count)};
    constant.elements = list ? attribute.count : 1;
    constant.data_bytes = bytes_of(constant.type, constant.elements).value_or(0);
    if (!text && attribute.kept == constant.elements) {
      Contents contents;
      for (std::uint32_t index = 0; index < attribute.kept; ++index) {
        const std::int64_t number = model_.numbers[attribute.begin + index];
        if (real)
          contents.real.push_back(std::bit_cast<double>(number));
        else
          contents.whole.push_back(number);
      }
      constant.contents = std::make_shared<const Contents>(std::move(contents));
    }
    attribute.name = model_.names.add("value");
    attribute.kind = AttributeKind::tensor;
    attribute.begin = static_cast<std::uint32_t>(model_.numbers.size());
    attribute.kept = 1;
    attribute.count = 1;
    model_.numbers.push_back(add_constant(std::move(constant)));
  }
}

Attribute Reader::read_attribute(Message message, unsigned depth) {
  Attribute attribute;
  std::vector<std::int64_t> numbers;
  std::uint64_t stated = 0;
  const auto add = [&](AttributeKind kind, std::int64_t number) {
    if (attribute.kind != kind) {  // what is of another kind is not meant
      numbers.clear();
      attribute.count = 0;
    }
    attribute.kind = kind;
    if (attribute.count++ < Attribute::most_kept) numbers.push_back(number);
  };
  const auto real_bits = [](std::uint64_t bits) {
    return std::bit_cast<std::int64_t>(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits))));
  };
  const auto add_text = [&](AttributeKind kind, const Field& field) {
    message.check(field, "s");
    add(kind, field.end - field.begin > 4096 ? 0 : static_cast<std::int64_t>(name_of(message, field, "s")));
  };
  const auto add_graph = [&](AttributeKind kind, const Field& field) {
    const std::uint32_t graph = new_graph(depth + 1);
    read_graph(message.message(field, "g"), graph, depth + 1);
    add(kind, graph);
  };
  for (Field field; message.next(field);) {
    switch (field.number) {
      case 1:
        attribute.name = name_of(message, field, "name");
        break;
      case 2:
        add(AttributeKind::real, real_bits(field.value));
        break;
      case 3:
        add(AttributeKind::integer, static_cast<std::int64_t>(field.value));
        break;
      case 4:
        add_text(AttributeKind::text, field);
        break;
      case 5:
        add(AttributeKind::tensor, add_constant(read_tensor(message.message(field, "t"), sink_)));
        break;
      case 6:
        add_graph(AttributeKind::graph, field);
        break;
      case 7:
        message.numbers(field, Wire::fixed32, [&](std::uint64_t bits) { add(AttributeKind::reals, real_bits(bits)); });
        break;
      case 8:
        message.numbers(field, Wire::varint,
                        [&](std::uint64_t bits) { add(AttributeKind::integers, static_cast<std::int64_t>(bits)); });
        break;
      case 9:
        add_text(AttributeKind::texts, field);
        break;
      case 10:
        add(AttributeKind::tensors, add_constant(read_tensor(message.message(field, "tensors"), sink_)));
        break;
      case 11:
        add_graph(AttributeKind::graphs, field);
        break;
      case 20:
        stated = field.value;
        break;
      case 21:
        attribute.reference = name_of(message, field, "ref_attr_name");
        break;
      case 22:
        add(AttributeKind::tensor, add_constant(read_sparse_tensor(message.message(field, "sparse_tensor"), sink_)));
        break;
      default:
        break;
    }
  }
  // An empty list, or a zero that its writer left out.
  if (attribute.kind == AttributeKind::none && stated >= 1 && stated <= 10) {
    const auto kind = static_cast<AttributeKind>(stated);
    attribute.kind = kind;
    if (kind == AttributeKind::real || kind == AttributeKind::integer || kind == AttributeKind::text) add(kind, 0);
  }
  attribute.begin = static_cast<std::uint32_t>(model_.numbers.size());
  attribute.kept = static_cast<std::uint32_t>(numbers.size());
  model_.numbers.insert(model_.numbers.end(), numbers.begin(), numbers.end());
  return attribute;
}

void Reader::read_function(Message message) {
  const std::uint32_t graph = new_graph(0);
  Function function;
  function.graph = graph;
  std::int64_t nodes = 0;
  for (Field field; message.next(field);) {
    switch (field.number) {
      case 1:
        function.name = name_of(message, field, "name");
        break;
      case 4: {
        Input input;
        input.name = name_of(message, field, "input");
        model_.graphs[graph].inputs.push_back(input);
        break;
      }
      case 5:
        model_.graphs[graph].outputs.push_back(name_of(message, field, "output"));
        break;
      case 7:
        read_node(message.message(field, "node", nodes++), graph, 0);
        break;
      case 9:
        read_opset(message.message(field, "opset_import"), function.opsets);
        break;
      case 10:
        function.domain = domain_of(message, field);
        break;
      case 11:
        function.defaults.push_back(read_attribute(message.message(field, "attribute_proto"), 0));
        break;
      case 13:
        function.overload = name_of(message, field, "overload");
        break;
      default:
        if (field.wire == Wire::bytes) message.check(field, "attribute");
    }
  }
  model_.graphs[graph].name = function.name;
  const bool added = model_.function_index
                         .try_emplace({function.domain, function.name, function.overload},
                                      static_cast<std::uint32_t>(model_.functions.size()))
                         .second;
  if (!added) throw Malformed{"function " + shown(model_.names[function.name]) + " is there twice"};
  model_.functions.push_back(std::move(function));
}

}  // namespace

OnnxModel read_onnx(const File& file) {
  OnnxModel result;
  Reader(file, result).read_model();
  return result;
}

}  // namespace greenml::model_file::graph
