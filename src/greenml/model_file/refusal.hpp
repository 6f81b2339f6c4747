/// \file
/// How the readers of graphs leave a file that is wrong: they throw, and the entry point of the format turns what is
/// thrown into a complaint. Not for what is merely not understood, which is a gap of the result.

#pragma once

#include <string>

namespace greenml::model_file::graph {

/// What is wrong with a file, and where: "ends at byte 6,139 inside graph.node[41]".
struct Refusal {
  std::string what;
  std::string hint = {};
};

}  // namespace greenml::model_file::graph
