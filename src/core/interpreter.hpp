/// \file
/// Gives raw objects their meaning: keys become fields in units, labels or results, and everything that does not
/// make sense becomes a problem. It knows no file format.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/vocabulary.hpp"
#include "greenml/catalog.hpp"
#include "greenml/problem.hpp"
#include "read/raw.hpp"
#include "read/source_text.hpp"

namespace greenml {

class Interpreter final : public read::RawSink {
 public:
  /// Adds the models of one file to the catalog.
  Interpreter(Catalog& catalog, read::SourceText& text, Problems& problems, const ReadOptions& options);

  void model(const read::RawObject& object) override;
  void defaults(const read::RawObject& object) override;
  void header(const read::RawMember& member) override;
  void problem(std::size_t offset, std::string_view message, std::string_view hint) override;

  /// Gives the models what the file's defaults say, wherever in the file they stood, and checks what only then is
  /// known. To be called once, at the end of the file.
  void finish();

 private:
  struct StatedQuantity {
    FieldId field;
    double value;
    Origin origin;
    Spelling spelling = {};  ///< filled where spellings are kept
  };
  struct StatedLabel {
    std::string key;
    LabelKind kind;
    std::string text;
  };
  /// What one object says.
  struct Facts {
    std::string name;
    std::vector<StatedQuantity> quantities;
    std::vector<StatedLabel> labels;
    std::array<bool, fields.size()> derived{};                ///< results of an earlier run
    std::array<std::string_view, fields.size()> stated_as{};  ///< the key by which a field was given, null or not

    void clear();
  };

  void interpret(const read::RawObject& object);
  void note_derived(const read::RawObject& object);
  void interpret_member(const read::RawObject& object, const read::RawMember& member);
  void quantity(const read::RawObject& object, const read::RawMember& member, const Meaning& meaning);
  std::optional<StatedQuantity> plain_quantity(const read::RawMember& member, const Meaning& meaning);
  std::optional<StatedQuantity> detailed_quantity(const read::RawObject& object, const read::RawMember& member,
                                                  const Meaning& meaning);
  bool detail(const read::RawMember& outer, const read::RawMember& part, StatedQuantity& quantity);
  std::optional<double> plus_minus(const read::RawMember& outer, const read::RawMember& part, const Field& field,
                                   const Unit& unit, double value);
  void set_value(std::size_t row, const StatedQuantity& stated);
  void label(const read::RawMember& member);
  void unknown_key(const read::RawMember& member);
  bool name_of_model(const read::RawObject& object);

  void apply_defaults(std::size_t row);
  void check_scores(std::size_t row);
  void report(std::size_t offset, std::string_view key, Complaint complaint, Severity severity = Severity::error);

  Catalog& catalog_;
  read::SourceText& text_;
  Problems& problems_;
  ReadOptions options_;
  std::size_t first_row_;
  Facts facts_;                                       // of the object at hand
  Facts defaults_;                                    // of the file
  std::string source_;                                // of the file; a model's source unless it has its own
  Column<std::uint32_t> null_fields_{0};              // by row: a bit for each field that a model says is not measured
  std::vector<std::size_t> tiny_rows_;                // models with a number so small that dividing by it may overflow
  std::set<std::string, std::less<>> harmless_keys_;  // unknown keys that were looked at and found to be labels
};

}  // namespace greenml
