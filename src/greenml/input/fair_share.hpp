/// \file
/// How two threads share windows, so that both have as much to do. Processors differ in speed, in a virtual machine
/// from moment to moment, and a thread that waits for the other one reads nothing.

#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace greenml::read {

class FairShare {
 public:
  using Seconds = std::chrono::duration<double>;

  /// What a thread did: how many bytes of a window it read, and how long it worked for that.
  struct Work {
    std::size_t bytes = 0;
    Seconds time{};
  };

  /// How many of `size` bytes are for the first thread.
  std::size_t first_of(std::size_t size) const { return static_cast<std::size_t>(share_ * static_cast<double>(size)); }

  /// Notes what both did with a window.
  void note(const Work& first, const Work& second) {
    constexpr double least = 0.2;    // so that a thread that was held up once is not left without work
    constexpr double weight = 0.25;  // of the last window, beside those before it
    const double first_needs = first.time.count() * static_cast<double>(second.bytes);
    const double second_needs = second.time.count() * static_cast<double>(first.bytes);
    if (!(first_needs + second_needs > 0)) return;
    const double fair = second_needs / (first_needs + second_needs);
    share_ += weight * (std::clamp(fair, least, 1 - least) - share_);
  }

 private:
  double share_ = 0.5;
};

}  // namespace greenml::read
