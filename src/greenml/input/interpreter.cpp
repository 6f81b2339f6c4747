#include "input/interpreter.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utf8proc.h>

#include "greenml/footprint.hpp"
#include "greenml/measure.hpp"
#include "greenml/result_key.hpp"
#include "greenml/spelling.hpp"
#include "input/plausible.hpp"
#include "words/excerpt.hpp"
#include "words/unit_spelling.hpp"

namespace greenml {

namespace {

using read::RawKind;
using read::RawMember;
using read::RawObject;
using read::RawValue;

constexpr std::size_t most_further_labels = 1000;
constexpr std::size_t most_labels = labels.size() + most_further_labels;

/// Whether a reader would see nothing: blanks, control and format characters only.
bool is_blank(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t offset = 0; offset < text.size();) {
    utf8proc_int32_t character = 0;
    const auto length =
        utf8proc_iterate(bytes + offset, static_cast<utf8proc_ssize_t>(text.size() - offset), &character);
    if (length <= 0) return false;
    const utf8proc_category_t category = utf8proc_category(character);
    const bool invisible = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
                           category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC ||
                           category == UTF8PROC_CATEGORY_CF;
    if (!invisible) return false;
    offset += static_cast<std::size_t>(length);
  }
  return true;
}

/// What is wrong with what stands behind the name of a field in a key, where it is recognised as a unit.
std::optional<Complaint> fault_of_unit_in_key(const Field& field, std::string_view written) {
  if (std::optional<Complaint> fault = recognised_fault("", written, field.dimension)) return fault;
  for (const Unit& unit : units)
    if (unit.key == written && !written.empty())
      return Complaint{
          fmt::format("{} is {}, not {}", unit.symbol, row_of(unit.dimension).phrase, row_of(field.dimension).phrase),
          units_of(field.dimension)};
  return std::nullopt;
}

}  // namespace

void Interpreter::Facts::clear() {
  name = {};
  quantities.clear();
  origins.clear();
  spellings.clear();
  labels.clear();
  derived.reset();
  stated.reset();
  nulls.reset();
}

Interpreter::Interpreter(Catalog& catalog, read::SourceText& text, Problems& problems, const ReadOptions& options)
    : catalog_(catalog),
      text_(&text),
      problems_(problems),
      options_(options),
      first_row_(catalog.size()),
      met_mappings_(options.map.size()) {}

void Interpreter::append(Interpreter& later) {
  const std::size_t first_row = catalog_.size();
  const std::size_t lines_before = text_->line_of(later.text_->counted_from()) - 1;
  catalog_.append(later.catalog_, lines_before);
  problems_.append(later.problems_, lines_before);
  if (catalog_.label_count() > most_labels) report_too_many_labels(later.text_->counted_from(), "");
  merge_table(later, lines_before);
  for (std::size_t index = 0; index < met_mappings_.size(); ++index)
    if (later.met_mappings_[index]) met_mappings_[index] = true;
  for (const std::size_t row : later.tiny_rows_) tiny_rows_.push_back(first_row + row);
  for (const Doubted& one : later.doubted_) doubted_.push_back({first_row + one.row, one.field});
  text_->take_lines_of(*later.text_);
  for (std::size_t row = 0; row < later.catalog_.size() && !later.nulls_.empty(); ++row)
    if (later.nulls_[row].any()) nulls_.set(first_row + row, later.nulls_[row]);
}

void Interpreter::forget_models() {
  for (const PlainTarget& target : plain_targets_)
    if (target.lately_met != nullptr && catalog_.has_mostly_different(target.label))
      target.lately_met->clear();  // their texts go
  catalog_.clear_models();
  problems_ = {};
  tiny_rows_.clear();
  doubted_.clear();
  missing_words_.clear();
  nulls_ = Column<FieldSet>(FieldSet());
}

void Interpreter::report(std::size_t offset, std::string_view key, Complaint complaint, Severity severity) {
  if (severity == Severity::error && problems_.full()) return problems_.count_error();
  problems_.add({severity, text_->place_of(offset), std::string(facts_.name), std::string(key),
                 std::move(complaint.message), std::move(complaint.hint)});
}

