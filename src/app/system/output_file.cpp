#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/descriptor.hpp"
#include "system/files.hpp"

namespace greenml::cli {

FileError FileError::of_errno() { return {std::strerror(errno), errno == EPIPE}; }

namespace {

/// Runs `write` against a descriptor. The first failure is the one that is told.
std::optional<FileError> write_through(int descriptor, const Write& write) {
  std::optional<FileError> error;
  render::Writer writer([&](std::string_view bytes) {
    const bool good = write_all(descriptor, bytes);
    if (!good) error = FileError::of_errno();
    return good;
  });
  write(writer);
  writer.flush();
  if (!error && !writer.failure().empty()) error = FileError{writer.failure()};
  return error;
}

std::optional<FileError> write_in_place(Descriptor& file, const Write& write) {
  if (!file.is_open()) return FileError::of_errno();
  if (std::optional<FileError> error = write_through(file.number(), write)) return error;
  return file.close() ? std::nullopt : std::optional(FileError::of_errno());
}

/// Signals that end a run.
constexpr auto ending_signals = std::to_array<int>({SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU});

/// No signal ends the run between the appearance of a file and the note of it.
class SignalsLater {
 public:
  SignalsLater() {
    sigset_t later{};
    ::sigemptyset(&later);
    for (const int signal : ending_signals) ::sigaddset(&later, signal);
    ::pthread_sigmask(SIG_BLOCK, &later, &before_);
  }
  SignalsLater(const SignalsLater&) = delete;
  SignalsLater& operator=(const SignalsLater&) = delete;
  ~SignalsLater() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

/// The path of the temporary that is being written; for a run that ends without unwinding.
std::atomic<const char*> unfinished = nullptr;
static_assert(std::atomic<const char*>::is_always_lock_free, "a handler of signals must not wait");

/// A file beside the one it is to replace. It is gone with this object unless it took the other's place. Its name is
/// short, so that it fits wherever the other's does.
class Temporary {
 public:
  explicit Temporary(const std::string& folder) : path_(folder + "/.greenml-XXXXXX"), file_(create()) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() { remove_unfinished_file(); }

  Descriptor& file() { return file_; }
  bool replace(const std::string& target) {
    const SignalsLater later;
    if (::rename(path_.c_str(), target.c_str()) != 0) return false;
    unfinished = nullptr;
    return true;
  }

 private:
  int create() {
    const SignalsLater later;
    const int number = ::mkstemp(path_.data());
    if (number >= 0) unfinished = path_.c_str();
    return number;
  }

  std::string path_;
  Descriptor file_;
};

mode_t mode_of_new() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// The permissions for a file in the place of another, after it was given the other's owner and group as far as this
/// process may do that. A group that is another one gets no rights that others do not have.
mode_t take_over_owner(int file, const struct stat& before) {
  const mode_t mode = before.st_mode & 0777;
  struct stat now {};
  if (::fstat(file, &now) == 0 && now.st_uid == before.st_uid && now.st_gid == before.st_gid) return mode;
  constexpr auto same_owner = static_cast<uid_t>(-1);
  if (::fchown(file, before.st_uid, before.st_gid) == 0) return mode;
  if (::fchown(file, same_owner, before.st_gid) == 0) return mode;
  return mode & ~(~((mode & 07) << 3) & 070);
}

/// Has the new name of a file outlast a loss of power. A folder that must not be read, or a file system that cannot do
/// it, is no failure.
bool sync_folder(const std::string& folder) {
  Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.is_open()) return true;
  return ::fsync(descriptor.number()) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EBADF;
}

/// `before` is the file that is replaced, if there is one.
std::optional<FileError> replace_file(const std::string& target, const struct stat* before, const Write& write) {
  const std::string folder = folder_of(target);
  Temporary temporary(folder);
  Descriptor& file = temporary.file();
  if (!file.is_open()) return FileError::of_errno();
  if (std::optional<FileError> error = write_through(file.number(), write)) return error;
  const mode_t mode = before != nullptr ? take_over_owner(file.number(), *before) : mode_of_new();
  const bool good = ::fchmod(file.number(), mode) == 0 && ::fsync(file.number()) == 0 && file.close() &&
                    temporary.replace(target) && sync_folder(folder);
  return good ? std::nullopt : std::optional(FileError::of_errno());
}

/// Also root, who may write anything, leaves alone what its owner has write-protected.
bool is_write_protected(const std::string& path, const struct stat& status) {
  constexpr mode_t writable_by_anyone = 0222;
  return (status.st_mode & writable_by_anyone) == 0 || ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0;
}

/// Whether the last line of a file has an end. A file that cannot be read may lack it.
bool ends_a_line(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return true;
  char last = ' ';
  return ::pread(file, &last, 1, status.st_size - 1) == 1 && last == '\n';
}

extern "C" void end_by_signal(int signal) {
  remove_unfinished_file();
  std::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

bool is_standard_output(std::string_view path) { return path.empty() || path == "-"; }

std::optional<FileError> write_to_stdout(const Write& write) { return write_through(STDOUT_FILENO, write); }

std::optional<FileError> write_to_file(const std::string& path, const Write& write) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    return write_in_place(file, write);
  }
  if (exists && place_of(path) == place_of(STDOUT_FILENO)) return write_to_stdout(write);  // -o /dev/stdout
  if (exists && is_write_protected(path, status)) return FileError{std::strerror(EACCES)};
  const std::optional<std::string> target = without_links(path);
  if (!target) return FileError::of_errno();
  return replace_file(*target, exists ? &status : nullptr, write);
}

std::optional<FileError> append_to_file(const std::string& path, const Write& write) {
  constexpr int at_the_end = O_APPEND | O_CREAT | O_CLOEXEC;
  int number = ::open(path.c_str(), O_RDWR | at_the_end, 0666);
  if (number < 0) number = ::open(path.c_str(), O_WRONLY | at_the_end, 0666);
  Descriptor file(number);
  if (!file.is_open()) return FileError::of_errno();
  if (!ends_a_line(number) && !write_all(number, "\n")) return FileError::of_errno();
  return write_in_place(file, write);
}

void remove_unfinished_file() noexcept {
  if (const char* path = unfinished.exchange(nullptr)) ::unlink(path);
}

void prepare_for_signals() {
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int signal : ending_signals) {
    struct sigaction now {};
    if (::sigaction(signal, nullptr, &now) != 0 || now.sa_handler == SIG_IGN) continue;
    struct sigaction ending {};
    ending.sa_handler = end_by_signal;
    ::sigaction(signal, &ending, nullptr);
  }
}

}  // namespace greenml::cli
