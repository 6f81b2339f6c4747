// The part of the interpreter that reads quantities, in the four ways in which they are written.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/model_name.hpp"
#include "greenml/spelling.hpp"
#include "input/interpreter.hpp"
#include "words/excerpt.hpp"
#include "words/scaled_exactly.hpp"
#include "words/unit_spelling.hpp"

namespace greenml {

namespace {

using read::RawKind;
using read::RawMember;
using read::RawObject;
using read::RawValue;

constexpr auto details = std::to_array<std::string_view>({"value", "unit", "method", "source", "error"});

std::string shown(const RawValue& value) { return value.kind == RawKind::text ? quote(value.text) : cut(value.text); }

std::optional<Method> find_method(std::string_view name) {
  for (std::size_t index = 1; index < methods.size(); ++index)
    if (methods[index].name == name && static_cast<Method>(index) != Method::derived) return static_cast<Method>(index);
  return std::nullopt;
}

std::string spelled(const WrittenParts& parts) {
  return parts.symbol.empty() ? std::string(parts.number) : fmt::format("{} {}", parts.number, parts.symbol);
}

/// Reads the plus-minus of a value, absolute or in per cent of the value.
Parsed<double> parse_error(const RawValue& raw, const Field& field, const Unit& unit, double value) {
  const bool is_text = raw.kind == RawKind::text;
  const bool relative = is_text && raw.text.ends_with('%');
  if (relative && field.dimension == Dimension::accuracy)
    return Complaint{"per cent of the accuracy or percentage points?",
                     "write a number of percentage points, without unit"};
  const Parsed<double> parsed = relative
                                    ? parse_number(raw.text.substr(0, raw.text.find_last_not_of(" %") + 1), {1, -2})
                                    : parse_quantity(raw.text, field.dimension, is_text ? nullptr : &unit);
  if (!parsed) return parsed;
  if (*parsed < 0) return Complaint{fmt::format("{} is negative", shown(raw))};
  return relative ? *parsed * value : *parsed;
}

}  // namespace

/// Whether how the quantities of a model with this name are written is to be kept.
bool Interpreter::has_wanted_spellings(std::string_view name) const {
  return options_.keep_spellings && (!options_.spellings_of || may_mean(*options_.spellings_of, name));
}

void Interpreter::set_value(std::size_t row, const Facts& facts, const StatedQuantity& stated) {
  catalog_.set_value(stated.field, row, stated.value);
  if (stated.origin != unstated) catalog_.set_origin(stated.field, row, facts.origins[stated.origin]);
  // Those of the defaults are of every model.
  if (stated.spelling != unstated && has_wanted_spellings(catalog_.name(row)))
    catalog_.set_spelling(stated.field, row, facts.spellings[stated.spelling]);
}

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
    value = scaled_exactly(number.digits, number.exponent, meaning.unit->scale);
    if (safe_range(field).contains(value)) return true;
  }
  if (member.value.is_cell) return cell_value(member, meaning, value);
  // A number takes its unit from the key; a text must have its own.
  const bool is_text = member.value.kind == RawKind::text;
  if (is_text && stands_for_missing(member.value.text)) {
    report(member.value.offset, member.key,
           {fmt::format("{} is no value", quote(member.value.text)), "write null where there is none"});
    return false;
  }
  const Parsed<double> parsed =
      parse_field(field, {member.value.text, is_text ? nullptr : meaning.unit, meaning.unit_was_named});
  if (!parsed) {
    report(member.value.offset, member.key, parsed.complaint());
    return false;
  }
  value = *parsed;
  return true;
}

/// "81.2 ± 0.3 %"
bool Interpreter::quantity_with_error(const RawMember& member, const Meaning& meaning, const WrittenWithError& parts,
                                      StatedQuantity& stated) {
  const Field& field = row_of(meaning.field);
  const auto refuse = [&](Complaint complaint) {
    report(member.value.offset, member.key, std::move(complaint));
    return false;
  };
  const Parsed<double> value = parse_field(field, {spelled(parts.value), nullptr, meaning.unit_was_named});
  if (!value) return refuse(value.complaint());
  const bool relative = parts.error.symbol == "%" && field.dimension != Dimension::accuracy;
  const Parsed<double> error = relative ? parse_number(parts.error.number, {1, -2})
                                        : parse_quantity(spelled(parts.error), field.dimension, nullptr);
  if (!error) return refuse({fmt::format("error: {}", error.complaint().message), error.complaint().hint});
  if (*error < 0) return refuse({fmt::format("error: {} is negative", quote(parts.error.number))});
  stated.value = *value;
  stated.origin = static_cast<std::uint32_t>(facts_.origins.size());
  facts_.origins.push_back({.error = relative ? *error * *value : *error});
  if (keeps_spellings_) {
    const Unit* unit = read_unit(parts.value.symbol, field.dimension);
    stated.spelling = keep_spelling(member, {.text = shown(member.value), .unit = unit});
  }
  return true;
}

