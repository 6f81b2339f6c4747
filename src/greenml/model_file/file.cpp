#include "model_file/file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace greenml::model_file {

namespace {

/// What is opened that is no regular file, in words.
Complaint not_a_file(const std::string& path, mode_t mode) {
  if (S_ISDIR(mode)) return {path + ": this is a folder, not a model file"};
  if (S_ISFIFO(mode) || S_ISSOCK(mode))
    return {path + ": this is a pipe, and a model file is read at many places", "save it to a file first"};
  return {path + ": this is a device, not a model file"};
}

}  // namespace

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

File::File(std::string path, int descriptor, std::uint64_t size)
    : path_(std::move(path)), descriptor_(descriptor), size_(size) {}

File::File(File&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(std::exchange(other.size_, 0)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Parsed<File> File::open(const std::string& path) {
  if (path.find('\0') != std::string::npos) return Complaint{"a file's name has a NUL byte"};
  // Without O_NONBLOCK, a pipe that nobody writes to would be waited for.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) {
    if (errno == ENXIO) return not_a_file(path, S_IFSOCK);
    if (errno == ENOENT || errno == ENOTDIR) return Complaint{path + std::string(file_is_not_there)};
    if (errno == EACCES) return Complaint{path + ": there is no permission to read this file"};
    return Complaint{path + ": " + std::strerror(errno)};
  }
  File file(path, descriptor, 0);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return Complaint{path + ": " + std::strerror(errno)};
  if (!S_ISREG(status.st_mode)) return not_a_file(path, status.st_mode);
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  return file;
}

std::string File::name() const { return name_of(path_); }

bool File::read(std::uint64_t offset, std::span<std::byte> to) const {
  if (offset > size_ || to.size() > size_ - offset) return false;
  while (!to.empty()) {
    const ssize_t got = ::pread(descriptor_, to.data(), to.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to = to.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return true;
}

std::optional<std::string> File::bytes(std::uint64_t offset, std::uint64_t count) const {
  if (count > most_bytes || offset > size_ || count > size_ - offset) return std::nullopt;
  std::string text(static_cast<std::size_t>(count), '\0');
  if (!read(offset, std::as_writable_bytes(std::span(text.data(), text.size())))) return std::nullopt;
  return text;
}

Complaint File::complaint(const std::string& what, std::string hint) const {
  return {path_ + ": " + what, std::move(hint)};
}

}  // namespace greenml::model_file
