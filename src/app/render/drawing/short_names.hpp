/// \file
/// The names that stand beside the bars of a panel.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sheet/chart.hpp"

namespace greenml::render {

/// The name of each point, safe to show and in at most `width` terminal cells; see `shortened_apart`.
std::vector<std::string> short_names(const Panel& panel, std::size_t width);

}  // namespace greenml::render
