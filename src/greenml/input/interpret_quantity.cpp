// The part of the interpreter that reads quantities, in the four ways in which they are written.
#include <algorithm>
#include <fmt/format.h>

#include "greenml/spelling.hpp"
#include "input/cell_text.hpp"
#include "input/interpreter.hpp"
#include "words/excerpt.hpp"

namespace greenml {

namespace {

using read::RawKind;
using read::RawMember;
using read::RawObject;
using read::RawValue;

constexpr auto details = std::to_array<std::string_view>({"value", "unit", "method", "source", "error"});

std::string shown(const RawValue& value) { return value.kind == RawKind::text ? quote(value.text) : cut(value.text); }

std::optional<Method> find_method(std::string_view name) {
  for (std::size_t index = 1; index < method_names.size(); ++index)
    if (method_names[index] == name && static_cast<Method>(index) != Method::derived) return static_cast<Method>(index);
  return std::nullopt;
}

}  // namespace

/// Adds what all spellings have; returns the position of this one in Facts::spellings.
std::uint32_t Interpreter::keep_spelling(const RawMember& member, Spelling spelling) {
  spelling.key = member.key;
  spelling.line = text_->line_of(member.key_offset);
  facts_.spellings.push_back(std::move(spelling));
  return static_cast<std::uint32_t>(facts_.spellings.size() - 1);
}

inline bool Interpreter::plain_value(const RawMember& member, const Meaning& meaning, double& value) {
  const Field& field = row_of(meaning.field);
  const read::RawNumber& number = member.value.number;
  // Nearly all quantities are numbers that no more need be said about.
  if (member.value.kind == RawKind::number && number.complete && !number.negative) {
    const std::optional<double> exact = scaled_exactly(number.digits, number.exponent, meaning.unit->scale);
    if (exact && is_beyond_doubt(field, *exact)) {
      value = *exact;
      return true;
    }
  }
  if (member.value.is_cell && member.value.kind == RawKind::text) return cell_value(member, meaning, value);
  // A number takes its unit from the key; a text must have its own.
  const bool is_text = member.value.kind == RawKind::text;
  Complaint complaint;
  const std::optional<double> parsed =
      parse_field(field, {member.value.text, is_text ? nullptr : meaning.unit, meaning.unit_was_named}, complaint);
  if (!parsed) report(member.value.offset, member.key, std::move(complaint));
  value = parsed.value_or(0);
  return parsed.has_value();
}

inline bool Interpreter::plain_quantity(const RawMember& member, const Meaning& meaning, StatedQuantity& stated) {
  if (!plain_value(member, meaning, stated.value)) return false;
  if (options_.keep_spellings) {
    const bool is_text = member.value.kind == RawKind::text;
    const Unit* unit = is_text ? unit_of(member.value.text, row_of(meaning.field).dimension) : meaning.unit;
    stated.spelling = keep_spelling(member, {.text = shown(member.value), .unit = unit});
  }
  return true;
}

/// A text in a table, which may be a number as people write them: "1,014.45", "+2", "0:00:33.57", or with a unit.
bool Interpreter::cell_value(const RawMember& member, const Meaning& meaning, double& value) {
  const CellText text(member.value, row_of(meaning.field).dimension);
  if (text.is_missing_word()) {
    count_missing_word({std::string(member.key), std::string(member.value.text), text_->place_of(member.value.offset), 1});
    return false;
  }
  Complaint complaint;
  const std::optional<double> parsed =
      parse_field(row_of(meaning.field), {text.number(), meaning.unit, meaning.unit_was_named}, complaint);
  if (!parsed) {
    if (complaint.hint.empty() || text.may_have_decimal_comma()) complaint.hint = text.hint();
    report(member.value.offset, member.key, std::move(complaint));
  }
  value = parsed.value_or(0);
  return parsed.has_value();
}

/// Reports each word of a column once, with the number of its cells.
void Interpreter::count_missing_word(const MissingWord& word) {
  constexpr std::size_t most = 1000;
  const auto same = [&](const MissingWord& known) { return known.key == word.key && known.word == word.word; };
  const auto found = std::find_if(missing_words_.begin(), missing_words_.end(), same);
  if (found != missing_words_.end())
    found->count += word.count;
  else if (missing_words_.size() < most)
    missing_words_.push_back(word);
}

void Interpreter::report_missing_words() {
  for (MissingWord& word : missing_words_)
    problems_.add({.place = std::move(word.place),
                   .key = word.key,
                   .message = fmt::format("{} {} {}", word.count, word.count == 1 ? "cell is" : "cells are",
                                          quote(word.word)),
                   .hint = fmt::format("--missing '{}' takes {} as not measured", word.word,
                                       word.count == 1 ? "it" : "them")});
  missing_words_.clear();
}

bool Interpreter::detailed_quantity(const RawObject& object, const RawMember& member, const Meaning& meaning,
                                    StatedQuantity& stated) {
  Origin origin;
  Spelling spelling;
  const std::optional<double> value = detailed_value(object, member, meaning, origin, spelling);
  if (!value) return false;
  stated.value = *value;
  if (origin != Origin{}) {
    stated.origin = static_cast<std::uint32_t>(facts_.origins.size());
    facts_.origins.push_back(std::move(origin));
  }
  if (options_.keep_spellings) stated.spelling = keep_spelling(member, std::move(spelling));
  return true;
}

void Interpreter::quantity(const RawObject& object, const RawMember& member, const Meaning& meaning) {
  const auto field = static_cast<std::size_t>(meaning.field);
  if (facts_.derived[field]) return;
  if (facts_.stated[field])
    return report(member.key_offset, member.key,
                  {fmt::format("is given already, as {}", facts_.stated_as[field]), "keep one of them"});
  facts_.stated.set(field);
  facts_.stated_as[field] = member.key;

  const bool is_empty_cell = member.value.is_cell && member.value.kind == RawKind::text && member.value.text.empty();
  const RawKind kind = is_empty_cell ? RawKind::null : member.value.kind;
  if (kind == RawKind::null || kind == RawKind::boolean || kind == RawKind::array) {
    facts_.nulls.set(field);
    if (kind != RawKind::null)
      report(member.value.offset, member.key,
             {fmt::format("is a quantity, not {}", phrase_for(kind)), "write null for what is not measured"});
    return;
  }
  StatedQuantity& stated = facts_.quantities.emplace_back();
  stated.field = meaning.field;
  const bool is_known = kind == RawKind::object ? detailed_quantity(object, member, meaning, stated)
                                                : plain_quantity(member, meaning, stated);
  if (!is_known) {
    facts_.quantities.pop_back();
    facts_.nulls.set(field);
  }
}

std::optional<double> Interpreter::detailed_value(const RawObject& object, const RawMember& member,
                                                  const Meaning& meaning, Origin& origin, Spelling& spelling) {
  const Field& field = row_of(meaning.field);
  const auto parts = object.children(member.value);
  const auto part = [&](std::string_view key) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const RawMember& one) { return one.key == key; });
    return found == parts.end() ? nullptr : &*found;
  };

  bool good = true;
  for (const RawMember& one : parts) good = detail(member, one, origin) && good;

  const Unit* unit = meaning.unit;
  const RawMember* unit_part = part("unit");
  const RawMember* value_part = part("value");
  if (unit_part != nullptr && unit_part->value.kind == RawKind::text) {
    unit = find_unit(field.dimension, unit_part->value.text);
    Complaint complaint;
    const std::string_view number = value_part != nullptr ? value_part->value.text : "1";
    if (unit == nullptr)
      parse_quantity(fmt::format("{} {}", number, unit_part->value.text), field.dimension, nullptr, complaint);
    if (unit != nullptr && meaning.unit_was_named && unit->scale != meaning.unit->scale)
      complaint = {fmt::format("the key says {} and the unit {}", meaning.unit->symbol, unit->symbol), ""};
    if (!complaint.message.empty()) {
      report(unit_part->value.offset, member.key, std::move(complaint));
      return std::nullopt;
    }
  }

  if (value_part == nullptr) {
    report(member.value.offset, member.key,
           {"an object without a \"value\"", "write {\"value\": 0.42, \"unit\": ...}"});
    return std::nullopt;
  }
  if (value_part->value.kind == RawKind::null || !good) return std::nullopt;
  Complaint complaint;
  if (value_part->value.is_cell && value_part->value.kind == RawKind::text) {
    RawMember cell = *value_part;
    cell.key = member.key;
    double value = 0;
    if (!cell_value(cell, {.field = meaning.field, .unit = unit, .unit_was_named = true}, value)) return std::nullopt;
  }
  const bool named = meaning.unit_was_named || (unit_part != nullptr && unit_part->value.kind == RawKind::text);
  const std::optional<double> value = parse_field(field, {value_part->value.text, unit, named}, complaint);
  if (!value) {
    report(value_part->value.offset, member.key, std::move(complaint));
    return std::nullopt;
  }
  spelling.text = fmt::format("{} {}", value_part->value.text, unit->symbol);
  spelling.unit = unit;
  if (const RawMember* error = part("error"); error != nullptr && error->value.kind != RawKind::null) {
    origin.error = plus_minus(member, *error, field, *unit, *value);
    if (!origin.error) return std::nullopt;
  }
  return value;
}

