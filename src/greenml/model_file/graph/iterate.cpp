// Loop and Scan: a body that runs several times.
#include <fmt/format.h>

#include "model_file/graph/evaluate.hpp"
#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

/// A loop is followed trip by trip as long as no more nodes run in it.
constexpr std::uint64_t most_followed = 50'000;

/// The element of a value of whole numbers that has one; nothing where it is not known.
std::optional<std::int64_t> single(const Value& value) {
  if (!value.contents || value.contents->whole.size() != 1) return std::nullopt;
  return value.contents->whole.front();
}

/// What the trips add to an output, stacked along a new axis.
Value stacked(const Value& row, std::int64_t trips, std::int64_t axis) {
  if (!row.known()) return unknown_value(row.type, row.source);
  Shape shape = *row.shape;
  const auto rank = static_cast<std::int64_t>(shape.size()) + 1;
  if (axis < -rank || axis >= rank) throw Malformed{fmt::format("a Scan stacks along axis {} of {}", axis, rank)};
  shape.insert(shape.begin() + (axis < 0 ? axis + rank : axis), trips);
  elements_of(shape);
  return make_value(row.type, std::move(shape));
}

}  // namespace

std::vector<Value> Evaluator::run_body(const Iteration& iteration, const std::vector<Value>& state,
                                       std::optional<std::int64_t> number, Tally& tally) {
  const Graph& graph = model_.graphs[iteration.body];
  std::vector<Value> inputs;
  if (iteration.counts) {
    inputs.push_back(number ? make_whole(Type::int64, {}, {*number}) : make_value(Type::int64, {}));
    inputs.push_back(make_whole(Type::boolean, {}, {1}));
  }
  inputs.insert(inputs.end(), state.begin(), state.end());
  inputs.insert(inputs.end(), iteration.slices.begin(), iteration.slices.end());
  if (inputs.size() != graph.inputs.size())
    iteration.call.wrong(
        fmt::format("its body has {} where {} belong", counted(graph.inputs.size(), "input"), inputs.size()));
  Frame inner;
  inner.outer = &iteration.frame;
  inner.graph = iteration.body;
  inner.attributes = iteration.frame.attributes;
  inner.function = iteration.frame.function;
  for (std::size_t index = 0; index < inputs.size(); ++index) {
    Value& input = inputs[index];
    input.present = true;
    if (input.source == 0 && !input.contents) input.source = graph.inputs[index].name;
    if (!inner.values.emplace(graph.inputs[index].name, std::move(input)).second)
      iteration.call.wrong("two inputs of its body have one name");
  }
  std::vector<Value> outputs = run_graph(inner, tally);
  if (outputs.size() < state.size() + (iteration.counts ? 1 : 0)) iteration.call.wrong("its body has too few outputs");
  return outputs;
}

/// Runs the body once for all trips, where none of its sizes changes from trip to trip.
std::optional<Evaluator::Iterated> Evaluator::run_as_one(const Iteration& iteration) {
  if (!iteration.trips) return std::nullopt;
  const std::size_t first = iteration.counts ? 1 : 0;
  Iterated result;
  result.trips = *iteration.trips;
  result.state = iteration.state;
  while (true) {
    Tally tally;
    const std::vector<Value> outputs = run_body(iteration, result.state, std::nullopt, tally);
    bool is_stable = true;
    for (std::size_t index = 0; index < result.state.size(); ++index) {
      Value& value = result.state[index];
      const Value& after = outputs[first + index];
      if (!same_shape(value, after)) return std::nullopt;
      if (!value.contents || same_contents(value, after)) continue;
      value.contents = nullptr;  // it changes, and is taken for unknown
      value.source = after.source;
      is_stable = false;
    }
    if (!is_stable) continue;
    if (iteration.counts && single(outputs[0]).value_or(0) == 0) return std::nullopt;
    result.rows.assign(outputs.begin() + static_cast<std::ptrdiff_t>(first + result.state.size()), outputs.end());
    result.tally.add(tally, static_cast<std::uint64_t>(result.trips));
    return result;
  }
}

/// Follows the trips one by one, each with its number, as long as they are few.
std::optional<Evaluator::Iterated> Evaluator::run_each(const Iteration& iteration) {
  const std::size_t first = iteration.counts ? 1 : 0;
  const std::uint64_t begin = executed_;
  Iterated result;
  result.state = iteration.state;
  while (!iteration.trips || result.trips < *iteration.trips) {
    Tally tally;
    std::vector<Value> outputs = run_body(iteration, result.state, result.trips, tally);
    if (executed_ - begin > most_followed || result.trips > static_cast<std::int64_t>(most_followed))
      return std::nullopt;
    result.tally.add_trip(tally);
    const std::size_t rows = first + result.state.size();
    if (result.trips == 0) result.rows.assign(outputs.begin() + static_cast<std::ptrdiff_t>(rows), outputs.end());
    for (std::size_t index = 0; index < result.rows.size(); ++index)
      if (!same_shape(result.rows[index], outputs[rows + index])) result.rows[index].shape = nullptr;
    for (std::size_t index = 0; index < result.state.size(); ++index) result.state[index] = outputs[first + index];
    ++result.trips;
    if (!iteration.counts) continue;
    const std::optional<std::int64_t> goes_on = single(outputs[0]);
    if (!goes_on) return std::nullopt;
    if (*goes_on == 0) break;
  }
  return result;
}

