#include "system/memory.hpp"

#include <cstddef>
#include <fstream>
#include <memory>
#include <unistd.h>

#include "catch.hpp"

using namespace greenml;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

/// What this process has, in bytes; 0 where the system does not say.
struct Taken {
  std::size_t addresses = 0;
  std::size_t memory = 0;

  static Taken now() {
    std::ifstream file("/proc/self/statm");
    Taken taken;
    file >> taken.addresses >> taken.memory;
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return {taken.addresses * page, taken.memory * page};
  }
};

/// Touches every page of a block, and frees it.
void use_block(std::size_t size) {
  constexpr std::size_t least_page = 4096;
  const std::unique_ptr<char[]> block(new char[size]);
  volatile char* const bytes = block.get();  // so that no compiler leaves it out
  for (std::size_t at = 0; at < size; at += least_page) bytes[at] = 1;
}

}  // namespace

TEST_CASE("room for an input takes no memory before it is used, and what is used comes from there") {
  cli::prepare_heap();
  const Taken before = Taken::now();
  const cli::RoomForInput room(256 * mebibyte);
  const Taken after = Taken::now();
  CHECK(after.memory < before.memory + 16 * mebibyte);
  // There is none under sanitizers, which have a heap of their own, and where the system has no huge pages.
  if (!room.is_made()) return;
  use_block(64 * mebibyte);
  CHECK(Taken::now().addresses == after.addresses);
  CHECK(Taken::now().memory > before.memory + 60 * mebibyte);  // the heap keeps it
}

TEST_CASE("however large an input is, the room that was made for it is not given back at once") {
  cli::prepare_heap();
  const Taken before = Taken::now();
  const cli::RoomForInput room(std::size_t{1} << 63);
  const Taken after = Taken::now();
  CHECK(after.memory < before.memory + 16 * mebibyte);
  if (room.is_made()) CHECK(after.addresses > before.addresses + 256 * mebibyte);
}

TEST_CASE("there is more room where an input is larger than was expected, and none for a small one") {
  cli::prepare_heap();
  cli::RoomForInput room(1000);
  CHECK_FALSE(room.is_made());
  room.note_read(1000);
  CHECK_FALSE(room.is_made());
  room.note_read(8 * mebibyte);
  CHECK(room.is_made() == cli::RoomForInput(8 * mebibyte).is_made());
}
