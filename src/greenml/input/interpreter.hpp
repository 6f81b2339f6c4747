/// \file
/// Gives raw objects their meaning: keys become fields in units, labels or results, and everything that does not
/// make sense becomes a problem. It knows no file format.

#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/problem.hpp"
#include "input/lately_met.hpp"
#include "input/raw_object.hpp"
#include "input/source_text.hpp"
#include "words/header_cell.hpp"
#include "words/key.hpp"
#include "words/written_parts.hpp"

namespace greenml {

/// What a label is whose value is written so; objects and arrays are none.
constexpr LabelKind label_kind(read::RawKind kind) {
  switch (kind) {
    case read::RawKind::text:
      return LabelKind::text;
    case read::RawKind::number:
      return LabelKind::number;
    case read::RawKind::boolean:
      return LabelKind::boolean;
    default:
      return LabelKind::missing;
  }
}

class Interpreter final : public read::RawSink {
 public:
  /// Adds the models of one file to the catalog.
  Interpreter(Catalog& catalog, read::SourceText& text, Problems& problems, const ReadOptions& options);

  void model(const read::RawObject& object) override;
  void defaults(const read::RawObject& object) override;
  void header(const read::RawMember& member) override;
  void problem(std::size_t offset, std::string_view message, std::string_view hint) override;
  void note(std::string_view message) override;
  void columns(std::span<const read::RawMember> heads) override;
  read::PlainKey plain_key(std::uint32_t key_number) override;
  bool plain_model(const read::PlainModel& model) override;

  /// Gives the models what the file's defaults say, wherever in the file they stood, and checks what only then is
  /// known. To be called once, at the end of the file.
  void finish();

  /// Has the columns of these numbers mean what the mappings say, in place of ReadOptions::map. Several may stand for
  /// one quantity, of which a model has one. Whether the other columns are labels, or what their heads say.
  void map_columns(std::vector<ColumnMapping> by_number, bool others_are_labels);
  /// States the method of the next model's quantities, where it is not stated for each column.
  void state_method_of_next(Method method) { method_of_next_ = method; }

  // Another interpreter can read a later part of the same file.

  const ReadOptions& options() const { return options_; }
  /// Takes over what the columns of a table mean.
  void take_over_columns(const Interpreter& earlier);
  /// Has what comes next stand in another text, which counts lines from its beginning.
  void continue_in(read::SourceText& text) { text_ = &text; }
  /// Puts what the other one got behind what came here.
  void append(Interpreter& later);
  /// Forgets models and problems; what keys and columns mean stays known.
  void forget_models();

  /// Whether a column or key that ReadOptions::map names was met, by its position there. At the end of the file.
  const std::vector<bool>& met_mappings() const { return met_mappings_; }
  /// The columns of a table.
  const std::vector<std::string>& column_names() const { return column_names_; }

 private:
  static constexpr std::uint32_t no_key = 0xFFFF'FFFF;

  static constexpr std::uint32_t unstated = 0xFFFF'FFFF;
  static constexpr std::uint32_t no_question = 0xFFFF'FFFF;

  using FieldSet = std::bitset<fields.size()>;

  /// Dividing by less than this may overflow.
  static constexpr double least_safe_value = 1e-290;

  struct StatedQuantity {
    FieldId field{};
    double value = 0;
    // Positions in Facts::origins and Facts::spellings, or `unstated`: most quantities are plain numbers.
    std::uint32_t origin = unstated;
    std::uint32_t spelling = unstated;
    bool without_unit = false;  ///< a number whose unit neither it nor its key names
  };
  struct StatedLabel {
    LabelId label;
    LabelValue value;  ///< its text is the reader's
  };
  /// A number without unit that is hardly meant in the unit that it has then.
  struct Doubted {
    std::size_t row;
    FieldId field;
  };
  /// A key of the file, looked up the first time it is met.
  struct KnownKey {
    bool is_looked_up = false;
    bool is_harmless = false;  ///< unknown, and found to be a label
    Meaning meaning = {};
    LabelId label{};                       ///< of a label
    std::string_view label_key = {};       ///< of a column that is a label: what the label is called
    Method method = Method::unstated;      ///< that a mapping states
    bool is_explained = false;             ///< a mapping or the head of the column says what it is
    bool is_mapped = false;                ///< a mapping does
    std::uint32_t question = no_question;  ///< of a column that may have to be explained: in questions_
  };
  /// Where the values of a key go that are written plainly.
  struct PlainTarget {
    read::PlainUse use{};
    FieldId field{};               // of a quantity
    bool is_without_unit = false;  ///< and so perhaps meant otherwise
    LabelId label{};               // of a label
    // Where values go: those of a quantity, and the numbers of a label's, with those that it had lately.
    Column<double>* values = nullptr;
    CodeColumn* numbers = nullptr;
    read::LatelyMet* lately_met = nullptr;

    bool has_meaning_of(const PlainTarget& other) const {
      if (use != other.use) return false;
      return (use == read::PlainUse::quantity && field == other.field) ||
             (use == read::PlainUse::label && label == other.label);
    }
  };
  using PlainTargets = std::array<PlainTarget, read::most_plain_keys>;
  /// A column that a person must explain, or perhaps.
  struct Question {
    std::string column;
    Place place;
    std::vector<std::string> choices;
    HeaderCell::Kind kind{};
    bool is_needed = false;  ///< by some cell: one that is not empty, nor states its unit itself
    double least = std::numeric_limits<double>::infinity();
    double most = -std::numeric_limits<double>::infinity();
  };
  /// Cells of a column of quantities with the same word for nothing, as "N/A".
  struct MissingWord {
    std::string key;
    std::string word;
    Place place;  ///< of the first
    std::size_t count = 0;
  };
  /// What one object says.
  struct Facts {
    std::string_view name;  ///< the reader's
    std::vector<StatedQuantity> quantities;
    std::vector<Origin> origins;
    std::vector<Spelling> spellings;
    std::vector<StatedLabel> labels;
    FieldSet derived;                                         ///< results of an earlier run
    FieldSet stated;                                          ///< null or not
    FieldSet nulls;                                           ///< said not to be measured
    std::array<std::string_view, fields.size()> stated_as{};  ///< the key by which a field was stated, if it was

