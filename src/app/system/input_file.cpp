#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "system/descriptor.hpp"
#include "system/files.hpp"
#include "system/memory.hpp"

namespace greenml::cli {

namespace {

std::unique_ptr<Descriptor> open_to_read(const std::string& path) {
  if (path == "-") return std::make_unique<Descriptor>(STDIN_FILENO, false);
  return std::make_unique<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

/// A file from its first byte to its last. Where no descriptor is handed over, it opens the file when it is first
/// asked.
class Reading {
 public:
  Reading(std::string path, std::unique_ptr<Descriptor> file, std::size_t expected_bytes,
          std::function<void(FileError)> on_error)
      : path_(std::move(path)), file_(std::move(file)), on_error_(std::move(on_error)), room_(expected_bytes) {}

  std::size_t read(std::span<char> buffer) {
    if (has_ended_) return 0;
    if (!file_) file_ = open_to_read(path_);
    const ssize_t got = file_->is_open() ? read_some(file_->number(), buffer) : -1;
    if (got > 0) {
      room_.note_read(static_cast<std::size_t>(got));
      return static_cast<std::size_t>(got);
    }
    if (got < 0) on_error_(FileError::of_errno());
    has_ended_ = true;
    file_->close();
    return 0;
  }

 private:
  std::string path_;
  std::unique_ptr<Descriptor> file_;
  std::function<void(FileError)> on_error_;
  bool has_ended_ = false;
  RoomForInput room_;
};

}  // namespace

void keep_standard_streams_taken() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) < 0) [[maybe_unused]]
      const int lowest = ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

std::optional<InputFile> open_input(const std::string& path, std::function<void(FileError)> on_error,
                                    FileError& error) {
  std::unique_ptr<Descriptor> file = open_to_read(path);
  struct stat status {};
  if (!file->is_open() || ::fstat(file->number(), &status) != 0) {
    error = FileError::of_errno();
    return std::nullopt;
  }
  if (S_ISDIR(status.st_mode)) {
    error = {std::strerror(EISDIR)};
    return std::nullopt;
  }
  const std::optional<FilePlace> place = place_of(file->number());
  const bool can_be_opened_again = place && path != "-";
  if (can_be_opened_again) file.reset();
  constexpr std::size_t expected_of_pipe = std::size_t{32} << 20;
  const std::size_t expected = place ? static_cast<std::size_t>(status.st_size) : expected_of_pipe;
  auto reading = std::make_shared<Reading>(path, std::move(file), expected, std::move(on_error));
  return InputFile{{path == "-" ? "<stdin>" : path, [reading](std::span<char> buffer) { return reading->read(buffer); },
                    can_be_opened_again ? path : ""},
                   place};
}

}  // namespace greenml::cli