void Interpreter::problem(std::size_t offset, std::string_view message, std::string_view hint) {
  facts_.name = {};
  report(offset, "", {std::string(message), std::string(hint)});
}

bool Interpreter::name_of_model(const RawObject& object) {
  if (name_key_ == no_key && !heads_.empty()) return false;  // reported once for the table
  const auto* member = std::find_if(object.members.begin(), object.members.end(),
                                    [&](const RawMember& candidate) { return candidate.key_number == name_key_; });
  if (member == object.members.end()) {
    const auto other = std::find_if(object.members.begin(), object.members.end(), [](const RawMember& candidate) {
      return usual_name_of(candidate.key) == "name" && candidate.value.kind == RawKind::text;
    });
    report(object.offset, "name",
           {"the model has no name",
            other == object.members.end() ? "" : fmt::format("is it {}? call that key name", quote(other->key))});
    return false;
  }
  // In a table every name is a text, whatever it looks like.
  const RawKind kind = member->value.kind;
  if (member->value.is_cell && kind == RawKind::null) {
    report(member->value.offset, member->key, {"the model has no name", ""});
    return false;
  }
  if (kind != RawKind::text && !member->value.is_cell) {
    report(member->value.offset, "name", {fmt::format("a name is a text, not {}", phrase_for(kind)), ""});
    return false;
  }
  facts_.name = member->value.text;
  const bool has_nul = member->value.had_escapes && facts_.name.find('\0') != std::string::npos;
  if (!has_nul && !is_blank(facts_.name)) return true;
  facts_.name = {};
  report(member->value.offset, "name", {has_nul ? "there is a NUL character in the name" : "the name is blank", ""});
  return false;
}

void Interpreter::model(const RawObject& object) {
  facts_.clear();
  look_up(object);
  const bool has_name = name_of_model(object);
  keeps_spellings_ = has_wanted_spellings(facts_.name);
  interpret(object);
  if (!has_name) return;

  const std::size_t row = catalog_.size();
  catalog_.add_model(facts_.name, text_->line_of(object.offset));
  for (const StatedQuantity& stated : facts_.quantities) {
    set_value(row, facts_, stated);
    if (stated.without_unit) doubt(row, stated);
    if (stated.value > 0 && stated.value < least_safe_value) tiny_rows_.push_back(row);
  }
  for (const StatedLabel& stated : facts_.labels) catalog_.set_label(stated.label, row, stated.value);
  if (facts_.nulls.any()) nulls_.set(row, facts_.nulls);
}

void Interpreter::defaults(const RawObject& object) {
  facts_.clear();
  facts_.name = "defaults";
  keeps_spellings_ = options_.keep_spellings;
  look_up(object);
  interpret(object);
  for (const RawMember& member : object.members)
    if (member.key == "name") report(member.key_offset, "name", {"every model has a name of its own", ""});
  for (StatedLabel& stated : facts_.labels)
    stated.value.text = default_texts_.emplace_back(stated.value.text);  // the reader's goes
  defaults_ = std::move(facts_);
  facts_.clear();
}

void Interpreter::header(const RawMember& member) {
  facts_.clear();
  constexpr auto texts = std::to_array<std::string_view>({"$schema", "description", "source"});
  const bool known = std::find(texts.begin(), texts.end(), member.key) != texts.end();
  const bool is_result =
      std::find(result::of_files.begin(), result::of_files.end(), member.key) != result::of_files.end();
  if (known && member.value.kind != RawKind::text && member.value.kind != RawKind::null)
    report(member.value.offset, member.key, {fmt::format("is a text, not {}", phrase_for(member.value.kind)), ""});
  if (member.key == "source") source_ = member.value.text;
  if (known || is_result) return;

  constexpr auto expected = std::to_array<std::string_view>({"$schema", "description", "source", "defaults", "models"});
  for (const std::string_view key : expected)
    if (typing_distance(member.key, key, 1) <= 1)
      return report(member.key_offset, member.key, {"unknown key", fmt::format("did you mean {}?", key)});
  const bool structured = member.value.kind == RawKind::object || member.value.kind == RawKind::array;
  report(member.key_offset, member.key,
         {structured ? "unknown key, with data in it that would be lost" : "unknown key, passed over",
          fmt::format("known keys: {}", fmt::join(expected, ", "))},
         structured ? Severity::error : Severity::warning);
}

