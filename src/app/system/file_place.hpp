/// \file
/// Which file a path leads to, however it is spelled: through another folder, a symbolic link or a hard link. It opens
/// nothing.

#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

namespace greenml::cli {

/// A regular file: its device and number, or those of its folder, and its name there, where the file does not exist
/// yet.
struct FilePlace {
  dev_t device;
  ino_t number;
  std::string name;

  bool operator==(const FilePlace&) const = default;
};

/// Nothing for a device, a pipe or a folder, which are not replaced, and where the folder does not exist.
std::optional<FilePlace> place_of(const std::string& path);

/// The same of an open file.
std::optional<FilePlace> place_of(int descriptor);

/// The path that is left when all symbolic links at its end are followed; the file need not exist. Nothing, and errno,
/// where that cannot be found out.
std::optional<std::string> without_links(std::string path);

/// The folder that a file is in: "a/b" for "a/b/c", "." for "c", "/" for "/c".
std::string folder_of(const std::string& path);

}  // namespace greenml::cli
