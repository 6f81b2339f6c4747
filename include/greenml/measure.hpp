/// \file
/// A field or a metric under one name: whatever models can be ordered, limited and shown by.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/field.hpp"
#include "greenml/metric.hpp"
#include "greenml/model.hpp"

namespace greenml {

class Measure {
 public:
  Measure(FieldId field) : field_(field) {}            // NOLINT: a field is a measure
  Measure(const Metric& metric) : metric_(&metric) {}  // NOLINT: a metric is a measure

  std::string_view name() const { return metric_ ? metric_->name : row_of(field_).name; }
  std::string_view title() const { return metric_ ? metric_->title : row_of(field_).title; }
  /// The key of its values for programs; it names the unit: "energy_j".
  std::string key() const;
  Better better() const { return metric_ ? Better::higher : row_of(field_).better; }
  /// Nothing for a metric, which is a plain number.
  std::optional<Dimension> dimension() const;
  bool bound_to_hardware() const;

  /// In the field's own unit, or the metric's value; nothing where it is not known or the metric divides by 0.
  std::optional<double> value(const Model& model) const;
  Lack lack(const Model& model) const;

  /// nullptr for a field.
  const Metric* metric() const { return metric_; }
  /// nothing for a metric.
  std::optional<FieldId> field() const { return metric_ ? std::nullopt : std::optional(field_); }

  bool operator==(const Measure&) const = default;

 private:
  const Metric* metric_ = nullptr;
  FieldId field_{};
};

/// A measure, and the unit in which a bare number of it is written: "latency_ms" is the field latency in ms.
struct NamedMeasure {
  Measure measure;
  const Unit* unit = nullptr;   ///< nullptr for a metric
  bool unit_was_named = false;  ///< by the name, as in latency_ms
};

/// Finds a field, a field with its unit, or a metric; "accuracy/gflop" is accuracy_per_gflop.
std::optional<NamedMeasure> find_measure(std::string_view name);

/// The names of all fields and metrics, for near misses.
std::vector<std::string_view> measure_names();

/// What to do about a name that is no field or metric: "did you mean accuracy_per_gflop?", or where they are listed.
std::string measure_hint(std::string_view name);

}  // namespace greenml
