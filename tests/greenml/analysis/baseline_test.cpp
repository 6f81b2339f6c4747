// What `check` does to be quick with many models, held to what takes long.
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <random>

#include "analysis/identity_index.hpp"
#include "analysis/vanished.hpp"
#include "catch.hpp"
#include "greenml/check.hpp"
#include "greenml/read_text.hpp"
#include "greenml/sampled.hpp"

using namespace greenml;

namespace {

/// Models of which some are gone, renamed, spelled otherwise, changed or on other hardware.
std::string models_of_two_states(std::mt19937& random, std::size_t size) {
  std::vector<std::string> models;
  for (std::size_t index = 0; index < size; ++index) {
    if (random() % 8 == 0) continue;
    std::string model = fmt::format("\"name\": \"m{}{}\"", index, random() % 8 == 0 ? "\u00e9" : "");
    if (random() % 8 == 0) model += ", \"variant\": \"int8\"";
    if (random() % 8 == 0) model += ", \"hardware_count\": 2";
    if (random() % 8 == 0) model += ", \"pue\": 1.5";
    if (random() % 8 != 0) model += fmt::format(", \"accuracy\": {}", 50 + random() % 4);
    if (random() % 8 != 0) model += fmt::format(", \"energy\": {}", 10 + random() % 3);
    models.push_back("{" + model + "}");
  }
  std::shuffle(models.begin(), models.end(), random);
  return fmt::format("[{}]", fmt::join(models, ","));
}

std::string text_of_finding(const Finding& one) {
  const auto text = [](const auto& value) { return value ? fmt::format("{}", *value) : std::string("-"); };
  return fmt::format("{} {} {} {} {} {} {} {} {} {}", static_cast<int>(one.standing), static_cast<int>(one.reason),
                     one.block, text(one.row), text(one.baseline_row), one.measure ? one.measure->name() : "-",
                     text(one.value), text(one.before), text(one.limit), one.differs);
}

}  // namespace

TEST_CASE("property: in brief the findings are the same, but for models of which all holds; those are counted") {
  for (unsigned seed = 0; seed < 200; seed += test::stride) {
    std::mt19937 random(seed);
    const test::ReadResult before = test::read_text(models_of_two_states(random, 30));
    const test::ReadResult now = test::read_text(models_of_two_states(random, 30));
    REQUIRE(now.problems.errors() + before.problems.errors() == 0);
    std::array<Block, 2> blocks;
    Complaint complaint;
    blocks[0].limits.push_back(parse_limit("accuracy=51", Bound::at_least, complaint).value());
    blocks[0].drops = {*parse_drop("3%"), *parse_drop("energy=20%")};
    blocks[1].drops = {*parse_drop("accuracy=1")};
    const std::vector<Finding> all = check(now.catalog, &before.catalog, blocks, {});
    for (const std::size_t most : {0U, 1U, 5U, 1000U}) {
      const CheckResult brief = check_in_brief(now.catalog, &before.catalog, blocks, {}, most);
      CAPTURE(seed, most);
      std::size_t left_out = 0;
      std::array<std::size_t, 2> holding{};  // among the findings of a block
      auto kept = brief.findings.begin();
      for (const Finding& one : all) {
        const bool is_kept = kept != brief.findings.end() && text_of_finding(*kept) == text_of_finding(one);
        if (is_kept) ++kept;
        if (one.standing != Standing::holds) {
          REQUIRE(is_kept);
          continue;
        }
        // The first that hold are there.
        if (is_kept) ++holding[one.block];
        if (!is_kept) CHECK(holding[one.block] >= most);
        if (!is_kept) ++left_out;
      }
      CHECK(kept == brief.findings.end());
      CHECK(brief.further_that_hold == left_out);
    }
  }
}

TEST_CASE("property: rows of two catalogs are alike in the labels that count, one by one") {
  for (unsigned seed = 0; seed < 40; seed += test::stride) {
    std::mt19937 random(seed);
    const test::ReadResult before = test::read_text(models_of_two_states(random, 60));
    const test::ReadResult now = test::read_text(models_of_two_states(random, 60));
    for (const std::vector<std::string>& names :
         {std::vector<std::string>{}, {"variant"}, {"name", "hardware_count", "no such label"}}) {
      const auto alike = [&](const Catalog& left, std::size_t left_row, const Catalog& right, std::size_t right_row) {
        return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
          return left.label(name, left_row).text == right.label(name, right_row).text;
        });
      };
      const IdentityIndex index(now.catalog, before.catalog, names);
      const auto check_row = [&](IdentityIndex::Rows found, const Catalog& of, const Catalog& given, std::size_t row) {
        std::vector<std::uint32_t> expected;
        for (std::uint32_t other = 0; other < of.size(); ++other)
          if (alike(of, other, given, row)) expected.push_back(other);
        CHECK(std::vector<std::uint32_t>(found.begin(), found.end()) == expected);
      };
      using Side = IdentityIndex::Side;
      for (std::size_t row = 0; row < before.catalog.size(); ++row)
        check_row(index.of_baseline_row(Side::catalog, row), now.catalog, before.catalog, row);
      for (std::size_t row = 0; row < now.catalog.size(); ++row) {
        check_row(index.of_catalog_row(Side::baseline, row), before.catalog, now.catalog, row);
        check_row(index.of_catalog_row(Side::catalog, row), now.catalog, now.catalog, row);
      }
    }
  }
}

TEST_CASE("property: the first model with like figures is found that a look at each would find") {
  const auto models = [](std::mt19937& random) {
    std::vector<std::string> texts;
    for (std::size_t index = 0; index < 80; ++index) {
      std::string model = fmt::format("\"name\": \"m{}\"", index);
      for (const std::string_view field : {"accuracy", "energy", "latency"})
        if (random() % 5 != 0)
          model += fmt::format(", \"{}\": {}", field, 50 + 0.1 * static_cast<double>(random() % 12));
      if (random() % 5 == 0) model += ", \"training_energy\": 0, \"pue\": 1.5";
      texts.push_back("{" + model + "}");
    }
    return fmt::format("[{}]", fmt::join(texts, ","));
  };
  const auto is_like = [](const Catalog& now, std::size_t row, const Catalog& before, std::size_t before_row) {
    std::size_t shared = 0;
    for (std::size_t index = 0; index < fields.size(); ++index) {
      if (fields[index].role == Role::condition) continue;
      const std::optional<double> left = now[row].value(static_cast<FieldId>(index));
      const std::optional<double> right = before[before_row].value(static_cast<FieldId>(index));
      if (left.has_value() != right.has_value()) return false;
      if (left && std::abs(*left - *right) > 0.01 * std::abs(*right)) return false;
      if (left) ++shared;
    }
    return shared >= 2;
  };
  for (unsigned seed = 0; seed < 20; seed += test::stride) {
    std::mt19937 random(seed);
    const test::ReadResult before = test::read_text(models(random));
    const test::ReadResult now = test::read_text(models(random));
    std::vector<std::size_t> rows = test::all_rows(now.catalog);
    std::shuffle(rows.begin(), rows.end(), random);
    const LikeFigures figures(now.catalog, rows);
    for (std::size_t row = 0; row < before.catalog.size(); ++row) {
      std::optional<std::size_t> expected;
      for (const std::size_t candidate : rows)
        if (!expected && is_like(now.catalog, candidate, before.catalog, row)) expected = candidate;
      CHECK(figures.find(before.catalog, row) == expected);
    }
  }
}
