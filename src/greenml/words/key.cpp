#include "words/key.hpp"

#include <map>

#include "greenml/metric.hpp"
#include "greenml/result_key.hpp"
#include "greenml/spelling.hpp"

namespace greenml {

namespace {

using Vocabulary = std::map<std::string, Meaning, std::less<>>;

Vocabulary known_keys() {
  Vocabulary known;
  for (const Label& label : labels) known[std::string(label.name)] = {.kind = Meaning::Kind::label, .label = &label};
  for (const std::string_view key : result::of_models) known[std::string(key)] = {.kind = Meaning::Kind::result};
  for (const Metric& metric : metrics) known[std::string(metric.name)] = {.kind = Meaning::Kind::result};

  for (std::size_t index = 0; index < fields.size(); ++index) {
    const Field& field = fields[index];
    Meaning meaning = {.kind = Meaning::Kind::quantity, .field = static_cast<FieldId>(index)};
    for (const Unit& unit : units) {
      if (unit.dimension != field.dimension) continue;
      meaning.unit = &unit;
      meaning.unit_was_named = !unit.key.empty();
      known.emplace(key_of(field, unit), meaning);
    }
    for (const std::string_view result : result::before_fields)
      known[std::string(result) + key_of(field, own_unit(field))] = {.kind = Meaning::Kind::result};
    meaning.unit = &own_unit(field);
    meaning.unit_was_named = false;
    known.emplace(field.name, meaning);
  }

  // The one quantity with two names: papers and tools count the same work in FLOPs or in MACs.
  known["macs"] = {.kind = Meaning::Kind::quantity,
                   .field = field_id("flops"),
                   .unit = find_unit(Dimension::compute, "MAC"),
                   .unit_was_named = true};
  return known;
}

const Vocabulary& vocabulary() {
  static const Vocabulary known = known_keys();
  return known;
}

}  // namespace

Meaning meaning_of(std::string_view key) {
  const auto found = vocabulary().find(key);
  return found == vocabulary().end() ? Meaning{} : found->second;
}

std::string_view known_key_near(std::string_view key) {
  for (const auto& [known, meaning] : vocabulary())
    if (typing_distance(key, known, 1) <= 1) return known;
  return {};
}

FieldPrefix field_prefix_of(std::string_view key) {
  FieldPrefix longest;
  for (const Field& field : fields) {
    const bool starts =
        key.size() > field.name.size() + 1 && key.starts_with(field.name) && key[field.name.size()] == '_';
    if (starts && (longest.field == nullptr || field.name.size() > longest.field->name.size()))
      longest = {&field, key.substr(field.name.size() + 1)};
  }
  return longest;
}

}  // namespace greenml
