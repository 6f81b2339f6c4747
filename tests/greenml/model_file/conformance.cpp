// The models of ONNX's conformance suite, one folder each, with inputs and outputs as files: what is found for the
// outputs must be right or not known, never wrong. Prints one line for each model that is wrong, and a summary.
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <unordered_map>
#include <vector>

#include "model_file/file.hpp"
#include "model_file/graph/evaluate.hpp"
#include "model_file/malformed.hpp"
#include "model_file/onnx/onnx_graph.hpp"

namespace {

using namespace greenml::model_file;
using namespace greenml::model_file::graph;

struct Counts {
  int models = 0, outputs = 0, shapes = 0, elements = 0, unknown_operators = 0, wrong = 0;
};

/// A file with one tensor; nothing is known where it holds a sequence of them.
Value read_value(const std::string& path, Model& model) try {
  const greenml::Parsed<File> file = File::open(path);
  if (!file) return {};
  std::vector<External> externals;
  NoData no_data;
  TensorSink sink{model.names, externals, no_data};
  Window window(*file);
  return read_tensor(Message(window, 0, window.size(), Place{}), sink).value();
} catch (const Malformed&) {
  return {};
}

/// What is wrong with a value that was found; empty where it is right or not known.
std::string difference(const Value& found, const Value& right, Counts& counts) {
  ++counts.outputs;
  if (!found.known()) return {};
  ++counts.shapes;
  if (*found.shape != *right.shape)
    return fmt::format("shape {} where {} is right", shape_text(*found.shape), shape_text(*right.shape));
  // The suite stores bfloat16 as the whole numbers of its bits.
  const bool is_stored_otherwise = found.type == Type::bfloat16 && right.type == Type::uint16;
  if (found.type != Type::none && found.type != right.type && !is_stored_otherwise)
    return fmt::format("type {} where {} is right", type_name(found.type), type_name(right.type));
  if (!found.contents || !right.contents || !right.contents->real.empty()) return {};
  ++counts.elements;
  return found.contents->whole == right.contents->whole ? "" : "its elements are wrong";
}

void check(const std::string& folder, Counts& counts) {
  const std::string name = std::filesystem::path(folder).lexically_normal().filename();
  const auto wrong = [&](const std::string& what) {
    fmt::print("{}: {}\n", name, what);
    ++counts.wrong;
  };
  const greenml::Parsed<File> file = File::open(folder + "/model.onnx");
  if (!file) return wrong("no model");
  ++counts.models;
  try {
    OnnxModel read = read_onnx(*file);
    Model& model = read.model;
    std::unordered_map<Name, Value> inputs;
    for (std::size_t index = 0; index < model.graphs.front().inputs.size(); ++index) {
      const Input& input = model.graphs.front().inputs[index];
      Value value = input.is_tensor ? read_value(fmt::format("{}/test_data_set_0/input_{}.pb", folder, index), model)
                                    : unknown_value(Type::none, input.name);
      value.present = true;
      if (!value.contents) value.source = input.name;
      inputs[input.name] = std::move(value);
    }
    Tally tally;
    check_expansion(model);
    const std::vector<Value> outputs = Evaluator(model, {}).run(std::move(inputs), tally);
    for (const Gap& gap : tally.gaps) {
      counts.unknown_operators += gap.is_operator ? 1 : 0;
      if (gap.is_operator) fmt::print("({}: {})\n", name, gap.what);
    }
    for (std::size_t index = 0; index < outputs.size(); ++index) {
      const Value right = read_value(fmt::format("{}/test_data_set_0/output_{}.pb", folder, index), model);
      if (!right.known() || right.type == Type::none) continue;
      if (const std::string what = difference(outputs[index], right, counts); !what.empty())
        wrong(fmt::format("output {}: {}", index, what));
    }
  } catch (const Malformed& malformed) {
    wrong(malformed.what);
  }
}

}  // namespace

/// The folder of the suite; one that is not there is said, and is no failure.
int main(int count, char** arguments) {
  constexpr int skipped = 77;
  const std::filesystem::path suite = count == 2 ? arguments[1] : "";
  if (!std::filesystem::is_directory(suite)) {
    fmt::print("skipped: {} is not there (Debian's libonnx-testdata)\n", suite.string());
    return skipped;
  }
  Counts counts;
  for (const char* const part : {"node", "simple", "pytorch-converted", "pytorch-operator"})
    for (const auto& entry : std::filesystem::directory_iterator(suite / part)) check(entry.path().string(), counts);
  fmt::print("{} models, {} outputs: {} shapes known, {} with elements; {} unknown operators; {} wrong\n",
             counts.models, counts.outputs, counts.shapes, counts.elements, counts.unknown_operators, counts.wrong);
  return counts.wrong == 0 && counts.models > 0 && counts.shapes > counts.outputs / 2 ? 0 : 1;
}
