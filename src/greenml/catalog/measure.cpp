#include "greenml/measure.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <tuple>

#include "greenml/catalog.hpp"
#include "greenml/spelling.hpp"
#include "words/decimal.hpp"
#include "words/key.hpp"

namespace greenml {

namespace {

/// "accuracy/gflop" as a metric is named: accuracy_per_gflop.
std::string without_slash(std::string_view name) {
  std::string spelled(name);
  if (const std::size_t slash = spelled.find('/'); slash != std::string::npos) spelled.replace(slash, 1, "_per_");
  return spelled;
}

/// Reads "2012-06-17" or "2012-06" as a year and a fraction of it.
std::optional<double> year_of_date(std::string_view text) {
  constexpr auto shape_fits = [](std::string_view date) {
    constexpr std::string_view shape = "dddd-dd-dd";
    for (std::size_t at = 0; at < date.size(); ++at)
      if (shape[at] == 'd' ? date[at] < '0' || date[at] > '9' : date[at] != '-') return false;
    return date.size() == 7 || date.size() == 10;
  };
  if (text.size() > 10 || !shape_fits(text)) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t length) {
    return static_cast<int>(*parse_decimal(text.substr(at, length)));
  };
  const std::chrono::year year(part(0, 4));
  const std::chrono::year_month_day date(year, std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                         std::chrono::day(text.size() == 10 ? static_cast<unsigned>(part(8, 2)) : 1));
  if (!date.ok()) return std::nullopt;
  const std::chrono::sys_days begin(year / 1 / 1);
  const std::chrono::sys_days end((year + std::chrono::years(1)) / 1 / 1);
  const auto days = static_cast<double>((std::chrono::sys_days(date) - begin).count());
  return static_cast<double>(static_cast<int>(year)) + days / static_cast<double>((end - begin).count());
}

/// The number that a label states, or the year of a date; nothing where it is another text or not there.
std::optional<double> number_in(const LabelValue& label) {
  if (label.kind != LabelKind::number && label.kind != LabelKind::text) return std::nullopt;
  if (const std::optional<double> number = parse_decimal(label.text)) return number;
  return year_of_date(label.text);
}

/// Whether a metric can be computed where an input of it is 0: the quality of a ratio.
bool may_be_zero(const Metric& metric, std::size_t input) { return input == 0 && metric.is_ratio(); }

/// Reads the values that a metric is computed from. Says why it cannot be computed of them.
Lack read_inputs(const Metric& metric, const Model& model, InputValues& values) {
  for (std::size_t index = 0; index < metric.inputs.count; ++index) {
    values[index] = model.catalog().value(metric.inputs.ids[index], model.row());
    if (std::isnan(values[index])) return Lack::quantity;
    if (values[index] == 0 && !may_be_zero(metric, index)) return Lack::zero;
  }
  return Lack::none;
}

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// The same as `score` for each of the models; NaN where there is none.
void scores(const Metric& metric, const Catalog& catalog, std::span<const std::size_t> rows, std::span<double> to) {
  constexpr std::size_t most = 256;
  std::array<std::array<double, most>, std::tuple_size_v<InputValues>> inputs;
  for (std::size_t first = 0; first < rows.size(); first += most) {
    const std::span<const std::size_t> some = rows.subspan(first, std::min(most, rows.size() - first));
    const std::span<double> found = to.subspan(first, some.size());
    std::fill(found.begin(), found.end(), 0);
    for (std::size_t index = 0; index < metric.inputs.count; ++index) {
      catalog.values(metric.inputs.ids[index], some, inputs[index]);
      const bool zero_is_lack = !may_be_zero(metric, index);
      std::transform(found.begin(), found.end(), inputs[index].begin(), found.begin(),
                     [zero_is_lack](double so_far, double value) {
                       return std::isnan(value) || (zero_is_lack && value == 0) ? not_known : so_far;
                     });
    }
    if (metric.is_ratio()) {
      // As accuracy_per_cost has it, with many at a time; what is not known stays so.
      convert_to(*metric.cost_unit, std::span(inputs[1]).first(found.size()));
      for (std::size_t at = 0; at < found.size(); ++at) found[at] += inputs[0][at] / inputs[1][at];
      continue;
    }
    for (std::size_t at = 0; at < found.size(); ++at) {
      if (std::isnan(found[at])) continue;
      InputValues values{};
      for (std::size_t index = 0; index < metric.inputs.count; ++index) values[index] = inputs[index][at];
      found[at] = metric.compute(metric, values);
    }
  }
}

}  // namespace

Score score(const Metric& metric, const Model& model) {
  InputValues values{};
  const Lack lack = read_inputs(metric, model, values);
  return lack == Lack::none ? Score{.value = metric.compute(metric, values)} : Score{.lack = lack};
}

Measure Measure::of_label(std::string_view label, Better better) {
  Measure measure{FieldId{}};
  measure.label_ = std::make_shared<const LabelMeasure>(LabelMeasure{std::string(label), better});
  return measure;
}

std::string_view Measure::name() const {
  if (label_) return label_->name;
  return metric_ ? metric_->name : row_of(field_).name;
}

std::string_view Measure::title() const {
  if (label_) return label_->name;
  return metric_ ? metric_->title : row_of(field_).title;
}

std::string Measure::key() const {
  return field() ? key_of(row_of(field_), own_unit(row_of(field_))) : std::string(name());
}

Better Measure::better() const {
  if (label_) return label_->better;
  return metric_ ? Better::higher : row_of(field_).better;
}

