#include "model_file/weight.hpp"

#include <array>
#include <string>

#include "catch.hpp"
#include "model_file/checked.hpp"

namespace greenml::model_file {

TEST_CASE("a tensor stands in a block, and is of a kind") {
  struct Row {
    const char* name;
    const char* block;
    const char* kind;
  };
  constexpr auto rows = std::to_array<Row>({
      {"blk.7.attn_q.weight", "blk.7", "attn_q.weight"},
      {"model.layers.0.mlp.experts.12.w1.weight", "model.layers.0", "mlp.experts.*.w1.weight"},
      {"blk.0.ffn_up.3.weight", "blk.0", "ffn_up.*.weight"},
      {"token_embd.weight", "token_embd", "token_embd.weight"},
      {"w", "w", "w"},
      {"a.0", "a", "a.0"},
      {"", "", ""},
      {"..0..", "..0", "."},
  });
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Place place = place_of(row.name);
    CHECK(place.block == row.block);
    CHECK(place.kind == row.kind);
  }
}

TEST_CASE("a kind that another needs is missed") {
  constexpr auto needs = std::to_array<Needs>({{".up", ".down", ""}, {".down", ".up", ".gate_up"}});
  CHECK(missing_kind({"a.up", "a.down"}, needs).empty());
  CHECK(missing_kind({"a.gate_up", "a.down"}, needs).empty());
  CHECK(missing_kind({"a.up", "b.down"}, needs) == "a.down");
  CHECK(missing_kind({"b.down"}, needs) == "b.up");
  CHECK(missing_kind({}, needs).empty());
}

TEST_CASE("sizes that do not fit into 64 bits are no sizes") {
  constexpr std::uint64_t half = std::uint64_t{1} << 32U;
  CHECK_FALSE(checked_product(half, half));
  CHECK_FALSE(checked_sum(~std::uint64_t{0}, 1));
  CHECK(element_count(std::array<std::uint64_t, 3>{2, 3, 4}) == 24U);
  CHECK(element_count({}) == 1U);
  CHECK(element_count(std::array<std::uint64_t, 2>{0, 5}) == 0U);
  // A zero does not hide the others.
  CHECK_FALSE(element_count(std::array<std::uint64_t, 3>{0, half, half}));
}

TEST_CASE("the first reason stays") {
  LanguageModel model;
  CHECK(model.is_known());
  model.give_up(InspectionStatus::partial, "first");
  model.give_up(InspectionStatus::weights_only, "second");
  CHECK(model.why_no_macs == "first");
  CHECK(model.status == InspectionStatus::partial);
}

}  // namespace greenml::model_file
