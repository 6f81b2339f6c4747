#include "system/file_place.hpp"

#include <array>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace greenml::cli {

namespace {

/// As many as Linux follows.
constexpr int most_links = 40;

std::optional<std::string> target_of_link(const std::string& path) {
  std::array<char, 4096> target{};
  const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
  if (length < 0) return std::nullopt;
  if (static_cast<std::size_t>(length) == target.size()) {
    errno = ENAMETOOLONG;
    return std::nullopt;
  }
  return std::string(target.data(), static_cast<std::size_t>(length));
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::optional<std::string> without_links(std::string path) {
  for (int left = most_links; left > 0; --left) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return errno == ENOENT ? std::optional(path) : std::nullopt;
    if (!S_ISLNK(status.st_mode)) return path;
    const std::optional<std::string> target = target_of_link(path);
    if (!target) return std::nullopt;
    path = target->starts_with('/') ? *target : folder_of(path) + '/' + *target;
  }
  errno = ELOOP;
  return std::nullopt;
}

std::optional<FilePlace> place_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    if (!S_ISREG(status.st_mode)) return std::nullopt;
    return FilePlace{status.st_dev, status.st_ino, {}};
  }
  const std::optional<std::string> file = without_links(path);
  if (!file || ::stat(folder_of(*file).c_str(), &status) != 0) return std::nullopt;
  return FilePlace{status.st_dev, status.st_ino, file->substr(file->find_last_of('/') + 1)};
}

std::optional<FilePlace> place_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FilePlace{status.st_dev, status.st_ino, {}};
}

}  // namespace greenml::cli
