/// \file
/// Models read from one file or several. Quantities are kept in columns and texts once each, so that a million
/// models fit in memory; see model.hpp for the view of one.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "greenml/column.hpp"
#include "greenml/column_mapping.hpp"
#include "greenml/join.hpp"
#include "greenml/label.hpp"
#include "greenml/model.hpp"
#include "greenml/problem.hpp"
#include "greenml/row_lines.hpp"
#include "greenml/text_pool.hpp"

namespace greenml {

/// A file that is to be read.
struct Input {
  std::string name;  ///< for messages; its suffix tells the format: .ndjson and .jsonl have one model a line
  /// Reads the next bytes into the buffer; returns how many, 0 at the end. Throws nothing.
  std::function<std::size_t(std::span<char> buffer)> read;
  /// Where the file is, if it is a regular one: the file of a model is inspected. Empty for any other.
  std::string path = {};
};

/// An input whose bytes are in memory and stay there.
Input from_memory(std::string name, std::string_view bytes);

/// How a quantity stands in its file, for whoever wants to be shown.
struct Spelling {
  std::string key;
  std::string text;            ///< "4.09 GMAC" with its quotation marks, or a number
  const Unit* unit = nullptr;  ///< in which it is written
  std::size_t line = 0;
  std::string file = {};  ///< where that is not the model's
};

class Catalog {
 public:
  Catalog();

  std::size_t size() const { return names_.size(); }
  Model operator[](std::size_t row) const { return {*this, row}; }

  std::string_view name(std::size_t row) const { return names_[row]; }
  /// The names of several models, in less time than one after another. `to` has room for them.
  void names(std::span<const std::size_t> rows, std::span<std::string_view> to) const { names_.read(rows, to); }
  /// Calls `visit(row, name)` for rows from `first` up to `last`, in less time than a name for each row takes.
  template <typename Visit>
  void for_each_name(std::size_t first, std::size_t last, Visit visit) const {
    std::string_view name;
    for (std::size_t row = first; row < last; ++row) {
      name = row == first ? names_[row] : names_.next(row, name);
      visit(row, name);
    }
  }
  /// In the field's own unit; NaN where it is not known.
  double value(FieldId field, std::size_t row) const { return quantities_[index_of(field)].values[row]; }
  /// The same of several models, in less time. `to` has room for them.
  void values(FieldId field, std::span<const std::size_t> rows, std::span<double> to) const {
    quantities_[index_of(field)].values.copy(rows, to);
  }
  bool has(FieldId field) const { return !quantities_[index_of(field)].values.empty(); }
  const Origin& origin(FieldId field, std::size_t row) const;
  /// Whether any quantity has an origin that says something.
  bool has_origins() const { return origins_.size() > 1; }
  /// `key` may be any label, also "name".
  LabelValue label(std::string_view key, std::size_t row) const;
  LabelValue label(LabelId label, std::size_t row) const;
  bool has_label(std::string_view key) const;
  /// 0 where the model has no such label; models with the same number have the same text. Not of the name.
  std::uint32_t label_number(LabelId label, std::size_t row) const { return column_of(label).numbers[row]; }
  /// Calls `visit(row, number)` for rows from `first` up to `last`, in less time than a look at each row takes.
  template <typename Visit>
  void for_each_label_number(LabelId label, std::size_t first, std::size_t last, Visit visit) const {
    column_of(label).numbers.for_each(first, last, visit);
  }
  /// The largest number of a label's values; they begin at 1.
  std::size_t largest_label_number(LabelId label) const { return column_of(label).values.size(); }
  /// The text that such a number stands for; valid until `clear_models`.
  std::string_view text_of_label(LabelId label, std::uint32_t number) const {
    return column_of(label).values.text(number - 1);
  }
  /// Nothing for a label that is not in the table of labels and that no model has.
  std::optional<LabelId> find_label_id(std::string_view key) const;
  /// The labels that some model has and that are not in the table of labels, in alphabetical order.
  std::vector<std::string_view> further_labels() const;
  /// Whether some model has a number under this label: 3 or 3.5, no text with digits in it.
  bool has_numbers(LabelId label) const;

  /// nullptr where spellings were not asked for, or the model has no such quantity.
  const Spelling* spelling(FieldId field, std::size_t row) const;

  std::string_view file(std::size_t row) const;
  std::size_t line(std::size_t row) const { return lines_[row]; }

  // Building, which is the reader's business: rows are added one after another.

