/// \file
/// Options with a value, as they were typed.

#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>

namespace greenml::cli {

/// What was typed after an option; nothing where the option was not given. An empty text is something.
using Typed = std::optional<std::string>;

/// Declares an option with a value.
CLI::Option* add_typed(CLI::App& app, const std::string& name, Typed& typed, const std::string& value_name,
                       const std::string& help);

}  // namespace greenml::cli
