/// \file
/// Fuzzes the commands as they are run, but for the process: the first byte of the input chooses the command line, from
/// 'a' on, and the rest is the catalog. Each command line is parsed once: the parser takes more time than a small
/// catalog, and sees nothing of it. What they say goes to standard error, which the fuzzer is told to close.

#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>
#include <variant>
#include <vector>

#include "expect.hpp"
#include "json_mutator.hpp"
#include "parse_command_line.hpp"
#include "system/console.hpp"

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
    {"rank", "--format latex"},
    {"rank", "--format csv --decimal ,"},
});

/// A file that has a name, and new bytes for each input.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("catalog", 0)) { GREENML_EXPECT(descriptor_ >= 0); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  void hold(std::string_view bytes) const {
    GREENML_EXPECT(::ftruncate(descriptor_, 0) == 0);
    GREENML_EXPECT(::pwrite(descriptor_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

cli::Action action_of(const CommandLine& line, const std::string& path) {
  std::vector<std::string> words = {"greenml", std::string(line.command), path};
  std::istringstream text(fmt::format("{} -o /dev/null", line.options));
  words.insert(words.end(), std::istream_iterator<std::string>(text), {});
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  constexpr std::size_t columns_of_help = 80;
  cli::Parsing parsing = cli::parse_command_line(static_cast<int>(arguments.size()), arguments.data(), columns_of_help);
  GREENML_EXPECT(std::holds_alternative<cli::Action>(parsing));
  return std::get<cli::Action>(std::move(parsing));
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return mutate_as_json(data, size, most, seed, 1);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MemoryFile file;
  static std::array<cli::Action, command_lines.size()> actions;
  if (size == 0) return 0;
  const std::size_t index = static_cast<std::uint8_t>(data[0] - 'a') % command_lines.size();
  const CommandLine& line = command_lines[index];
  file.hold({reinterpret_cast<const char*>(data) + 1, size - 1});
  if (!actions[index]) actions[index] = action_of(line, file.path());
  cli::World world;
  cli::Console console;
  const auto outcome = static_cast<int>(console.show(actions[index](world), world));
  GREENML_EXPECT(outcome == 0 || outcome == 2 || (outcome == 1 && line.command == "check"));
  return 0;
}
