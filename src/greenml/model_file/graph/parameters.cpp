#include "model_file/graph/parameters.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <unordered_set>

#include "model_file/checked.hpp"
#include "model_file/graph/constant_use.hpp"
#include "model_file/malformed.hpp"
#include "model_file/message.hpp"
#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

namespace {

struct Scope {
  const Scope* outer = nullptr;
  const AttributeScope* attributes = nullptr;
  std::unordered_map<Name, Origin> origins;
  std::unordered_set<Name> scales;  ///< that dynamic quantisation finds

  const Origin* find(Name name) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->outer)
      if (const auto found = scope->origins.find(name); found != scope->origins.end()) return &found->second;
    return nullptr;
  }
};

/// A function: its inputs as items, and where its outputs come from.
struct FunctionUse {
  std::uint32_t first_input = 0;
  std::vector<Origin> outputs;
};

/// More constants than one value is made of: they are taken for weights where they meet.
constexpr std::size_t most_passed_on = 64;

class Marker {
 public:
  explicit Marker(const Model& model) : model_(model), functions_(model.functions.size()) {
    for (const Constant& constant : model.constants)
      items_.push_back({constant.name, constant.type, constant.shape, constant.elements, constant.data_bytes});
  }

  Parameters count() {
    for (std::uint32_t graph = 0; graph < model_.entries; ++graph) {
      Scope scope;
      for (const Origin& output : walk(graph, scope)) mark(output, 'w', nullptr);  // what is given out is used
    }
    return sum();
  }

 private:
  std::vector<Origin> walk(std::uint32_t graph, Scope& scope);
  void walk_node(const Node& node, Scope& scope);
  void walk_operator(const Node& node, const std::vector<Origin>& inputs, Scope& scope);
  void add_attributes(const Node& node, std::string_view names, const Scope& scope);
  void walk_call(const Node& node, const Function& function, const std::vector<Origin>& inputs, Scope& scope);
  bool walk_bodies(const Node& node, const std::vector<Origin>& inputs, Scope& scope);
  std::optional<Origin> made_by(const Node& node, const std::vector<Origin>& inputs, const Scope& scope);
  void mark(const Origin& origin, char role, const Node* node);
  void mark_packed(const Origin& origin, char role, std::int64_t bits, std::optional<std::uint64_t> held,
                   const Node& node);
  std::optional<std::uint64_t> held_by(const Node& node, const Scope& scope) const;
  void give(const Node& node, std::uint32_t output, const Origin& origin, Scope& scope) {
    if (output >= node.outputs || model_.output(node, output) == 0 || origin.items.empty()) return;
    if (origin.items.size() > most_passed_on) return mark(origin, 'w', &node);
    scope.origins[model_.output(node, output)] = origin;
  }
  const Operator* row_of(const Node& node) const {
    return find_operator(node.domain == 0 ? model_.default_domain : model_.names[node.domain],
                         model_.names[node.operator_name]);
  }
  std::int64_t integer(const Node& node, std::string_view name, std::int64_t without, const Scope& scope) const {
    const Attribute* found = find_attribute(model_, node, name, scope.attributes);
    const bool is_there = found != nullptr && found->kind == AttributeKind::integer && found->kept == 1;
    return is_there ? model_.numbers[found->begin] : without;
  }
  bool has_scale(const Node& node, const Scope& scope) const {
    for (std::uint32_t index = 0; index < node.inputs; ++index)
      if (scope.scales.find(model_.input(node, index)) != scope.scales.end()) return true;
    return false;
  }
  void note_twins(Parameters& result) const;
  Parameters sum() const;

  const Model& model_;
  std::vector<ConstantUse> items_;
  std::vector<std::optional<FunctionUse>> functions_;
};

/// The role of an input: the last letter is that of all further ones, and what is behind a star is repeated.
char role_of(std::string_view roles, std::size_t input) {
  const std::size_t star = roles.find('*');
  if (star == std::string_view::npos) return roles[std::min(input, roles.size() - 1)];
  if (input < star) return roles[input];
  const std::string_view repeated = roles.substr(star + 1);
  return repeated[(input - star) % repeated.size()];
}

bool is_trained_type(Type type) {
  const TypeRow* row = type_row(type);
  return row != nullptr && (row->kind == TypeKind::floating || row->kind == TypeKind::quantised);
}

/// Biases are sums of products, and wider than their factors.
bool is_bias_type(Type type) { return type == Type::int32 || type == Type::int64; }

