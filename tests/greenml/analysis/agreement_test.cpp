#include "greenml/agreement.hpp"

#include <cmath>
#include <random>
#include <vector>

#include "catch.hpp"

using namespace greenml;

namespace {

using Values = std::vector<double>;

/// The definition: pairs in the same order less pairs in opposite order, over the root of the pairs untied in each.
double tau_by_definition(const Values& left, const Values& right) {
  double difference = 0;
  double untied_left = 0;
  double untied_right = 0;
  for (std::size_t one = 0; one < left.size(); ++one)
    for (std::size_t other = 0; other < one; ++other) {
      const int left_order = (left[one] > left[other]) - (left[one] < left[other]);
      const int right_order = (right[one] > right[other]) - (right[one] < right[other]);
      difference += left_order * right_order;
      untied_left += left_order != 0;
      untied_right += right_order != 0;
    }
  return difference / std::sqrt(untied_left * untied_right);
}

}  // namespace

TEST_CASE("Kendall's tau, by hand") {
  CHECK(*kendall_tau(Values{1, 2, 3, 4}, Values{1, 2, 3, 4}) == Approx(1));
  CHECK(*kendall_tau(Values{1, 2, 3, 4}, Values{4, 3, 2, 1}) == Approx(-1));
  // Of six pairs five agree and one does not: 4 / 6.
  CHECK(*kendall_tau(Values{1, 2, 3, 4}, Values{1, 2, 4, 3}) == Approx(4.0 / 6));
  // One tie on the left: 5 agreeing pairs of 6, over the root of 5 x 6.
  CHECK(*kendall_tau(Values{1, 1, 2, 3}, Values{1, 2, 3, 4}) == Approx(5 / std::sqrt(30.0)));
  CHECK_FALSE(kendall_tau(Values{1, 1}, Values{1, 2}));
  CHECK_FALSE(kendall_tau(Values{}, Values{}));
  CHECK_FALSE(kendall_tau(Values{1}, Values{1}));
}

TEST_CASE("property: tau is what its definition says, with ties") {
  std::mt19937 random(2);
  for (int repeat = 0; repeat < 500; ++repeat) {
    Values left;
    Values right;
    for (unsigned index = 0; index < 3 + random() % 40; ++index) {
      left.push_back(static_cast<double>(random() % 8));
      right.push_back(static_cast<double>(random() % 8));
    }
    const std::optional<double> tau = kendall_tau(left, right);
    if (tau) CHECK(*tau == Approx(tau_by_definition(left, right)).margin(1e-12));
  }
}

TEST_CASE("break-even, by hand: 1,000 J more to train, 2 J less at every inference, are even after 500") {
  const BreakEven pays = break_even({.training = 3000, .inference = 1}, {.training = 2000, .inference = 3});
  CHECK(pays.left_is_dearer);
  CHECK(*pays.inferences == 500);
  const BreakEven swapped = break_even({.training = 2000, .inference = 3}, {.training = 3000, .inference = 1});
  CHECK_FALSE(swapped.left_is_dearer);
  CHECK(*swapped.inferences == 500);
  CHECK_FALSE(break_even({.training = 3000, .inference = 3}, {.training = 2000, .inference = 3}).inferences);
  CHECK_FALSE(break_even({.training = 3000, .inference = 4}, {.training = 2000, .inference = 3}).inferences);
  CHECK(*break_even({.training = 5, .inference = 4}, {.training = 5, .inference = 3}).inferences == 0);
}
