/// \file
/// What a stream is like that a person may look at: whether it is a terminal, its size, and whether it has colours.

#pragma once

#include <cstddef>
#include <optional>

namespace greenml::cli {

/// Zeros where the terminal says none.
struct TerminalSize {
  std::size_t columns = 0;
  std::size_t lines = 0;
};

/// Nothing where the stream is no terminal.
std::optional<TerminalSize> terminal_size(int stream);

/// Whether the stream is a terminal whose user wants colours: NO_COLOR is honoured.
bool shows_colors(int stream);

}  // namespace greenml::cli
