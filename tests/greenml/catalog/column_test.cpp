// Columns keep what was put in, however many bytes a number takes, and whatever is put behind them.
#include "greenml/column.hpp"

#include <random>
#include <vector>

#include "catch.hpp"

using namespace greenml;

namespace {

/// Mostly numbers of one byte, and now and then one of two or four.
std::uint32_t any_code(std::mt19937& random, std::uint32_t rare) {
  if (random() % 200 != 0 || rare == 0) return static_cast<std::uint32_t>(random() % 100);
  return static_cast<std::uint32_t>(random() % rare);
}

}  // namespace

TEST_CASE("codes are put behind others, each as what stands for it there") {
  std::mt19937 random(3);
  for (std::size_t round = 0; round < 200; ++round) {
    // None beyond a byte, or some beyond a byte or two; the same of what they become.
    const std::uint32_t rare = std::vector<std::uint32_t>{0, 1000, 100'000}[round % 3];
    const std::uint32_t offset = std::vector<std::uint32_t>{0, 7, 250, 70'000}[random() % 4];
    CodeColumn column;
    std::vector<std::uint32_t> expected;
    for (std::size_t part = 0; part < 4; ++part) {
      CodeColumn other;
      std::vector<std::uint32_t> codes(random() % 3'000);
      for (std::uint32_t& code : codes) code = any_code(random, rare);
      if (random() % 5 == 0) codes.clear();  // a label that no model of the part has
      for (std::size_t row = 0; row < codes.size(); ++row)
        if (codes[row] != 0) other.set(row, codes[row]);
      const std::size_t count = codes.size() + random() % 100;  // the last rows have none
      column.append(other, count, expected.size(), [offset](std::uint32_t code) { return code + offset; });
      codes.resize(count);
      for (const std::uint32_t code : codes) expected.push_back(code == 0 ? 0 : code + offset);
    }
    for (std::size_t row = 0; row < expected.size(); ++row) REQUIRE(column[row] == expected[row]);
    column.for_each(0, expected.size(), [&](std::size_t row, std::uint32_t code) { REQUIRE(code == expected[row]); });
  }
}
