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

/// For no more bytes of input is room made at once: the heap gives back what is much larger.
inline constexpr std::size_t most_input_at_once = std::size_t{512} << 20;

/// Makes room in the heap for what becomes of so many bytes of input, where they are many and the system has huge
/// pages. From then on the heap keeps what is freed. Room takes no memory before it is used; where none is to be had,
/// the heap grows as ever.
void make_room_for_input(std::size_t bytes);

}  // namespace greenml::cli
