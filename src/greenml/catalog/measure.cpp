#include "greenml/measure.hpp"

#include "greenml/spelling.hpp"
#include "words/key.hpp"

namespace greenml {

namespace {

/// "accuracy/gflop" as a metric is named: accuracy_per_gflop.
std::string without_slash(std::string_view name) {
  std::string spelled(name);
  if (const std::size_t slash = spelled.find('/'); slash != std::string::npos) spelled.replace(slash, 1, "_per_");
  return spelled;
}

}  // namespace

std::string Measure::key() const {
  return metric_ ? std::string(metric_->name) : key_of(row_of(field_), own_unit(row_of(field_)));
}

std::optional<Dimension> Measure::dimension() const {
  return metric_ ? std::nullopt : std::optional(row_of(field_).dimension);
}

bool Measure::bound_to_hardware() const {
  return metric_ ? greenml::bound_to_hardware(*metric_) : row_of(field_).bound_to_hardware;
}

std::optional<double> Measure::value(const Model& model) const {
  if (!metric_) return model.value(field_);
  const Score computed = score(*metric_, model);
  return computed.lack == Lack::none ? std::optional(computed.value) : std::nullopt;
}

Lack Measure::lack(const Model& model) const {
  if (metric_) return score(*metric_, model).lack;
  return model.value(field_) ? Lack::none : Lack::quantity;
}

std::optional<NamedMeasure> find_measure(std::string_view name) {
  const Meaning meaning = meaning_of(name);
  if (meaning.kind == Meaning::Kind::quantity) return NamedMeasure{meaning.field, meaning.unit, meaning.unit_was_named};

  const std::string spelled = without_slash(name);
  for (const Metric& metric : metrics)
    if (metric.name == spelled || metric.title == name) return NamedMeasure{metric};
  return std::nullopt;
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