void Interpreter::look_up(const RawObject& object) {
  for (const RawMember& member : object.members)
    if (member.key_number >= keys_.size() || !keys_[member.key_number].is_looked_up) look_up(member);
}

void Interpreter::look_up(const RawMember& member) {
  if (member.key_number >= keys_.size()) keys_.resize(member.key_number + 1);
  KnownKey& key = keys_[member.key_number];
  key.is_looked_up = true;
  if (look_up_mapping(member, key) == nullptr) key.meaning = meaning_of(member.key);
  if (key.meaning.kind == Meaning::Kind::label && key.meaning.label != nullptr)
    key.label = catalog_.add_label(key.meaning.label->name);
  if (key.meaning.kind == Meaning::Kind::label && key.label == label_id("name")) name_key_ = member.key_number;
  if (member.key == result::derived) derived_key_ = member.key_number;
}

/// Gives a key the meaning that the user states for it.
const ColumnMapping* Interpreter::look_up_mapping(const RawMember& member, KnownKey& key) {
  const ColumnMapping* found = mapping_of(member);
  if (found == nullptr) return nullptr;
  key.method = found->method;
  key.is_explained = key.is_mapped = true;
  switch (found->target) {
    case ColumnMapping::Target::quantity:
      key.meaning = {.kind = Meaning::Kind::quantity,
                     .field = found->field,
                     .unit = found->unit,
                     .unit_was_named = found->unit_is_certain};
      break;
    case ColumnMapping::Target::label:
      key.meaning = {.kind = Meaning::Kind::label, .label = find_label(found->label)};
      if (key.meaning.label == nullptr) key.label = catalog_.add_label(found->label);
      break;
    case ColumnMapping::Target::nothing:
      key.meaning = {.kind = Meaning::Kind::passed_over};
      break;
  }
  return found;
}

const ColumnMapping* Interpreter::mapping_of(const RawMember& member) {
  if (!by_number_.empty()) return member.key_number < by_number_.size() ? &by_number_[member.key_number] : nullptr;
  const auto found = std::find_if(options_.map.begin(), options_.map.end(),
                                  [&](const ColumnMapping& mapping) { return mapping.column == member.key; });
  if (found == options_.map.end()) return nullptr;
  met_mappings_[static_cast<std::size_t>(found - options_.map.begin())] = true;
  return &*found;
}

/// Whether the user said that this stands for no value.
bool Interpreter::is_missing(const RawValue& value) const {
  const bool is_word = value.kind == RawKind::text || value.kind == RawKind::number || value.kind == RawKind::boolean;
  return is_word && std::find(options_.missing.begin(), options_.missing.end(), value.text) != options_.missing.end();
}

void Interpreter::interpret(const RawObject& object) {
  for (const RawMember& member : object.repeated)
    report(member.key_offset, member.key, {"the key is there twice in one object", ""});
  note_derived(object);
  for (const RawMember& member : object.members) interpret_member(object, member);
}

void Interpreter::note_derived(const RawObject& object) {
  if (derived_key_ == no_key) return;
  for (const RawMember& member : object.members) {
    if (member.key_number != derived_key_ || member.value.kind != RawKind::text) continue;
    std::string_view names = member.value.text;
    while (!names.empty()) {
      const std::string_view name = names.substr(0, std::min(names.find(' '), names.size()));
      if (const std::optional<FieldId> field = find_field(name.substr(0, name.find(':'))))
        facts_.derived.set(static_cast<std::size_t>(*field));
      names.remove_prefix(std::min(name.size() + 1, names.size()));
    }
  }
}

void Interpreter::interpret_member(const RawObject& object, const RawMember& member) {
  if (!options_.missing.empty() && is_missing(member.value)) {
    RawMember without = member;
    without.value = {.kind = RawKind::null, .is_cell = member.value.is_cell, .offset = member.value.offset};
    return interpret_present(object, without);
  }
  interpret_present(object, member);
}

