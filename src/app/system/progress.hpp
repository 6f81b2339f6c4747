/// \file
/// Says on a terminal how far the reading of a file is, once it takes longer than a second, and leaves nothing behind.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace greenml::cli {

class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// Reading begins, or goes on: the time runs from the first call. Shows nothing where standard error is no terminal.
  void begin();
  /// So many bytes more of a file were read; 0 at its end, which takes away what was shown. The size is that of the
  /// file, where it is known.
  void advance(const std::string& file, std::optional<std::uintmax_t> size, std::size_t bytes);

 private:
  void clear();

  bool has_begun_ = false;
  bool is_terminal_ = false;
  bool is_shown_ = false;
  std::string file_;  // the one that is read
  std::uintmax_t read_ = 0;
  std::chrono::steady_clock::time_point next_;  // when it is to be shown, or shown anew
};

}  // namespace greenml::cli
