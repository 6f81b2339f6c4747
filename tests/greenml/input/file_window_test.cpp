#include "input/file_window.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"

using greenml::read::Window;

namespace {

/// Bytes that a reader of them can recognise.
std::string some_bytes(std::size_t size, std::mt19937& random) {
  std::string bytes(size, ' ');
  for (char& one : bytes) one = random() % 20 == 0 ? '\n' : static_cast<char>('a' + random() % 26);
  return bytes;
}

/// Gives at most so many bytes at a time, as a pipe does.
greenml::read::ByteSource in_pieces(std::string_view bytes, std::size_t most) {
  return [bytes, most](std::span<char> buffer) mutable {
    const std::size_t size = bytes.copy(buffer.data(), std::min(buffer.size(), most));
    bytes.remove_prefix(size);
    return size;
  };
}

}  // namespace

TEST_CASE("property: a window shows the bytes of its file from wherever it was moved to, read ahead or not") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const std::string file = some_bytes(random() % 3000, random);
    Window window("x", in_pieces(file, 1 + random() % 500), 1 + random() % 400);
    for (std::size_t offset = 0; !(window.is_last() && offset == file.size());) {
      CAPTURE(seed, offset);
      REQUIRE(window.start() == offset);
      REQUIRE(window.bytes() == std::string_view(file).substr(offset, window.bytes().size()));
      REQUIRE(
          std::all_of(window.bytes().end(), window.bytes().end() + Window::padding, [](char one) { return one == 0; }));
      if (window.is_last()) REQUIRE(offset + window.bytes().size() == file.size());
      const std::size_t line = 1 + static_cast<std::size_t>(std::count(
                                       file.begin(), file.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
      CHECK(window.text().line_of(offset) == line);
      // Nearly all of it, a little or nothing.
      const std::size_t size = window.bytes().size();
      const std::size_t step = random() % 3 == 0   ? 0
                               : random() % 2 == 0 ? size - std::min<std::size_t>(size, random() % 9)
                                                   : random() % (size + 1);
      if (random() % 2 == 0) window.read_ahead();
      if (random() % 8 == 0) window.read_ahead();
      REQUIRE(window.move_to(offset + step));
      offset += step;
    }
  }
}
