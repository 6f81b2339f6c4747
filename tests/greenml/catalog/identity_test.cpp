// What tells models apart is hashed in two ways, row by row and many rows at once.
#include "catalog/identity.hpp"

#include <array>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace greenml;

namespace {

/// Models of which some have no variant or another one; `first` is the number of the first.
Catalog catalog_of(std::size_t first, std::size_t count, bool has_tasks) {
  Catalog catalog;
  for (std::size_t number = first; number < first + count; ++number) {
    const std::size_t row = catalog.size();
    catalog.add_model("M" + std::to_string(number / 3), 1);
    if (number % 3 != 0)
      catalog.set_label(label_id("variant"), row,
                        {LabelKind::text, number % 3 == 1 ? "" : "v" + std::to_string(number)});
    if (has_tasks) catalog.set_label(label_id("task"), row, {LabelKind::text, ""});
  }
  return catalog;
}

}  // namespace

TEST_CASE("models have one hash in both ways and in every catalog") {
  const std::vector<std::string> names = identity_labels();
  const Catalog left_catalog = catalog_of(0, 5'000, true);
  const Catalog right_catalog = catalog_of(1'000, 4'000, false);
  const Identity left(left_catalog, names);
  const Identity right(right_catalog, names);
  for (const std::size_t first : {std::size_t{0}, std::size_t{1'000}, std::size_t{1'023}, std::size_t{4'900}}) {
    std::array<std::uint64_t, 100> hashes;
    left.hash(first, hashes);
    for (std::size_t index = 0; index < hashes.size(); ++index) REQUIRE(hashes[index] == left.hash(first + index));
  }
  for (std::size_t row = 0; row < right_catalog.size(); ++row) {
    REQUIRE(right.hash(row) == left.hash(row + 1'000));
    REQUIRE(Identity::alike(left, row + 1'000, right, row));
  }
}

TEST_CASE("a text has another share in each label") {
  Catalog catalog;
  catalog.add_model("M", 1);
  catalog.add_model("M", 2);
  catalog.set_label(label_id("task"), 0, {LabelKind::text, "a"});
  catalog.set_label(label_id("variant"), 1, {LabelKind::text, "a"});
  const Identity identity(catalog, identity_labels());
  CHECK(identity.hash(0) != identity.hash(1));
  CHECK_FALSE(Identity::alike(identity, 0, identity, 1));
}
