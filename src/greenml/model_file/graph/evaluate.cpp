#include "model_file/graph/evaluate.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

/// Graphs in functions in graphs, each of which is a few calls of this program.
constexpr unsigned most_depth = 128;

/// What an operator is called where it is not known: with its domain, where that is not ONNX's own.
std::string operator_text(const Model& model, const Node& node) {
  const std::string name = shown(model.names[node.operator_name]);
  return node.domain == 0 ? name : name + " of " + shown(model.names[node.domain]);
}

}  // namespace

const Value* Frame::find(Name name) const {
  for (const Frame* frame = this; frame != nullptr; frame = frame->outer)
    if (const auto found = frame->values.find(name); found != frame->values.end()) return &found->second;
  return nullptr;
}

std::vector<Value> Evaluator::run(std::unordered_map<Name, Value> inputs, Tally& tally) {
  Frame frame;
  frame.values = std::move(inputs);
  return run_graph(frame, tally);
}

std::vector<Value> Evaluator::run_graph(Frame& frame, Tally& tally) {
  if (++depth_ > most_depth)
    throw Malformed{fmt::format("its graphs and functions are nested deeper than {}", most_depth)};
  const Graph& graph = model_.graphs[frame.graph];
  std::unordered_map<Name, bool> is_constant;
  for (const std::uint32_t index : graph.constants) {
    const Constant& constant = model_.constants[index];
    if (constant.name == 0) continue;
    if (!is_constant.emplace(constant.name, true).second)
      throw Malformed{"tensor " + shown(model_.names[constant.name]) + " is there twice"};
    frame.values.emplace(constant.name, constant.value());  // unless an input of that name is given
  }
  for (const Node& node : graph.nodes) run_node(node, frame, tally);
  std::vector<Value> outputs;
  for (const Name name : graph.outputs) {
    const Value* value = frame.find(name);
    if (value == nullptr) throw Malformed{"output " + shown(model_.names[name]) + " is not made by anything"};
    outputs.push_back(*value);
  }
  --depth_;
  return outputs;
}

void Evaluator::refuse_input(const Node& node, Name name, const Frame& frame) const {
  const std::string input = shown(model_.names[name]);
  for (const Frame* around = &frame; around != nullptr; around = around->outer)
    for (const Node& other : model_.graphs[around->graph].nodes)
      for (std::uint32_t index = 0; index < other.outputs; ++index)
        if (model_.output(other, index) == name)
          throw Malformed{fmt::format("{}: its input {} is made by no earlier node", model_.shown(node), input)};
  throw Malformed{fmt::format("{}: its input {} is not made by anything", model_.shown(node), input)};
}

std::vector<Value> Evaluator::inputs_of(const Node& node, const Frame& frame) const {
  std::vector<Value> inputs;
  std::uint32_t count = node.inputs;
  while (count > 0 && model_.input(node, count - 1) == 0) --count;  // what is left out at the end
  for (std::uint32_t index = 0; index < count; ++index) {
    const Name name = model_.input(node, index);
    const Value* value = name == 0 ? nullptr : frame.find(name);
    if (value == nullptr && name != 0) refuse_input(node, name, frame);
    inputs.push_back(value == nullptr ? Value{} : *value);
  }
  return inputs;
}

std::int64_t Evaluator::opset_of(const Node& node, const Frame& frame) const {
  if (frame.function != nullptr)
    if (const auto found = frame.function->opsets.find(node.domain); found != frame.function->opsets.end())
      return found->second;
  const auto found = model_.opsets.find(node.domain);
  return found == model_.opsets.end() ? 1 : found->second;
}

