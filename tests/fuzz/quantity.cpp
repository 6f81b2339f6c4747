/// \file
/// Fuzzes what people write as a quantity, a limit or a permitted drop: the first byte of the input chooses as what the
/// rest is read, from '!' on. What is read must be finite, and must survive being written and read again.

#include "greenml/quantity.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "expect.hpp"
#include "greenml/check.hpp"
#include "greenml/field.hpp"
#include "greenml/selection.hpp"

using namespace greenml;

namespace {

/// All digits must read back as the same number, and what people are shown must be readable at all.
void write_and_read_again(double value, Dimension dimension) {
  const Parsed<double> again = parse_number(round_trip(value));
  GREENML_EXPECT(again && *again == value);
  GREENML_EXPECT(!for_people(value, dimension).empty());
  GREENML_EXPECT(!rounded(value).empty());
  unit_for_people(std::span(&value, 1), dimension);
}

void read_as(Dimension dimension, std::string_view text) {
  const Unit& base = base_unit(dimension);
  for (const Unit* bare : {static_cast<const Unit*>(nullptr), &base}) {
    const Parsed<double> value = parse_quantity(text, dimension, bare);
    GREENML_EXPECT(value || !value.complaint().message.empty());
    if (!value) continue;
    GREENML_EXPECT(std::isfinite(*value));
    write_and_read_again(*value, dimension);
    if (const Unit* unit = unit_of(text, dimension)) GREENML_EXPECT(unit->dimension == dimension);
  }
}

void read_as(const Field& field, std::string_view text) {
  const Parsed<double> value = parse_field(field, {text, nullptr, false});
  GREENML_EXPECT(value || !value.complaint().message.empty());
  if (value) GREENML_EXPECT(*value >= field.range.least && *value <= field.range.most);
}

void read_as_limit(Bound bound, std::string_view text) {
  Complaint complaint;
  const std::optional<Limit> limit = parse_limit(text, bound, complaint);
  GREENML_EXPECT(limit || !complaint.message.empty());
  if (limit) GREENML_EXPECT(limit->admits(limit->value));
}

void read_as_drop(std::string_view text) {
  if (const Parsed<Drop> drop = parse_drop(text)) GREENML_EXPECT(std::isfinite(drop->amount));
}

void read_as_label_match(std::string_view text) {
  Complaint complaint;
  if (const std::optional<LabelMatch> match = parse_label_match(text, complaint)) GREENML_EXPECT(!match->label.empty());
}

/// As what a text can be read. A new dimension or field gives the seeds of those after it another meaning: let
/// `scripts/fuzz --keep` find the missing ones.
std::vector<std::function<void(std::string_view)>> readings() {
  std::vector<std::function<void(std::string_view)>> all = {
      [](std::string_view text) { read_as_limit(Bound::at_least, text); },
      [](std::string_view text) { read_as_limit(Bound::at_most, text); },
      read_as_drop,
      read_as_label_match,
  };
  for (const DimensionRow& row : dimensions)
    all.emplace_back([&row](std::string_view text) { read_as(row.dimension, text); });
  for (const Field& field : fields) all.emplace_back([&field](std::string_view text) { read_as(field, text); });
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::function<void(std::string_view)>> all = readings();
  if (size == 0) return 0;
  // A copy of exactly that size, so that a look behind its end is seen.
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  all[static_cast<std::uint8_t>(data[0] - '!') % all.size()](text);
  return 0;
}