std::optional<Dimension> Measure::dimension() const {
  return field() ? std::optional(row_of(field_).dimension) : std::nullopt;
}

ScaleKind Measure::scale() const {
  if (label_) return ScaleKind::linear;
  return metric_ ? metric_->scale : row_of(field_).scale;
}

std::vector<FieldId> Measure::inputs() const {
  if (label_) return {};
  if (metric_) return {metric_->inputs.begin(), metric_->inputs.end()};
  return {field_};
}

std::vector<FieldId> Measure::costs() const {
  std::vector<FieldId> found = inputs();
  std::erase_if(found, [](FieldId input) { return row_of(input).role != Role::cost; });
  return found;
}

bool Measure::bound_to_hardware() const {
  const std::vector<FieldId> from = inputs();
  return std::any_of(from.begin(), from.end(), [](FieldId input) { return row_of(input).bound_to_hardware; });
}

bool Measure::per_inference() const {
  const std::vector<FieldId> from = inputs();
  return std::any_of(from.begin(), from.end(), [](FieldId input) { return row_of(input).per_inference; });
}

bool Measure::in_bare_amount() const {
  if (label_) return false;
  return metric_ ? metric_->in_bare_amount : row_of(field_).in_bare_amount;
}

std::optional<double> Measure::value(const Model& model) const {
  if (label_) return number_in(model.label_value(label_->name));
  if (!metric_) return model.value(field_);
  const Score computed = score(*metric_, model);
  return computed.lack == Lack::none ? std::optional(computed.value) : std::nullopt;
}

void Measure::values(const Catalog& catalog, std::span<const std::size_t> rows, std::span<double> to) const {
  if (metric_) return scores(*metric_, catalog, rows, to);
  if (!label_) return catalog.values(field_, rows, to);
  for (std::size_t index = 0; index < rows.size(); ++index) to[index] = value(catalog[rows[index]]).value_or(not_known);
}

Lack Measure::lack(const Model& model) const {
  if (metric_) {
    InputValues values{};
    return read_inputs(*metric_, model, values);
  }
  return value(model) ? Lack::none : Lack::quantity;
}

std::optional<double> Measure::error(const Model& model) const {
  if (label_) return std::nullopt;
  if (!metric_) return model.value(field_) ? model.origin(field_).error : std::nullopt;
  InputValues values{};
  if (read_inputs(*metric_, model, values) != Lack::none) return std::nullopt;
  double squares = 0;
  bool stated = false;
  for (std::size_t index = 0; index < metric_->inputs.count; ++index) {
    const std::optional<double> error = model.origin(metric_->inputs.ids[index]).error;
    if (!error) continue;
    stated = true;
    // The slope of the formula, by a central difference that is small beside the value.
    const double step = 1e-6 * (values[index] == 0 ? 1 : std::abs(values[index]));
    InputValues above = values;
    InputValues below = values;
    above[index] += step;
    below[index] -= step;
    const double slope = (metric_->compute(*metric_, above) - metric_->compute(*metric_, below)) / (2 * step);
    squares += (slope * *error) * (slope * *error);
  }
  return stated ? std::optional(std::sqrt(squares)) : std::nullopt;
}

std::string Measure::text(double value) const { return dimension() ? for_people(value, *dimension()) : rounded(value); }

std::string Measure::exact_text(double value) const {
  const std::optional<Dimension> unit_of_value = dimension();
  if (!unit_of_value || is_plain(*unit_of_value)) return round_trip(value);
  return fmt::format("{}{}{}", round_trip(value), is_attached(*unit_of_value) ? "" : " ",
                     row_of(*unit_of_value).base_unit);
}

bool Measure::operator==(const Measure& other) const {
  if (label_ || other.label_)
    return label_ && other.label_ && label_->name == other.label_->name && label_->better == other.label_->better;
  return metric_ == other.metric_ && (metric_ || field_ == other.field_);
}

std::optional<NamedMeasure> find_measure(std::string_view name) {
  const Meaning meaning = meaning_of(name);
  if (meaning.kind == Meaning::Kind::quantity) return NamedMeasure{meaning.field, meaning.unit, meaning.unit_was_named};

  const std::string spelled = without_slash(name);
  for (const Metric& metric : metrics)
    if (metric.name == spelled || metric.title == name) return NamedMeasure{metric};
  return std::nullopt;
}

Parsed<NamedMeasure> find_measure_or_label(std::string_view name, Better otherwise) {
  if (std::optional<NamedMeasure> named = find_measure(name)) return *named;
  for (const auto& [direction, better] : {std::pair(":lower", Better::lower), std::pair(":higher", Better::higher)})
    if (name.ends_with(direction))
      return NamedMeasure{Measure::of_label(name.substr(0, name.size() - std::string_view(direction).size()), better)};
  if (name.empty()) return Complaint{"the name of a field or metric is missing", measure_hint(name)};
  if (const std::string near = did_you_mean(without_slash(name), measure_names()); !near.empty())
    return Complaint{fmt::format("\"{}\" is no field or metric", name), near};
  return NamedMeasure{Measure::of_label(name, otherwise)};
}

std::vector<std::string_view> measure_names() {
  std::vector<std::string_view> names;
  for (const Field& field : fields) names.push_back(field.name);
  for (const Metric& metric : metrics) names.push_back(metric.name);
  return names;
}

std::string measure_hint(std::string_view name) {
  const std::string near = did_you_mean(without_slash(name), measure_names());
  return near.empty() ? "see greenml list metrics and greenml list fields" : near;
}

}  // namespace greenml
