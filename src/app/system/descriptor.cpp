#include "system/descriptor.hpp"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace greenml::cli {

namespace {

/// Whether the call that has failed can be made again: at once, or as soon as a non-blocking stream is ready.
bool can_go_on(int descriptor, short event) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
  pollfd stream{.fd = descriptor, .events = event, .revents = 0};
  return ::poll(&stream, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

bool Descriptor::close() {
  const bool good = !owned_ || number_ < 0 || ::close(number_) == 0;
  number_ = -1;
  return good;
}

ssize_t read_some(int descriptor, std::span<char> buffer) {
  for (;;) {
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got >= 0 || !can_go_on(descriptor, POLLIN)) return got;
  }
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && can_go_on(descriptor, POLLOUT)) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace greenml::cli
