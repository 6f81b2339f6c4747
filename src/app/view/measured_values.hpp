/// \file
/// What the values of a measure are like, as far as it decides how they are drawn.

#pragma once

#include "greenml/catalog.hpp"
#include "greenml/measure.hpp"
#include "sheet/chart.hpp"

namespace greenml::cli {

/// What is measured along an axis: a field or metric, or a label of numbers or dates, as years, between which no axis
/// shows a half.
render::Quantity quantity_of(const Catalog& catalog, const Measure& measure);

/// Whether the shortest bar of a chart would be nothing beside its longest, so that dots on a logarithmic axis show
/// more.
bool span_too_much_for_bars(const render::Chart& chart);

}  // namespace greenml::cli