void Marker::mark(const Origin& origin, char role, const Node* node) {
  for (const std::uint32_t index : origin.items) {
    ConstantUse& item = items_[index];
    if (role == 'w' || role == 'i' || role == 't') {
      item.is_weight = true;
      item.is_unpacked = item.is_unpacked || origin.is_unpacked;
      item.is_gathered = item.is_gathered || role == 't';
      item.is_bias = item.is_bias || role == 'i' || origin.is_dequantised;
    } else if (role == 'm') {
      item.is_buffer = true;
    } else {
      continue;
    }
    if (item.first_use == nullptr) item.first_use = node;
  }
}

/// Weights that are packed count as what they hold: as many as the operator says, or so many in each byte.
void Marker::mark_packed(const Origin& origin, char role, std::int64_t bits, std::optional<std::uint64_t> held,
                         const Node& node) {
  mark(origin, 'w', &node);
  if (bits <= 0 || bits > 8) return;
  for (const std::uint32_t index : origin.items) {
    ConstantUse& item = items_[index];
    if (item.packing != 0) continue;
    item.packing = role;
    item.bits = bits;
    item.held = held;
    if (role == 'g' && item.type != Type::uint8) continue;
    const std::optional<std::uint64_t> elements =
        role == 'k' ? held : checked_product(item.elements, static_cast<std::uint64_t>(8 / bits));
    if (!elements) continue;
    item.elements = *elements;
    item.packed = fmt::format("int{}", bits);
  }
}

/// How many weights a packed matrix holds, as its operator says.
std::optional<std::uint64_t> Marker::held_by(const Node& node, const Scope& scope) const {
  const std::int64_t rows = integer(node, "K", 0, scope);
  const std::int64_t columns = integer(node, "N", 0, scope);
  if (rows <= 0 || columns <= 0) return std::nullopt;
  return checked_product(static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(columns));
}

/// What a function is given, with what the function does to its bits.
Origin unpacked_as(Origin origin, const ConstantUse& formal) {
  origin.is_unpacked = origin.is_unpacked || formal.is_unpacked;
  return origin;
}

/// What makes a constant: a Constant, or a shape that is filled with one number.
std::optional<Origin> Marker::made_by(const Node& node, const std::vector<Origin>& inputs, const Scope& scope) {
  if (node.domain != 0 || !model_.default_domain.empty()) return std::nullopt;
  const std::string_view kind = model_.names[node.operator_name];
  if (kind != "Constant" && kind != "ConstantOfShape") return std::nullopt;
  const Attribute* value = find_attribute(model_, node, "value", scope.attributes);
  const bool has_value = value != nullptr && value->kind == AttributeKind::tensor && value->kept == 1;
  const auto constant = has_value ? static_cast<std::uint32_t>(model_.numbers[value->begin]) : 0;
  if (kind == "Constant") return has_value ? Origin{{constant}} : Origin{};
  if (inputs.size() != 1 || inputs[0].items.size() != 1) return Origin{};
  const std::uint32_t shape = inputs[0].items.front();
  if (shape >= model_.constants.size() || !model_.constants[shape].contents) return Origin{};
  ConstantUse item;
  item.name = node.outputs > 0 ? model_.output(node, 0) : 0;
  item.type = has_value ? model_.constants[constant].type : Type::float32;
  item.shape = model_.constants[shape].contents->whole;
  const std::optional<std::uint64_t> elements = checked_elements(item.shape);
  const std::optional<std::uint64_t> bytes = elements ? bytes_of(item.type, *elements) : std::nullopt;
  if (!bytes) return Origin{};
  item.elements = *elements;
  item.bytes = *bytes;
  items_.push_back(std::move(item));
  return Origin{{static_cast<std::uint32_t>(items_.size() - 1)}};
}

/// Weights that stand in attributes, as vectors of float32.
void Marker::add_attributes(const Node& node, std::string_view names, const Scope& scope) {
  while (!names.empty()) {
    const std::size_t blank = std::min(names.find(' '), names.size());
    const Attribute* found = find_attribute(model_, node, names.substr(0, blank), scope.attributes);
    names.remove_prefix(std::min(blank + 1, names.size()));
    if (found == nullptr || found->kind != AttributeKind::reals) continue;
    ConstantUse item;
    item.type = Type::float32;
    item.shape = {static_cast<std::int64_t>(found->count)};
    item.elements = found->count;
    item.bytes = 4 * found->count;
    items_.push_back(std::move(item));
    mark(Origin{{static_cast<std::uint32_t>(items_.size() - 1)}}, 'w', &node);
  }
}

