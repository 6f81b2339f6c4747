#include "system/terminal.hpp"

#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace greenml::cli {

std::optional<TerminalSize> terminal_size(int stream) {
  winsize size{};
  if (::isatty(stream) == 0) return std::nullopt;
  if (::ioctl(stream, TIOCGWINSZ, &size) != 0) return TerminalSize{};
  return TerminalSize{size.ws_col, size.ws_row};
}

bool shows_colors(int stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool is_dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return ::isatty(stream) != 0 && (no_color == nullptr || *no_color == '\0') && !is_dumb;
}

}  // namespace greenml::cli
