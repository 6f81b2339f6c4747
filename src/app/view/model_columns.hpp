/// \file
/// Columns of a sheet whose rows are rows of a catalog: labels, fields and metrics. Commands put theirs between.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/frontier.hpp"
#include "greenml/label.hpp"
#include "greenml/measure.hpp"
#include "greenml/result_key.hpp"
#include "greenml/selection.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

/// A label of a model as results have it: under a what-if, the grid that the model ran on is not the one that its
/// numbers are of, and is left out.
LabelValue label_in_result(const Catalog& catalog, LabelId label, std::size_t row);

render::Column label_column(const Catalog& catalog, std::string_view label, render::Audience audience);
render::Column measure_column(const Catalog& catalog, const Measure& measure, render::Audience audience);

/// Which fields of a model greenml computed, or a what-if assumed: "training_energy:estimated co2 pue:assumed".
render::Column derived_column(const Catalog& catalog, render::Audience audience);
/// Whether greenml computed a value of the measure, or what it comes from, for any model of the groups.
bool is_computed(const Catalog& catalog, const Measure& measure, std::span<const Group> groups);

/// Whether a model is on the frontier, as an optional truth by its row: "yes", "no", or nothing where it is not known.
template <typename IsOn>
render::Column frontier_column(std::string title, render::Audience audience, IsOn is_on) {
  return {.key = std::string(result::pareto),
          .title = std::move(title),
          .audience = audience,
          .expendable = 1,
          .cell =
              [is_on](std::size_t row) {
                const std::optional<bool> found = is_on(row);
                return found ? render::Cell(std::string_view(*found ? "yes" : "no")) : render::Cell();
              },
          .kinds =
              [is_on](render::Rows rows, std::span<std::uint32_t> kinds) {
                std::transform(rows.begin(), rows.end(), kinds.begin(), [&](std::size_t row) -> std::uint32_t {
                  const std::optional<bool> found = is_on(row);
                  return found ? *found ? 2 : 1 : 0;
                });
              }};
}

/// What programs get of every model, whatever the catalog has: all labels that greenml knows.
std::vector<render::Column> all_label_columns(const Catalog& catalog);
/// The same for all fields and metrics, and at the end the catalog's further labels.
std::vector<render::Column> all_measure_columns(const Catalog& catalog);

/// Derived, estimated or assumed, if a quantity that the measure comes from is; else unstated.
Method least_sure_method(const Catalog& catalog, const Measure& measure, std::size_t row);

/// For people: whether a measure's value is derived, estimated or assumed. Nothing if it is none of them for all
/// models.
std::optional<render::Column> method_column(const Catalog& catalog, const Measure& measure,
                                            std::span<const Group> groups);

/// The labels, other than the name, that tell apart models of one of the groups; a person needs to see them.
std::vector<std::string_view> telling_labels(const Catalog& catalog, std::span<const Group> groups);

/// Those of a model's identity in which models of one name differ, wherever they are: without them rows look alike.
std::vector<std::string_view> labels_of_namesakes(const Catalog& catalog, std::span<const Group> groups);

/// "image-classification / ImageNet-1k / top-1"; empty for models without labels.
std::string name_of(const Group& group);

/// What differences of a quality are counted in: "points" of a percentage, else the field's title.
std::string quality_unit(FieldId quality);

/// "beaten by MobileNetV2: +0.8 points at 0.41x the FLOPs"
std::string describe_defeat(const Catalog& catalog, const Objectives& objectives, std::size_t row, std::size_t by);

}  // namespace greenml::cli
