/// \file
/// Whatever models can be ordered, limited and shown by, under one name: a field, a metric, or a label whose values are
/// numbers. Nobody who has a measure asks which of them it is.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/field.hpp"
#include "greenml/metric.hpp"
#include "greenml/model.hpp"

namespace greenml {

/// Why a model has no value of a measure.
enum class Lack {
  none,
  quantity,  ///< what it is computed from is not known
  zero,      ///< the formula divides by 0, or takes its logarithm
};

/// A metric's value for a model, or why there is none. The value is infinite where a cost is too small for the quotient
/// to be held.
struct Score {
  double value = 0;
  Lack lack = Lack::none;
};

Score score(const Metric& metric, const Model& model);

class Measure {
 public:
  Measure(FieldId field) : field_(field) {}            // NOLINT: a field is a measure
  Measure(const Metric& metric) : metric_(&metric) {}  // NOLINT: a metric is a measure
  /// A label whose values are numbers, without unit; which direction is better is for whoever names it to say.
  static Measure of_label(std::string_view label, Better better);

  std::string_view name() const;
  std::string_view title() const;
  /// The key of its values for programs; it names the unit: "energy_j".
  std::string key() const;
  Better better() const;
  /// Nothing for a metric or a label, which are plain numbers.
  std::optional<Dimension> dimension() const;
  ScaleKind scale() const;
  /// Whether values are comparable only on the same hardware, or for the same functional unit.
  bool bound_to_hardware() const;
  bool per_inference() const;
  /// Whether an amount of `check` that names no measure covers it; see Field.
  bool in_bare_amount() const;

  /// The fields that it is computed from: a metric's inputs, or the field itself; none for a label.
  std::vector<FieldId> inputs() const;
  /// Those of its inputs that are costs.
  std::vector<FieldId> costs() const;

  /// In the field's own unit, or the metric's value; nothing where it is not known or the metric divides by 0.
  std::optional<double> value(const Model& model) const;
  /// The same of several models of a catalog, in less time; NaN where there is none. `to` has room for them.
  void values(const Catalog& catalog, std::span<const std::size_t> rows, std::span<double> to) const;
  Lack lack(const Model& model) const;
  /// The plus-minus of its value that follows from the errors that its inputs state: first order, errors independent.
  /// Nothing where no input states one, or the value is not known.
  std::optional<double> error(const Model& model) const;

  /// For people: "4.09 GFLOP", "9.31".
  std::string text(double value) const;
  /// With all digits, in the measure's own unit: "8178000000 FLOP".
  std::string exact_text(double value) const;

  /// nullptr where it is no metric.
  const Metric* metric() const { return metric_; }
  /// Nothing where it is no field.
  std::optional<FieldId> field() const { return metric_ || label_ ? std::nullopt : std::optional(field_); }
  /// Empty where it is no label.
  std::string_view label() const { return label_ ? std::string_view(label_->name) : std::string_view(); }

  bool operator==(const Measure& other) const;

 private:
  struct LabelMeasure {
    std::string name;
    Better better;
  };

  const Metric* metric_ = nullptr;
  FieldId field_{};
  std::shared_ptr<const LabelMeasure> label_;
};

/// A measure, and the unit in which a bare number of it is written: "latency_ms" is the field latency in ms.
struct NamedMeasure {
  Measure measure;
  const Unit* unit = nullptr;   ///< nullptr for a metric
  bool unit_was_named = false;  ///< by the name, as in latency_ms
};

/// Finds a field, a field with its unit, or a metric; "accuracy/gflop" is accuracy_per_gflop.
std::optional<NamedMeasure> find_measure(std::string_view name);

/// The same; a name that is none of these is taken for that of a label whose values are numbers. Which direction is
/// better is written behind a colon, as in "p95_ms:lower", and else is `otherwise`; without the colon, what looks like
/// a typing error in the name of a field or metric is one. Whether a catalog has such a label is for check_measure() in
/// selection.hpp to say.
Parsed<NamedMeasure> find_measure_or_label(std::string_view name, Better otherwise);

/// The names of all fields and metrics, for near misses.
std::vector<std::string_view> measure_names();

/// What to do about a name that is no field or metric: "did you mean accuracy_per_gflop?", or where they are listed.
std::string measure_hint(std::string_view name);

}  // namespace greenml
