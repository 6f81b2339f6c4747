#include "system/console.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "render/text.hpp"
#include "system/terminal.hpp"

namespace greenml::cli {

namespace {

/// Long texts are cut: a message of 4 KB, with its place and what may be escaped in it, is enough for any person.
constexpr std::size_t longest_text = 1000;
constexpr std::size_t longest_part = 600;

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

void write_to_stderr(const std::string& text) {
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
    if (written <= 0) return;  // nothing can be said about a failure to say something
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// In a terminal, breaks a message between words and indents all lines but the first; elsewhere leaves it in one line.
std::string fitted(std::string_view message) {
  constexpr std::size_t indent = 4;
  const std::optional<TerminalSize> size = terminal_size(STDERR_FILENO);
  if (!size || size->columns <= 4 * indent) return std::string(message);
  const std::vector<std::string> lines = render::in_whole_words(message, size->columns - indent);
  return fmt::format("{}", fmt::join(lines, fmt::format("\n{:{}}", "", indent)));
}

/// How a message looks, by its severity.
struct Look {
  std::string_view word;   ///< of a message with a place
  std::string_view begin;  ///< of one without
  std::string_view color;  ///< the parameters of the escape sequence
  std::string_view before_hint;
  std::string_view after_hint;
};
constexpr auto looks_of_messages = std::to_array<Look>({
    {"error", "greenml", "31", "; ", ""},
    {"warning", "warning", "33", " (", ")"},
    {"note", "note", "36", " (", ")"},
});

/// "note: 3 groups, by task"
void show_alone(const Problem& message, const Look& look) {
  std::string text = safe(message.message);
  if (!message.hint.empty()) text += fmt::format("{}{}{}", look.before_hint, safe(message.hint), look.after_hint);
  text = fitted(fmt::format("{}: {}", look.begin, text));
  const std::size_t colon = look.begin.size() + 1;
  write_to_stderr(shows_colors(STDERR_FILENO)
                      ? fmt::format("\x1b[{}m{}\x1b[0m{}\n", look.color, text.substr(0, colon), text.substr(colon))
                      : text + '\n');
}

/// "models.json:3:14: error: ResNet-50: energy: ...", and the line that it is about.
void show_with_place(const Problem& message, const Look& look) {
  const Place& place = message.place;
  std::string text = fmt::format("{}: {}: ", describe(place), look.word);
  if (!message.model.empty()) text += safe(beginning(message.model, 100)) + ": ";
  if (!message.key.empty()) text += safe(beginning(message.key, 100)) + ": ";
  text += safe(message.message, longest_part);
  if (!message.hint.empty()) text += fmt::format(" ({})", safe(message.hint, longest_part));
  text = fitted(text) + '\n';
  if (!place.excerpt.empty()) {
    const std::size_t caret =
        render::display_width(render::visible(std::string_view(place.excerpt).substr(0, place.caret)));
    text += fmt::format("    {}\n    {:>{}}\n", render::visible(place.excerpt), '^', caret + 1);
  }
  write_to_stderr(text);
}

void show_message(const Problem& message) {
  const Look& look = looks_of_messages[static_cast<std::size_t>(message.severity)];
  if (message.place.file.empty())
    show_alone(message, look);
  else
    show_with_place(message, look);
}

void show_error(const Complaint& complaint) { show_message({.message = complaint.message, .hint = complaint.hint}); }

std::optional<FileError> write_to_place(const Result& result, const Write& write) {
  if (result.writes == Writes::at_end) return append_to_file(result.file, write);
  return is_standard_output(result.file) ? write_to_stdout(write) : write_to_file(result.file, write);
}

}  // namespace

Outcome Console::show(Report report, const World& world) {
  const std::vector<Problem>& messages = report.messages.all();
  std::size_t shown = 0;
  const auto show_up_to = [&](std::size_t end) {
    for (; shown < end; ++shown)
      if (messages[shown].severity != Severity::note || !world.is_quiet()) show_message(messages[shown]);
  };
  bool all_written = true;
  for (Result& result : report.results) {
    if (auto* const formatted = std::get_if<FormattedSheet>(&result.content))
      formatted->sheet.notes = report.messages.notes();
    show_up_to(result.messages_before);
    all_written = write(result, world) && all_written;
    if (!all_written && !report.goes_on) return Outcome::cannot;
  }
  show_up_to(messages.size());
  return all_written ? report.outcome : Outcome::cannot;
}

/// Says why a result was not written, unless nobody needs to hear of it.
bool Console::write(const Result& result, const World& world) {
  if (result.writes != Writes::over_input)
    if (const std::optional<Complaint> complaint = world.would_lose_input(result.file)) {
      show_error(*complaint);
      return false;
    }
  const auto* const formatted = std::get_if<FormattedSheet>(&result.content);
  const std::optional<FileError> failure = write_to_place(result, [&](render::Writer& out) {
    if (formatted != nullptr)
      formatted->format->render(formatted->sheet, formatted->style, out);
    else
      std::get<Text>(result.content)(out);
  });
  if (!failure) return true;
  reader_is_gone_ = reader_is_gone_ || failure->reader_is_gone;
  const std::string place = is_standard_output(result.file) ? "standard output" : result.file;
  if (!failure->reader_is_gone) show_error({fmt::format("cannot write to {}: {}", place, failure->reason)});
  return false;
}

}  // namespace greenml::cli