  /// Puts the models of another catalog behind those of this one. `lines_before` are added to their lines.
  void append(const Catalog& later, std::size_t lines_before);
  /// Takes out all models. The values of labels stay known, and keep their numbers, but for those of a label that
  /// `has_mostly_different` ones.
  void clear_models();
  void begin_file(std::string name) { files_.push_back({std::move(name), size()}); }
  void add_model(std::string_view name, std::size_t line);
  void set_value(FieldId field, std::size_t row, double value) { quantities_[index_of(field)].values.set(row, value); }
  void set_origin(FieldId field, std::size_t row, const Origin& origin);
  void set_value(FieldId field, std::size_t row, double value, const Origin& origin) {
    set_value(field, row, value);
    set_origin(field, row, origin);
  }
  void clear_value(FieldId field, std::size_t row);
  /// Puts what a what-if assumes in the place of what is stated, whose spelling stays; NaN clears both. `working` says
  /// how it was arrived at.
  void replace_value(FieldId field, std::size_t row, double value, std::string_view working);
  /// A value of kind `missing` is kept as such, so that a default does not replace it; see `label_is_set`.
  void set_label(LabelId label, std::size_t row, LabelValue value);
  /// A value of a label, and its number, from 1, which models with that value share.
  TextPool::Kept intern_label(LabelId label, LabelValue value) {
    TextPool::Kept kept = column_of(label).values.intern(value.text, static_cast<std::uint8_t>(value.kind));
    ++kept.number;
    return kept;
  }
  /// Where the values of a field go, or the numbers of a label's: for who adds many. They stay where they are.
  Column<double>& values_of(FieldId field) { return quantities_[index_of(field)].values; }
  CodeColumn& numbers_of(LabelId label) { return column_of(label).numbers; }
  /// Whether the values of a label are so many, or so different, that a new one is no longer looked for among them.
  bool has_mostly_different(LabelId label) const { return column_of(label).values.is_full(); }
  /// Of a label that is not in the table the first time it is asked for.
  LabelId add_label(std::string_view key);
  void set_spelling(FieldId field, std::size_t row, const Spelling& spelling) { spellings_[{row, field}] = spelling; }
  bool label_is_set(LabelId label, std::size_t row) const { return column_of(label).numbers[row] != 0; }
  std::size_t label_count() const { return labels_.size(); }

 private:
  struct QuantityColumn {
    Column<double> values{std::numeric_limits<double>::quiet_NaN()};
    Column<std::uint32_t> origins{0};  // positions in origins_
  };
  struct LabelColumn {
    CodeColumn numbers;  // in values, from 1
    TextPool values;
  };
  LabelColumn& column_of(LabelId label) { return *labels_[index_of(label)]; }
  const LabelColumn& column_of(LabelId label) const { return *labels_[index_of(label)]; }
  void append_labels(const LabelColumn& later, std::size_t later_size, LabelColumn& column);
  struct File {
    std::string name;
    std::size_t first_row;
  };

  void append_quantities(const Catalog& later);

  static constexpr std::size_t index_of(FieldId field) { return static_cast<std::size_t>(field); }
  static constexpr std::size_t index_of(LabelId label) { return static_cast<std::size_t>(label); }

  TextList names_;
  RowLines lines_;
  std::array<QuantityColumn, fields.size()> quantities_;
  std::vector<Origin> origins_ = {Origin{}};
  std::vector<std::unique_ptr<LabelColumn>> labels_;  // the table's, then further ones; they stay where they are
  std::map<std::string, LabelId, std::less<>> further_;
  std::map<std::pair<std::size_t, FieldId>, Spelling> spellings_;
  std::vector<File> files_;
};

/// How a table is written, as far as it does not tell by itself.
struct TableDialect {
  std::optional<char> delimiter;                    ///< told by the header where there is none
  char decimal = '.';                               ///< or a comma: 0,42
  std::optional<std::size_t> table = std::nullopt;  ///< which table of a Markdown document, from 1
};

/// A label that every model gets, whatever its file says.
struct LabelSetting {
  std::string label;
  std::string text;
};

struct ReadOptions {
  bool keep_spellings = false;  ///< takes memory for every quantity
  /// Keeps them only of models that this may mean; see `may_mean` in model_name.hpp. Without a join.
  std::optional<std::string> spellings_of = std::nullopt;
  bool name_files = false;                ///< a quantity of a table or another tool has its file as its source
  std::vector<ColumnMapping> map = {};    ///< what columns and keys mean; each must be met
  bool map_is_for_others_too = false;     ///< so that these files need not have all of its columns
  std::vector<std::string> missing = {};  ///< texts and numbers that stand for no value: "N/A", "-1"
  std::vector<LabelSetting> set = {};
  std::string as = {};                                ///< the source whose mapping reads the files; empty: recognised
  std::optional<std::string> mapping = std::nullopt;  ///< the text of a mapping of the user's own
  std::optional<std::string> result = std::nullopt;   ///< which of several results of a model
  TableDialect dialect = {};
  std::vector<ColumnMapping>* columns = nullptr;  ///< gets what the columns of tables were read as; may be missing
  std::optional<Join> join = std::nullopt;        ///< brings rows of several files together
  /// How many bytes of a file are in memory at a time, where no model is larger: enough for speed, and few enough to
  /// stay in a processor's cache. It makes no difference to what is read.
  std::size_t window = std::size_t{1} << 20;
};

/// Reads catalogs into one. Every problem of every file is reported, not only the first; the catalog is fit for use
/// only if there are no errors. Two models with one identity (the labels that are marked so in label.hpp) are an error.
Catalog read_catalogs(std::span<Input> inputs, Problems& problems, const ReadOptions& options = {});

}  // namespace greenml
