// The part of the interpreter for models that are written plainly. It takes only what nothing needs to be said about;
// everything else it leaves to the general way, so that no message is here.
#include <utility>

#include "greenml/footprint.hpp"
#include "greenml/measure.hpp"
#include "input/interpreter.hpp"
#include "input/plausible.hpp"
#include "words/scaled_exactly.hpp"

namespace greenml {

using read::PlainUse;

/// Decides it by what the general way does with the key, and notes what `plain_model` needs to know of the key.
PlainUse Interpreter::plain_use(std::uint32_t key_number) {
  const bool wants_all = (options_.keep_spellings && !options_.spellings_of) || !options_.missing.empty();
  if (wants_all || key_number >= keys_.size() || key_number == derived_key_) return PlainUse::unknown;
  const KnownKey& key = keys_[key_number];
  const bool states_origin = key.is_explained && options_.name_files;
  if (!key.is_looked_up || key.is_mapped || states_origin || key.question != no_question) return PlainUse::unknown;
  if (key_number == name_key_) return PlainUse::name;
  if (key_number >= plain_keys_.size()) plain_keys_.resize(key_number + 1);
  PlainKey& plain = plain_keys_[key_number];
  const bool is_label = key.meaning.kind == Meaning::Kind::label || key.is_harmless;
  if (is_label) {
    plain.label = key.label;
    plain.may_be_given = key.meaning.label != nullptr && !key.meaning.label->also.empty();
    plain.is_restricted = plain.may_be_given || key.label == label_id("hardware_count");
    return PlainUse::label;
  }
  switch (key.meaning.kind) {
    case Meaning::Kind::quantity:
      plain.field = key.meaning.field;
      plain.scale = key.meaning.unit->scale;
      plain.is_doubtful = !key.meaning.unit_was_named && may_be_doubted(key.meaning.field);
      return PlainUse::quantity;
    case Meaning::Kind::result:
    case Meaning::Kind::passed_over:
      return PlainUse::passed_over;
    default:
      return PlainUse::unknown;
  }
}

/// Converts the quantities of a model into plain_values_. Returns false where one of them may be wrong.
bool Interpreter::convert(std::span<const read::PlainQuantity> quantities) {
  plain_values_.clear();
  FieldSet stated;
  for (const read::PlainQuantity& quantity : quantities) {
    const PlainKey& key = plain_keys_[quantity.key_number];
    const std::optional<double> value = scaled_exactly(quantity.digits, quantity.exponent, key.scale);
    const auto field = static_cast<std::size_t>(key.field);
    if (!value || !is_beyond_doubt(fields[field], *value) || stated[field]) return false;
    stated.set(field);
    plain_values_.push_back({.field = key.field, .value = *value, .without_unit = key.is_doubtful});
  }
  return true;
}

/// Whether labels can be taken as they are.
bool Interpreter::are_plain(std::span<const read::PlainLabel> given) const {
  bool is_given = false;
  for (const read::PlainLabel& label : given) {
    const PlainKey& key = plain_keys_[label.key_number];
    if (!key.is_restricted) continue;
    if (key.label == label_id("hardware_count") && !parse_hardware_count(label.text)) return false;
    if (key.may_be_given && std::exchange(is_given, true)) return false;
  }
  return true;
}

bool Interpreter::plain_model(const read::PlainModel& model) {
  const bool has_letter = static_cast<unsigned char>(model.name.front()) > ' ';  // so that it cannot be blank
  const bool is_ascii = static_cast<unsigned char>(model.name.front()) < 0x7F;
  if (has_wanted_spellings(model.name)) return false;
  if (!has_letter || !is_ascii || !convert(model.quantities) || !are_plain(model.labels)) return false;

  const std::size_t row = catalog_.size();
  catalog_.add_model(model.name, text_->line_of(model.offset));
  for (const StatedQuantity& stated : plain_values_) catalog_.set_value(stated.field, row, stated.value);
  for (const StatedQuantity& stated : plain_values_) {
    if (stated.without_unit) doubt(row, stated);
    if (stated.value < least_safe_value) tiny_rows_.push_back(row);
  }
  for (const read::PlainLabel& label : model.labels) {
    PlainKey& key = plain_keys_[label.key_number];
    if (key.last_number == 0 || key.last_kind != label.kind || key.last_text != label.text) {
      key.last_number = catalog_.intern_label(key.label, {label_kind(label.kind), label.text});
      key.last_text = catalog_.text_of_label(key.label, key.last_number);
      key.last_kind = label.kind;
    }
    catalog_.set_label_number(key.label, row, key.last_number);
  }
  return true;
}

}  // namespace greenml
