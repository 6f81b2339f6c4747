#include "view/model_card_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

#include "greenml/field.hpp"
#include "greenml/footprint.hpp"
#include "greenml/model_name.hpp"

namespace greenml::cli {

namespace {

/// How the hub names a measure of quality. What is in no row keeps the catalog's name.
struct MetricType {
  FieldId field;
  std::string_view quality_metric;  ///< in small letters
  std::string_view type;
};

constexpr auto metric_types = std::to_array<MetricType>({
    {field_id("accuracy"), "top-1", "accuracy"},
    {field_id("accuracy"), "top-5", "accuracy"},
    {field_id("error_rate"), "wer", "wer"},
    {field_id("error_rate"), "cer", "cer"},
    {field_id("accuracy"), "f1", "f1"},
    {field_id("score"), "bleu", "bleu"},
    {field_id("loss"), "perplexity", "perplexity"},
});

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& letter : small)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return small;
}

std::string type_of(FieldId field, std::string_view quality_metric) {
  if (quality_metric.empty()) return std::string(row_of(field).name);
  const std::string small = in_small_letters(quality_metric);
  for (const MetricType& row : metric_types)
    if (row.field == field && row.quality_metric == small) return std::string(row.type);
  return std::string(quality_metric);
}

std::vector<render::ModelCard::Metric> metrics_of(const Model& model) {
  std::vector<render::ModelCard::Metric> found;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const auto field = static_cast<FieldId>(index);
    const std::optional<double> value = model.value(field);
    if (fields[index].role != Role::quality || !value || !std::isfinite(*value)) continue;
    const std::string_view name = model.label("quality_metric");
    found.push_back({type_of(field, name), *value, std::string(name)});
  }
  return found;
}

void add_result(CardOfModel& made, const Model& model) {
  std::vector<render::ModelCard::Metric> metrics = metrics_of(model);
  std::vector<std::string_view> missing;
  for (const std::string_view label : {"task", "dataset"})
    if (model.label(label).empty()) missing.push_back(label);
  if (metrics.empty()) missing.emplace_back("quality");
  if (!missing.empty()) {
    made.lacks.push_back(fmt::format("no model-index: the catalog does not state {}", fmt::join(missing, ", ")));
    return;
  }
  const std::string dataset(model.label("dataset"));
  made.card.result = {std::string(model.label("task")), dataset, dataset, std::move(metrics)};
  made.remarks.push_back(
      fmt::format("dataset: type is \"{}\", as in the catalog; Hugging Face wants the id of a dataset there", dataset));
}

/// Where a figure comes from: a paper or a tool, or the formula that it follows by; and whether it is no more than an
/// estimate.
std::string source_of(const Model& model, FieldId field) {
  const Origin& origin = model.origin(field);
  std::string source = origin.source.empty() ? std::string(model.label("source")) : origin.source;
  if (origin.computed) {
    const Derivation* derivation = origin.is_what_if() ? nullptr : find_derivation(field);
    source = fmt::format("computed by greenml: {}", derivation != nullptr ? derivation->formula : origin.source);
  }
  if (origin.method != Method::estimated && origin.method != Method::assumed) return source;
  return fmt::format("{}{}{}", source, source.empty() ? "" : "; ", name_of(origin.method));
}

/// The place that a grid is named after, or the grid as the catalog has it.
std::string location_of(const Model& model, const ReferenceTable& grids) {
  if (const std::string_view stated = model.label("geographical_location"); !stated.empty()) return std::string(stated);
  const std::string_view grid = model.label("grid");
  const ReferenceRow* row = grid.empty() ? nullptr : grids.find(grid);
  return row != nullptr && !row->title.empty() ? row->title : std::string(grid);
}

/// The hardware of a model is what its figures were measured on: that of the training only where none of them is of an
/// inference.
std::string training_hardware_of(const Model& model) {
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (fields[index].per_inference && fields[index].bound_to_hardware && model.value(static_cast<FieldId>(index)))
      return {};
  const std::string_view hardware = model.label("hardware");
  const std::string_view count = model.label("hardware_count");
  return hardware.empty() || count.empty() ? std::string(hardware) : fmt::format("{} x {}", count, hardware);
}

void add_emissions(CardOfModel& made, const Model& model, const ReferenceTable& grids) {
  constexpr FieldId training_co2 = field_id("training_co2");
  static_assert(own_unit(row_of(training_co2)).symbol == "g", "the card's emissions are in grams");
  const std::optional<double> grams = model.value(training_co2);
  if (!grams || !std::isfinite(*grams)) {
    made.lacks.emplace_back("no co2_eq_emissions: the catalog does not state training_co2, nor what it follows from");
    return;
  }
  made.card.co2_eq_emissions = {*grams, source_of(model, training_co2), std::string(model.label("training_type")),
                                location_of(model, grids), training_hardware_of(model)};
  if (!model.label("hardware").empty() && made.card.co2_eq_emissions->hardware_used.empty())
    made.remarks.emplace_back(
        "no hardware_used: the catalog's hardware may be that of the inference, of which it has figures");
}

}  // namespace

CardOfModel card_of(const Catalog& catalog, std::size_t row, const ReferenceTable& grids) {
  const Model model = catalog[row];
  CardOfModel made;
  made.card.name = full_name(model);
  add_result(made, model);
  add_emissions(made, model, grids);
  return made;
}

}  // namespace greenml::cli
