/// \file
/// Numbers in tables as people write them, beyond what JSON allows: "+2", "1.014,45" with a decimal comma, "1:02:03"
/// for a time, and words that stand for nothing.

#pragma once

#include <string>
#include <string_view>

#include "greenml/unit.hpp"
#include "input/raw_object.hpp"

namespace greenml {

class CellText {
 public:
  /// A cell of a column of quantities that is not a number as JSON has it.
  CellText(const read::RawValue& cell, Dimension dimension);

  /// The text with which a quantity is read: "1014.45" for "1.014,45", "3723" for the time "1:02:03".
  std::string_view number() const { return number_; }
  /// Whether it is one of the words that often stand for a missing value: "N/A", "nan", "-".
  bool is_missing_word() const;
  /// Whether it looks like a number with a decimal comma in a table that is not said to have them.
  bool may_have_decimal_comma() const;
  /// What to do where it is no quantity; may be empty.
  std::string hint() const;

 private:
  std::string_view written_;
  std::string number_;
  bool has_decimal_comma_;
};

}  // namespace greenml
