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

LabelKind label_kind(RawKind kind) {
  switch (kind) {
    case RawKind::text:
      return LabelKind::text;
    case RawKind::number:
      return LabelKind::number;
    case RawKind::boolean:
      return LabelKind::boolean;
    default:
      return LabelKind::missing;
  }
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
    : catalog_(catalog), text_(&text), problems_(problems), options_(options), first_row_(catalog.size()) {}

Interpreter::~Interpreter() = default;

struct Interpreter::LaterPart {
  Catalog catalog;
  Problems problems;
  Interpreter interpreter;

  LaterPart(read::SourceText& text, const ReadOptions& options) : interpreter(catalog, text, problems, options) {}
};

read::RawSink* Interpreter::begin_later_part(read::SourceText& text) {
  if (options_.keep_spellings) return nullptr;
  if (!later_) later_ = std::make_unique<LaterPart>(text, options_);
  later_->interpreter.text_ = &text;
  return &later_->interpreter;
}

void Interpreter::end_later_part(bool keep) {
  Interpreter& later = later_->interpreter;
  if (keep) {
    const std::size_t first_row = catalog_.size();
    const std::size_t lines_before = text_->line_of(later.text_->counted_from()) - 1;
    catalog_.append(later_->catalog, lines_before);
    problems_.append(later_->problems, lines_before);
    if (catalog_.label_count() > most_labels) report_too_many_labels(later.text_->counted_from(), "");
    for (const std::size_t row : later.tiny_rows_) tiny_rows_.push_back(first_row + row);
    for (const Doubted& one : later.doubted_) doubted_.push_back({first_row + one.row, one.field});
    for (std::size_t row = 0; row < later_->catalog.size() && !later.nulls_.empty(); ++row)
      if (later.nulls_[row].any()) nulls_.set(first_row + row, later.nulls_[row]);
  }
  later_->catalog.clear_models();
  later_->problems = {};
  later.tiny_rows_.clear();
  later.doubted_.clear();
  later.nulls_ = Column<FieldSet>(FieldSet());
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
  if (member->value.kind != RawKind::text) {
    report(member->value.offset, "name", {fmt::format("a name is a text, not {}", phrase_for(member->value.kind)), ""});
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
  interpret(object);
  if (!has_name) return;

  const std::size_t row = catalog_.size();
  catalog_.add_model(facts_.name, text_->line_of(object.offset));
  for (const StatedQuantity& stated : facts_.quantities) {
    set_value(row, facts_, stated);
    if (stated.without_unit) doubt(row, stated);
    if (stated.value > 0 && stated.value < 1e-290) tiny_rows_.push_back(row);
  }
  for (const StatedLabel& stated : facts_.labels) catalog_.set_label(stated.label, row, stated.value);
  if (facts_.nulls.any()) nulls_.set(row, facts_.nulls);
}

void Interpreter::set_value(std::size_t row, const Facts& facts, const StatedQuantity& stated) {
  catalog_.set_value(stated.field, row, stated.value);
  if (stated.origin != unstated) catalog_.set_origin(stated.field, row, facts.origins[stated.origin]);
  if (stated.spelling != unstated) catalog_.set_spelling(stated.field, row, facts.spellings[stated.spelling]);
}

void Interpreter::defaults(const RawObject& object) {
  facts_.clear();
  facts_.name = "defaults";
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
  key.meaning = meaning_of(member.key);
  if (key.meaning.kind == Meaning::Kind::label) key.label = catalog_.add_label(member.key);
  if (member.key == "name") name_key_ = member.key_number;
  if (member.key == result::derived) derived_key_ = member.key_number;
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
  KnownKey& key = keys_[member.key_number];
  switch (key.meaning.kind) {
    case Meaning::Kind::quantity:
      return quantity(object, member, key.meaning);
    case Meaning::Kind::label:
      return label(member, key);
    case Meaning::Kind::result:
      return;
    case Meaning::Kind::unknown:
      return unknown_key(member, key);
  }
}

void Interpreter::label(const RawMember& member, const KnownKey& key) {
  if (member.key_number == name_key_) return;  // read before all others
  const RawKind kind = member.value.kind;
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
  facts_.labels.push_back({key.label, {label_kind(kind), member.value.text}});
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

void Interpreter::finish() {
  facts_.clear();
  const bool has_defaults = !defaults_.quantities.empty() || !defaults_.labels.empty() || !source_.empty();
  for (std::size_t row = first_row_; has_defaults && row < catalog_.size(); ++row) apply_defaults(row);

  const auto is_tiny = [](const StatedQuantity& stated) { return stated.value > 0 && stated.value < 1e-290; };
  const bool tiny_default = std::any_of(defaults_.quantities.begin(), defaults_.quantities.end(), is_tiny);
  for (std::size_t row = first_row_; tiny_default && row < catalog_.size(); ++row) tiny_rows_.push_back(row);
  for (const std::size_t row : tiny_rows_) check_scores(row);
  report_doubts();
}

void Interpreter::doubt(std::size_t row, const StatedQuantity& stated) {
  const bool may_be = std::find(doubted_fields.begin(), doubted_fields.end(), stated.field) != doubted_fields.end();
  if (may_be && is_hardly_meant(stated.field, catalog_[row])) doubted_.push_back({row, stated.field});
}

/// A warning for each field; that it is about many models is said in it.
void Interpreter::report_doubts() {
  // What the defaults say of a model, on how many devices it ran, may make its numbers plausible.
  std::erase_if(doubted_, [&](const Doubted& one) { return !is_hardly_meant(one.field, catalog_[one.row]); });
  for (const Doubted& first : doubted_) {
    const auto is_of_this_field = [&](const Doubted& one) { return one.field == first.field; };
    if (&*std::find_if(doubted_.begin(), doubted_.end(), is_of_this_field) != &first) continue;
    const auto others = std::count_if(doubted_.begin(), doubted_.end(), is_of_this_field) - 1;
    const Model model = catalog_[first.row];
    problems_.add({.severity = Severity::warning,
                   .place = {.file = std::string(model.file()), .line = model.line()},
                   .model = std::string(model.name()),
                   .key = std::string(row_of(first.field).name),
                   .message = doubt_about(first.field, model),
                   .hint = fmt::format("state the unit, as in {}{}", example_with_unit(first.field),
                                       others == 0 ? "" : fmt::format("; so with {} more", others))});
  }
}

void Interpreter::apply_defaults(std::size_t row) {
  for (const StatedQuantity& stated : defaults_.quantities) {
    const bool is_null = nulls_[row][static_cast<std::size_t>(stated.field)];
    if (!is_null && std::isnan(catalog_.value(stated.field, row))) set_value(row, defaults_, stated);
  }
  for (const StatedLabel& stated : defaults_.labels)
    if (!catalog_.label_is_set(stated.label, row)) catalog_.set_label(stated.label, row, stated.value);
  if (!source_.empty() && !catalog_.label_is_set(label_id("source"), row))
    catalog_.set_label(label_id("source"), row, {LabelKind::text, source_});
}

void Interpreter::check_scores(std::size_t row) {
  const Model model = catalog_[row];
  for (const Metric& metric : metrics) {
    const Score computed = score(metric, model);
    if (computed.lack != Lack::none || std::isfinite(computed.value)) continue;
    if (problems_.full()) return problems_.count_error();
    problems_.add({.place = {.file = std::string(model.file()), .line = model.line()},
                   .model = std::string(model.name()),
                   .key = std::string(metric.name),
                   .message = fmt::format("is not finite: {} is too small",
                                          for_people(*model.value(metric.cost()), row_of(metric.cost()).dimension)),
                   .hint = ""});
  }
}

}  // namespace greenml
