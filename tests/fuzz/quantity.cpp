/// \file
/// Fuzzes what people write as a quantity, a limit or a permitted drop. What is read must be finite, and must survive
/// being written and read again.

#include "greenml/quantity.hpp"

#include <cmath>
#include <cstdint>

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of exactly that size, so that a look behind its end is seen.
  const std::string owned(reinterpret_cast<const char*>(data), size);
  const std::string_view text = owned;
  for (const DimensionRow& row : dimensions) read_as(row.dimension, text);
  for (const Field& field : fields) {
    const Parsed<double> value = parse_field(field, {text, nullptr, false});
    GREENML_EXPECT(value || !value.complaint().message.empty());
    if (value) GREENML_EXPECT(*value >= field.range.least && *value <= field.range.most);
  }
  for (const Bound bound : {Bound::at_least, Bound::at_most}) {
    Complaint complaint;
    const std::optional<Limit> limit = parse_limit(text, bound, complaint);
    GREENML_EXPECT(limit || !complaint.message.empty());
    if (limit) GREENML_EXPECT(limit->admits(limit->value));
  }
  Complaint complaint;
  if (const Parsed<Drop> drop = parse_drop(text)) GREENML_EXPECT(std::isfinite(drop->amount));
  if (const std::optional<LabelMatch> match = parse_label_match(text, complaint)) GREENML_EXPECT(!match->label.empty());
  return 0;
}
