// Two threads come to have as much to do, whatever their speed.
#include "input/fair_share.hpp"

#include <cmath>

#include "catch.hpp"

using namespace greenml::read;

namespace {

constexpr std::size_t window = 1'000'000;

/// The share of the first thread after so many windows, whose threads read so many bytes a second.
double share_after(FairShare& share, int windows, double first_speed, double second_speed) {
  for (int count = 0; count < windows; ++count) {
    const std::size_t first = share.first_of(window);
    const std::size_t second = window - first;
    share.note({first, FairShare::Seconds(static_cast<double>(first) / first_speed)},
               {second, FairShare::Seconds(static_cast<double>(second) / second_speed)});
  }
  return static_cast<double>(share.first_of(window)) / window;
}

}  // namespace

TEST_CASE("each thread has work for the same time") {
  FairShare share;
  CHECK(share.first_of(window) == window / 2);
  CHECK(share_after(share, 20, 1e9, 1e9) == Approx(0.5).margin(0.01));
  CHECK(share_after(share, 40, 2e9, 1e9) == Approx(2.0 / 3).margin(0.01));
  CHECK(share_after(share, 40, 1e9, 2e9) == Approx(1.0 / 3).margin(0.01));
}

TEST_CASE("a thread that is held up has work again once it is not, and one window alone says little") {
  FairShare share;
  const double held_up_once = share_after(share, 1, 1e3, 1e9);
  CHECK(held_up_once > 0.4);
  CHECK(held_up_once < 0.5);
  CHECK(share_after(share, 100, 1e3, 1e9) == Approx(0.2).margin(0.01));
  CHECK(share_after(share, 100, 1e9, 1e3) == Approx(0.8).margin(0.01));
  CHECK(share_after(share, 40, 1e9, 1e9) == Approx(0.5).margin(0.01));
}

TEST_CASE("a clock that stands still says nothing") {
  FairShare share;
  share.note({10, FairShare::Seconds(0)}, {10, FairShare::Seconds(0)});
  share.note({0, FairShare::Seconds(1)}, {0, FairShare::Seconds(1)});
  CHECK(share.first_of(window) == window / 2);
}
