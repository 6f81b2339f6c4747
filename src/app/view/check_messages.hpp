/// \file
/// Words and numbers that the messages of `check` and its table share.

#pragma once

#include <optional>
#include <string>
#include <utility>

#include "greenml/check.hpp"

namespace greenml::cli {

/// Two values of a measure that look different where they are: with all digits if four do not tell them apart. What
/// differs as little as a limit admits is the same.
std::pair<std::string, std::string> texts_of(const Measure& measure, double left, double right);

/// How far the value is from the reference, as a fraction of it; nothing where that says nothing.
std::optional<double> change(const Finding& finding);

}  // namespace greenml::cli
