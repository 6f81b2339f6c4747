/// \file
/// Units as people write them: "hours", "kwh", "GFLOPs", "kg CO2e", "µJ" beside the symbols of the table of units; and
/// what is wrong with what looks like a unit and is none. Never takes one size for another: where letter case alone
/// tells two sizes apart (mWh, MWh), case matters. Numbers are the business of quantity.hpp.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "greenml/parsed.hpp"
#include "greenml/unit.hpp"

namespace greenml {

/// The unit of that dimension that is written so; nullptr where there is none, or where it could be one of several.
const Unit* read_unit(std::string_view written, Dimension dimension);

/// What is wrong with `written`, which read_unit() does not take for a unit of that dimension, where it is recognised:
/// as a unit of another dimension, a rate, a number of bits, or a spelling of several units. The complaint is about the
/// quantity, given with its quotation marks: `"300 kW" is a power, not an energy`; or about the unit where that is
/// empty. A hint names a unit only where no other size can be meant, or names all that can be.
std::optional<Complaint> recognised_fault(std::string_view quantity, std::string_view written, Dimension dimension);

/// The same for anything that read_unit() does not take; names the known units where nothing is recognised.
Complaint unit_fault(std::string_view quantity, std::string_view written, Dimension dimension);

/// "units of energy: nJ, uJ, mJ, ..."
std::string units_of(Dimension dimension);

/// The unit, and the word after it, of what is "per" something: "J/token" and "J per token" are J and token. The unit
/// is nullptr where it is none of that dimension or where nothing is per anything.
struct PerSomething {
  const Unit* unit = nullptr;
  std::string_view of = {};
};
PerSomething per_something(std::string_view written, Dimension dimension);

}  // namespace greenml
