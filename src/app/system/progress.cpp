#include "system/progress.hpp"

#include <fmt/format.h>
#include <string_view>
#include <unistd.h>

#include "render/text.hpp"

namespace greenml::cli {

namespace {

constexpr std::chrono::milliseconds before_first(1000);
constexpr std::chrono::milliseconds between(200);
constexpr std::string_view take_away = "\r\x1b[K";

void write_to_terminal(std::string_view text) {
  // Whether it was written makes no difference to what the program does.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

std::string megabytes(std::uintmax_t bytes) { return fmt::format("{}", bytes / 1'000'000); }

}  // namespace

void Progress::begin() {
  if (has_begun_) return;
  has_begun_ = true;
  is_terminal_ = ::isatty(STDERR_FILENO) != 0;
  next_ = std::chrono::steady_clock::now() + before_first;
}

void Progress::clear() {
  if (is_shown_) write_to_terminal(take_away);
  is_shown_ = false;
}

void Progress::advance(const std::string& file, std::optional<std::uintmax_t> size, std::size_t bytes) {
  if (file != file_) {
    file_ = file;
    read_ = 0;
  }
  read_ += bytes;
  if (bytes == 0) return clear();
  if (!is_terminal_ || std::chrono::steady_clock::now() < next_) return;
  constexpr std::size_t longest_name = 40;
  const std::string name = render::shortened(render::visible(file), longest_name);
  const std::string of = size && *size > 0 ? fmt::format(" of {}", megabytes(*size)) : "";
  write_to_terminal(fmt::format("{}reading {}: {}{} MB", take_away, name, megabytes(read_), of));
  is_shown_ = true;
  next_ = std::chrono::steady_clock::now() + between;
}

}  // namespace greenml::cli
