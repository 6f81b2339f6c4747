/// \file
/// A unit that is named alone on the command line: --y-unit pfs-day.

#pragma once

#include <string_view>

#include "commands/options/option_table.hpp"
#include "greenml/measure.hpp"
#include "sheet/messages.hpp"

namespace greenml::cli {

/// Sets the unit where one was typed; says what is wrong where it is none of the measure's.
bool choose_unit(Messages& messages, std::string_view option, const Typed& typed, const Measure& measure,
                 const Unit*& unit);

}  // namespace greenml::cli