void Marker::walk_operator(const Node& node, const std::vector<Origin>& inputs, Scope& scope) {
  const Operator* row = row_of(node);
  const std::string_view roles = row == nullptr || row->roles.empty() ? "w" : row->roles;
  if (row != nullptr && !row->weight_attributes.empty()) add_attributes(node, row->weight_attributes, scope);
  const std::string_view kind = model_.names[node.operator_name];
  // What is multiplied with the scale of a dynamic quantisation is the other scale.
  if (kind == "DynamicQuantizeLinear" && node.outputs > 1) scope.scales.insert(model_.output(node, 1));
  const bool is_scale = kind == "Mul" && has_scale(node, scope);
  const bool becomes_boolean = integer(node, "to", 0, scope) == static_cast<std::int64_t>(Type::boolean);
  Origin passed;
  for (std::size_t index = 0; index < inputs.size(); ++index) {
    const char role = is_scale ? 'q' : role_of(roles, index);
    Origin origin = inputs[index];
    if (role == '>' || role == 'd' || role == 'u' || role == 'c') {
      if (role == 'c' && becomes_boolean) continue;
      origin.is_dequantised = origin.is_dequantised || role == 'd';
      origin.is_unpacked = origin.is_unpacked || role == 'u';
      passed.join(origin);
    } else if (role == 'k' || role == 'g') {
      mark_packed(origin, role, integer(node, "bits", 4, scope), held_by(node, scope), node);
    } else {
      mark(origin, role, &node);
    }
    if (row != nullptr && row->cost != nullptr && role == 'w')
      for (const std::uint32_t item : origin.items) items_[item].is_multiplied = true;
  }
  for (std::uint32_t output = 0; output < node.outputs; ++output) give(node, output, passed, scope);
}

void Marker::walk_call(const Node& node, const Function& function, const std::vector<Origin>& inputs, Scope& scope) {
  const std::uint32_t number = model_.function_index.at({function.domain, function.name, function.overload});
  std::optional<FunctionUse>& use = functions_[number];
  const Graph& graph = model_.graphs[function.graph];
  if (!use) {
    const auto first = static_cast<std::uint32_t>(items_.size());
    items_.resize(items_.size() + graph.inputs.size());
    const AttributeScope attributes{&node, &function, scope.attributes};
    Scope inner;
    inner.attributes = &attributes;
    for (std::uint32_t index = 0; index < graph.inputs.size(); ++index)
      inner.origins[graph.inputs[index].name] = Origin{{first + index}};
    FunctionUse found{first, walk(function.graph, inner)};
    use = std::move(found);
  }
  const std::uint32_t end = use->first_input + static_cast<std::uint32_t>(graph.inputs.size());
  for (std::size_t index = 0; index < std::min(inputs.size(), graph.inputs.size()); ++index) {
    const ConstantUse formal = items_[use->first_input + index];
    if (formal.packing != 0)
      mark_packed(inputs[index], formal.packing, formal.bits, formal.held, node);
    else if (formal.is_weight)
      mark(unpacked_as(inputs[index], formal), formal.is_bias ? 'i' : 'w', &node);
    if (formal.is_buffer) mark(inputs[index], 'm', &node);
    for (const std::uint32_t item : inputs[index].items) {
      items_[item].is_gathered = items_[item].is_gathered || formal.is_gathered;
      items_[item].is_multiplied = items_[item].is_multiplied || formal.is_multiplied;
    }
  }
  for (std::uint32_t output = 0; output < std::min<std::size_t>(node.outputs, use->outputs.size()); ++output) {
    Origin given;
    given.is_dequantised = use->outputs[output].is_dequantised;
    given.is_unpacked = use->outputs[output].is_unpacked;
    for (const std::uint32_t item : use->outputs[output].items) {
      if (item < use->first_input || item >= end)
        given.items.push_back(item);
      else if (item - use->first_input < inputs.size())
        given.join(inputs[item - use->first_input]);
    }
    give(node, output, given, scope);
  }
}

/// Walks the graphs of If, Loop and Scan, all of them. False where the node has none.
bool Marker::walk_bodies(const Node& node, const std::vector<Origin>& inputs, Scope& scope) {
  const Control control = control_of(model_, node);
  if (control == Control::none) return false;
  std::vector<Origin> outputs(node.outputs);
  for (std::uint32_t index = 0; index < node.attributes; ++index) {
    const Attribute& attribute = model_.attributes[node.first_attribute + index];
    if (attribute.kind != AttributeKind::graph || attribute.kept != 1) continue;
    const auto body = static_cast<std::uint32_t>(model_.numbers[attribute.begin]);
    Scope inner;
    inner.outer = &scope;
    inner.attributes = scope.attributes;
    // The inputs of a body are those of its node, in order; If has none.
    const std::vector<Input>& formal = model_.graphs[body].inputs;
    for (std::size_t input = 0; input < std::min(formal.size(), inputs.size()); ++input)
      inner.origins[formal[input].name] = inputs[input];
    const std::vector<Origin> made = walk(body, inner);
    for (std::size_t output = 0; output < outputs.size(); ++output)
      if (const std::size_t from = output + (control == Control::loop ? 1 : 0); from < made.size())
        outputs[output].join(made[from]);
  }
  for (std::uint32_t output = 0; output < node.outputs; ++output) give(node, output, outputs[output], scope);
  return true;
}

