#include "greenml/spelling.hpp"

#include <array>

#include "catch.hpp"

using namespace greenml;

TEST_CASE("the distance counts insertions, deletions, substitutions and swaps") {
  CHECK(typing_distance("energy", "energy", 3) == 0);
  CHECK(typing_distance("energi", "energy", 3) == 1);
  CHECK(typing_distance("enrgy", "energy", 3) == 1);
  CHECK(typing_distance("energgy", "energy", 3) == 1);
  CHECK(typing_distance("enegry", "energy", 3) == 1);
  CHECK(typing_distance("latency", "energy", 3) == 4);
  CHECK(typing_distance("", "abc", 3) == 3);
}

TEST_CASE("case, hyphens and blanks are no errors") {
  CHECK(typing_distance("Training-Energy", "training_energy", 1) == 0);
  CHECK(typing_distance("training time", "training_time", 1) == 0);
}

TEST_CASE("the nearest known word is offered, and nothing where none is near") {
  constexpr auto known = std::to_array<std::string_view>({"accuracy_per_gflop", "accuracy_per_mb", "netscore"});
  CHECK(did_you_mean("acuracy_per_gflop", known) == "did you mean accuracy_per_gflop?");
  CHECK(did_you_mean("netscroe", known) == "did you mean netscore?");
  CHECK(did_you_mean("banana", known).empty());
  CHECK(did_you_mean("", known).empty());
}
