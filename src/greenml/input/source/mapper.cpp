#include "input/source/mapper.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <regex>
#include <set>

#include "greenml/quantity.hpp"
#include "greenml/spelling.hpp"
#include "input/json/json_number.hpp"
#include "words/excerpt.hpp"
#include "words/written_parts.hpp"

namespace greenml::source {

namespace {

using read::RawKind;
using read::RawMember;
using read::RawValue;

constexpr std::string_view file_name = "(file name)";
constexpr std::string_view folder_name = "(folder name)";

/// The folder that a file is in; the one above it where its name is a commit, as in a cache of models.
std::string_view folder_of(std::string_view path) {
  constexpr std::size_t commit_length = 40;
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return "";
  path = path.substr(0, slash);
  const std::string_view folder = path.substr(path.rfind('/') + 1);
  const bool is_commit =
      folder.size() == commit_length && folder.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return is_commit ? folder_of(path) : folder;
}

/// --map 'A+B=...' and 'A/B=...'.
Rule rule_of(const ColumnMapping& mapping, std::span<const std::string> columns) {
  Rule rule;
  rule.target = mapping;
  rule.columns = {mapping.column};
  if (std::find(columns.begin(), columns.end(), mapping.column) != columns.end()) return rule;
  for (const auto& [sign, operation] : {std::pair('/', Operation::quotient), std::pair('+', Operation::sum)}) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= mapping.column.size();) {
      const std::size_t end = std::min(mapping.column.find(sign, start), mapping.column.size());
      parts.emplace_back(trimmed(std::string_view(mapping.column).substr(start, end - start)));
      start = end + 1;
    }
    const bool are_columns = std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
      return std::find(columns.begin(), columns.end(), part) != columns.end();
    });
    if (!are_columns || parts.size() < 2 || (operation == Operation::quotient && parts.size() != 2)) continue;
    rule.operation = operation;
    rule.columns = parts;
    return rule;
  }
  return rule;
}

}  // namespace

std::vector<Rule> rules_of(const Source& source, const std::vector<ColumnMapping>& map,
                           std::span<const std::string> columns) {
  std::vector<Rule> rules;
  for (const ColumnMapping& mapping : map) rules.push_back(rule_of(mapping, columns));
  for (const Rule& rule : source.rules) {
    const bool is_replaced =
        rule.operation == Operation::value && std::any_of(map.begin(), map.end(), [&](const ColumnMapping& mapping) {
          return mapping.column == rule.columns.front();
        });
    if (!is_replaced) rules.push_back(rule);
  }
  return rules;
}

Mapper::Mapper(Interpreter& next, const Source& source, const Wishes& wishes, std::string_view file)
    : next_(next),
      source_(source),
      wishes_(wishes),
      folder_(folder_of(file)),
      file_(file.substr(file.rfind('/') + 1)),
      evaluate_(texts_) {}

