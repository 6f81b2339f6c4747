/// \file
/// The program without its process: one command line, from the words to the outcome. Tests and fuzzers run it as often
/// as they like.

#pragma once

#include "sheet/outcome.hpp"
#include "system/console.hpp"

namespace greenml::cli {

/// Does what a command line asks for, the name of the program first, and says on the console what is wrong with it.
Outcome run(Console& console, int argument_count, const char* const* arguments);

}  // namespace greenml::cli
