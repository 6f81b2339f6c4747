/// \file
/// Manual pages, in the language of man(7), from the tables of commands, options, fields, units and labels.

#pragma once

#include <string>

#include "commands/commands.hpp"

namespace greenml::cli {

/// greenml(1): the commands.
std::string manual_of_program();

/// greenml-rank(1) and the like: the options of one command.
std::string manual_of(const Command& command);

/// greenml-catalog(5): the format of a catalog.
std::string manual_of_catalog();

}  // namespace greenml::cli
