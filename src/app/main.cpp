/// greenml ranks machine-learning models by what their accuracy costs. This file turns a command line into an action,
/// and its outcome into an exit code; what the actions do is in the files named after the commands.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <atomic>
#include <csignal>
#include <exception>
#include <fmt/format.h>
#include <map>
#include <new>
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
#include <unistd.h>

#include "commands/commands.hpp"
#include "sheet/outcome.hpp"
#include "system/console.hpp"
#include "system/files.hpp"
#include "usage_error.hpp"
#include "version.hpp"

namespace greenml::cli {

namespace {

constexpr std::string_view introduction =
    "greenml ranks machine-learning models by what their accuracy costs:\n"
    "operations, parameters, bytes, time, energy, CO2, money.\n";

constexpr std::string_view examples =
    "Examples:\n"
    "  greenml rank models.json                          which models get the most out of an operation\n"
    "  greenml rank models.json --min accuracy=75%       ... among those that are good enough\n"
    "  greenml pareto models.json --cost energy          which no other beats, and what a further point costs\n"
    "  greenml compare models.json ResNet-50 VGG-16      side by side\n"
    "  greenml check models.json --max energy=5J         fail a build where a model uses more\n"
    "  greenml rank models.json --by energy --top 10     the ten that use the least energy\n"
    "  greenml rank models.json --format csv -o out.csv  everything, for a spreadsheet\n"
    "\n"
    "Exit status: 0 done, 1 models fall short of their limits, 2 could not be done.\n";

Outcome print_text(Console& console, std::string_view text) {
  return console.print("", [&](render::Writer& out) { out << text; }) ? Outcome::done : Outcome::cannot;
}

Outcome run(Console& console, int argument_count, const char* const* arguments) {
  CLI::App app{std::string(introduction), "greenml"};
  app.set_version_flag("--version", fmt::format("greenml {}", version), "Show the version");
  app.set_help_flag("-h,--help", "Show this help");
  app.require_subcommand(1);

  std::map<const CLI::App*, Action> actions;
  for (const Command& command : commands) {
    CLI::App* subcommand = app.add_subcommand(std::string(command.name), std::string(command.help));
    actions[subcommand] = command.declare(*subcommand);
  }
  app.footer(std::string(examples));  // after the commands, which would inherit it

  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::CallForHelp&) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    return print_text(console, chosen.empty() ? app.help() : chosen.front()->help("greenml"));
  } catch (const CLI::CallForVersion& version_text) {
    return print_text(console, fmt::format("{}\n", version_text.what()));
  } catch (const CLI::ParseError& error) {
    console.error(explain(app, error));
    return Outcome::cannot;
  }
  return actions.at(app.get_subcommands().front())(console);
}

/// Ends the run where memory is exhausted. There is no unwinding: libraries allocate in destructors, and go on with
/// what they did not get. Nothing here allocates.
[[noreturn]] void end_without_memory() {
  static std::atomic_flag is_ending;
  while (is_ending.test_and_set()) ::pause();  // another thread came here first
  remove_unfinished_file();
  constexpr std::string_view text = "greenml: not enough memory\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
  ::_exit(static_cast<int>(Outcome::cannot));
}

/// Without this, glibc keeps large blocks once it has seen a larger one freed: a tenth of the memory for a million
/// models.
void give_large_blocks_back() {
#ifdef M_MMAP_THRESHOLD
  constexpr int large = 128 * 1024;
  ::mallopt(M_MMAP_THRESHOLD, large);
#endif
}

}  // namespace

}  // namespace greenml::cli

int main(int argument_count, char** arguments) {
  using greenml::cli::Outcome;
  // A reader that goes away is a failed write like any other, and is reported.
  std::signal(SIGPIPE, SIG_IGN);
  std::set_new_handler(greenml::cli::end_without_memory);
  greenml::cli::give_large_blocks_back();
  greenml::cli::keep_standard_streams_taken();

  greenml::cli::Console console;
  Outcome outcome = Outcome::cannot;
  try {
    outcome = greenml::cli::run(console, argument_count, arguments);
  } catch (const std::bad_alloc&) {
    // More was asked for than any machine has.
    console.error("not enough memory");
  } catch (const std::exception& error) {
    console.error(fmt::format("this is a defect of greenml, please report it: {}", error.what()));
  }
  return static_cast<int>(outcome);
}
