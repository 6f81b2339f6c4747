// Work that is shared is done once, all of it, and what is found is in the order of the models.
#include "catalog/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "catch.hpp"

using namespace greenml;

TEST_CASE("each model is given to one of both, and to each in their order") {
  for (const std::size_t models : {0U, 1U, 16'384U, 19'999U, 20'000U, 100'001U}) {
    CAPTURE(models);
    std::vector<std::atomic<int>> times(models);
    std::vector<std::size_t> first_begins;
    std::vector<std::size_t> second_begins;
    const auto note_in = [&times](std::vector<std::size_t>& begins) {
      return [&times, &begins](std::size_t begin, std::size_t end) {
        begins.push_back(begin);
        for (std::size_t model = begin; model < end; ++model) ++times[model];
      };
    };
    share(models, note_in(first_begins), note_in(second_begins));
    CHECK(std::all_of(times.begin(), times.end(), [](const std::atomic<int>& count) { return count == 1; }));
    CHECK(std::is_sorted(first_begins.begin(), first_begins.end()));
    CHECK(std::is_sorted(second_begins.begin(), second_begins.end()));
  }
}

TEST_CASE("rows are found in the order of the models, whoever finds them") {
  for (const std::size_t models : {0U, 100U, 200'000U}) {
    const std::vector<std::uint32_t> found =
        find_rows<std::uint32_t>(models, [](std::size_t begin, std::size_t end, std::vector<std::uint32_t>& rows) {
          std::this_thread::sleep_for(std::chrono::milliseconds(2));  // so that both have some of the parts
          for (std::size_t row = begin; row < end; ++row)
            if (row % 7 == 0) rows.push_back(static_cast<std::uint32_t>(row));
        });
    REQUIRE(found.size() == (models + 6) / 7);
    for (std::size_t index = 0; index < found.size(); ++index) REQUIRE(found[index] == 7 * index);
  }
}
