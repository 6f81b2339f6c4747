#include "render/drawing/name_placer.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "catch.hpp"

using namespace greenml::render;

TEST_CASE("a name stands beside its mark where there is room") {
  Room room({0, 0, 400, 300});
  room.occupy({195, 145, 205, 155});
  const std::optional<PlacedName> name = room.place({200, 150}, 5, 60, 15);
  REQUIRE(name);
  CHECK_FALSE(name->leader);
  CHECK(name->box.left > 205);
  CHECK(name->box.left < 215);
}

TEST_CASE("a name that finds no room is left out") {
  Room room({0, 0, 50, 20});
  CHECK_FALSE(room.place({25, 10}, 5, 60, 15));
}

TEST_CASE("names of equal marks do not pile up") {
  Room room({0, 0, 400, 300});
  std::vector<Box> boxes;
  for (int count = 0; count < 8; ++count)
    if (const std::optional<PlacedName> name = room.place({200, 150}, 5, 60, 15)) boxes.push_back(name->box);
  CHECK(boxes.size() > 3);
  for (std::size_t left = 0; left < boxes.size(); ++left)
    for (std::size_t right = left + 1; right < boxes.size(); ++right) CHECK_FALSE(boxes[left].overlaps(boxes[right]));
}

TEST_CASE("no name covers a mark, a line or another name, and none leaves the frame") {
  const Box frame = {0, 0, 800, 400};
  std::mt19937 random(7);
  const auto up_to = [&](unsigned most) { return static_cast<double>(random() % most); };
  for (int picture = 0; picture < 50; ++picture) {
    Room room(frame);
    std::vector<Dot> marks;
    std::vector<Box> taken;
    for (auto count = 5 + random() % 150; count > 0; --count) {
      const Dot mark = {up_to(800), up_to(400)};
      marks.push_back(mark);
      taken.push_back({mark.x - 5, mark.y - 5, mark.x + 5, mark.y + 5});
      room.occupy(taken.back());
    }
    const Dot from = {up_to(800), 200};
    const Dot to = {up_to(800), 200};
    room.occupy_line(from, to);
    taken.push_back({std::min(from.x, to.x), 199.9, std::max(from.x, to.x), 200.1});
    std::size_t named = 0;
    for (const Dot& mark : marks)
      if (const std::optional<PlacedName> name = room.place(mark, 5, 40 + up_to(100), 15)) {
        ++named;
        CHECK(frame.contains(name->box));
        for (const Box& box : taken) CHECK_FALSE(name->box.overlaps(box));
        taken.push_back(name->box);
      }
    CHECK(named > 0);
  }
}

TEST_CASE("property: a grid of boxes finds all that overlap another, wherever they are") {
  std::mt19937 random(3);
  const auto box = [&](double from, double to, double most) {
    std::uniform_real_distribution<double> place(from, to);
    std::uniform_real_distribution<double> length(0, most);
    const double left = random() % 4 == 0 ? std::floor(place(random) / 7) * 7 : place(random);
    const double top = place(random);
    return Box{left, top, left + length(random), top + length(random)};
  };
  for (const Box& frame : {Box{0, 0, 300, 200}, Box{64, 90, 65, 500}, Box{0, 0, 0, 0}})
    for (const double most : {3.0, 40.0, 900.0}) {
      BoxGrid grid(frame);
      std::vector<Box> all;
      for (int count = 0; count < 60; ++count) {
        const Box query = box(-100, 500, most);
        const auto overlaps = [&](const Box& other) { return query.overlaps(other); };
        CHECK(grid.any_near(query, overlaps) == std::any_of(all.begin(), all.end(), overlaps));
        all.push_back(box(-100, 500, most));
        grid.add(all.back());
      }
    }
}

TEST_CASE("the width of a text is about that of its face") {
  CHECK(width_in_ems("") == 0);
  CHECK(width_in_ems("MobileNetV2") == Approx(7.0).margin(1));
  CHECK(width_in_ems("iiii") < width_in_ems("mmmm") / 2);
  CHECK(width_in_ems("名前") == Approx(2).margin(0.1));
}