std::optional<Evaluator::Iterated> Evaluator::iterate(const Iteration& iteration, Tally& tally) {
  std::optional<Iterated> result = run_as_one(iteration);
  if (!result || !result->tally.gaps.empty()) {
    std::optional<Iterated> followed = run_each(iteration);
    if (followed && (!result || followed->tally.gaps.empty())) result = std::move(followed);
  }
  if (!result) {
    tally.add_gap({fmt::format("how often {} runs its body, or at what sizes, follows from data",
                               model_.names[iteration.call.node.operator_name]),
                   std::string(model_.node_name(iteration.call.node))});
    return std::nullopt;
  }
  tally.add(result->tally, 1);
  return result;
}

void Evaluator::run_loop(Call& call, const Frame& frame, Tally& tally) {
  Iteration iteration{call, frame, graph_of(call, "body"), true, std::nullopt, {}, {}};
  const bool is_limited = call.has(0);
  if (is_limited) iteration.trips = single(call.inputs[0]);
  if (iteration.trips && *iteration.trips >= most_dimension) iteration.trips.reset();  // a loop without a limit
  if (iteration.trips && *iteration.trips < 0) iteration.trips = 0;
  for (std::size_t index = 2; index < call.node.inputs; ++index)
    iteration.state.push_back(index < call.inputs.size() ? call.inputs[index] : Value{});
  if (call.has(1)) {
    const std::optional<std::int64_t> condition = single(call.inputs[1]);
    if (condition && *condition == 0) iteration.trips = 0;
    if (!condition)
      return tally.add_gap({"whether Loop runs its body follows from data", std::string(model_.node_name(call.node))});
  }
  const std::optional<Iterated> result = iterate(iteration, tally);
  if (!result) return;
  const std::size_t rows = iteration.state.size();
  for (std::size_t index = 0; index < call.outputs.size(); ++index) {
    if (index < rows)
      call.outputs[index] = result->state[index];
    else if (index - rows < result->rows.size() && result->trips > 0)
      call.outputs[index] = stacked(result->rows[index - rows], result->trips, 0);
  }
}

void Evaluator::run_scan(Call& call, const Frame& frame, Tally& tally) {
  if (call.opset < 9)
    return tally.add_gap({"operator Scan of opset 8 is not known", std::string(model_.node_name(call.node)), 1, true});
  const std::int64_t scanned = call.integer("num_scan_inputs", 0);
  if (scanned <= 0 || static_cast<std::size_t>(scanned) > call.inputs.size()) call.wrong("it scans no input");
  Iteration iteration{call, frame, graph_of(call, "body"), false, std::nullopt, {}, {}};
  const std::size_t states = call.inputs.size() - static_cast<std::size_t>(scanned);
  iteration.state.assign(call.inputs.begin(), call.inputs.begin() + static_cast<std::ptrdiff_t>(states));
  const Shape axes = call.integers("scan_input_axes").value_or(Shape());
  for (std::size_t index = states; index < call.inputs.size(); ++index) {
    if (!call.known(index))
      return tally.add_gap(
          {"how often Scan runs its body follows from data", std::string(model_.node_name(call.node))});
    Shape shape = call.shape(index);
    const std::size_t place = index - states;
    const std::size_t axis = call.axis(place < axes.size() ? axes[place] : 0, shape.size());
    if (iteration.trips && *iteration.trips != shape[axis]) call.wrong("the inputs that it scans differ in length");
    iteration.trips = shape[axis];
    shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
    iteration.slices.push_back(make_value(call.input(index).type, std::move(shape)));
  }
  const std::optional<Iterated> result = iterate(iteration, tally);
  if (!result) return;
  const Shape output_axes = call.integers("scan_output_axes").value_or(Shape());
  for (std::size_t index = 0; index < call.outputs.size(); ++index) {
    if (index < states)
      call.outputs[index] = result->state[index];
    else if (index - states < result->rows.size())
      call.outputs[index] = stacked(result->rows[index - states], result->trips,
                                    index - states < output_axes.size() ? output_axes[index - states] : 0);
  }
}

}  // namespace greenml::model_file::graph
