/// \file
/// Runs a graph once with sizes in the place of tensors: finds the shape of every value, follows conditions, loops and
/// functions, and adds up the multiply-accumulates. Every dimension is a number before it starts.

#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "greenml/inspect.hpp"
#include "model_file/graph/graph.hpp"
#include "model_file/graph/tally.hpp"
#include "model_file/operators/operators.hpp"

namespace greenml::model_file::graph {

/// The values that a graph has while it runs, and where it stands.
struct Frame {
  const Frame* outer = nullptr;  ///< of the graph around; none for the main graph and for functions
  std::uint32_t graph = 0;
  const AttributeScope* attributes = nullptr;
  const Function* function = nullptr;  ///< whose opsets count
  std::unordered_map<Name, Value> values;

  /// Finds a value here or in the graphs around; nullptr where there is none.
  const Value* find(Name name) const;
};

class Evaluator {
 public:
  Evaluator(const Model& model, const InspectOptions& options) : model_(model), options_(options) {}

  /// Runs the main graph with these inputs, and returns its outputs. Throws Malformed where the graph makes no sense.
  std::vector<Value> run(std::unordered_map<Name, Value> inputs, Tally& tally);

 private:
  /// A body that runs several times: of Loop, or of Scan.
  struct Iteration {
    const Call& call;
    const Frame& frame;
    std::uint32_t body = 0;
    /// Loop: the body begins with the number of the trip and the condition, and tells whether to go on.
    bool counts = false;
    std::optional<std::int64_t> trips;  ///< at most, for Loop
    std::vector<Value> state;           ///< what a trip hands on to the next one
    std::vector<Value> slices;          ///< Scan: one step of each input that it goes through
  };
  struct Iterated {
    std::int64_t trips = 0;
    std::vector<Value> state;
    std::vector<Value> rows;  ///< what each trip adds to an output; not known where trips differ
    Tally tally;
  };

  std::vector<Value> run_graph(Frame& frame, Tally& tally);
  void run_node(const Node& node, Frame& frame, Tally& tally);
  void run_operator(Call& call, const Frame& frame, Tally& tally);
  void take_declared(Call& call, const Frame& frame, Tally& tally) const;
  void run_function(Call& call, const Function& function, const Frame& frame, Tally& tally);
  void run_if(Call& call, const Frame& frame, Tally& tally);
  void run_loop(Call& call, const Frame& frame, Tally& tally);
  void run_scan(Call& call, const Frame& frame, Tally& tally);
  void take_either(Call& call, const Frame& frame, Tally& tally);

  std::vector<Value> run_branch(Call& call, const char* name, const Frame& frame, Tally& tally);
  std::vector<Value> run_body(const Iteration& iteration, const std::vector<Value>& state,
                              std::optional<std::int64_t> number, Tally& tally);
  std::optional<Iterated> run_as_one(const Iteration& iteration);
  std::optional<Iterated> run_each(const Iteration& iteration);
  std::optional<Iterated> iterate(const Iteration& iteration, Tally& tally);

  std::uint32_t graph_of(const Call& call, const char* attribute) const;
  std::int64_t opset_of(const Node& node, const Frame& frame) const;
  std::vector<Value> inputs_of(const Node& node, const Frame& frame) const;
  void give_outputs(Call& call, const std::vector<Value>& values, std::size_t first) const;
  [[noreturn]] void refuse_input(const Node& node, Name name, const Frame& frame) const;

  const Model& model_;
  const InspectOptions& options_;
  std::uint64_t executed_ = 0;
  unsigned depth_ = 0;
};

/// Throws Malformed where functions call themselves, or where the graph has more than `most_expanded` nodes after its
/// functions are put in their places. Takes no longer than the file is large.
void check_expansion(const Model& model);

}  // namespace greenml::model_file::graph
