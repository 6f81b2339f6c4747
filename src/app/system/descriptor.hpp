/// \file
/// An open file, and reading and writing it to the end of what is asked for: over interruptions, short writes, and
/// streams that another program has made non-blocking. It knows no path.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <sys/types.h>

namespace greenml::cli {

/// Owns a file descriptor. Standard input and output are borrowed, not owned.
class Descriptor {
 public:
  explicit Descriptor(int number, bool owned = true) : number_(number), owned_(owned) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  /// False, and errno, where what was written did not arrive.
  bool close();

 private:
  int number_;
  bool owned_;
};

/// Reads the next bytes; 0 at the end, -1 and errno on failure.
ssize_t read_some(int descriptor, std::span<char> buffer);

/// Writes all bytes; false, and errno, on failure.
bool write_all(int descriptor, std::string_view bytes);

}  // namespace greenml::cli
