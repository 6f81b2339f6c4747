/// \file
/// A log as a record: what the patterns of a mapping find in its lines. One log is one model.

#pragma once

#include <string_view>

#include "input/source/source.hpp"
#include "input/source/tree.hpp"

namespace greenml::source {

/// The columns of `source.lines` that the log has, as an object. A column that several lines state has the value of the
/// last, or none, as its pattern says.
Tree tree_of_log(const Source& source, std::string_view text);

}  // namespace greenml::source
