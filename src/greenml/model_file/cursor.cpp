#include "model_file/cursor.hpp"

#include <algorithm>
#include <span>

#include "model_file/message.hpp"

namespace greenml::model_file {

Cursor::Cursor(const File& file, std::uint64_t begin, std::uint64_t end)
    : file_(&file), end_(end), window_offset_(begin) {}

bool Cursor::fill() {
  window_offset_ += at_;
  at_ = 0;
  const std::uint64_t count = std::min<std::uint64_t>(window_size, end_ - window_offset_);
  window_.resize(static_cast<std::size_t>(count));
  if (count == 0) return false;
  if (!file_->read(window_offset_, std::as_writable_bytes(std::span(window_.data(), window_.size()))))
    throw Malformed{"reading failed at byte " + grouped(window_offset_)};
  return true;
}

bool Cursor::take(std::uint64_t count, std::string& to) {
  if (count > left()) return false;
  to.clear();
  for (auto missing = static_cast<std::size_t>(count); missing > 0;) {
    if (at_ == window_.size()) fill();
    const std::size_t part = std::min(missing, window_.size() - at_);
    to.append(window_, at_, part);
    at_ += part;
    missing -= part;
  }
  return true;
}

bool Cursor::skip(std::uint64_t count) {
  if (count > left()) return false;
  if (count <= window_.size() - at_) {
    at_ += static_cast<std::size_t>(count);
    return true;
  }
  window_offset_ += at_ + count;
  at_ = 0;
  window_.clear();
  return true;
}

}  // namespace greenml::model_file
