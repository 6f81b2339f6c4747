/// greenml ranks machine-learning models by what their accuracy costs. This file is the process: its signals, its
/// memory and its exit code. What a command line does is in program.hpp.

#include <atomic>
#include <csignal>
#include <new>
#include <string_view>
#include <unistd.h>

#include "program.hpp"
#include "system/files.hpp"
#include "system/memory.hpp"

namespace greenml::cli {

namespace {

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

/// Ends the run as a program ends that writes where nobody reads: without a word, by the signal.
void end_as_without_reader() {
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
}

}  // namespace

}  // namespace greenml::cli

int main(int argument_count, char** arguments) {
  using greenml::cli::Outcome;
  // A reader that goes away is a failed write at first, so that what goes elsewhere is written all the same.
  std::signal(SIGPIPE, SIG_IGN);
  greenml::cli::prepare_for_signals();
  std::set_new_handler(greenml::cli::end_without_memory);
  greenml::cli::prepare_heap();
  greenml::cli::keep_standard_streams_taken();

  greenml::cli::Console console;
  const Outcome outcome = greenml::cli::run(console, argument_count, arguments);
  if (console.reader_is_gone()) greenml::cli::end_as_without_reader();
  return static_cast<int>(outcome);
}