void Interpreter::interpret_present(const RawObject& object, const RawMember& member) {
  KnownKey& key = keys_[member.key_number];
  if (key.question != no_question && key.meaning.kind != Meaning::Kind::asked) watch(questions_[key.question], member);
  switch (key.meaning.kind) {
    case Meaning::Kind::quantity:
      return quantity(object, member, key.meaning);
    case Meaning::Kind::label:
      return label(member, key);
    case Meaning::Kind::asked:
      return asked_cell(object, member, key);
    case Meaning::Kind::result:
    case Meaning::Kind::passed_over:
      return;
    case Meaning::Kind::unknown:
      return unknown_key(member, key);
  }
}

void Interpreter::label(const RawMember& member, const KnownKey& key) {
  if (member.key_number == name_key_) return;  // read before all others
  // A number with a decimal comma is none in JSON, where a label may go.
  const RawKind kind = member.value.cell_number.empty() ? member.value.kind : RawKind::text;
  if (kind == RawKind::null && member.value.is_cell) return;
  if (kind == RawKind::object || kind == RawKind::array)
    return report(member.value.offset, member.key,
                  {fmt::format("a label is a text, a number, true or false, not {}", phrase_for(kind)), ""});
  if (member.value.had_escapes && member.value.text.find('\0') != std::string_view::npos)
    return report(member.value.offset, member.key, {"there is a NUL character in it", ""});
  if (key.label == label_id("hardware_count") && kind != RawKind::null && !parse_hardware_count(member.value.text))
    return report(member.value.offset, member.key,
                  {fmt::format("{} is not a whole number from 1",
                               kind == RawKind::text ? quote(member.value.text) : cut(member.value.text)),
                   ""});
  const bool is_given = key.meaning.label != nullptr && !key.meaning.label->also.empty() &&
                        std::any_of(facts_.labels.begin(), facts_.labels.end(),
                                    [&](const StatedLabel& stated) { return stated.label == key.label; });
  if (is_given)
    return report(
        member.key_offset, member.key,
        {fmt::format("is given already: {} and {} are one label", key.meaning.label->name, key.meaning.label->also),
         "keep one of them"});
  // What a person says is a label is a text, whatever it looks like: nobody need be told of a number without meaning.
  const bool is_free = key.meaning.label == nullptr || key.label == label_id("variant");
  const bool is_text = kind == RawKind::number && member.value.is_cell && key.is_mapped && is_free;
  facts_.labels.push_back({key.label, {is_text ? LabelKind::text : label_kind(kind), member.value.text}});
}

void Interpreter::unknown_key(const RawMember& member, KnownKey& key) {
  if (key.is_harmless) return label(member, key);
  const bool is_new = !catalog_.find_label_id(member.key);  // and in no other part either
  if (is_new && catalog_.label_count() >= most_labels) return report_too_many_labels(member.key_offset, member.key);

  const auto [field, rest] = field_prefix_of(member.key);
  const bool is_number = member.value.kind == RawKind::number;
  if (field != nullptr && is_number)
    if (std::optional<Complaint> fault = fault_of_unit_in_key(*field, rest))
      return report(member.key_offset, member.key, std::move(*fault));
  if (std::optional<std::string> hint = hint_for_near_key(member.key))
    return report(member.key_offset, member.key, {"unknown key", std::move(*hint)});

  key.is_harmless = true;
  key.label = catalog_.add_label(member.key);
  if (field != nullptr && is_number && is_new)
    report(member.key_offset, member.key,
           {fmt::format("kept as a label: \"{}\" is no unit of {}", rest, field->name),
            "write the quantity as a text with its unit"},
           Severity::warning);
  label(member, key);
}

/// Once.
void Interpreter::report_too_many_labels(std::size_t offset, std::string_view key) {
  if (!has_too_many_labels_)
    report(offset, key, {fmt::format("the models have more than {} different labels", most_further_labels), ""});
  has_too_many_labels_ = true;
}

}  // namespace greenml
