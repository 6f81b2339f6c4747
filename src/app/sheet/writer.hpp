/// \file
/// Where formatted text goes: a buffer in front of any sink of bytes. It knows no file and no terminal.

#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace greenml::render {

/// Takes bytes; returns false once they cannot be written.
using ByteSink = std::function<bool(std::string_view bytes)>;

class Writer {
 public:
  explicit Writer(ByteSink sink) : sink_(std::move(sink)) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Writer& operator<<(std::string_view text) {
    if (text.size() >= capacity) {
      if (flush()) good_ = sink_(text);
      return *this;
    }
    buffer_ += text;
    if (buffer_.size() >= capacity) flush();
    return *this;
  }

  Writer& operator<<(char character) { return *this << std::string_view(&character, 1); }

  /// Says that there is nothing more to write, and why: what is made elsewhere could not be made.
  void fail(std::string why) {
    good_ = false;
    failure_ = std::move(why);
  }
  /// Why writing failed, where it was not the sink that did; else empty.
  const std::string& failure() const { return failure_; }

  /// Hands on what is buffered. Once a write has failed nothing more is written, and false is returned for good.
  bool flush() {
    if (good_) good_ = buffer_.empty() || sink_(buffer_);
    buffer_.clear();
    return good_;
  }

 private:
  static constexpr std::size_t capacity = 64 * 1024;
  ByteSink sink_;
  std::string buffer_;
  std::string failure_;
  bool good_ = true;
};

}  // namespace greenml::render
