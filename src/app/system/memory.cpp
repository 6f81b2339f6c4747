#include "system/memory.hpp"

#include <algorithm>
#include <climits>
#include <cstdlib>

#if defined(__linux__) && defined(__GLIBC__)
#include <array>
#include <cstdint>
#include <fcntl.h>
#include <malloc.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "system/descriptor.hpp"
#endif

namespace greenml::cli {

#if defined(__linux__) && defined(__GLIBC__)

namespace {

/// Whether the heap is glibc's. Sanitizers have one of their own, which takes no options.
bool takes_options = false;

/// Whether a process that asks for huge pages gets them: see Linux, admin-guide/mm/transhuge.
bool has_huge_pages() {
  const Descriptor file(::open("/sys/kernel/mm/transparent_hugepage/enabled", O_RDONLY | O_CLOEXEC));
  std::array<char, 64> text;  // "always [madvise] never"
  const ssize_t size = file.is_open() ? read_some(file.number(), text) : -1;
  if (size <= 0) return false;
  const bool is_never =
      std::string_view(text.data(), static_cast<std::size_t>(size)).find("[never]") != std::string_view::npos;
  return !is_never && ::prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0) == 0;
}

/// Asks for huge pages in the place of those pages that lie wholly in a block.
void ask_for_huge_pages(void* block, std::size_t size) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(block) + page - 1) / page * page;
  const std::uintptr_t end = (reinterpret_cast<std::uintptr_t>(block) + size) / page * page;
  ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

/// Has the heap keep what is freed, and so much more lie at its end. Returns whether it does.
bool make_room(std::size_t size) {
  if (!takes_options || !has_huge_pages()) return false;
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, INT_MAX);
  void* const room = std::malloc(size);
  if (room == nullptr) return false;
  ask_for_huge_pages(room, size);
  std::free(room);
  return true;
}

}  // namespace

void prepare_heap() {
  // Without a fixed limit, glibc keeps large blocks once it has seen a larger one freed: with ordinary pages, a tenth
  // of the memory for a million models.
  constexpr int large = 128 * 1024;
  takes_options = ::mallopt(M_ARENA_MAX, 1) != 0 && ::mallopt(M_MMAP_THRESHOLD, large) != 0;
}

#else

namespace {

bool make_room(std::size_t /*size*/) { return false; }

}  // namespace

void prepare_heap() {}

#endif

void RoomForInput::make(std::size_t more_bytes) {
  constexpr std::size_t large = std::size_t{4} << 20;
  // A catalog and what is found out about it take less than twice the bytes of its file.
  constexpr std::size_t room_for_a_byte = 2;
  // Of an end that is larger than its threshold, an int, the heap keeps nothing.
  constexpr std::size_t most_at_once = std::size_t{512} << 20;
  static_assert(room_for_a_byte * most_at_once < INT_MAX);
  const std::size_t bytes = std::min(more_bytes, most_at_once);
  is_for_ = read_ + bytes;
  if (bytes >= large) is_made_ = make_room(room_for_a_byte * bytes);
}

}  // namespace greenml::cli