inline bool Interpreter::plain_quantity(const RawMember& member, const Meaning& meaning, StatedQuantity& stated) {
  if (member.value.kind == RawKind::text)
    if (const std::optional<WrittenWithError> parts = split_plus_minus(member.value.text))
      return quantity_with_error(member, meaning, *parts, stated);
  if (!plain_value(member, meaning, stated.value)) return false;
  stated.without_unit = !meaning.unit_was_named && member.value.kind == RawKind::number;
  if (keeps_spellings_) {
    const bool is_text = member.value.kind == RawKind::text;
    const Unit* own = is_text ? unit_of(member.value.text, row_of(meaning.field).dimension) : meaning.unit;
    const Unit* unit = own == nullptr && member.value.is_cell ? meaning.unit : own;
    stated.spelling = keep_spelling(member, {.text = shown(member.value), .unit = unit});
  }
  return true;
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
  if (keeps_spellings_) stated.spelling = keep_spelling(member, std::move(spelling));
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

  const RawKind kind = member.value.kind;
  if (kind == RawKind::null && member.value.is_cell) return;  // a table has no defaults that null would keep away
  if (kind == RawKind::null || kind == RawKind::boolean || kind == RawKind::array) {
    facts_.nulls.set(field);
    if (kind != RawKind::null)
      report(member.value.offset, member.key,
             {fmt::format("is a quantity, not {}", phrase_for(kind)), "write null for what is not measured"});
    return;
  }
  if (member.value.is_cell && kind == RawKind::text && is_missing_cell(member)) return;
  StatedQuantity& stated = facts_.quantities.emplace_back();
  stated.field = meaning.field;
  const bool is_known = kind == RawKind::object ? detailed_quantity(object, member, meaning, stated)
                                                : plain_quantity(member, meaning, stated);
  if (!is_known) {
    facts_.quantities.pop_back();
    facts_.nulls.set(field);
    return;
  }
  if (const KnownKey& key = keys_[member.key_number]; key.is_explained) state_origin(stated, key);
}

/// Adds what is known of a quantity that was no key of a catalog's: the method that a mapping states, and the file.
void Interpreter::state_origin(StatedQuantity& stated, const KnownKey& key) {
  const Method method = method_of_next_ != Method::unstated ? method_of_next_ : key.method;
  if (method == Method::unstated && !options_.name_files) return;
  if (stated.origin == unstated) {
    stated.origin = static_cast<std::uint32_t>(facts_.origins.size());
    facts_.origins.emplace_back();
  }
  Origin& origin = facts_.origins[stated.origin];
  if (origin.method == Method::unstated) origin.method = method;
  // Where a file is says more of a person than of a model.
  const std::string& file = text_->name();
  if (origin.source.empty() && options_.name_files) origin.source = file.substr(file.rfind('/') + 1);
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
    unit = read_unit(unit_part->value.text, field.dimension);
    const std::string_view number = value_part != nullptr ? value_part->value.text : "1";
    Complaint complaint;
    if (unit == nullptr)
      complaint =
          parse_quantity(fmt::format("{} {}", number, unit_part->value.text), field.dimension, nullptr).complaint();
    else if (meaning.unit_was_named && unit->scale != meaning.unit->scale)
      complaint = {fmt::format("the key says {} and the unit {}", meaning.unit->symbol, unit->symbol)};
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
  const bool named = meaning.unit_was_named || (unit_part != nullptr && unit_part->value.kind == RawKind::text);
  const Parsed<double> value = parse_field(field, {value_part->value.text, unit, named});
  if (!value) {
    report(value_part->value.offset, member.key, value.complaint());
    return std::nullopt;
  }
  spelling.text = fmt::format("{} {}", value_part->value.text, unit->symbol);
  spelling.unit = unit;
  if (const RawMember* error = part("error"); error != nullptr && error->value.kind != RawKind::null) {
    origin.error = plus_minus(member, *error, field, *unit, *value);
    if (!origin.error) return std::nullopt;
  }
  return *value;
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
  const Parsed<double> error = parse_error(part.value, field, unit, value);
  if (error) return *error;
  report(part.value.offset, outer.key, {fmt::format("error: {}", error.complaint().message), error.complaint().hint});
  return std::nullopt;
}

}  // namespace greenml
