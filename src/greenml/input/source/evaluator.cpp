#include "input/source/evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <regex>

#include "greenml/quantity.hpp"
#include "input/json/json_number.hpp"
#include "words/written_parts.hpp"

namespace greenml::source {

using read::RawKind;
using read::RawValue;

bool has_value(const RawValue& value) {
  return value.kind != RawKind::null && value.kind != RawKind::object && !value.text.empty();
}

/// A number in a cell, also with groups of thousands; nothing for any other text.
std::optional<double> number_of(const RawValue& value) {
  if (value.kind != RawKind::number && value.kind != RawKind::text) return std::nullopt;
  const std::string_view text = value.cell_number.empty() ? value.text : value.cell_number;
  const Parsed<double> number = parse_number(trimmed(text));
  return number ? std::optional(*number) : std::nullopt;
}

void Evaluator::begin(const std::vector<std::string>& names) {
  names_ = names;
  for (std::size_t index = 0; index < names_.size(); ++index) numbers_.emplace(names_[index], index);
}

std::optional<std::size_t> Evaluator::column(std::string_view name) const {
  const auto found = numbers_.find(std::string(name));
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

bool Evaluator::holds(const Condition& condition, const std::vector<RawValue>& values) const {
  return std::all_of(condition.begin(), condition.end(), [&](const auto& one) {
    const std::optional<std::size_t> number = column(one.first);
    return number && values[*number].text == one.second;
  });
}

RawValue Evaluator::value_of(const Rule& rule, const std::vector<RawValue>& values) {
  RawValue value;
  switch (rule.operation) {
    case Operation::value:
      if (const std::optional<std::size_t> number = column(rule.columns.front())) value = values[*number];
      if (!rule.pattern.empty() && has_value(value)) value = matched(rule, value);
      break;
    case Operation::sum:
    case Operation::product:
      value = total_of(rule, values);
      break;
    case Operation::count:
      value = count_of(rule);
      break;
    case Operation::quotient:
      value = quotient_of(rule, values);
      break;
    case Operation::text:
      value = text_of(rule, values);
      break;
  }
  if (rule.zero_is_missing && number_of(value) == 0.0) return {};
  return value;
}

RawValue Evaluator::matched(const Rule& rule, RawValue value) {
  constexpr std::size_t longest = 1000;  // the library's matcher takes stack for every letter
  const std::string text(value.text.substr(0, longest));
  std::smatch match;
  if (!std::regex_search(text, match, std::regex(rule.pattern))) return {};
  return text_value(match[1].str(), value.offset);
}

/// The numbers of the columns that match, added or multiplied; nothing where one of them is missing.
RawValue Evaluator::total_of(const Rule& rule, const std::vector<RawValue>& values) {
  const bool is_sum = rule.operation == Operation::sum;
  double total = is_sum ? 0 : 1;
  std::size_t count = 0;
  std::size_t offset = 0;
  for (const std::string& pattern : rule.columns) {
    const std::size_t before = count;
    for (std::size_t index = 0; index < names_.size(); ++index) {
      if (!is_named(pattern, names_[index])) continue;
      if (!has_value(values[index])) return {};
      const std::optional<double> number = number_of(values[index]);
      if (!number) return values[index];  // is complained of by its place
      total = is_sum ? total + *number : total * *number;
      offset = values[index].offset;
      ++count;
    }
    if (count == before) return {};
  }
  return number_value(total, offset);
}

RawValue Evaluator::count_of(const Rule& rule) {
  const auto count = std::count_if(names_.begin(), names_.end(), [&](const std::string& name) {
    return std::any_of(rule.columns.begin(), rule.columns.end(),
                       [&](const std::string& pattern) { return is_named(pattern, name); });
  });
  return count == 0 ? RawValue{} : number_value(static_cast<double>(count), 0);
}

RawValue Evaluator::quotient_of(const Rule& rule, const std::vector<RawValue>& values) {
  const std::optional<std::size_t> upper = column(rule.columns[0]);
  const std::optional<std::size_t> lower = column(rule.columns[1]);
  if (!upper || !lower || !has_value(values[*upper]) || !has_value(values[*lower])) return {};
  const std::optional<double> dividend = number_of(values[*upper]);
  const std::optional<double> divisor = number_of(values[*lower]);
  if (!dividend) return values[*upper];
  if (!divisor) return values[*lower];
  return *divisor == 0 ? RawValue{} : number_value(*dividend / *divisor, values[*upper].offset);
}

RawValue Evaluator::text_of(const Rule& rule, const std::vector<RawValue>& values) {
  std::string text = rule.text;
  std::size_t offset = 0;
  for (const std::string& name : rule.columns) {
    const std::optional<std::size_t> number = column(name);
    if (!number || !has_value(values[*number])) return {};
    const std::string braced = "{" + name + "}";
    text.replace(text.find(braced), braced.size(), values[*number].text);
    offset = values[*number].offset;
  }
  return text_value(std::move(text), offset);
}

RawValue Evaluator::number_value(double number, std::size_t offset) {
  RawValue value = text_value(round_trip(number), offset);
  if (const std::optional<read::RawNumber> raw = read::read_json_number(value.text)) {
    value.kind = RawKind::number;
    value.number = *raw;
  }
  return value;
}

RawValue Evaluator::text_value(std::string text, std::size_t offset) {
  RawValue value;
  value.kind = RawKind::text;
  value.is_cell = true;
  value.had_escapes = true;  // what it was made of may have a NUL character
  value.text = texts_.emplace_back(std::move(text));
  value.offset = offset;
  return value;
}

void Evaluator::round_count(const Rule& rule, RawValue& value) {
  constexpr double noise = 1e-9;
  if (rule.target.target == ColumnMapping::Target::label) {
    const std::optional<double> count = rule.target.label == "hardware_count" ? number_of(value) : std::nullopt;
    if (count) value = number_value(*count, value.offset);  // a float of pandas: 4.0
    return;
  }
  if (!row_of(rule.target.field).range.whole || rule.target.unit->scale != Scale{}) return;
  const std::optional<double> number = number_of(value);
  if (!number || *number == std::round(*number)) return;
  if (std::abs(*number - std::round(*number)) <= noise * *number)
    value = number_value(std::round(*number), value.offset);
}

}  // namespace greenml::source
