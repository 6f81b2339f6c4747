#include "system/memory.hpp"

#include <cstdlib>

#if defined(__linux__) && defined(__GLIBC__)
#include <algorithm>
#include <array>
#include <climits>
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

}  // namespace

void prepare_heap() {
  // Without a fixed limit, glibc keeps large blocks once it has seen a larger one freed: with ordinary pages, a tenth
  // of the memory for a million models.
  constexpr int large = 128 * 1024;
  takes_options = ::mallopt(M_ARENA_MAX, 1) != 0 && ::mallopt(M_MMAP_THRESHOLD, large) != 0;
}

void make_room_for_input(std::size_t bytes) {
  constexpr std::size_t many = std::size_t{4} << 20;
  // A catalog and what is found out about it take less than twice the bytes of its file.
  constexpr std::size_t room_for_a_byte = 2;
  constexpr int most_kept = INT_MAX;  // at the end of the heap
  static_assert(room_for_a_byte * most_input_at_once < most_kept);
  if (!takes_options || bytes < many || !has_huge_pages()) return;
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, most_kept);
  const std::size_t size = room_for_a_byte * std::min(bytes, most_input_at_once);
  void* const room = std::malloc(size);
  if (room == nullptr) return;
  ask_for_huge_pages(room, size);
  std::free(room);  // the heap keeps it for what comes next
}

#else

void prepare_heap() {}
void make_room_for_input(std::size_t /*bytes*/) {}

#endif

}  // namespace greenml::cli
