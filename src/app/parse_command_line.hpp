/// \file
/// Turns a command line into what is to be done, by the tables of commands and options. The only place that knows
/// CLI11.

#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "commands/commands.hpp"
#include "greenml/quantity.hpp"

namespace greenml::cli {

/// A command with its options, a text that was asked for (help, the version), or what is wrong.
using Parsing = std::variant<Action, std::string, Complaint>;

/// `width`: of the lines of a help.
Parsing parse_command_line(int argument_count, const char* const* arguments, std::size_t width);

}  // namespace greenml::cli
