#include "usage_error.hpp"

#include <fmt/format.h>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "greenml/spelling.hpp"

namespace greenml::cli {

namespace {

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// A word that nothing took: a command or an option with a typing error, or one argument too many.
Complaint unexpected(const CLI::App& app, const std::string& word) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  if (word.starts_with('-')) {
    const std::vector<std::string> names = option_names(chosen.empty() ? app : *chosen.front());
    const std::string_view option = std::string_view(word).substr(0, word.find('='));
    return {fmt::format("unknown option {}", option),
            did_you_mean(option, std::vector<std::string_view>(names.begin(), names.end()))};
  }
  if (!chosen.empty()) return {fmt::format("unexpected argument \"{}\"", word), ""};

  std::vector<std::string_view> names;
  for (const Command& command : commands) names.push_back(command.name);
  const std::string near = did_you_mean(word, names);
  return {fmt::format("unknown command \"{}\"", word), near.empty() ? "see greenml --help" : near};
}

/// CLI11 says "--top: 1 required N missing" and "--top: At Most 1 required but received 2".
std::string mismatch(const std::string& text) {
  const std::string option = text.substr(0, text.find(':'));
  return option + (text.find("received") == std::string::npos ? " needs a value" : " is given more than once");
}

}  // namespace

Complaint explain(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> words = app.remaining(true);
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  const bool nothing_took_it = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr || chosen.empty();
  if (nothing_took_it && !words.empty()) return unexpected(app, words.front());
  if (chosen.empty()) return {"a command is missing", "see greenml --help"};
  const std::string hint = fmt::format("see greenml {} --help", chosen.front()->get_name());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return {mismatch(error.what()), hint};
  return {error.what(), hint};
}

}  // namespace greenml::cli
