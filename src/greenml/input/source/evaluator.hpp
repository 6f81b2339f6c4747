/// \file
/// The value that a rule of a mapping gives for a record: a column, a sum, a quotient, a part of a text.

#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/raw_object.hpp"
#include "input/source/source.hpp"

namespace greenml::source {

/// Whether there is anything in it: neither null nor an empty text.
bool has_value(const read::RawValue& value);
/// A number, also as a text with groups of thousands; nothing for any other text.
std::optional<double> number_of(const read::RawValue& value);

class Evaluator {
 public:
  /// New texts are kept in `texts`, which live as long as the values are used.
  explicit Evaluator(std::deque<std::string>& texts) : texts_(texts) {}

  /// Says what the columns are called; values are given in the same order.
  void begin(const std::vector<std::string>& names);
  std::optional<std::size_t> column(std::string_view name) const;

  bool holds(const Condition& condition, const std::vector<read::RawValue>& values) const;
  /// Null where the rule gives none.
  read::RawValue value_of(const Rule& rule, const std::vector<read::RawValue>& values);
  /// A count with the noise of a float behind its point, 249000000.00000003, becomes whole.
  void round_count(const Rule& rule, read::RawValue& value);
  read::RawValue number_value(double number, std::size_t offset);
  read::RawValue text_value(std::string text, std::size_t offset);

 private:
  read::RawValue matched(const Rule& rule, read::RawValue value);
  read::RawValue total_of(const Rule& rule, const std::vector<read::RawValue>& values);
  read::RawValue count_of(const Rule& rule);
  read::RawValue quotient_of(const Rule& rule, const std::vector<read::RawValue>& values);
  read::RawValue text_of(const Rule& rule, const std::vector<read::RawValue>& values);

  std::deque<std::string>& texts_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace greenml::source
