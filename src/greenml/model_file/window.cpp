#include "model_file/window.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file {

void Window::fill(std::uint64_t offset) {
  // Formats with offsets look back a little, too.
  begin_ = offset - std::min<std::uint64_t>(offset, buffer_.size() / 4);
  filled_ = std::min<std::uint64_t>(buffer_.size(), size() - begin_);
  if (filled_ == 0 || !file_.read(begin_, std::span(buffer_.data(), static_cast<std::size_t>(filled_))))
    throw Malformed{fmt::format("cannot be read at byte {}", grouped(offset))};
}

std::string Window::text(std::uint64_t offset, std::uint64_t count) {
  std::string text;
  text.reserve(static_cast<std::size_t>(count));
  for (; count > 0; --count) text += static_cast<char>(byte(offset++));
  return text;
}

}  // namespace greenml::model_file