void Evaluator::run_node(const Node& node, Frame& frame, Tally& tally) {
  if (++executed_ > most_expanded) throw Malformed{fmt::format("more than {} nodes run in it", grouped(most_expanded))};
  Call call(model_, node, frame.attributes, opset_of(node, frame));
  call.inputs = inputs_of(node, frame);
  if (const Function* function = model_.function(node)) {
    run_function(call, *function, frame, tally);
  } else {
    switch (control_of(model_, node)) {
      case Control::none:
        run_operator(call, frame, tally);
        break;
      case Control::condition:
        run_if(call, frame, tally);
        break;
      case Control::loop:
        run_loop(call, frame, tally);
        break;
      case Control::scan:
        run_scan(call, frame, tally);
        break;
    }
  }
  // What decides an output that is not known is what decided the first input that is not.
  Name source = 0;
  for (const Value& input : call.inputs)
    if (source == 0 && input.present && !input.contents) source = input.source;
  for (std::uint32_t index = 0; index < node.outputs; ++index) {
    const Name name = model_.output(node, index);
    if (name == 0) continue;
    Value& output = call.outputs[index];
    output.present = true;
    if (output.source == 0 && !output.contents) output.source = source != 0 ? source : name;
    if (!frame.values.emplace(name, std::move(output)).second)
      throw Malformed{fmt::format("{}: {} is made twice", model_.shown(node), shown(model_.names[name]))};
  }
}

/// Takes what the file says of an output that does not follow. Where both differ, one of them is wrong.
void Evaluator::take_declared(Call& call, const Frame& frame, Tally& tally) const {
  if (frame.graph != 0 || model_.declared.empty()) return;
  for (std::uint32_t index = 0; index < call.outputs.size(); ++index) {
    const auto found = model_.declared.find(model_.output(call.node, index));
    if (found == model_.declared.end()) continue;
    Value& output = call.outputs[index];
    output.type = found->second.type;
    if (!found->second.shape) continue;
    if (!output.known() || elements_of(*output.shape) == elements_of(*found->second.shape))
      output.shape = std::make_shared<const Shape>(*found->second.shape);
    else
      tally.add_gap(
          {fmt::format("the size of what {} makes is {} by its inputs, and {} by the file",
                       operator_text(model_, call.node), shape_text(*output.shape), shape_text(*found->second.shape)),
           std::string(model_.node_name(call.node))});
  }
}

void Evaluator::run_operator(Call& call, const Frame& frame, Tally& tally) {
  const std::string_view domain = call.node.domain == 0 ? model_.default_domain : model_.names[call.node.domain];
  const Operator* row = find_operator(domain, model_.names[call.node.operator_name]);
  if (row == nullptr) {
    take_declared(call, frame, tally);
    return tally.add_gap({"operator " + operator_text(model_, call.node) + " is not known",
                          std::string(model_.node_name(call.node)), 1, true});
  }
  const auto unknown = std::find_if(call.inputs.begin(), call.inputs.end(),
                                    [](const Value& input) { return input.present && !input.known(); });
  const bool shapes_known = unknown == call.inputs.end();
  if (shapes_known || row->needs == Needs::nothing) row->shape(call);
  take_declared(call, frame, tally);
  std::uint64_t macs = 0;
  if (row->cost != nullptr) {
    if (call.outputs.empty()) call.wrong("it has no outputs");
    const std::optional<std::uint64_t> cost = shapes_known && call.outputs[0].known() ? row->cost(call) : std::nullopt;
    if (cost) {
      macs = *cost;
    } else {
      const Name source = unknown == call.inputs.end() ? 0 : unknown->source;
      tally.add_gap({source == 0 ? fmt::format("the size of {} follows from data", operator_text(model_, call.node))
                                 : fmt::format("the size of {} follows from the data of {}",
                                               operator_text(model_, call.node), shown(model_.names[source])),
                     std::string(model_.node_name(call.node))});
    }
  }
  tally.add(macs);
  tally.estimated = tally.estimated || call.estimated;
  for (const std::string& note : call.notes) tally.add_note(note);
  if (options_.layers)
    tally.runs.push_back({&call.node, frame.graph, 1, macs, call.outputs.empty() ? nullptr : call.outputs[0].shape});
}

void Evaluator::run_function(Call& call, const Function& function, const Frame& frame, Tally& tally) {
  const Graph& graph = model_.graphs[function.graph];
  if (call.inputs.size() > graph.inputs.size())
    call.wrong(fmt::format("{} for a function of {}", counted(call.inputs.size(), "input"), graph.inputs.size()));
  const AttributeScope attributes{&call.node, &function, frame.attributes};
  Frame inner;
  inner.graph = function.graph;
  inner.attributes = &attributes;
  inner.function = &function;
  for (std::size_t index = 0; index < graph.inputs.size(); ++index)
    inner.values.emplace(graph.inputs[index].name, index < call.inputs.size() ? call.inputs[index] : Value{});
  give_outputs(call, run_graph(inner, tally), 0);
}

