// How large a graph is after its functions are put in their places.
#include <fmt/format.h>
#include <vector>

#include "model_file/checked.hpp"
#include "model_file/graph/evaluate.hpp"
#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

class Expansion {
 public:
  explicit Expansion(const Model& model)
      : model_(model), of_function_(model.functions.size()), open_(model.functions.size()) {}

  std::uint64_t nodes_of(std::uint32_t graph, unsigned depth) {
    if (depth > most_depth) throw Malformed{fmt::format("its functions are nested deeper than {}", most_depth)};
    std::uint64_t nodes = 0;
    for (const Node& node : model_.graphs[graph].nodes) {
      add(nodes, 1);
      if (const Function* function = model_.function(node)) {
        add(nodes, nodes_of_function(*function, depth));
        continue;
      }
      for (std::uint32_t index = 0; index < node.attributes; ++index) {
        const Attribute& attribute = model_.attributes[node.first_attribute + index];
        if (attribute.kind != AttributeKind::graph && attribute.kind != AttributeKind::graphs) continue;
        for (std::uint32_t kept = 0; kept < attribute.kept; ++kept)
          add(nodes, nodes_of(static_cast<std::uint32_t>(model_.numbers[attribute.begin + kept]), depth + 1));
      }
    }
    return nodes;
  }

 private:
  static constexpr unsigned most_depth = 128;

  static void add(std::uint64_t& sum, std::uint64_t nodes) {
    sum += nodes;
    if (sum > most_expanded)
      throw Malformed{
          fmt::format("it has more than {} nodes after its functions are expanded", grouped(most_expanded))};
  }

  std::uint64_t nodes_of_function(const Function& function, unsigned depth) {
    const std::uint32_t index = model_.function_index.at({function.domain, function.name, function.overload});
    if (open_[index]) throw Malformed{"function " + shown(model_.names[function.name]) + " calls itself"};
    if (of_function_[index] == 0) {
      open_[index] = true;
      of_function_[index] = 1 + nodes_of(function.graph, depth + 1);
      open_[index] = false;
    }
    return of_function_[index] - 1;
  }

  const Model& model_;
  std::vector<std::uint64_t> of_function_;  ///< one more than its nodes; 0 where they are not counted yet
  std::vector<bool> open_;
};

}  // namespace

void check_expansion(const Model& model) {
  Expansion expansion(model);
  // A function that nobody calls is checked as well.
  for (const Function& function : model.functions) expansion.nodes_of(function.graph, 1);
  expansion.nodes_of(0, 0);
}

}  // namespace greenml::model_file::graph
