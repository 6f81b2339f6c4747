/// \file
/// What a command takes after its name: one row an option or operand. The command line is parsed by this table, and
/// --help is made from it.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::cli {

/// What was typed after an option; nothing where the option was not given. An empty text is something.
using Typed = std::optional<std::string>;

enum class Takes { nothing, a_value, perhaps_a_value, a_value_each_time, operand, operands };

struct Option {
  std::string names;       ///< "-n,--top"; what --help calls an operand: "CATALOG"
  std::string value_name;  ///< what --help calls its value: "N"
  std::string help;
  Takes takes = Takes::a_value;
  /// Gets each value in turn; an empty text where the option takes none.
  std::function<void(const std::string&)> take;
  std::string heading = "Options";  ///< that it stands under in --help
  bool required = false;
  std::vector<std::string> choices = {};  ///< all that a value can be, where that is a few words

  bool is_operand() const { return takes == Takes::operand || takes == Takes::operands; }
  /// Whether a word is one of its names: "-n" of "-n,--top". Never of an operand.
  bool is_named(std::string_view word) const;

  Option& under(std::string_view title) {
    heading = title;
    return *this;
  }
  Option& one_of(std::vector<std::string> words) {
    choices = std::move(words);
    return *this;
  }
  Option& may_be_missing() {
    required = false;
    return *this;
  }
  Option& must_be_given() {
    required = true;
    return *this;
  }
};

/// The variables that are named live as long as the table is parsed by.
class OptionTable {
 public:
  Option& flag(std::string_view names, bool& is_given, std::string_view help);
  Option& value(std::string_view names, Typed& typed, std::string_view value_name, std::string_view help);
  /// --bars, or --bars=MEASURE; an empty text where there is no value.
  Option& optional_value(std::string_view names, Typed& typed, std::string_view value_name, std::string_view help);
  /// --min a=1 --min b=2
  Option& repeatable(std::string_view names, std::vector<std::string>& values, std::string_view value_name,
                     std::string_view help);
  /// What is given by its place.
  Option& operand(std::string_view name, std::string& text, std::string_view help);
  Option& optional_operand(std::string_view name, Typed& typed, std::string_view help);
  /// One or more.
  Option& operands(std::string_view name, std::vector<std::string>& values, std::string_view help);

  const std::vector<Option>& rows() const { return rows_; }

 private:
  Option& add(Option option);

  std::vector<Option> rows_;
};

}  // namespace greenml::cli
