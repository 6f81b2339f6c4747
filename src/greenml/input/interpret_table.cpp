// The part of the interpreter that reads tables: what their columns mean, and cells as people write them.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

#include "greenml/column_mapping.hpp"
#include "greenml/quantity.hpp"
#include "greenml/result_key.hpp"
#include "input/csv/csv_value.hpp"
#include "input/interpreter.hpp"
#include "words/excerpt.hpp"
#include "words/written_parts.hpp"

namespace greenml {

using read::RawKind;
using read::RawMember;

namespace {

/// How the user said that the file is to be read.
std::string as_option(const ReadOptions& options) {
  std::string text;
  if (!options.as.empty()) text = fmt::format(" --as {}", shell_quoted(options.as));
  if (options.dialect.table) text += fmt::format(" --table {}", *options.dialect.table);
  return text;
}

}  // namespace

void Interpreter::map_columns(std::vector<ColumnMapping> by_number, bool others_are_labels) {
  by_number_ = std::move(by_number);
  others_are_labels_ = others_are_labels;
}

void Interpreter::columns(std::span<const RawMember> heads) {
  facts_.clear();
  column_names_.reserve(2 * heads.size());  // views of them stay
  for (const RawMember& head : heads) column_names_.emplace_back(head.key);
  heads_.assign(heads.begin(), heads.end());
  for (std::size_t index = 0; index < heads_.size(); ++index) heads_[index].key = column_names_[index];

  for (const RawMember& head : heads_) {
    if (head.key_number >= keys_.size()) keys_.resize(head.key_number + 1);
    keys_[head.key_number].is_looked_up = true;
  }
  const auto is_name = [](const std::string& column) { return column == "name"; };
  const bool is_of_greenml = std::any_of(column_names_.begin(), column_names_.end(), is_name);
  for (const RawMember& head : heads_) column(head, is_of_greenml);
  if (by_number_.empty()) check_columns(heads_);
}

/// Finds out what a column means.
void Interpreter::column(const RawMember& head, bool is_of_greenml) {
  KnownKey& key = keys_[head.key_number];
  key.label_key = head.key;
  if (const ColumnMapping* mapping = look_up_mapping(head, key)) {
    key.label_key = mapping->label;
  } else if (others_are_labels_) {
    const Meaning meaning = meaning_of(head.key);
    key.meaning = {.kind = Meaning::Kind::label, .label = meaning.label};
    if (meaning.label != nullptr) key.label_key = meaning.label->name;
    // The file's own "energy" is none that greenml knows the unit of.
    if (meaning.kind == Meaning::Kind::quantity || meaning.kind == Meaning::Kind::result)
      key.label_key = column_names_.emplace_back(fmt::format("{} (column)", head.key));
  } else {
    HeaderCell cell = read_header_cell(head.key, is_of_greenml);
    key.meaning = cell.meaning;
    key.is_explained = meaning_of(head.key).kind == Meaning::Kind::unknown;
    switch (cell.kind) {
      case HeaderCell::Kind::known:
        if (key.meaning.label != nullptr) key.label_key = key.meaning.label->name;
        break;
      case HeaderCell::Kind::label:
        near_column(head);
        key.meaning = {.kind = Meaning::Kind::label};
        break;
      case HeaderCell::Kind::contradiction:
        report(head.key_offset, head.key, std::move(cell.complaint));
        key.meaning = {.kind = Meaning::Kind::passed_over};
        break;
      case HeaderCell::Kind::asked_if_needed:
        key.meaning = {.kind = Meaning::Kind::label};
        break;
      case HeaderCell::Kind::asked:
        key.meaning.kind = Meaning::Kind::asked;
        break;
      case HeaderCell::Kind::asked_if_small:
        break;
    }
    if (!cell.choices.empty()) {
      key.question = static_cast<std::uint32_t>(questions_.size());
      questions_.push_back(
          {std::string(head.key), text_->place_of(head.key_offset), std::move(cell.choices), cell.kind});
    }
  }
  if (key.meaning.kind == Meaning::Kind::label) key.label = catalog_.add_label(key.label_key);
  if (key.meaning.kind == Meaning::Kind::label && key.label == label_id("name")) name_key_ = head.key_number;
  if (head.key == result::derived) derived_key_ = head.key_number;
}

/// A column within a typing error of a known key. One that differs in its capitals alone is another tool's.
void Interpreter::near_column(const RawMember& head) {
  const std::string_view name = head.key;
  const bool has_capitals =
      std::any_of(name.begin(), name.end(), [](char letter) { return letter >= 'A' && letter <= 'Z'; });
  if (has_capitals) return;
  if (std::optional<std::string> hint = hint_for_near_key(name))
    report(head.key_offset, name,
           {"unknown column",
            fmt::format("{} {} keeps it as it is", *hint, map_option(name, fmt::format("label:{}", name)))});
}

/// Two columns must not state one quantity or label. Questions of columns that may be the quality are open only where
/// no other column is or may be.
void Interpreter::check_columns(std::span<const RawMember> heads) {
  std::array<const RawMember*, fields.size()> of_field{};
  std::vector<std::pair<LabelId, const RawMember*>> of_label;
  bool has_quality = false;
  for (const RawMember& head : heads) {
    KnownKey& key = keys_[head.key_number];
    const bool is_quantity = key.meaning.kind == Meaning::Kind::quantity;
    if (is_quantity || key.meaning.kind == Meaning::Kind::asked)
      has_quality = has_quality || row_of(key.meaning.field).role == Role::quality;
    const RawMember* other = nullptr;
    if (is_quantity) {
      other = std::exchange(of_field[static_cast<std::size_t>(key.meaning.field)], &head);
    } else if (key.meaning.kind == Meaning::Kind::label) {
      const auto same =
          std::find_if(of_label.begin(), of_label.end(), [&](const auto& one) { return one.first == key.label; });
      if (same != of_label.end()) other = same->second;
      of_label.emplace_back(key.label, &head);
    }
    if (other == nullptr) continue;
    const std::string what(is_quantity ? row_of(key.meaning.field).name : key.label_key);
    report(head.key_offset, head.key,
           {fmt::format("is {}, and so is the column {}", what, quote(other->key)),
            fmt::format("leave one of them out: {}", map_option(head.key, "drop"))});
    key.meaning = {.kind = Meaning::Kind::passed_over};
  }
  if (has_quality)
    std::for_each(keys_.begin(), keys_.end(), [&](KnownKey& key) {
      if (key.question != no_question && questions_[key.question].kind == HeaderCell::Kind::asked_if_needed)
        key.question = no_question;
    });
  std::erase_if(questions_, [&](const Question& question) {
    return has_quality && question.kind == HeaderCell::Kind::asked_if_needed;
  });
  for (std::size_t index = 0; index < questions_.size(); ++index)
    for (const RawMember& head : heads)
      if (head.key == questions_[index].column) keys_[head.key_number].question = static_cast<std::uint32_t>(index);
}

/// A cell of a column whose head does not state the unit. A cell may: "0.5 kWh".
void Interpreter::asked_cell(const read::RawObject& object, const RawMember& member, const KnownKey& key) {
  Question& question = questions_[key.question];
  const auto field_of = [](std::string_view choice) { return choice.substr(0, choice.find(':')); };
  const bool is_one_field = std::all_of(question.choices.begin(), question.choices.end(), [&](std::string_view choice) {
    return field_of(choice) == row_of(key.meaning.field).name;
  });
  const bool states_unit = member.value.kind == RawKind::text && member.value.cell_number.empty() &&
                           !split_quantity(trimmed(member.value.text)).symbol.empty() &&
                           !stands_for_missing(trimmed(member.value.text));
  if (!is_one_field || !states_unit) return watch(question, member);
  Meaning meaning = key.meaning;
  meaning.kind = Meaning::Kind::quantity;
  meaning.unit = &own_unit(row_of(meaning.field));
  quantity(object, member, meaning);
}

/// Remembers between which numbers the values of a column are.
void Interpreter::watch(Question& question, const RawMember& member) {
  if (member.value.kind != RawKind::null) question.is_needed = true;
  const std::string_view text = member.value.cell_number.empty() ? member.value.text : member.value.cell_number;
  if (member.value.kind != RawKind::number && member.value.kind != RawKind::text) return;
  const Parsed<double> value = parse_number(trimmed(text));
  if (!value) return;
  question.least = std::min(question.least, *value);
  question.most = std::max(question.most, *value);
}

/// Whether the column must be explained. A count with no number under a thousand is one.
bool Interpreter::is_open(const Question& question) const {
  constexpr double least_count = 1000;
  return question.is_needed && (question.kind != HeaderCell::Kind::asked_if_small || question.least < least_count);
}

/// A column that is probably the name. Nobody but a person knows.
void Interpreter::ask_for_name(std::vector<std::string>& options) {
  if (name_key_ != no_key || heads_.empty()) return;
  const auto probable = std::find_if(heads_.begin(), heads_.end(), [](const RawMember& head) {
    const std::string_view usual = usual_name_of(head.key);
    return usual == "name";
  });
  const std::string_view column = probable == heads_.end() ? "COLUMN" : probable->key;
  options.push_back(map_option(column, "name"));
  constexpr std::size_t most_named = 12;
  std::vector<std::string> names;
  for (const std::string& name : column_names_)
    if (names.size() < most_named) names.emplace_back(cut(name));
  if (column_names_.size() > most_named) names.push_back(fmt::format("and {} more", column_names_.size() - most_named));
  problems_.add({.place = {.file = text_->name()},
                 .message = fmt::format("a table with {} columns, and none of them is name: {}", column_names_.size(),
                                        fmt::join(names, ", ")),
                 .hint = fmt::format("say which column has the names of the models: {}", options.back())});
}

/// Says what was understood of a table whose columns are no keys of a catalog.
void Interpreter::note_columns() {
  std::vector<std::string> read;
  for (const RawMember& head : heads_) {
    const KnownKey& key = keys_[head.key_number];
    if (key.meaning.kind != Meaning::Kind::quantity || meaning_of(head.key).kind != Meaning::Kind::unknown) continue;
    const Field& field = row_of(key.meaning.field);
    const std::string_view of_what = field.per_inference ? " of one inference" : "";
    const std::string unit = is_plain(field.dimension) && key.meaning.unit == &own_unit(field)
                                 ? ""
                                 : fmt::format(" in {}", key.meaning.unit->symbol);
    read.push_back(fmt::format("{} is {}{}{}", cut(head.key), field.name, of_what, unit));
  }
  if (!read.empty()) note(fmt::format("{}", fmt::join(read, "; ")));
}

/// Says what each column was read as, to whoever keeps it for the next time.
void Interpreter::hand_out_columns() const {
  for (const RawMember& head : heads_) {
    const KnownKey& key = keys_[head.key_number];
    ColumnMapping mapping;
    mapping.column = head.key;
    if (key.meaning.kind == Meaning::Kind::quantity) {
      mapping.target = ColumnMapping::Target::quantity;
      mapping.field = key.meaning.field;
      mapping.unit = key.meaning.unit;
    } else if (key.meaning.kind == Meaning::Kind::label) {
      mapping.target = ColumnMapping::Target::label;
      mapping.label = key.label_key;
    } else if (key.meaning.kind == Meaning::Kind::asked) {
      continue;  // empty, or its cells state their units
    }
    options_.columns->push_back(std::move(mapping));
  }
}

void Interpreter::report_questions() {
  std::vector<std::string> options;
  ask_for_name(options);
  std::size_t open = options.size();
  if (!others_are_labels_) note_columns();
  for (const Question& question : questions_) {
    if (!is_open(question)) continue;
    ++open;
    const bool has_values = question.least <= question.most;
    const std::string values =
        has_values ? fmt::format("; its values are {} to {}", round_trip(question.least), round_trip(question.most))
                   : "";
    const bool may_be_no_quality = question.kind == HeaderCell::Kind::asked_if_needed;
    problems_.add({.place = question.place,
                   .key = question.column,
                   .message = fmt::format("{}{}",
                                          may_be_no_quality ? "is it the quality, and in which unit?"
                                                            : "which quantity in which unit is not stated",
                                          values),
                   .hint = fmt::format("{}; or {}, or drop", map_option(question.column, question.choices.front()),
                                       fmt::join(question.choices.begin() + 1, question.choices.end(), ", "))});
    const std::string& choice = question.choices.front();
    options.push_back(map_option(question.column, choice.substr(0, choice.find(':')) + ":?"));
  }
  if (open > 1)
    problems_.add({.place = {.file = text_->name()},
                   .message = fmt::format("{} columns must be explained", open),
                   .hint = fmt::format("greenml import {}{} {}", shell_quoted(text_->name()), as_option(options_),
                                       fmt::join(options, " "))});
}

/// Reads a cell as people write numbers: "1,014.45", "+2", "0:00:33.57", or with a unit.
bool Interpreter::cell_value(const RawMember& member, const Meaning& meaning, double& value) {
  const std::string_view text = member.value.cell_number.empty() ? member.value.text : member.value.cell_number;
  if (member.value.lacks_comma) {
    report(member.value.offset, member.key,
           {fmt::format("{} is not a number with a decimal comma", quote(member.value.text)),
            "with --input-decimal , a point stands between groups of three digits"});
    return false;
  }
  const Parsed<double> parsed = parse_field(row_of(meaning.field), {text, meaning.unit, meaning.unit_was_named});
  if (parsed) {
    value = *parsed;
    return true;
  }
  Complaint complaint = parsed.complaint();
  if (text.find(',') != std::string_view::npos && read::with_decimal_point(text))
    complaint.hint = "--input-decimal , reads a comma before decimals";
  report(member.value.offset, member.key, std::move(complaint));
  return false;
}

/// Whether the cell has a word for nothing, which only a person can declare to be one.
bool Interpreter::is_missing_cell(const RawMember& member) {
  if (!stands_for_missing(member.value.text)) return false;
  count_missing_word(
      {std::string(member.key), std::string(member.value.text), text_->place_of(member.value.offset), 1});
  return true;
}

/// Counts each word of a column.
void Interpreter::count_missing_word(const MissingWord& word) {
  constexpr std::size_t most = 1000;
  const auto same = [&](const MissingWord& known) { return known.key == word.key && known.word == word.word; };
  const auto found = std::find_if(missing_words_.begin(), missing_words_.end(), same);
  if (found != missing_words_.end())
    found->count += word.count;
  else if (missing_words_.size() < most)
    missing_words_.push_back(word);
}

/// Reports each word of a column once.
void Interpreter::report_missing_words() {
  for (MissingWord& word : missing_words_)
    problems_.add({.place = std::move(word.place),
                   .key = word.key,
                   .message = fmt::format("{} {} {}", thousands(word.count), word.count == 1 ? "cell is" : "cells are",
                                          quote(word.word)),
                   .hint = fmt::format("--missing {} takes {} as not measured", shell_quoted(word.word),
                                       word.count == 1 ? "it" : "them")});
  missing_words_.clear();
}

/// Makes what is known of the columns known for a later part.
void Interpreter::take_over_columns(const Interpreter& earlier) {
  if (earlier.heads_.empty()) return;
  heads_ = earlier.heads_;
  keys_ = earlier.keys_;
  questions_ = earlier.questions_;
  name_key_ = earlier.name_key_;
  derived_key_ = earlier.derived_key_;
  for (KnownKey& key : keys_)
    if (key.meaning.kind == Meaning::Kind::label) key.label = catalog_.add_label(key.label_key);
}

/// Takes over what a later part of the same table found.
void Interpreter::merge_table(Interpreter& later, std::size_t lines_before) {
  for (std::size_t index = 0; index < std::min(questions_.size(), later.questions_.size()); ++index) {
    questions_[index].is_needed = questions_[index].is_needed || later.questions_[index].is_needed;
    questions_[index].least = std::min(questions_[index].least, later.questions_[index].least);
    questions_[index].most = std::max(questions_[index].most, later.questions_[index].most);
  }
  for (MissingWord& word : later.missing_words_) {
    word.place.line += lines_before;
    count_missing_word(word);
  }
}

}  // namespace greenml
