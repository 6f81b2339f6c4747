#include "input/file_window.hpp"

#include <algorithm>
#include <cstring>

namespace greenml::read {

Window::Window(std::string name, ByteSource source, std::size_t size)
    : source_(std::move(source)),
      size_(size),
      buffer_(new char[size_ + padding]),
      text_(std::move(name), {buffer_.get(), 0}) {
  fill();
}

void Window::fill() {
  std::size_t length = bytes().size();
  while (length < size_ && !is_last_) {
    const std::size_t got = source_(std::span(buffer_.get() + length, size_ - length));
    is_last_ = got == 0;
    length += got;
  }
  // What stands behind the window is read, though it is not heeded.
  std::memset(buffer_.get() + length, 0, padding);
  text_.move_to(start(), {buffer_.get(), length});
}

bool Window::move_to(std::size_t offset) {
  const std::string_view kept = bytes().substr(offset - start());
  if (offset == start() && !is_last_) {
    if (size_ >= most_size) return false;
    size_ *= 2;
    std::unique_ptr<char[]> larger(new char[size_ + padding]);
    std::memcpy(larger.get(), kept.data(), kept.size());
    buffer_ = std::move(larger);
    text_.move_to(offset, {buffer_.get(), kept.size()});
  } else {
    text_.move_to(offset, kept);  // counts the lines that go, which must still be there
    std::memmove(buffer_.get(), kept.data(), kept.size());
    text_.move_to(offset, {buffer_.get(), kept.size()});
  }
  fill();
  return true;
}

}  // namespace greenml::read