    void clear();
  };

  // Models that are written plainly: interpret_plain.cpp.
  PlainTarget plain_target(std::uint32_t key_number) const;
  /// Where the values of a key go. Unchecked: `plain_key` said of which keys there are values.
  const PlainTarget& plain_target_of(std::uint32_t key_number) const { return plain_targets_.data()[key_number]; }
  std::uint32_t number_of(const read::PlainLabel& label);
  std::uint32_t find_number(const PlainTarget& target, const read::PlainLabel& label);

  void look_up(const read::RawObject& object);
  void look_up(const read::RawMember& member);
  const ColumnMapping* look_up_mapping(const read::RawMember& member, KnownKey& key);
  const ColumnMapping* mapping_of(const read::RawMember& member);
  bool is_missing(const read::RawValue& value) const;
  void apply_settings();

  // Tables: interpret_table.cpp.
  void column(const read::RawMember& head, bool is_of_greenml);
  void near_column(const read::RawMember& head);
  void check_columns(std::span<const read::RawMember> heads);
  void watch(Question& question, const read::RawMember& member);
  void asked_cell(const read::RawObject& object, const read::RawMember& member, const KnownKey& key);
  bool is_open(const Question& question) const;
  void report_questions();
  void hand_out_columns() const;
  void note_columns();
  void ask_for_name(std::vector<std::string>& options);
  bool is_missing_cell(const read::RawMember& member);
  void count_missing_word(const MissingWord& word);
  void report_missing_words();
  void merge_table(Interpreter& later, std::size_t lines_before);
  void interpret(const read::RawObject& object);
  void note_derived(const read::RawObject& object);
  void interpret_member(const read::RawObject& object, const read::RawMember& member);
  void interpret_present(const read::RawObject& object, const read::RawMember& member);
  void quantity(const read::RawObject& object, const read::RawMember& member, const Meaning& meaning);
  bool plain_quantity(const read::RawMember& member, const Meaning& meaning, StatedQuantity& stated);
  bool plain_value(const read::RawMember& member, const Meaning& meaning, double& value);
  bool cell_value(const read::RawMember& member, const Meaning& meaning, double& value);
  void state_origin(StatedQuantity& stated, const KnownKey& key);
  bool quantity_with_error(const read::RawMember& member, const Meaning& meaning, const WrittenWithError& parts,
                           StatedQuantity& stated);
  bool detailed_quantity(const read::RawObject& object, const read::RawMember& member, const Meaning& meaning,
                         StatedQuantity& stated);
  std::optional<double> detailed_value(const read::RawObject& object, const read::RawMember& member,
                                       const Meaning& meaning, Origin& origin, Spelling& spelling);
  bool has_wanted_spellings(std::string_view name) const;
  std::uint32_t keep_spelling(const read::RawMember& member, Spelling spelling);
  bool detail(const read::RawMember& outer, const read::RawMember& part, Origin& origin);
  std::optional<double> plus_minus(const read::RawMember& outer, const read::RawMember& part, const Field& field,
                                   const Unit& unit, double value);
  void doubt(std::size_t row, const StatedQuantity& stated);
  void report_doubts();
  void set_value(std::size_t row, const Facts& facts, const StatedQuantity& stated);
  void label(const read::RawMember& member, const KnownKey& key);
  void unknown_key(const read::RawMember& member, KnownKey& key);
  void report_too_many_labels(std::size_t offset, std::string_view key);
  bool name_of_model(const read::RawObject& object);

  void apply_defaults(std::size_t row);
  void check_scores(std::size_t row);
  void report(std::size_t offset, std::string_view key, Complaint complaint, Severity severity = Severity::error);

  Catalog& catalog_;
  read::SourceText* text_;
  Problems& problems_;
  ReadOptions options_;
  std::size_t first_row_;
  Facts facts_;                             // of the object at hand
  bool keeps_spellings_ = false;            // of the object at hand
  Facts defaults_;                          // of the file
  std::deque<std::string> default_texts_;   // of the labels in defaults_
  std::string source_;                      // of the file; a model's source unless it has its own
  std::vector<KnownKey> keys_;              // by the reader's number
  PlainTargets plain_targets_;              // by the same number
  std::deque<read::LatelyMet> lately_met_;  // of the labels
  std::uint32_t name_key_ = no_key;         // numbers of keys that are read before all others
  std::uint32_t derived_key_ = no_key;
  Column<FieldSet> nulls_{FieldSet()};  // by row: fields that a model says are not measured
  bool has_too_many_labels_ = false;
  std::vector<ColumnMapping> by_number_;  // empty: by their names in options_.map
  bool others_are_labels_ = false;
  Method method_of_next_ = Method::unstated;
  std::vector<bool> met_mappings_;         // by position in options_.map
  std::vector<std::string> column_names_;  // of a table
  std::vector<read::RawMember> heads_;     // the same as members; their keys are in column_names_
  std::vector<Question> questions_;
  std::vector<MissingWord> missing_words_;
  std::vector<Doubted> doubted_;
  std::vector<std::size_t> tiny_rows_;  // models with a number so small that dividing by it may overflow
};

}  // namespace greenml
