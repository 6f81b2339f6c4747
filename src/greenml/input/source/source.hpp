/// \file
/// A kind of file that another tool writes, and how it is read as a catalog: its mapping, which is a JSON file under
/// data/sources. One more source is one more file there; nothing here names one.

#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/column_mapping.hpp"
#include "greenml/parsed.hpp"

namespace greenml::source {

/// How the value of an output comes from columns of the file.
enum class Operation {
  value,     ///< the one column
  sum,       ///< of all columns, if each has a number; a name with * is all columns that match
  quotient,  ///< of two
  product,   ///< of all columns, if each has a number
  count,     ///< how many of the columns the file has
  text,      ///< a text with columns between braces: "{precision} pp{n_prompt}"
};

/// Columns and their texts, all of which a record must have.
using Condition = std::vector<std::pair<std::string, std::string>>;

/// One way to a field or label. Of several ways to the same the first that has a value counts.
struct Rule {
  Operation operation = Operation::value;
  std::vector<std::string> columns;
  std::string text;     ///< of Operation::text
  std::string pattern;  ///< a regular expression whose first group is the value; empty: all of it
  std::string error;    ///< the column of the plus-minus; empty where there is none
  Condition when;       ///< where the rule holds; empty: always
  bool zero_is_missing = false;
  Method method = Method::unstated;  ///< where it is another than the source's
  std::vector<LabelSetting> also;    ///< labels that hold where this rule gave the value
  ColumnMapping target;              ///< `column` names the rule in messages
};

/// The method of a record's quantities, by the text of one of its columns.
struct MethodByColumn {
  std::string column;
  std::vector<std::pair<std::string, Method>> methods;
  Method otherwise = Method::unstated;
};

/// A column of a log: what a pattern finds in one of its lines.
struct LogLine {
  std::string column;
  std::string pattern;     ///< a regular expression whose first group is the value
  std::string after;       ///< the section that the line must be in; empty: any
  bool takes_last = true;  ///< where several lines state it; else it is not known then
};

enum class Layout { table, json, yaml, card, log };
inline constexpr auto layout_names = std::to_array<std::string_view>({"table", "json", "yaml", "card", "log"});

struct Source {
  std::string name;
  std::string title;
  std::string url;
  std::string refused;  ///< what to do instead, where the file is recognised and holds no models
  std::vector<Layout> layouts;
  std::vector<std::string> recognised_by;  ///< columns that are all there
  std::vector<std::string> or_by;          ///< columns of which one is there; empty: any
  std::vector<std::string> but_not;        ///< and those of which none is
  std::vector<std::string> with_text;      ///< of which one is somewhere in the file; empty: any file
  std::vector<std::string>
      records;                 ///< where the records are: "Models[].Results[]", "results{}"; the first that has any
  std::vector<LogLine> lines;  ///< of a log: its columns
  std::vector<std::string> sections;  ///< of a log: texts of lines that begin a section
  std::string pivot_key;              ///< where each object is a column: that of its name, and of its value
  std::string pivot_value;
  std::string result_by;  ///< the column that tells several results of one model apart, which --result chooses by
  std::vector<Rule> rules;
  bool others_are_labels = true;
  std::vector<std::string> missing;
  std::vector<std::string> last_of;  ///< of records with these columns alike the last counts
  Condition only;                    ///< records that count; empty: all
  std::vector<LabelSetting> defaults;
  Method method = Method::unstated;
  std::optional<MethodByColumn> method_by;
};

/// Whether a column is called so; a star in the pattern stands for any letters.
bool is_named(std::string_view pattern, std::string_view name);

/// The last part of a path, "Metadata.FLOPs" -> "FLOPs", without braces.
std::string_view last_name(std::string_view path);

/// Reads a mapping. The complaint says what is wrong in it, and where.
Parsed<Source> parse_source(std::string_view json);
/// The same, without a look at its regular expressions, which takes most of the time: for the built-in ones.
Parsed<Source> parse_trusted_source(std::string_view json);

/// The sources that are built in, by their names.
std::vector<const Source*> built_in_sources();

/// Those of them that may read a file in one of the layouts in whose text one of their columns is found. The others are
/// not looked at: reading all mappings takes longer than a small catalog does.
std::vector<const Source*> built_in_sources_for(const std::function<bool(Layout)>& may_be, std::string_view text);

}  // namespace greenml::source
