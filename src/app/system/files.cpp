#include "system/files.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace greenml::cli {

namespace {

/// Owns a file descriptor. Standard input and output are borrowed, not owned.
class Descriptor {
 public:
  explicit Descriptor(int number, bool owned = true) : number_(number), owned_(owned) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  bool close() {
    const bool good = !owned_ || number_ < 0 || ::close(number_) == 0;
    number_ = -1;
    return good;
  }

 private:
  int number_;
  bool owned_;
};

FileError last_error() { return {std::strerror(errno)}; }

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Runs `write` against a descriptor. The first failure is the one that is told.
bool write_through(int descriptor, const std::function<void(render::Writer&)>& write, FileError& error) {
  render::Writer writer([&](std::string_view bytes) {
    const bool good = write_all(descriptor, bytes);
    if (!good) error = last_error();
    return good;
  });
  write(writer);
  return writer.flush();
}

bool is_replaceable(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

/// Where a path leads, so that replacing the file leaves a link to it alone; nothing where that cannot be found out.
std::optional<std::string> without_links(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (real) return std::string(real.get());
  return errno == ENOENT ? std::optional(path) : std::nullopt;
}

/// The path of the temporary that is being written; for a run that ends without unwinding.
const char* unfinished = nullptr;

/// A file beside the one it is to replace. It is gone with this object unless it took the other's place.
class Temporary {
 public:
  explicit Temporary(const std::string& target) : path_(target + ".XXXXXX"), file_(::mkstemp(path_.data())) {
    if (file_.is_open()) unfinished = path_.c_str();
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() { remove_unfinished_file(); }

  Descriptor& file() { return file_; }
  bool replace(const std::string& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) return false;
    unfinished = nullptr;
    return true;
  }

 private:
  std::string path_;
  Descriptor file_;
};

mode_t mode_of_new(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

bool write_in_place(const std::string& path, int flags, const std::function<void(render::Writer&)>& write,
                    FileError& error) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666));
  if (!file.is_open()) {
    error = last_error();
    return false;
  }
  if (!write_through(file.number(), write, error)) return false;
  if (file.close()) return true;
  error = last_error();
  return false;
}

}  // namespace

void keep_standard_streams_taken() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) < 0) [[maybe_unused]]
      const int lowest = ::open("/dev/null", O_PATH);
}

std::optional<Input> open_input(const std::string& path, std::function<void(FileError)> on_error, FileError& error) {
  const bool standard = path == "-";
  auto file =
      std::make_shared<Descriptor>(standard ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC), !standard);
  struct stat status {};
  if (!file->is_open() || ::fstat(file->number(), &status) != 0) {
    error = last_error();
    return std::nullopt;
  }
  if (S_ISDIR(status.st_mode)) {
    error = {std::strerror(EISDIR)};
    return std::nullopt;
  }
  return Input{standard ? "<stdin>" : path,
               [file, on_error = std::move(on_error)](std::span<char> buffer) -> std::size_t {
                 for (;;) {
                   const ssize_t got = ::read(file->number(), buffer.data(), buffer.size());
                   if (got >= 0) return static_cast<std::size_t>(got);
                   if (errno == EINTR) continue;
                   on_error(last_error());
                   return 0;
                 }
               }};
}

bool append_to_file(const std::string& path, const std::function<void(render::Writer&)>& write, FileError& error) {
  return write_in_place(path, O_APPEND | O_CREAT, write, error);
}

bool write_to_stdout(const std::function<void(render::Writer&)>& write, FileError& error) {
  return write_through(STDOUT_FILENO, write, error);
}

bool write_to_file(const std::string& path, const std::function<void(render::Writer&)>& write, FileError& error) {
  if (!is_replaceable(path)) return write_in_place(path, 0, write, error);

  const std::optional<std::string> target = without_links(path);
  if (!target) {
    error = last_error();
    return false;
  }
  Temporary temporary(*target);
  Descriptor& file = temporary.file();
  if (!file.is_open()) {
    error = last_error();
    return false;
  }
  if (!write_through(file.number(), write, error)) return false;
  const bool good = ::fchmod(file.number(), mode_of_new(*target)) == 0 && ::fsync(file.number()) == 0 && file.close() &&
                    temporary.replace(*target);
  if (!good) error = last_error();
  return good;
}

void remove_unfinished_file() noexcept {
  if (unfinished != nullptr) ::unlink(unfinished);
  unfinished = nullptr;
}

}  // namespace greenml::cli
