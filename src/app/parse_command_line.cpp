#include "parse_command_line.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>
#include <vector>

#include "greenml/spelling.hpp"
#include "help_page.hpp"
#include "version.hpp"

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

/// What the operand can be that is missing, where that is a few words; empty else.
std::string choices_of_missing(const OptionTable& table, std::string_view what) {
  for (const Option& row : table.rows())
    if (row.required && !row.choices.empty() && what.starts_with(row.names + " "))
      return fmt::format("one of: {}", fmt::join(row.choices, ", "));
  return {};
}

/// Says what is wrong with a command line that could not be parsed, and what was probably meant.
Complaint explain(const CLI::App& app, const OptionTable& table, const CLI::ParseError& error) {
  const std::vector<std::string> words = app.remaining(true);
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  const bool nothing_took_it = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr || chosen.empty();
  if (nothing_took_it && !words.empty()) return unexpected(app, words.front());
  if (chosen.empty()) return {"a command is missing", "see greenml --help"};
  const std::string hint = fmt::format("see greenml {} --help", chosen.front()->get_name());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return {mismatch(error.what()), hint};
  const std::string choices = choices_of_missing(table, error.what());
  return {error.what(), choices.empty() ? hint : choices};
}

/// Whether the first word that is no option is the command's name.
bool is_named(const Command& command, std::span<const std::string> words) {
  const auto first =
      std::find_if(words.begin(), words.end(), [](std::string_view word) { return !word.starts_with('-'); });
  return first != words.end() && command.name == *first;
}

/// Makes a row known to the parser; its help is the business of help_page.
void declare(CLI::App& app, const Option& row) {
  const auto take_one = [take = row.take](const std::string& text) { take(text); };
  const auto take_all = [take = row.take](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) take(text);
  };
  CLI::Option* option = nullptr;
  switch (row.takes) {
    case Takes::nothing:
      app.add_flag_callback(row.names, [take = row.take] { take(""); });
      return;
    case Takes::a_value:
    case Takes::operand:
      option = app.add_option_function<std::string>(row.names, take_one);
      break;
    case Takes::perhaps_a_value:
      option = app.add_option_function<std::string>(row.names, take_one)->expected(0, 1);
      break;
    case Takes::a_value_each_time:
      option = app.add_option_function<std::vector<std::string>>(row.names, take_all)->allow_extra_args(false);
      break;
    case Takes::operands:
      option = app.add_option_function<std::vector<std::string>>(row.names, take_all);
      break;
  }
  option->required(row.required);
}

}  // namespace

Parsing parse_command_line(int argument_count, const char* const* arguments, std::size_t width) {
  CLI::App app{"", "greenml"};
  app.set_version_flag("-V,--version", fmt::format("greenml {}{}\n{}", version, commit, libraries));
  app.set_help_flag("-h,--help");
  app.require_subcommand(1);

  // "help rank" is "rank --help".
  std::vector<std::string> words(arguments + std::min(argument_count, 1), arguments + argument_count);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    const bool is_known = words.empty() || std::any_of(commands.begin(), commands.end(), [&](const Command& command) {
                            return command.name == words.front();
                          });
    if (is_known) words.emplace_back("--help");
  }

  Action action;
  OptionTable table;
  const Command* chosen = nullptr;
  for (const Command& command : commands) {
    CLI::App* subcommand = app.add_subcommand(std::string(command.name));
    if (!is_named(command, words)) continue;  // declaring all options takes as long as all else
    chosen = &command;
    action = command.declare(table);
    for (const Option& row : table.rows()) declare(*subcommand, row);
  }

  std::reverse(words.begin(), words.end());  // as the parser wants them
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    const bool of_command = chosen != nullptr && !app.get_subcommands().empty();
    return of_command ? help_of(*chosen, table, width) : help_of_program(width);
  } catch (const CLI::CallForVersion& version_text) {
    return fmt::format("{}\n", version_text.what());
  } catch (const CLI::ParseError& error) {
    return explain(app, table, error);
  }
  return action;
}

}  // namespace greenml::cli