bool Interpreter::detail(const RawMember& outer, const RawMember& part, Origin& origin) {
  const auto refuse = [&](std::string message, std::string hint = "") {
    report(part.value.offset, outer.key, {fmt::format("{}: {}", part.key, message), std::move(hint)});
    return false;
  };
  const RawKind kind = part.value.kind;
  if (std::find(details.begin(), details.end(), part.key) == details.end()) {
    const std::string near = did_you_mean(part.key, details);
    return refuse("unknown key", near.empty() ? fmt::format("known keys: {}", fmt::join(details, ", ")) : near);
  }
  if (kind == RawKind::null) return true;
  if (part.key == "value")
    return kind == RawKind::number || refuse(fmt::format("is a number, not {}", phrase_for(kind)));
  if (part.key == "error")
    return kind == RawKind::number || kind == RawKind::text ||
           refuse(fmt::format("is a number, not {}", phrase_for(kind)));
  if (kind != RawKind::text) return refuse(fmt::format("is a text, not {}", phrase_for(kind)));
  if (part.key == "source") origin.source = part.value.text;
  if (part.key != "method") return true;

  const std::optional<Method> method = find_method(part.value.text);
  if (method) origin.method = *method;
  return method || refuse(fmt::format("{} is not a method", shown(part.value)),
                          "methods: measured, counted, reported, estimated, assumed");
}

std::optional<double> Interpreter::plus_minus(const RawMember& outer, const RawMember& part, const Field& field,
                                              const Unit& unit, double value) {
  const std::string_view text = part.value.text;
  const bool is_text = part.value.kind == RawKind::text;
  const bool relative = is_text && text.ends_with('%');
  Complaint complaint;
  std::optional<double> error;
  if (relative && field.dimension == Dimension::accuracy) {
    complaint = {"per cent of the accuracy or percentage points?", "write a number of percentage points, without unit"};
  } else if (relative) {
    error = parse_number(text.substr(0, text.find_last_not_of(" %") + 1), {1, -2}, complaint);
    if (error) *error *= value;
  } else {
    error = parse_quantity(text, field.dimension, is_text ? nullptr : &unit, complaint);
  }
  if (error && *error < 0) {
    error.reset();
    complaint = {fmt::format("{} is negative", shown(part.value)), ""};
  }
  if (!error) report(part.value.offset, outer.key, {fmt::format("error: {}", complaint.message), complaint.hint});
  return error;
}

}  // namespace greenml
