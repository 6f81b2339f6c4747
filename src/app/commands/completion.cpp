#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/completion/candidates.hpp"
#include "commands/completion/scripts.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

/// What the scripts ask for, in place of the name of a shell.
constexpr std::string_view words_name = "words";

struct CompletionCommand {
  std::string what;
  std::vector<std::string> words;
};

/// The kind of the word in the first line, then a candidate a line, and behind a tab what it is.
std::string text_of(const Completion& completion) {
  constexpr std::array<std::string_view, 3> kinds = {"words\n", "files\n", "folders\n"};
  std::string text(kinds[static_cast<std::size_t>(completion.what)]);
  const auto has_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  for (const Candidate& one : completion.candidates) {
    // It would be another line to the shell, or a command to the terminal.
    if (std::any_of(one.text.begin(), one.text.end(), has_control)) continue;
    text += one.text;
    if (!one.help.empty() && std::none_of(one.help.begin(), one.help.end(), has_control)) text += "\t" + one.help;
    text += "\n";
  }
  return text;
}

Parsed<std::string> find_script(std::string_view shell) {
  std::vector<std::string_view> shells;
  for (const CompletionScript& script : completion_scripts) {
    if (script.shell == shell) return std::string(script.text);
    shells.push_back(script.shell);
  }
  return Complaint{fmt::format("there is no completion for \"{}\"", shell), near_or_all(shell, shells)};
}

Report run(World& world, const CompletionCommand& typed) {
  if (typed.what != words_name) return report_of(find_script(typed.what));
  Report report;
  world.be_quiet();
  report.add_text(text_of(complete(world, report.messages, typed.words)));
  return report;
}

}  // namespace

Action declare_completion(OptionTable& table) {
  auto typed = std::make_shared<CompletionCommand>();
  std::vector<std::string> shells;
  for (const CompletionScript& script : completion_scripts) shells.emplace_back(script.shell);
  table.operand("SHELL", typed->what, fmt::format("{}", fmt::join(shells, ", "))).one_of(shells);
  table.operands("WORD", typed->words, "What the scripts ask: greenml completion words -- rank models.json --by en")
      .may_be_missing();
  return [typed](World& world) { return run(world, *typed); };
}

}  // namespace greenml::cli
