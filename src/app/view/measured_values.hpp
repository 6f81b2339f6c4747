/// \file
/// What the values of a measure are like, as far as it decides how they are drawn.

#pragma once

#include "greenml/catalog.hpp"
#include "greenml/measure.hpp"
#include "sheet/chart.hpp"

namespace greenml::cli {

/// As years are, between which no axis shows a half.
bool has_whole_numbers(const Catalog& catalog, const Measure& measure);

/// Whether the label that the measure is has dates in it, as 2023-10-26.
bool has_dates(const Catalog& catalog, const Measure& measure);

/// Whether the shortest bar of a chart would be nothing beside its longest, so that dots on a logarithmic axis show
/// more.
bool span_too_much_for_bars(const render::Chart& chart);

}  // namespace greenml::cli
