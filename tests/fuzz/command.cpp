/// \file
/// Fuzzes the commands as they are run, but for the process: the first byte of the input chooses the command line, from
/// 'a' on, and the rest is the catalog. What they say goes to standard error, which the fuzzer is told to close.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

#include "commands/commands.hpp"
#include "expect.hpp"

using namespace greenml;

namespace {

/// What follows the catalog on the command line. A new line goes to the end, so that the seeds keep their meaning.
struct CommandLine {
  std::string_view command;
  std::string_view options;
};

constexpr auto command_lines = std::to_array<CommandLine>({
    {"rank", ""},
    {"rank", "--format json"},
    {"rank", "--format csv --by energy --mixed"},
    {"rank", "--format markdown --min accuracy=50% --relative-to a"},
    {"rank", "--format ndjson --by netscore --reverse --top 3"},
    {"rank", "--where family=*e* --columns name,task,energy,co2 --group-by family"},
    {"pareto", "--all"},
    {"pareto", "--format json --cost flops,params"},
    {"pareto", "--hull --cost energy"},
    {"compare", "a b"},
    {"compare", "a b --format json"},
    {"explain", "a"},
    {"explain", "a --format json --grid FRA"},
    {"disagree", ""},
    {"disagree", "--format json"},
    {"check", "--min accuracy=50% --max energy=5J"},
    {"check", "--max latency=5ms --format junit"},
    {"check", "--max flops=5G --format github"},
    {"check", "--max size=5MB --format json --where task!=x*"},
    {"rank", "--by training_co2 --grid FRA --pue 1.2 --format tsv"},
});

/// The bytes as a file that has a name.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("catalog", 0)) {
    GREENML_EXPECT(descriptor_ >= 0);
    GREENML_EXPECT(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const CommandLine& line = command_lines[static_cast<std::uint8_t>(data[0] - 'a') % command_lines.size()];
  const MemoryFile file({reinterpret_cast<const char*>(data) + 1, size - 1});

  CLI::App app;
  app.require_subcommand(1);
  cli::Action action;
  for (const cli::Command& command : cli::commands) {
    CLI::App* subcommand = app.add_subcommand(std::string(command.name));
    if (command.name == line.command) action = command.declare(*subcommand);
  }
  app.parse(std::string(line.command) + " " + file.path() + " " + std::string(line.options) + " -o /dev/null");
  cli::Console console;
  const auto outcome = static_cast<int>(action(console));
  GREENML_EXPECT(outcome == 0 || outcome == 2 || (outcome == 1 && line.command == "check"));
  return 0;
}
