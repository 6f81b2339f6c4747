#include "system/world.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

#include "system/files.hpp"
#include "system/terminal.hpp"

namespace greenml::cli {

namespace {

/// A file that is read as a whole was written by hand; what is larger is the wrong file, or a device without an end.
constexpr std::size_t largest_whole = std::size_t{64} << 20;

}  // namespace

std::optional<Complaint> World::will_write(const std::string& path) {
  if (is_standard_output(path)) return std::nullopt;
  const std::optional<FilePlace> place = place_of(path);
  for (const std::string& other : outputs_) {
    if (!place || place_of(other) != place) continue;
    return Complaint{fmt::format("cannot write to {}: something else is to be written there{}", path,
                                 other == path ? "" : fmt::format(", as {}", other)),
                     "name two files"};
  }
  outputs_.push_back(path);
  return std::nullopt;
}

std::optional<Complaint> World::would_lose_input(const std::string& path) const {
  const bool is_standard = is_standard_output(path);
  const std::optional<FilePlace> place = is_standard ? place_of(STDOUT_FILENO) : place_of(path);
  if (!place) return std::nullopt;
  const auto input =
      std::find_if(inputs_.begin(), inputs_.end(), [&](const InputPlace& one) { return one.place == *place; });
  if (input == inputs_.end()) return std::nullopt;
  return Complaint{fmt::format("cannot write to {}: this run reads it{}", is_standard ? "standard output" : path,
                               input->path == path ? "" : fmt::format(", as {}", input->path)),
                   "name another file"};
}

/// The input, of which is said how far it is where that takes long.
Input World::with_progress(Input input, const std::string& path) {
  std::error_code unknown;
  const std::uintmax_t bytes = std::filesystem::file_size(path, unknown);
  const std::optional<std::uintmax_t> size = unknown ? std::nullopt : std::optional(bytes);
  return {input.name,
          [this, name = input.name, read = std::move(input.read), size](std::span<char> buffer) {
            progress_.begin();
            const std::size_t got = read(buffer);
            progress_.advance(name, size, got);
            return got;
          },
          input.path};
}

Parsed<Input> World::open(const std::string& path) {
  FileError failure;
  std::optional<InputFile> file = open_input(
      path,
      [this, path](const FileError& broken) {
        unread_.push_back({fmt::format("cannot read {}: {}", path, broken.reason)});
      },
      failure);
  if (!file) return Complaint{fmt::format("cannot open {}: {}", path.empty() ? "\"\"" : path, failure.reason)};
  if (file->place) inputs_.push_back({path == "-" ? "standard input" : path, *file->place});
  for (const std::string& output : outputs_)
    if (std::optional<Complaint> complaint = would_lose_input(output)) return *std::move(complaint);
  return is_quiet_ ? std::move(file->input) : with_progress(std::move(file->input), path);
}

Parsed<std::string> World::read_whole(const std::string& path) {
  const Parsed<Input> input = open(path);
  if (!input) return input.complaint();
  std::string bytes;
  std::array<char, 65536> buffer{};
  while (const std::size_t got = input->read(buffer)) {
    bytes.append(buffer.data(), got);
    if (bytes.size() > largest_whole) return Complaint{fmt::format("cannot read {}: it is larger than 64 MiB", path)};
  }
  if (!unread_.empty()) return unread_.back();
  return bytes;
}

std::optional<std::size_t> World::width() const {
  const std::optional<TerminalSize> size = terminal_size(STDOUT_FILENO);
  if (!size) return std::nullopt;
  return size->columns > 0 ? size->columns : 80;
}

std::optional<std::size_t> World::height() const {
  const std::optional<TerminalSize> size = terminal_size(STDOUT_FILENO);
  if (!size || size->lines == 0) return std::nullopt;
  return size->lines;
}

bool World::colors(Color wanted) const {
  if (wanted != Color::automatic) return wanted == Color::always;
  return shows_colors(STDOUT_FILENO);
}

}  // namespace greenml::cli
