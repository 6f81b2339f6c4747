#include "input/file_window.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace greenml::read {

Window::Window(std::string name, ByteSource source, std::size_t size)
    : source_(std::move(source)),
      size_(size),
      buffer_(new char[size_ + padding]),
      text_(std::move(name), {buffer_.get(), 0}) {
  fill();
}

/// Reads from the source until there is no room left or the file ends. Returns how much it read.
std::size_t Window::read(std::span<char> room) {
  std::size_t length = 0;
  while (length < room.size() && !source_has_ended_) {
    const std::size_t got = source_(room.subspan(length));
    source_has_ended_ = got == 0;
    length += got;
  }
  return length;
}

void Window::read_ahead() {
  if (source_has_ended_ || ahead_.size > 0) return;
  if (ahead_.buffer_size != size_) ahead_ = {std::unique_ptr<char[]>(new char[size_ + padding]), size_};
  ahead_.first = size_ / 16;
  ahead_.size = read(std::span(ahead_.buffer.get() + ahead_.first, size_ - ahead_.first));
}

void Window::fill() {
  std::size_t end = static_cast<std::size_t>(bytes().data() - buffer_.get()) + bytes().size();
  const std::size_t from_ahead = std::min(ahead_.size, size_ - end);
  if (from_ahead > 0) std::memcpy(buffer_.get() + end, ahead_.buffer.get() + ahead_.first, from_ahead);
  ahead_.first += from_ahead;
  ahead_.size -= from_ahead;
  end += from_ahead;
  if (ahead_.size == 0) end += read(std::span(buffer_.get() + end, size_ - end));
  is_last_ = source_has_ended_ && ahead_.size == 0;
  // What stands behind the window is read, though it is not heeded.
  std::memset(buffer_.get() + end, 0, padding);
  text_.move_to(start(), {bytes().data(), buffer_.get() + end});
}

/// Keeps the end of the window, from an offset on, where what comes next can be put behind it.
void Window::keep(std::string_view kept, std::size_t offset) {
  text_.move_to(offset, kept);  // counts the lines that go, which must still be there
  char* to = buffer_.get();
  const bool fits_before_ahead = ahead_.size > 0 && ahead_.buffer_size == size_ && kept.size() <= ahead_.first;
  if (fits_before_ahead) {
    to = ahead_.buffer.get() + ahead_.first - kept.size();
    buffer_.swap(ahead_.buffer);
  }
  std::memmove(to, kept.data(), kept.size());
  text_.move_to(offset, {to, kept.size() + (fits_before_ahead ? std::exchange(ahead_.size, 0) : 0)});
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
    keep(kept, offset);
  }
  fill();
  return true;
}

}  // namespace greenml::read
