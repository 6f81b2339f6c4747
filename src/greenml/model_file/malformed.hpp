/// \file
/// How the readers of formats leave a file that is wrong: they throw, and the entry point of the format turns what is
/// thrown into a complaint. Not for what is merely not understood, which is a gap of the result.

#pragma once

#include <string>

namespace greenml::model_file {

/// What is wrong with a file, without its name: "ends at byte 6,139 inside graph.node[41]".
struct Malformed {
  std::string what;
  std::string hint = {};
};

/// Sizes that do not fit together. In a branch of a condition it is no fault of the file: the branch is not for these.
struct Misfit : Malformed {};

}  // namespace greenml::model_file
