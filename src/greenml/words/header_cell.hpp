/// \file
/// What the head of a column says by itself: "Params (M)" is a count of parameters in millions, "Energy" an energy in
/// a unit that nobody can know. Nothing is guessed: a head states a quantity and its unit, is a label, or must be
/// explained by a person.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/parsed.hpp"
#include "words/key.hpp"

namespace greenml {

struct HeaderCell {
  enum class Kind {
    known,            ///< `meaning` says what it is: a quantity in a unit, a label or a result
    label,            ///< of no meaning to greenml
    asked,            ///< a quantity of which something is not stated
    asked_if_small,   ///< a count that is one only if its numbers are large: 25.6 parameters are probably millions
    asked_if_needed,  ///< may be the quality, where no other column is
    contradiction,    ///< name and unit are of two kinds
  };
  Kind kind = Kind::label;
  Meaning meaning;                   ///< what it is, or would be with its unit
  std::vector<std::string> choices;  ///< of what is asked: "energy:J", "energy:kWh"; a person takes one of them
  Complaint complaint;               ///< of a contradiction
};

/// `is_of_greenml`: whether the table has a column `name`, so that its other columns are keys of a catalog.
HeaderCell read_header_cell(std::string_view head, bool is_of_greenml);

}  // namespace greenml
