/// \file
/// Two threads that read a file window by window, each its part of every window.

#pragma once

#include <chrono>
#include <cstddef>

#include "input/fair_share.hpp"
#include "input/file_window.hpp"
#include "input/second_thread.hpp"

namespace greenml::read {

class SharedReading {
 public:
  explicit SharedReading(Window& window) : window_(window) {}

  /// How many of `size` bytes are for the first thread, which is the caller's.
  std::size_t first_of(std::size_t size) const { return share_.first_of(size); }

  /// Has the first part read by this thread and the second by the other one, which then reads the file ahead. Meanwhile
  /// `join(first, second)` takes what both returned. At the end, the window may move.
  template <typename First, typename Second, typename Join>
  void read(std::size_t first_bytes, First first, std::size_t second_bytes, Second second, Join join) {
    FairShare::Work of_first = {.bytes = first_bytes};
    FairShare::Work of_second = {.bytes = second_bytes};
    auto later = second_.begin([&] { return timed(of_second, second); });
    Pending<void> ahead = second_.begin([&] { timed(of_second, [&] { window_.read_ahead(); }); });
    const auto earlier = timed(of_first, first);
    const auto after_it = later.get();
    timed(of_first, [&] { join(earlier, after_it); });
    ahead.get();
    share_.note(of_first, of_second);
  }

 private:
  template <typename Do>
  static auto timed(FairShare::Work& work, Do what) {
    using Clock = std::chrono::steady_clock;
    struct Timer {
      FairShare::Seconds& sum;
      Clock::time_point begin = Clock::now();
      ~Timer() { sum += Clock::now() - begin; }
    };
    const Timer timer{work.time};
    return what();
  }

  Window& window_;
  FairShare share_;
  SecondThread second_;
};

}  // namespace greenml::read