/// Tells the interpreter what there will be: a head for each rule, for each label that rules set, and for the others.
void Mapper::begin(std::vector<std::string> names, std::span<const RawMember> heads) {
  for (std::string& name : names)
    if (name != file_name && name != folder_name && std::find(names_.begin(), names_.end(), name) == names_.end())
      names_.push_back(std::move(name));
  names_.emplace_back(folder_name);
  names_.emplace_back(file_name);
  evaluate_.begin(names_);
  values_.resize(names_.size());
  rules_ = rules_of(source_, wishes_.map, names_);
  rule_was_used_.resize(rules_.size());

  std::set<std::string_view> taken;
  std::vector<RawMember> out;
  std::vector<ColumnMapping> mappings;
  const auto add = [&](std::string_view key, std::size_t offset) {
    RawMember& head = out.emplace_back();
    head.key = key;
    head.key_number = static_cast<std::uint32_t>(out.size() - 1);
    head.key_offset = offset;
  };
  const auto offset_of = [&](std::string_view name) {
    const auto found =
        std::find_if(heads.begin(), heads.end(), [&](const RawMember& head) { return head.key == name; });
    return found == heads.end() ? std::size_t{0} : found->key_offset;
  };
  for (const Rule& rule : rules_) {
    for (const std::string& one : rule.columns)
      if (rule.operation == Operation::value) taken.insert(one);
    // Rules for one label, or for one field in one unit, are one column: a model has one of them.
    const auto same = std::find_if(mappings.begin(), mappings.end(), [&](const ColumnMapping& other) {
      const ColumnMapping& mapping = rule.target;
      return other.target == mapping.target && other.field == mapping.field && other.unit == mapping.unit &&
             other.label == mapping.label && other.method == mapping.method &&
             other.unit_is_certain == mapping.unit_is_certain;
    });
    numbers_of_rules_.push_back(static_cast<std::size_t>(same - mappings.begin()));
    if (same != mappings.end()) continue;
    mappings.push_back(rule.target);
    add(rule.target.column, offset_of(rule.columns.front()));
  }
  for (const Rule& rule : rules_)
    for (const LabelSetting& setting : rule.also)
      if (std::find(also_.begin(), also_.end(), setting.label) == also_.end()) also_.push_back(setting.label);
  first_also_ = out.size();
  for (const std::string& label : also_) {
    add(label, 0);
    ColumnMapping& mapping = mappings.emplace_back();
    mapping.column = mapping.label = label;
    mapping.target = ColumnMapping::Target::label;
  }
  for (const RawMember& head : heads) {
    if (!source_.others_are_labels || taken.count(head.key) != 0) continue;
    others_.push_back(*evaluate_.column(head.key));
    add(head.key, head.key_offset);
  }
  next_.map_columns(std::move(mappings), !source_.name.empty());
  next_.columns(out);
}

void Mapper::columns(std::span<const RawMember> heads) {
  std::vector<std::string> names;
  for (const RawMember& head : heads) names.emplace_back(head.key);
  met_.insert(names.begin(), names.end());
  begin(std::move(names), heads);
}

void Mapper::problem(std::size_t offset, std::string_view message, std::string_view hint) {
  next_.problem(offset, message, hint);
}

void Mapper::set(std::size_t column, const RawValue& value) {
  const bool is_missing =
      std::find(wishes_.missing.begin(), wishes_.missing.end(), value.text) != wishes_.missing.end();
  if (has_value(value) && !is_missing) values_[column] = value;
}

void Mapper::model(const read::RawObject& object) {
  std::fill(values_.begin(), values_.end(), RawValue{});
  for (const RawMember& member : object.members)
    if (const std::optional<std::size_t> number = evaluate_.column(member.key)) set(*number, member.value);
  take(object.offset);
}

void Mapper::record(const Record& record) {
  if (names_.empty()) {
    std::vector<std::string> names;
    for (const Column& column : record) names.push_back(column.path);  // for those with a star
    for (const Rule& rule : rules_of(source_, wishes_.map, names)) {
      std::copy_if(rule.columns.begin(), rule.columns.end(), std::back_inserter(names),
                   [](const std::string& name) { return name.find('*') == std::string::npos; });
      names.push_back(rule.error);
      for (const auto& [name, text] : rule.when) names.push_back(name);
    }
    names.push_back(source_.result_by);
    for (const auto& [name, text] : source_.only) names.push_back(name);
    names.insert(names.end(), source_.last_of.begin(), source_.last_of.end());
    if (source_.method_by) names.push_back(source_.method_by->column);
    begin(std::move(names), {});
  }
  std::fill(values_.begin(), values_.end(), RawValue{});
  std::size_t offset = std::string::npos;
  for (const auto& [path, tree] : record) {
    constexpr std::size_t most_met = 10'000;
    if (met_.size() < most_met) met_.insert(path);
    if (tree->offset > 0) offset = std::min(offset, tree->offset);
    const std::optional<std::size_t> number = evaluate_.column(path);
    if (!number) continue;
    RawValue value;
    value.kind = tree->kind;
    value.is_cell = true;
    value.had_escapes = true;  // it may have a NUL character
    value.text = tree->text;
    value.offset = tree->offset;
    if (value.kind == RawKind::number) value.number = *read::read_json_number(value.text);
    set(*number, value);
  }
  take(offset == std::string::npos ? 0 : offset);
}

