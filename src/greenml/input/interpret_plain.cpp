// The part of the interpreter for models that are written plainly. It takes only what nothing needs to be said about;
// everything else it leaves to the general way, so that no message is here.
#include <algorithm>
#include <array>

#include "greenml/footprint.hpp"
#include "input/interpreter.hpp"
#include "input/plausible.hpp"

namespace greenml {

using read::PlainUse;

/// Decides by what the general way does with a key where its plain values go; `unknown` where that takes more than a
/// look.
Interpreter::PlainTarget Interpreter::plain_target(std::uint32_t key_number) const {
  const bool wants_all = (options_.keep_spellings && !options_.spellings_of) || !options_.missing.empty();
  if (wants_all || key_number >= keys_.size() || key_number == derived_key_) return {};
  const KnownKey& key = keys_[key_number];
  const bool states_origin = key.is_explained && options_.name_files;
  if (!key.is_looked_up || key.is_mapped || states_origin || key.question != no_question) return {};
  if (key_number == name_key_) return {.use = PlainUse::name};
  if (key.meaning.kind == Meaning::Kind::label || key.is_harmless) return {.use = PlainUse::label, .label = key.label};
  switch (key.meaning.kind) {
    case Meaning::Kind::quantity:
      return {.use = PlainUse::quantity,
              .field = key.meaning.field,
              .is_without_unit = !key.meaning.unit_was_named && may_be_doubted(key.meaning.field)};
    case Meaning::Kind::result:
    case Meaning::Kind::passed_over:
      return {.use = PlainUse::passed_over};
    default:
      return {};
  }
}

read::PlainKey Interpreter::plain_key(std::uint32_t key_number) {
  if (key_number >= read::most_plain_keys) return {};
  PlainTarget target = plain_target(key_number);
  if (target.use == PlainUse::unknown) return {};
  const auto same = std::find_if(plain_targets_.begin(), plain_targets_.end(),
                                 [&](const PlainTarget& other) { return other.has_meaning_of(target); });
  const auto first = static_cast<std::uint32_t>(same - plain_targets_.begin());
  read::PlainKey key = {.use = target.use, .meaning = same == plain_targets_.end() ? key_number : first};
  if (target.use == PlainUse::quantity) {
    const SafeRange range = safe_range(row_of(target.field));
    key.scale = keys_[key_number].meaning.unit->scale;
    key.least = range.least;
    key.most = range.most;
    key.is_whole = range.is_whole;
  }
  if (target.use == PlainUse::quantity) target.values = &catalog_.values_of(target.field);
  if (target.use == PlainUse::label) {
    target.numbers = &catalog_.numbers_of(target.label);
    target.lately_met = &lately_met_.emplace_back();
  }
  plain_targets_[key_number] = target;
  return key;
}

/// Looks a label's value up in the catalog; see `number_of`.
[[gnu::noinline]] std::uint32_t Interpreter::find_number(const PlainTarget& target, const read::PlainLabel& label) {
  if (target.label == label_id("hardware_count") && !parse_hardware_count(label.text)) return 0;
  const TextPool::Kept kept = catalog_.intern_label(target.label, {label_kind(label.kind), label.text});
  if (!catalog_.has_mostly_different(target.label))
    target.lately_met->put_in(label.kind, label.text, kept.text, kept.number);
  return kept.number;
}

/// The number of a label's value in the catalog; 0 where a model cannot have it.
inline std::uint32_t Interpreter::number_of(const read::PlainLabel& label) {
  const PlainTarget& target = plain_target_of(label.key_number);
  const std::uint32_t number = target.lately_met->find(label.kind, label.text);
  return number != 0 ? number : find_number(target, label);
}

bool Interpreter::plain_model(const read::PlainModel& model) {
  const bool has_letter = static_cast<unsigned char>(model.name.front()) > ' ';  // so that it cannot be blank
  const bool is_ascii = static_cast<unsigned char>(model.name.front()) < 0x7F;
  if (!has_letter || !is_ascii || has_wanted_spellings(model.name)) return false;
  std::array<std::uint32_t, read::most_plain_keys> label_numbers;  // which is as many labels as a model has at most
  std::uint32_t* next_number = label_numbers.data();
  for (const read::PlainLabel& label : model.labels) {
    const std::uint32_t number = number_of(label);
    if (number == 0) return false;
    *next_number++ = number;
  }

  const std::size_t row = catalog_.size();
  catalog_.add_model(model.name, text_->line_of(model.offset, model.passed));
  next_number = label_numbers.data();
  for (const read::PlainLabel& label : model.labels)
    plain_target_of(label.key_number).numbers->set(row, *next_number++);
  bool is_tiny = false;
  bool may_be_doubted = false;
  for (const read::PlainQuantity& quantity : model.quantities) {
    const PlainTarget& target = plain_target_of(quantity.key_number);
    target.values->set(row, quantity.value);
    is_tiny |= quantity.value < least_safe_value;
    may_be_doubted |= target.is_without_unit;
  }
  if (is_tiny) tiny_rows_.push_back(row);
  if (may_be_doubted)
    for (const read::PlainQuantity& quantity : model.quantities)
      if (const PlainTarget& target = plain_target_of(quantity.key_number); target.is_without_unit)
        doubt(row, {.field = target.field, .value = quantity.value});
  return true;
}

}  // namespace greenml
