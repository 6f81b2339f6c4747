#include "system/memory.hpp"

#include <cstring>
#include <fstream>
#include <memory>
#include <unistd.h>

#include "catch.hpp"

using namespace greenml;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

/// The memory that this process has, in bytes; 0 where the system does not say.
std::size_t memory_now() {
  std::ifstream file("/proc/self/statm");
  std::size_t addresses = 0;
  std::size_t pages = 0;
  file >> addresses >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void fill_block(std::size_t size) {
  const auto block = std::make_unique<char[]>(size);
  std::memset(block.get(), 1, size);
}

}  // namespace

TEST_CASE("room for input takes no memory before it is used, and can be used", "[memory]") {
  cli::prepare_heap();
  const std::size_t before = memory_now();
  cli::make_room_for_input(256 * mebibyte);
  CHECK(memory_now() < before + 16 * mebibyte);
  for (int time = 0; time < 3; ++time) fill_block(64 * mebibyte);
  cli::make_room_for_input(1);  // is nothing
  CHECK(std::make_unique<char[]>(64 * mebibyte) != nullptr);
}

TEST_CASE("more room than there is changes nothing", "[memory]") {
  cli::prepare_heap();
  const std::size_t before = memory_now();
  cli::make_room_for_input(std::size_t{1} << 61);
  cli::make_room_for_input(std::size_t{1} << 63);
  fill_block(mebibyte);
  CHECK(memory_now() < before + 16 * mebibyte);
}
