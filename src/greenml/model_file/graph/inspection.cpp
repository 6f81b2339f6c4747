#include "model_file/graph/inspection.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "model_file/graph/evaluate.hpp"
#include "model_file/graph/inputs.hpp"
#include "model_file/graph/parameters.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

std::string line(std::string_view name) { return is_line(name) ? std::string(name) : shown(name); }

/// "operator DecodeImage of com.microsoft.extensions is not known: node decode (likewise 2 more)". Sizes that are not
/// known only because an operator is not known are not named.
std::string words_of(std::vector<Gap> gaps) {
  constexpr std::size_t most_named = 3;
  if (std::any_of(gaps.begin(), gaps.end(), [](const Gap& gap) { return gap.is_operator; }))
    std::erase_if(gaps, [](const Gap& gap) { return !gap.is_operator; });
  std::string text;
  for (std::size_t index = 0; index < std::min(gaps.size(), most_named); ++index) {
    const Gap& gap = gaps[index];
    text += text.empty() ? "" : "; ";
    text += gap.node.empty() ? gap.what : fmt::format("{}: node {}", gap.what, shown(gap.node));
    if (gap.count > 1) text += fmt::format(" (likewise {} more)", grouped(gap.count - 1));
  }
  std::uint64_t further = 0;
  for (std::size_t index = most_named; index < gaps.size(); ++index) further += gaps[index].count;
  if (further > 0) text += fmt::format("; and {} for other reasons", counted(further, "node"));
  return text;
}

/// The rows of the nodes that ran, in order; weights stand at the node that uses them first.
std::vector<Layer> layers_of(const Model& model, const Tally& tally, Parameters& parameters) {
  std::vector<Layer> layers;
  layers.reserve(tally.runs.size());
  for (const Run& run : tally.runs) {
    Layer& layer = layers.emplace_back();
    layer.name = line(model.node_name(*run.node));
    layer.kind = line(model.names[run.node->operator_name]);
    if (run.output) layer.output_shape = shape_text(*run.output);
    if (run.graph != 0) layer.subgraph = line(model.names[model.graphs[run.graph].name]);
    layer.trips = run.trips;
    if (tally.gaps.empty()) layer.macs = run.macs;  // a part of a sum that is not known would be taken for all
    const auto weights = parameters.of_nodes.find(run.node);
    if (weights == parameters.of_nodes.end()) continue;
    layer.params = std::exchange(weights->second.params, 0);
    layer.buffers = std::exchange(weights->second.buffers, 0);
  }
  Layer rest;
  for (const auto& [node, weights] : parameters.of_nodes) {
    rest.params += weights.params;
    rest.buffers += weights.buffers;
  }
  if (rest.params + rest.buffers > 0) {
    rest.name = "what does not run";
    rest.kind = "what does not run";
    rest.trips = 0;
    layers.push_back(std::move(rest));
  }
  return layers;
}

}  // namespace

void inspect_graph(const Model& model, const InspectOptions& options, Inspection& inspection) {
  check_expansion(model);
  ResolvedInputs inputs = resolve_inputs(model, options);
  inspection.has_graph = true;
  inspection.input = std::move(inputs.text);
  inspection.batch = inputs.batch;
  inspection.names = names_of_inputs(model);
  const auto add_notes = [&inspection](const std::vector<std::string>& notes) {
    inspection.notes.insert(inspection.notes.end(), notes.begin(), notes.end());
  };
  add_notes(inputs.notes);
  Tally tally;
  Evaluator(model, options).run(std::move(inputs.values), tally);
  add_notes(tally.notes);
  Parameters parameters = count_parameters(model);
  add_notes(parameters.notes);
  inspection.params = parameters.params;
  inspection.buffers = parameters.buffers;
  inspection.types = std::move(parameters.types);
  if (!parameters.packed.empty()) {
    inspection.params.reset();
    inspection.types.clear();
    inspection.notes.push_back(
        fmt::format("there is no number of params: how many weights {} packs is not known", shown(parameters.packed)));
  } else if (parameters.params == 0) {
    inspection.notes.emplace_back("there are no trained weights in the file");
  }
  if (tally.gaps.empty()) {
    inspection.status = InspectionStatus::exact;
    inspection.macs = tally.macs;
    inspection.macs_estimated = tally.estimated;
    if (tally.macs == 0) inspection.notes.emplace_back("no FLOPs: none of its operators multiplies and accumulates");
  } else {
    inspection.status = InspectionStatus::partial;
    inspection.why_no_macs = words_of(tally.gaps);
  }
  if (options.layers) inspection.layers = layers_of(model, tally, parameters);
}

}  // namespace greenml::model_file::graph
