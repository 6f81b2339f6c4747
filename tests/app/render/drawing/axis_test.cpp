#include "render/drawing/axis.hpp"

#include <cmath>
#include <fmt/format.h>

#include "catch.hpp"
#include "render/drawing/calendar.hpp"

using namespace greenml;
using namespace greenml::render;

namespace {

using Texts = std::vector<std::string>;

const Quantity accuracy = {.title = "accuracy", .dimension = Dimension::accuracy, .most = 100};
const Quantity flops = {.title = "FLOPs", .dimension = Dimension::compute, .scale = ScaleKind::logarithmic};
const Quantity number = {.title = "NetScore", .dimension = std::nullopt};

Texts texts(const Axis& axis, std::size_t most) {
  Texts shown;
  for (const Tick& tick : axis.ticks(most))
    if (!tick.text.empty()) shown.push_back(tick.text);
  return shown;
}

Axis axis_of(const Quantity& quantity, std::vector<double> values) { return {quantity, values}; }

}  // namespace

TEST_CASE("ticks of a linear axis are 1-2-5 steps, with the decimals of the step") {
  CHECK(texts(axis_of(accuracy, {56, 83}), 7) == Texts{"55", "60", "65", "70", "75", "80"});
  CHECK(texts(axis_of(number, {0, 1}), 6) == Texts{"0", "0.2", "0.4", "0.6", "0.8", "1.0"});
  CHECK(texts(axis_of(number, {-3, 4}), 8) == Texts{"-3", "-2", "-1", "0", "1", "2", "3", "4"});
  CHECK(texts(axis_of(number, {1e9, 5e9}), 5) == Texts{"1e+09", "2e+09", "3e+09", "4e+09", "5e+09"});
}

TEST_CASE("an axis does not count beyond what there can be") {
  CHECK(texts(axis_of(accuracy, {92, 100}), 9).back() == "100");
  CHECK(texts(axis_of(accuracy, {100}), 9).back() == "100.0");
}

TEST_CASE("ticks of a logarithmic axis are decades, and 2 and 5 where there is room") {
  CHECK(texts(axis_of(flops, {1e9, 5e9, 1e12}), 6) == Texts{"1", "10", "100", "1000"});
  CHECK(texts(axis_of(flops, {0.6e9, 68e9}), 10) == Texts{"0.5", "1", "2", "5", "10", "20", "50"});
}

TEST_CASE("on a logarithmic axis of less than a decade the ticks are linear steps") {
  const Texts shown = texts(axis_of(flops, {2e9, 3.5e9}), 6);
  CHECK(shown == Texts{"2.0", "2.5", "3.0", "3.5"});
}

TEST_CASE("very many decades are counted in strides") {
  const Texts shown = texts(axis_of(flops, {1e-200, 1e200}), 8);
  CHECK(shown.size() >= 3);
  CHECK(shown.size() <= 9);
}

TEST_CASE("units are those that people read, and the title names them") {
  CHECK(axis_of(flops, {1e6, 5e9, 6e9}).title() == "FLOPs (GFLOP), log scale");
  CHECK(axis_of({.title = "energy", .dimension = Dimension::energy}, {0.002, 0.003}).title() == "energy (mJ)");
  CHECK(axis_of(number, {1, 2}).title() == "NetScore");
}

TEST_CASE("values stand on their axis in their order, with a margin, and equal ones in its middle") {
  const Axis axis = axis_of(flops, {1e9, 1e10, 1e11});
  CHECK(axis.place(1e9) > 0.01);
  CHECK(axis.place(1e10) == Approx(0.5));
  CHECK(axis.place(1e11) < 0.99);
  CHECK(axis_of(flops, {3e9, 3e9}).place(3e9) == Approx(0.5));
  CHECK(axis_of(accuracy, {0, 0}).place(0) == Approx(0.5));
  const Axis wide = axis_of(flops, {1e-300, 1e300});
  CHECK(wide.place(1e-300) > 0);
  CHECK(wide.place(1e300) < 1);
}

TEST_CASE("an axis for bars begins at 0, or below it for what is negative") {
  CHECK(Axis::from_zero(number, std::vector<double>{3, 8}).place(0) == 0);
  CHECK(Axis::from_zero(number, std::vector<double>{3, 8}).place(8) == 1);
  CHECK(Axis::from_zero(number, std::vector<double>{-2, 8}).place(0) == Approx(0.2));
  CHECK(Axis::from_zero(number, std::vector<double>{0, 0}).place(0) == 0);
}

TEST_CASE("every tick has its place on the axis, in order, whatever the values") {
  for (const double low : {1e-12, 0.3, 1.0, 7.0, 99.0, 1e6, 1e15})
    for (const double factor : {1.0, 1.0001, 1.5, 3.0, 9.0, 30.0, 1e4, 1e9})
      for (const ScaleKind scale : {ScaleKind::linear, ScaleKind::logarithmic})
        for (const std::size_t most : {1U, 4U, 10U}) {
          CAPTURE(low, factor, most);
          const Axis axis = axis_of({.title = "x", .scale = scale}, {low, low * factor});
          double last = -1e-9;
          for (const Tick& tick : axis.ticks(most)) {
            CHECK(tick.place > last);
            last = tick.place;
          }
          CHECK(last <= 1 + 1e-9);
          CHECK(texts(axis, most).size() <= most + 1);
        }
}

TEST_CASE("a date is shown in its own month, whichever day it is") {
  for (const int year : {1960, 2023, 2024})
    for (unsigned month = 1; month <= 12; ++month)
      for (const unsigned day : {1U, 2U, 15U, 28U}) {
        const std::chrono::sys_days date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
        CAPTURE(year, month, day);
        CHECK(day_of(year_of(date)) == date);
        CHECK(text_of(year_of(date), {.title = "date", .is_date = true}) == fmt::format("{}-{:02}", year, month));
      }
}

TEST_CASE("an axis of dates has whole years, months or days") {
  const auto between = [](double low, double high, std::size_t most) {
    const Quantity date = {.title = "date", .is_date = true};
    return texts(Axis(date, std::vector<double>{low, high}), most);
  };
  CHECK(between(1961, 2024, 5) == Texts{"1960", "1980", "2000", "2020"});
  CHECK(between(2021, 2024, 5) == Texts{"2021", "2022", "2023", "2024"});
  CHECK(between(2024, 2024.5, 4) == Texts{"2024-01", "2024-03", "2024-05", "2024-07"});
  CHECK(between(2024.01, 2024.05, 4) == Texts{"2024-01-11", "2024-01-18"});
}
