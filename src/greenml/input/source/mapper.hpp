/// \file
/// Turns the records of another tool's file into models, as a mapping says: columns become quantities and labels, some
/// are computed of several, and of rows that repeat each other the last counts.

#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/interpreter.hpp"
#include "input/raw_object.hpp"
#include "input/source/evaluator.hpp"
#include "input/source/source.hpp"
#include "input/source/tree.hpp"

namespace greenml::source {

/// What the user says beside the mapping.
struct Wishes {
  std::vector<ColumnMapping> map;    ///< comes before what the mapping says of the same column
  std::vector<std::string> missing;  ///< texts that stand for no value
  std::optional<std::string> result;
};

/// The rules of a mapping and those of --map, of which "A+B" and "A/B" are computed where no column is called so.
std::vector<Rule> rules_of(const Source& source, const std::vector<ColumnMapping>& map,
                           std::span<const std::string> columns);

/// Takes rows of a table, or records of a tree, and hands models on.
class Mapper final : public read::RawSink {
 public:
  Mapper(Interpreter& next, const Source& source, const Wishes& wishes, std::string_view file);

  void columns(std::span<const read::RawMember> heads) override;
  void model(const read::RawObject& object) override;
  void defaults(const read::RawObject& /*object*/) override {}
  void header(const read::RawMember& /*member*/) override {}
  void problem(std::size_t offset, std::string_view message, std::string_view hint) override;
  void note(std::string_view message) override { next_.note(message); }

  void record(const Record& record);
  /// Hands on what was kept to the end, and says what was read.
  void finish();

  /// The columns of a table, or those that records had.
  std::vector<std::string> column_names() const { return {met_.begin(), met_.end()}; }

 private:
  struct Kept {
    std::size_t offset;
    std::vector<read::RawValue> values;
  };

  void begin(std::vector<std::string> names, std::span<const read::RawMember> heads);
  void set(std::size_t column, const read::RawValue& value);
  void take(std::size_t offset);
  void keep(std::size_t offset);
  bool choose_result();
  void emit(const std::vector<read::RawValue>& values, std::size_t offset);
  read::RawValue with_error(const read::RawValue& value, const read::RawValue& error);
  void emit_labels(const std::vector<LabelSetting>& settings, std::size_t offset);
  void state_method(const std::vector<read::RawValue>& values);
  void add_member(std::string_view key, std::size_t number, const read::RawValue& value);

  Interpreter& next_;
  const Source& source_;
  const Wishes& wishes_;
  std::string folder_;
  std::string file_;
  std::deque<std::string> texts_;
  Evaluator evaluate_;
  std::vector<Rule> rules_;
  std::vector<bool> rule_was_used_;
  std::vector<std::size_t> numbers_of_rules_;  // of the keys under which they hand on
  std::size_t first_also_ = 0;                 // the number of the first of also_
  std::vector<std::string> also_;              // labels that rules set
  std::vector<std::string> names_;             // of the columns
  std::set<std::string, std::less<>> met_;     // columns of the file
  std::vector<std::size_t> others_;            // columns that become labels under their own names
  std::vector<read::RawValue> values_;         // of the record at hand, by column
  std::vector<Kept> kept_;
  std::unordered_map<std::string, std::size_t> kept_by_key_;
  read::RawObject object_;
  std::size_t records_ = 0;
  std::size_t earlier_ = 0;  // records that later ones stand for
  std::size_t without_figure_ = 0;
  std::size_t others_left_out_ = 0;  // by `only`
};

}  // namespace greenml::source
