#include "model_file/graph/graph.hpp"

#include <algorithm>

#include "model_file/message.hpp"

namespace greenml::model_file::graph {

Value Constant::value() const {
  Value value = make_value(type, shape);
  value.contents = contents;
  value.source = name;
  return value;
}

const Function* Model::function(const Node& node) const {
  if (functions.empty()) return nullptr;
  const auto found = function_index.find({node.domain, node.operator_name, node.overload});
  return found == function_index.end() ? nullptr : &functions[found->second];
}

bool Model::is_input(Name name) const {
  const auto& inputs = graphs.front().inputs;
  return name != 0 && std::any_of(inputs.begin(), inputs.end(), [name](const Input& row) { return row.name == name; });
}

std::string_view Model::node_name(const Node& node) const {
  if (node.name != 0) return names[node.name];
  for (std::uint32_t index = 0; index < node.outputs; ++index)
    if (output(node, index) != 0) return names[output(node, index)];
  return {};
}

std::string Model::shown(const Node& node) const {
  const std::string_view name = node_name(node);
  const std::string kind = model_file::shown(names[node.operator_name]);
  return name.empty() ? "a node (" + kind + ")" : "node " + model_file::shown(name) + " (" + kind + ")";
}

Control control_of(const Model& model, const Node& node) {
  if (node.domain != 0 || !model.default_domain.empty()) return Control::none;
  const std::string_view name = model.names[node.operator_name];
  if (name == "If") return Control::condition;
  if (name == "Loop") return Control::loop;
  if (name == "Scan") return Control::scan;
  return Control::none;
}

const Attribute* find_attribute(const Model& model, const Node& node, Name name, const AttributeScope* scope) {
  for (std::uint32_t index = 0; index < node.attributes; ++index) {
    const Attribute& attribute = model.attributes[node.first_attribute + index];
    if (attribute.name != name) continue;
    if (attribute.reference == 0) return &attribute;
    if (scope == nullptr || scope->caller == nullptr) return nullptr;
    if (const Attribute* given = find_attribute(model, *scope->caller, attribute.reference, scope->outer)) return given;
    for (const Attribute& row : scope->function->defaults)
      if (row.name == attribute.reference) return &row;
    return nullptr;
  }
  return nullptr;
}

const Attribute* find_attribute(const Model& model, const Node& node, std::string_view name,
                                const AttributeScope* scope) {
  if (node.attributes == 0) return nullptr;
  const Name known = model.names.find(name);
  return known == 0 ? nullptr : find_attribute(model, node, known, scope);
}

}  // namespace greenml::model_file::graph
