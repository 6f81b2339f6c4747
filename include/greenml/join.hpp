/// \file
/// Bringing together what several files say of one model: --join name~,variant.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "greenml/parsed.hpp"

namespace greenml {

/// A label that models of two files must have alike to be one.
struct JoinLabel {
  std::string label;
  bool up_to_dot = false;  ///< compares what is before the first dot: names of results have a tag behind one
};

/// What is done where two files state one quantity of a model differently. Its other quantities are in doubt too: they
/// may be of another network.
enum class Conflicts {
  are_errors,
  take_first,  ///< the first file's value; what the second says beside it is taken, and the notes say so
  take_last,   ///< the same with the last file's
  leave_out,   ///< what the later file says of this model is left out
};

struct Join {
  std::vector<JoinLabel> labels;
  Conflicts conflicts = Conflicts::are_errors;
};

/// Reads "name", "name,variant" or "name~,variant", where ~ stands for up_to_dot.
Parsed<std::vector<JoinLabel>> parse_join(std::string_view text);

}  // namespace greenml
