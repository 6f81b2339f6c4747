/// \file
/// Reference tables for commands: those built in, or those of --reference DIR.

#pragma once

#include <string_view>

#include "commands/options/option_table.hpp"
#include "greenml/reference.hpp"
#include "sheet/messages.hpp"
#include "system/world.hpp"

namespace greenml::cli {

/// Whether the folder of --reference is there, where one is named; says so if it is not.
bool is_there(Messages& messages, const Typed& folder);

/// The table, from the folder where one is named and has it, else the one built in. nullptr, and an error, where it
/// cannot be read.
const ReferenceTable* reference(World& world, Messages& messages, ReferenceKind kind, const Typed& folder);

/// A row of the table by its name; nullptr, and an error with what may have been meant.
const ReferenceRow* look_up(World& world, Messages& messages, ReferenceKind kind, const Typed& folder,
                            std::string_view option, std::string_view name);

}  // namespace greenml::cli
