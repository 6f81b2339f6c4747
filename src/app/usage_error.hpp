/// \file
/// Says what is wrong with a command line that could not be parsed, and what was probably meant.

#pragma once

#include <CLI/App.hpp>
#include <CLI/Error.hpp>

#include "greenml/quantity.hpp"

namespace greenml::cli {

Complaint explain(const CLI::App& app, const CLI::ParseError& error);

}  // namespace greenml::cli