void Evaluator::give_outputs(Call& call, const std::vector<Value>& values, std::size_t first) const {
  if (call.outputs.size() + first > values.size())
    call.wrong(fmt::format("it has {}, and its graph {}", counted(call.outputs.size(), "output"), values.size()));
  for (std::size_t index = 0; index < call.outputs.size(); ++index) call.outputs[index] = values[first + index];
}

std::uint32_t Evaluator::graph_of(const Call& call, const char* attribute) const {
  const Attribute* found = call.attribute(attribute);
  if (found == nullptr || found->kind != AttributeKind::graph || found->kept == 0)
    call.wrong(fmt::format("its graph {} is not there", attribute));
  return static_cast<std::uint32_t>(model_.numbers[found->begin]);
}

std::vector<Value> Evaluator::run_branch(Call& call, const char* name, const Frame& frame, Tally& tally) {
  Frame inner;
  inner.outer = &frame;
  inner.graph = graph_of(call, name);
  inner.attributes = frame.attributes;
  inner.function = frame.function;
  return run_graph(inner, tally);
}

void Evaluator::run_if(Call& call, const Frame& frame, Tally& tally) {
  call.input(0);
  const std::vector<std::int64_t>* condition = call.whole(0);
  if (condition == nullptr || condition->empty()) return take_either(call, frame, tally);
  give_outputs(call, run_branch(call, condition->front() != 0 ? "then_branch" : "else_branch", frame, tally), 0);
}

/// The condition is not known: the costlier branch counts. A branch that is impossible for these shapes does not run.
void Evaluator::take_either(Call& call, const Frame& frame, Tally& tally) {
  struct Branch {
    const char* name;
    Tally tally;
    std::vector<Value> outputs;
    std::optional<Misfit> impossible;
  };
  Branch branches[2] = {{"then_branch", {}, {}, {}}, {"else_branch", {}, {}, {}}};
  for (Branch& branch : branches) {
    const unsigned depth = depth_;
    try {
      branch.outputs = run_branch(call, branch.name, frame, branch.tally);
    } catch (const Misfit& misfit) {
      branch.impossible = misfit;
      depth_ = depth;
    }
  }
  if (branches[0].impossible && branches[1].impossible) throw *branches[0].impossible;
  for (int taken = 0; taken < 2; ++taken)
    if (branches[1 - taken].impossible) {
      tally.add_note(fmt::format("{}: a branch is impossible for these sizes, and is not counted: {}",
                                 model_.shown(call.node), branches[1 - taken].impossible->what));
      tally.add(branches[taken].tally, 1);
      return give_outputs(call, branches[taken].outputs, 0);
    }
  const int taken = branches[1].tally.macs > branches[0].tally.macs ? 1 : 0;
  const Branch& costlier = branches[taken];
  const Branch& cheaper = branches[1 - taken];
  const Name source = call.inputs[0].source;
  if (costlier.tally.macs != cheaper.tally.macs)
    tally.add_note(fmt::format(
        "{} takes one of two branches by {}: the costlier is counted{}", model_.shown(call.node),
        source == 0 ? "data" : shown(model_.names[source]),
        model_.is_input(source)
            ? fmt::format(" ({}--value {}=... says which)", options_.before_options, shown(model_.names[source]))
            : ""));
  for (const Gap& gap : cheaper.tally.gaps) tally.add_gap(gap);
  tally.estimated = tally.estimated || cheaper.tally.estimated;
  tally.add(costlier.tally, 1);
  give_outputs(call, costlier.outputs, 0);
  for (std::size_t index = 0; index < call.outputs.size(); ++index) {
    Value& output = call.outputs[index];
    if (index >= cheaper.outputs.size()) call.wrong("its branches differ in outputs");
    const Value& other = cheaper.outputs[index];
    if (!same_shape(output, other)) output.shape = nullptr;
    if (!output.known() || !same_contents(output, other)) output.contents = nullptr;
    if (!output.contents) output.source = source;
  }
}

}  // namespace greenml::model_file::graph
