#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/completion/candidates.hpp"
#include "commands/completion/scripts.hpp"
#include "greenml/spelling.hpp"

namespace greenml::cli {

namespace {

/// What the scripts ask for, in place of the name of a shell.
constexpr std::string_view words_name = "words";

struct CompletionCommand {
  std::string what;
  std::vector<std::string> words;
};

/// The kind of the word in the first line, then a candidate a line, and behind a tab what it is.
void print(const Completion& completion, render::Writer& out) {
  constexpr std::array<std::string_view, 3> kinds = {"words\n", "files\n", "folders\n"};
  out << kinds[static_cast<std::size_t>(completion.what)];
  const auto has_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  for (const Candidate& one : completion.candidates) {
    // It would be another line to the shell, or a command to the terminal.
    if (std::any_of(one.text.begin(), one.text.end(), has_control)) continue;
    out << one.text;
    if (!one.help.empty() && std::none_of(one.help.begin(), one.help.end(), has_control)) out << "\t" << one.help;
    out << "\n";
  }
}

Outcome run(Console& console, const CompletionCommand& typed) {
  if (typed.what == words_name) {
    console.be_quiet();
    const Completion completion = complete(console, typed.words);
    return console.print("", [&](render::Writer& out) { print(completion, out); }) ? Outcome::done : Outcome::cannot;
  }
  std::vector<std::string_view> shells;
  for (const CompletionScript& script : completion_scripts) {
    shells.push_back(script.shell);
    if (script.shell != typed.what) continue;
    return console.print("", [&](render::Writer& out) { out << script.text; }) ? Outcome::done : Outcome::cannot;
  }
  const std::string near = did_you_mean(typed.what, shells);
  console.error(fmt::format("there is no completion for \"{}\"", typed.what),
                near.empty() ? fmt::format("known: {}", fmt::join(shells, ", ")) : near);
  return Outcome::cannot;
}

}  // namespace

Action declare_completion(OptionTable& table) {
  auto typed = std::make_shared<CompletionCommand>();
  std::vector<std::string> shells;
  for (const CompletionScript& script : completion_scripts) shells.emplace_back(script.shell);
  table.operand("SHELL", typed->what, fmt::format("{}", fmt::join(shells, ", "))).one_of(shells);
  table.operands("WORD", typed->words, "What the scripts ask: greenml completion words -- rank models.json --by en")
      .may_be_missing();
  return [typed](Console& console) { return run(console, *typed); };
}

}  // namespace greenml::cli
