/// \file
/// Whether two figures of one model, earlier and now, can be compared, and how far what they state of themselves goes.

#pragma once

#include <string>

#include "greenml/measure.hpp"
#include "greenml/model.hpp"

namespace greenml {

/// Whether what the measure is computed from came about by a method that weighs less than before.
bool has_weaker_method(const Measure& measure, const Model& before, const Model& now);

/// Whether two values differ by no more than their stated errors together, taken as independent. One error is enough.
bool within_error(const Measure& measure, const Model& before, const Model& now);

/// Whether an error is as large as its value, or larger: then the value says nothing.
bool error_hides_value(const Measure& measure, const Model& model);

/// The label by which values of the measure are comparable and that differs, as a text; empty where none does. Models
/// may be matched by other labels than these: another hardware is then meant to be compared, another quality or number
/// of devices is not. A grid matters to CO2e alone, and not where a what-if or the model itself states the intensity.
std::string incomparable_in(const Measure& measure, const Model& before, const Model& now);

}  // namespace greenml
