/// \file
/// What --help shows, made from the tables of commands and options, in lines that fit a terminal.

#pragma once

#include <cstddef>
#include <string>

#include "commands/commands.hpp"

namespace greenml::cli {

/// The columns that help is broken into: COLUMNS, or those of the terminal, or 80 where there is none; 40 to 100,
/// beyond which lines are read badly.
std::size_t help_width(const World& world);

std::string help_of_program(std::size_t width);
std::string help_of(const Command& command, const OptionTable& table, std::size_t width);

}  // namespace greenml::cli