void Marker::walk_node(const Node& node, Scope& scope) {
  std::vector<Origin> inputs(node.inputs);
  for (std::uint32_t index = 0; index < node.inputs; ++index)
    if (const Origin* origin = scope.find(model_.input(node, index))) inputs[index] = *origin;
  if (const Function* function = model_.function(node)) return walk_call(node, *function, inputs, scope);
  if (walk_bodies(node, inputs, scope)) return;
  if (const std::optional<Origin> made = made_by(node, inputs, scope)) return give(node, 0, *made, scope);
  walk_operator(node, inputs, scope);
}

std::vector<Origin> Marker::walk(std::uint32_t graph, Scope& scope) {
  for (const std::uint32_t constant : model_.graphs[graph].constants)
    if (const Constant& row = model_.constants[constant]; row.name != 0)
      scope.origins[row.name] = Origin{{row.same_as.value_or(constant)}};
  for (const Node& node : model_.graphs[graph].nodes) walk_node(node, scope);
  std::vector<Origin> outputs;
  for (const Name name : model_.graphs[graph].outputs) {
    const Origin* origin = scope.find(name);
    outputs.push_back(origin == nullptr ? Origin{} : *origin);
  }
  return outputs;
}

/// A matrix that is looked up, and another of its size that is multiplied with: written twice, if it is one.
void Marker::note_twins(Parameters& result) const {
  constexpr std::uint64_t fewest = 1U << 16U;
  const auto is_matrix = [](const ConstantUse& item) { return item.shape.size() == 2 && item.elements >= fewest; };
  std::map<Shape, const ConstantUse*> heads;  // by the shape that the table would have, either way round
  for (const ConstantUse& head : items_) {
    if (head.is_gathered || !head.is_multiplied || !is_matrix(head)) continue;
    heads.emplace(head.shape, &head);
    heads.emplace(Shape{head.shape[1], head.shape[0]}, &head);
  }
  for (const ConstantUse& table : items_) {
    if (!table.is_gathered || table.is_multiplied || !is_matrix(table)) continue;
    const auto head = heads.find(table.shape);
    if (head == heads.end()) continue;
    result.notes.push_back(
        fmt::format("{} and {} may be one matrix that is written twice: then {} of the params are counted twice",
                    shown(model_.names[table.name]), shown(model_.names[head->second->name]), grouped(table.elements)));
    return;
  }
}

Parameters Marker::sum() const {
  Parameters result;
  const auto add = [](std::uint64_t& total, std::uint64_t number) {
    if (__builtin_add_overflow(total, number, &total)) throw Malformed{"the sums are over 64 bits"};
  };
  for (const ConstantUse& item : items_) {
    const bool is_param = item.is_weight && !item.shape.empty() &&
                          (is_trained_type(item.type) || (item.is_bias && is_bias_type(item.type)));
    const bool is_buffer = !is_param && item.is_buffer && is_trained_type(item.type);
    if (is_buffer) add(result.buffers, item.elements);
    if (is_buffer) result.of_nodes[item.first_use].buffers += item.elements;
    // Whole numbers whose bits are taken apart hold more weights than they are.
    if (item.is_unpacked && item.shape.size() > 1 && (is_param || is_bias_type(item.type))) {
      if (result.packed.empty()) result.packed = model_.names[item.name];
      continue;
    }
    if (!is_param) continue;
    add(result.params, item.elements);
    result.of_nodes[item.first_use].params += item.elements;
    const std::string type = item.packed.empty() ? std::string(type_name(item.type)) : item.packed;
    auto found = std::find_if(result.types.begin(), result.types.end(),
                              [&](const ElementType& row) { return row.type == type; });
    if (found == result.types.end()) found = result.types.insert(found, {type, 0, 0});
    add(found->elements, item.elements);
    add(found->bytes, item.bytes);
  }
  std::stable_sort(result.types.begin(), result.types.end(),
                   [](const ElementType& left, const ElementType& right) { return left.elements > right.elements; });
  note_twins(result);
  return result;
}

}  // namespace

Parameters count_parameters(const Model& model) { return Marker(model).count(); }

}  // namespace greenml::model_file::graph
