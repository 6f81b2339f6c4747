/// \file
/// How a run can end. Nothing else becomes an exit code.

#pragma once

namespace greenml::cli {

enum class Outcome { done = 0, short_of_limits = 1, cannot = 2 };

}  // namespace greenml::cli
