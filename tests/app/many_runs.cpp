/// \file
/// Runs greenml as often as it is asked to, in one process, for tests that run it a thousand times: process.py sends
/// the command lines. Its argument is the descriptor that the outcomes go to, as one byte each.
///
/// A request on standard input is the number of the following texts, and the texts, each after its length; numbers have
/// eight bytes. The texts are the folder to be in, what standard input has, and the arguments of greenml. What greenml
/// writes to standard output and standard error, two files, is all that is in them after a run.

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <vector>

#include "program.hpp"

namespace {

using namespace greenml;

/// Reads so many bytes; ends the process where there are no more.
void read_exactly(int descriptor, char* to, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(descriptor, to, size);
    if (got <= 0) std::exit(0);
    to += got;
    size -= static_cast<std::size_t>(got);
  }
}

std::uint64_t read_number(int descriptor) {
  std::uint64_t number = 0;
  read_exactly(descriptor, reinterpret_cast<char*>(&number), sizeof number);
  return number;
}

std::vector<std::string> read_request(int descriptor) {
  std::vector<std::string> texts(read_number(descriptor));
  for (std::string& text : texts) {
    text.resize(read_number(descriptor));
    read_exactly(descriptor, text.data(), text.size());
  }
  return texts;
}

/// A pipe in place of standard input, which another thread fills while it lives.
class PipedInput {
 public:
  explicit PipedInput(std::string_view bytes) {
    int ends[2];
    if (::pipe(ends) != 0 || ::dup2(ends[0], STDIN_FILENO) < 0) std::abort();
    ::close(ends[0]);
    writer_ = std::thread([end = ends[1], bytes] {
      for (std::string_view rest = bytes; !rest.empty();) {
        const ssize_t written = ::write(end, rest.data(), rest.size());
        if (written <= 0) break;  // greenml did not read all of it
        rest.remove_prefix(static_cast<std::size_t>(written));
      }
      ::close(end);
    });
  }
  PipedInput(const PipedInput&) = delete;
  PipedInput& operator=(const PipedInput&) = delete;
  ~PipedInput() {
    // The end of reading, which ends the writing; 0 stays taken, so that nothing else gets it.
    if (::dup2(nothing_, STDIN_FILENO) < 0) std::abort();
    writer_.join();
    ::close(nothing_);
  }

 private:
  int nothing_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  std::thread writer_;
};

void make_empty(int descriptor) {
  if (::ftruncate(descriptor, 0) != 0 || ::lseek(descriptor, 0, SEEK_SET) != 0) std::abort();
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 2;
  const int outcomes = std::atoi(arguments[1]);
  std::signal(SIGPIPE, SIG_IGN);
  const int requests = ::dup(STDIN_FILENO);
  while (true) {
    const std::vector<std::string> texts = read_request(requests);
    make_empty(STDOUT_FILENO);
    make_empty(STDERR_FILENO);
    if (::chdir(texts.at(0).c_str()) != 0) return 2;
    std::vector<const char*> words = {"greenml"};
    for (std::size_t index = 2; index < texts.size(); ++index) words.push_back(texts[index].c_str());
    cli::Console console;
    const PipedInput input(texts.at(1));
    const auto outcome = static_cast<char>(cli::run(console, static_cast<int>(words.size()), words.data()));
    if (::write(outcomes, &outcome, 1) != 1) return 2;
  }
}
