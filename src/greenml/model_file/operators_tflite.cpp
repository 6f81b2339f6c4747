#include "model_file/operators.hpp"

namespace greenml::model_file::graph {

std::span<const Operator> tflite_operators() { return {}; }

}  // namespace greenml::model_file::graph