void Mapper::take(std::size_t offset) {
  if (!folder_.empty()) values_[values_.size() - 2] = evaluate_.text_value(folder_, offset);
  values_.back() = evaluate_.text_value(file_, offset);
  ++records_;
  if (!evaluate_.holds(source_.only, values_)) {
    ++others_left_out_;
    return;
  }
  if (!source_.last_of.empty() || !source_.result_by.empty()) return keep(offset);
  emit(values_, offset);
  texts_.clear();
}

/// Keeps a record until the end of the file; it stands for an earlier one of the same run.
void Mapper::keep(std::size_t offset) {
  Kept kept = {offset, values_};
  for (RawValue& value : kept.values) {
    if (!value.text.empty()) value.text = texts_.emplace_back(value.text);
    if (!value.cell_number.empty()) value.cell_number = texts_.emplace_back(value.cell_number);
  }
  std::string key;
  bool has_key = !source_.last_of.empty();
  for (const std::string& name : source_.last_of) {
    const std::optional<std::size_t> number = evaluate_.column(name);
    has_key = has_key && number && has_value(values_[*number]);
    if (has_key) key += std::string(values_[*number].text) + '\0';
  }
  if (has_key) {
    const auto [known, is_new] = kept_by_key_.emplace(key, kept_.size());
    if (!is_new) {
      ++earlier_;
      kept_[known->second] = std::move(kept);
      return;
    }
  }
  kept_.push_back(std::move(kept));
}

/// Leaves the records of the result that the user chose, or of the only one.
bool Mapper::choose_result() {
  if (source_.result_by.empty()) return true;
  const std::optional<std::size_t> by = evaluate_.column(source_.result_by);
  std::vector<std::string_view> results;
  for (const Kept& kept : kept_)
    if (const std::string_view text = by ? kept.values[*by].text : std::string_view();
        !text.empty() && std::find(results.begin(), results.end(), text) == results.end())
      results.push_back(text);
  std::vector<std::string> options;
  for (const std::string_view result : results) options.push_back(fmt::format("--result '{}'", result));
  if (!wishes_.result && results.size() > 1) {
    next_.problem(0, fmt::format("the file has several results of a model: {}", fmt::join(results, ", ")),
                  fmt::format("choose one: {}", fmt::join(options, " or ")));
    return false;
  }
  if (!wishes_.result) return true;
  if (std::find(results.begin(), results.end(), *wishes_.result) == results.end()) {
    const std::string near = did_you_mean(*wishes_.result, results);
    next_.problem(0, fmt::format("--result: no model has a result {}", quote(*wishes_.result)),
                  near.empty() ? fmt::format("the file has {}", fmt::join(results, ", ")) : near);
    return false;
  }
  std::erase_if(kept_, [&](const Kept& kept) { return kept.values[*by].text != *wishes_.result; });
  return true;
}

void Mapper::finish() {
  if (choose_result())
    for (const Kept& kept : kept_) emit(kept.values, kept.offset);
  if (source_.name.empty()) return;

  std::vector<std::string> said;
  std::vector<std::string_view> dropped;
  for (std::size_t index = 0; index < rules_.size(); ++index) {
    const ColumnMapping& target = rules_[index].target;
    if (target.target == ColumnMapping::Target::nothing && evaluate_.column(target.column))
      dropped.push_back(target.column);
    if (!rule_was_used_[index]) continue;
    const bool has_unit = target.target == ColumnMapping::Target::quantity && !target.unit->symbol.empty();
    said.push_back(
        has_unit ? fmt::format("{} is {} in {}", cut(target.column), row_of(target.field).name, target.unit->symbol)
                 : fmt::format("{} is {}", cut(target.column), target.label));
  }
  std::string text = fmt::format("read as {}: {}", source_.name, fmt::join(said, "; "));
  if (earlier_ > 0)
    text += fmt::format("; {} of {} rows are left out: the last of one {} counts", thousands(earlier_),
                        thousands(records_), fmt::join(source_.last_of, ", "));
  if (others_left_out_ > 0)
    text += fmt::format("; {} of {} rows are left out: their {} is not {}", thousands(others_left_out_),
                        thousands(records_), source_.only.front().first, source_.only.front().second);
  if (without_figure_ > 0)
    text += fmt::format("; {} of {} rows are left out: none of their figures is of a quantity",
                        thousands(without_figure_), thousands(records_));
  if (!dropped.empty()) text += fmt::format("; left out: {}", fmt::join(dropped, ", "));
  next_.note(text);
}

