/// \file
/// The heap of the process. To touch pages of memory for the first time takes a good part of the time that a large
/// catalog takes: in huge pages, which hold some hundred times as much, it does not. It is glibc's heap on Linux that
/// is told so; others stay as they are.

#pragma once

#include <cstddef>

namespace greenml::cli {

/// Has all threads allocate from one heap, which gives large blocks back once they are freed. To be called before the
/// first thread begins.
void prepare_heap();

/// Room in the heap for what becomes of an input, where it is large and the system has huge pages. From then on the
/// heap keeps what is freed. Room takes no memory before it is used; where none is to be had, the heap grows as ever.
class RoomForInput {
 public:
  explicit RoomForInput(std::size_t expected_bytes) { make(expected_bytes); }

  /// Notes that so many more bytes were read. Where there are more than was expected, makes room for as many again.
  void note_read(std::size_t bytes) {
    read_ += bytes;
    if (read_ > is_for_) make(read_);
  }
  /// Whether there is room now.
  bool is_made() const { return is_made_; }

 private:
  void make(std::size_t more_bytes);

  std::size_t read_ = 0;
  std::size_t is_for_ = 0;  // so many bytes in all
  bool is_made_ = false;
};

}  // namespace greenml::cli
