#include "system/console.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

#include "render/text.hpp"

namespace greenml::cli {

namespace {

/// Long texts are cut: a message of 4 KB, with its place and what may be escaped in it, is enough for any person.
constexpr std::size_t longest_text = 1000;
constexpr std::size_t longest_part = 600;

/// A file that is read as a whole was written by hand; what is larger is the wrong file, or a device without an end.
constexpr std::size_t largest_whole = std::size_t{64} << 20;

/// Whole characters, at most so many bytes of them.
std::string_view beginning(std::string_view text, std::size_t most) {
  std::size_t end = std::min(most, text.size());
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string safe(std::string_view text, std::size_t most = longest_text) {
  const std::string shown = render::visible(beginning(text, most));
  const bool whole = text.size() <= most && shown.size() <= most;
  return whole ? shown : fmt::format("{}...", beginning(shown, most));
}

/// A word that is part of a place must stay one: "models.json:3:14".
std::string describe(const Place& place) {
  std::string text = safe(place.file, longest_part);
  if (place.line > 0) text += fmt::format(":{}", place.line);
  if (place.column > 0) text += fmt::format(":{}", place.column);
  return text;
}

bool color_wanted_by_environment() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return (no_color == nullptr || *no_color == '\0') && !dumb;
}

bool is_stdout(const std::string& path) { return path.empty() || path == "-"; }

void write_to_stderr(const std::string& text) {
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
    if (written <= 0) return;  // nothing can be said about a failure to say something
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Columns and lines of the terminal that a stream is; nothing where it is none, zeros where the terminal says none.
std::optional<winsize> terminal_size(int stream) {
  winsize size{};
  if (::isatty(stream) == 0) return std::nullopt;
  if (::ioctl(stream, TIOCGWINSZ, &size) != 0) return winsize{};
  return size;
}

/// In a terminal, breaks a message between words and indents all lines but the first; elsewhere leaves it in one line.
std::string fitted(std::string_view message) {
  constexpr std::size_t indent = 4;
  const std::optional<winsize> size = terminal_size(STDERR_FILENO);
  if (!size || size->ws_col <= 4 * indent) return std::string(message);
  const std::vector<std::string> lines = render::in_whole_words(message, size->ws_col - indent);
  return fmt::format("{}", fmt::join(lines, fmt::format("\n{:{}}", "", indent)));
}

}  // namespace

void Console::message(std::string_view kind, std::string_view style, std::string_view text) {
  const bool colored = ::isatty(STDERR_FILENO) != 0 && color_wanted_by_environment();
  const std::string shown = fitted(fmt::format("{}: {}", kind, text));
  const std::size_t colon = kind.size() + 1;
  write_to_stderr(colored ? fmt::format("\x1b[{}m{}\x1b[0m{}\n", style, shown.substr(0, colon), shown.substr(colon))
                          : shown + '\n');
}

void Console::note(std::string_view text) {
  if (!quiet_) message("note", "36", safe(text));
}

void Console::warning(std::string_view text) { message("warning", "33", safe(text)); }

void Console::error(std::string_view text, std::string_view hint) {
  message("greenml", "31", hint.empty() ? safe(text) : fmt::format("{}; {}", safe(text), safe(hint)));
}

void Console::show(const Problem& problem) {
  if (problem.severity == Severity::note && quiet_) return;
  if (problem.place.file.empty()) {
    const std::string hint = problem.hint.empty() ? "" : fmt::format(" ({})", problem.hint);
    if (problem.severity == Severity::note) return note(problem.message + hint);
    if (problem.severity == Severity::warning) return warning(problem.message + hint);
    return error(problem.message, problem.hint);
  }
  constexpr auto words = std::to_array<std::string_view>({"error", "warning", "note"});
  const Place& place = problem.place;
  std::string text = fmt::format("{}: {}: ", describe(place), words[static_cast<std::size_t>(problem.severity)]);
  if (!problem.model.empty()) text += safe(beginning(problem.model, 100)) + ": ";
  if (!problem.key.empty()) text += safe(beginning(problem.key, 100)) + ": ";
  text += safe(problem.message, longest_part);
  if (!problem.hint.empty()) text += fmt::format(" ({})", safe(problem.hint, longest_part));
  text = fitted(text) + '\n';
  if (!place.excerpt.empty()) {
    const std::size_t caret =
        render::display_width(render::visible(std::string_view(place.excerpt).substr(0, place.caret)));
    text += fmt::format("    {}\n    {:>{}}\n", render::visible(place.excerpt), '^', caret + 1);
  }
  write_to_stderr(text);
}

void Console::show(const Problems& problems) {
  for (const Problem& problem : problems.warnings()) show(problem);
  for (const Problem& problem : problems.kept()) show(problem);
  if (problems.errors() > problems.kept().size())
    error(fmt::format("{} errors, of which the first {} are shown", thousands(problems.errors()),
                      problems.kept().size()));
}

bool Console::will_write(const std::string& path) {
  if (is_stdout(path)) return true;
  const std::optional<FilePlace> place = place_of(path);
  for (const std::string& other : outputs_) {
    if (!place || place_of(other) != place) continue;
    error(fmt::format("cannot write to {}: something else is to be written there{}", path,
                      other == path ? "" : fmt::format(", as {}", other)),
          "name two files");
    return false;
  }
  outputs_.push_back(path);
  return true;
}

/// A file that is read and written in one run would lose what was read.
bool Console::is_no_input(const std::string& path, const std::optional<FilePlace>& place) {
  if (!place) return true;
  const auto input =
      std::find_if(inputs_.begin(), inputs_.end(), [&](const InputPlace& one) { return one.place == *place; });
  if (input == inputs_.end()) return true;
  error(fmt::format("cannot write to {}: this run reads it{}", path,
                    input->path == path ? "" : fmt::format(", as {}", input->path)),
        "name another file");
  return false;
}

/// The input, of which is said how far it is where that takes long.
Input Console::with_progress(Input input, const std::string& path) {
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

std::optional<Input> Console::open(const std::string& path) {
  FileError failure;
  std::optional<InputFile> file = open_input(
      path,
      [this, path](const FileError& broken) {
        unread_.push_back(fmt::format("cannot read {}: {}", path, broken.reason));
      },
      failure);
  if (!file) {
    error(fmt::format("cannot open {}: {}", path.empty() ? "\"\"" : path, failure.reason));
    return std::nullopt;
  }
  if (file->place) inputs_.push_back({path == "-" ? "standard input" : path, *file->place});
  for (const std::string& output : outputs_)
    if (!is_no_input(output, place_of(output))) return std::nullopt;
  return quiet_ ? std::move(file->input) : with_progress(std::move(file->input), path);
}

bool Console::all_read() {
  for (const std::string& text : unread_) error(text);
  return unread_.empty();
}

/// Says why something was not written, unless nobody needs to hear of it.
bool Console::is_written(const std::string& path, const std::optional<FileError>& failure) {
  if (!failure) return true;
  if (failure->reader_is_gone)
    reader_is_gone_ = true;
  else
    error(fmt::format("cannot write to {}: {}", path, failure->reason));
  return false;
}

bool Console::print(const std::string& path, const std::function<void(render::Writer&)>& write) {
  if (is_stdout(path))
    return is_no_input("standard output", place_of(STDOUT_FILENO)) &&
           is_written("standard output", write_to_stdout(write));
  return is_no_input(path, place_of(path)) && is_written(path, write_to_file(path, write));
}

bool Console::replace(const std::string& path, const std::function<void(render::Writer&)>& write) {
  return is_written(path, write_to_file(path, write));
}

bool Console::append(const std::string& path, const std::function<void(render::Writer&)>& write) {
  return is_no_input(path, place_of(path)) && is_written(path, append_to_file(path, write));
}

std::optional<std::string> Console::read_whole(const std::string& path) {
  const std::optional<Input> input = open(path);
  if (!input) return std::nullopt;
  std::string bytes;
  std::array<char, 65536> buffer{};
  while (const std::size_t got = input->read(buffer)) {
    bytes.append(buffer.data(), got);
    if (bytes.size() <= largest_whole) continue;
    error(fmt::format("cannot read {}: it is larger than 64 MiB", path));
    return std::nullopt;
  }
  return all_read() ? std::optional(bytes) : std::nullopt;
}

std::optional<std::size_t> Console::width() const {
  const std::optional<winsize> size = terminal_size(STDOUT_FILENO);
  if (!size) return std::nullopt;
  return size->ws_col > 0 ? size->ws_col : 80;
}

std::optional<std::size_t> Console::height() const {
  const std::optional<winsize> size = terminal_size(STDOUT_FILENO);
  if (!size || size->ws_row == 0) return std::nullopt;
  return size->ws_row;
}

bool Console::colors(Color wanted) const {
  if (wanted != Color::automatic) return wanted == Color::always;
  return ::isatty(STDOUT_FILENO) != 0 && color_wanted_by_environment();
}

}  // namespace greenml::cli