void Mapper::add_member(std::string_view key, std::size_t number, const RawValue& value) {
  RawMember& member = object_.members.add();
  member.key = key;
  member.key_number = static_cast<std::uint32_t>(number);
  member.key_offset = value.offset;
  member.value = value;
}

void Mapper::emit(const std::vector<RawValue>& values, std::size_t offset) {
  object_.clear();
  object_.offset = offset;
  state_method(values);
  std::vector<std::string> given;
  const auto is_given = [&](const std::string& what) {
    return std::find(given.begin(), given.end(), what) != given.end();
  };
  std::vector<LabelSetting> also;
  bool has_figure = false;
  for (std::size_t index = 0; index < rules_.size(); ++index) {
    const Rule& rule = rules_[index];
    if (rule.target.target == ColumnMapping::Target::nothing) continue;
    const bool is_quantity = rule.target.target == ColumnMapping::Target::quantity;
    const std::string what = is_quantity ? std::string(row_of(rule.target.field).name) : rule.target.label;
    if (is_given(what) || !evaluate_.holds(rule.when, values)) continue;
    RawValue value = evaluate_.value_of(rule, values);
    if (!has_value(value)) continue;
    given.push_back(what);
    has_figure = has_figure || is_quantity;
    rule_was_used_[index] = true;
    also.insert(also.end(), rule.also.begin(), rule.also.end());
    evaluate_.round_count(rule, value);
    const std::optional<std::size_t> error = rule.error.empty() ? std::nullopt : evaluate_.column(rule.error);
    if (is_quantity && error) value = with_error(value, values[*error]);
    add_member(rule.target.column, numbers_of_rules_[index], value);
  }
  if (!has_figure && !source_.name.empty()) {
    ++without_figure_;
    return;
  }
  emit_labels(also, offset);
  for (std::size_t index = 0; index < others_.size(); ++index)
    if (const RawValue& value = values[others_[index]]; has_value(value))
      add_member(names_[others_[index]], first_also_ + also_.size() + index, value);
  next_.model(object_);
}

/// {"value": 0.844, "error": 0.115}, where both are numbers.
RawValue Mapper::with_error(const RawValue& value, const RawValue& error) {
  const std::optional<double> number = number_of(value);
  const std::optional<double> plus_minus = number_of(error);
  if (!number || !plus_minus) return value;
  RawValue detailed;
  detailed.kind = RawKind::object;
  detailed.offset = value.offset;
  detailed.first_child = object_.nested.size();
  detailed.child_count = 2;
  for (const auto& [key, part] : {std::pair("value", *number), std::pair("error", *plus_minus)}) {
    RawMember& member = object_.nested.emplace_back();
    member.key = key;
    member.key_offset = value.offset;
    member.value = evaluate_.number_value(part, value.offset);
  }
  return detailed;
}

void Mapper::emit_labels(const std::vector<LabelSetting>& settings, std::size_t offset) {
  for (std::size_t index = 0; index < also_.size(); ++index)
    for (const LabelSetting& setting : settings)
      if (setting.label == also_[index]) {
        add_member(setting.label, first_also_ + index, evaluate_.text_value(setting.text, offset));
        break;
      }
}

void Mapper::state_method(const std::vector<RawValue>& values) {
  if (!source_.method_by) return;
  const std::optional<std::size_t> number = evaluate_.column(source_.method_by->column);
  Method method = source_.method_by->otherwise;
  for (const auto& [text, stated] : source_.method_by->methods)
    if (number && values[*number].text == text) method = stated;
  next_.state_method_of_next(method);
}

}  // namespace greenml::source
