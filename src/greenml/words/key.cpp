#include "words/key.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <map>
#include <vector>

#include "greenml/metric.hpp"
#include "greenml/result_key.hpp"
#include "greenml/spelling.hpp"
#include "words/unit_spelling.hpp"

namespace greenml {

namespace {

using Vocabulary = std::map<std::string, Meaning, std::less<>>;

Vocabulary known_keys() {
  Vocabulary known;
  for (const Label& label : labels) {
    known[std::string(label.name)] = {.kind = Meaning::Kind::label, .label = &label};
    if (!label.also.empty()) known[std::string(label.also)] = {.kind = Meaning::Kind::label, .label = &label};
  }
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

bool is_spelled_alike(std::string_view left, std::string_view right) { return typing_distance(left, right, 0) == 0; }

/// Whether a typing error in the key lies outside of what says the unit, which must be there to the letter. A letter
/// before or behind a field's name may say a unit too: "mflops", "co2t"; unless it makes a plural.
bool says_the_same_unit(std::string_view key, std::string_view known, const Meaning& meaning) {
  if (meaning.kind != Meaning::Kind::quantity) return true;
  const std::string_view name = known.starts_with("macs") ? known : row_of(meaning.field).name;
  const std::string_view unit = known.size() > name.size() ? known.substr(name.size() + 1) : std::string_view();
  if (!key.ends_with(unit)) return false;
  key.remove_suffix(unit.size());
  if (!unit.empty()) {
    if (key.ends_with('_') || key.ends_with('-') || key.ends_with(' '))
      key.remove_suffix(1);
    else
      return is_spelled_alike(key, name);
  }
  if (key.size() <= name.size()) return true;
  if (is_spelled_alike(key.substr(0, name.size()), name)) return key.ends_with('s');
  return !is_spelled_alike(key.substr(1), name);
}

}  // namespace

Meaning meaning_of(std::string_view key) {
  if (const auto found = vocabulary().find(key); found != vocabulary().end()) return found->second;
  // A unit may be written as a text has it: energy_kWh, size_MB, training_time_hours.
  const auto [field, rest] = field_prefix_of(key);
  const Unit* unit = field == nullptr ? nullptr : read_unit(rest, field->dimension);
  if (unit == nullptr) return {};
  return {.kind = Meaning::Kind::quantity, .field = *find_field(field->name), .unit = unit, .unit_was_named = true};
}

std::optional<std::string> hint_for_near_key(std::string_view key) {
  bool is_near = false;
  std::vector<std::string_view> meant;
  for (const auto& [known, meaning] : vocabulary()) {
    if (typing_distance(key, known, 1) > 1) continue;
    is_near = true;
    if (says_the_same_unit(key, known, meaning)) meant.push_back(known);
  }
  if (!is_near) return std::nullopt;
  if (meant.empty()) return "see greenml list fields and greenml list units";
  return fmt::format("did you mean {}?", fmt::join(meant, " or "));
}

std::string_view usual_name_of(std::string_view key) {
  struct OtherName {
    std::string_view key;
    std::string_view name;
  };
  constexpr auto other_names = std::to_array<OtherName>({
      {"model", "name"},
      {"model_name", "name"},
      {"model_id", "name"},
      {"id", "name"},
      {"precision", "variant"},
      {"dtype", "variant"},
      {"quantization", "variant"},
      {"img_size", "variant"},
      {"gpu", "hardware"},
      {"device", "hardware"},
      {"accelerator", "hardware"},
      {"gpu_model", "hardware"},
      {"top1", "accuracy"},
      {"top1_acc", "accuracy"},
      {"top1_accuracy", "accuracy"},
      {"acc", "accuracy"},
      {"acc1", "accuracy"},
      {"test_accuracy", "accuracy"},
      {"gpus", "hardware_count"},
      {"num_gpus", "hardware_count"},
      {"gpu_count", "hardware_count"},
  });
  std::string lower(key);
  for (char& letter : lower)
    letter = letter == '-' || letter == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  const auto found =
      std::find_if(other_names.begin(), other_names.end(), [&](const OtherName& one) { return one.key == lower; });
  return found == other_names.end() ? std::string_view() : found->name;
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
