#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

#include "analysis/audit_factor.hpp"
#include "analysis/audit_name.hpp"
#include "analysis/audit_rules.hpp"
#include "greenml/model_name.hpp"

namespace greenml::audit_detail {

namespace {

constexpr auto rules_of_catalogs = std::to_array<AuditRule>({
    {"same_model", "params, flops, latency, energy of rows with one name",
     "params and flops of one name and variant within 5 %, or no named factor apart; latency and energy too on one "
     "hardware",
     "the same model has the same figures in every row", "the rows of the catalog",
     "which of the rows has the right figure"},
    {"unlike_the_others", "size / params, energy / latency, co2 / energy, accuracy of comparable models",
     "within 2 (size) to 5 times the median of at least 8, and 6 times their usual deviation",
     "a figure with a wrong unit stands apart from those with the right one",
     "median absolute deviation, the rows of the catalog", "the units of the quantities"},
    {"unlike_neighbours", "latency / flops, energy / flops of models on one hardware",
     "within 4 times the median of the 3 models of its family that are nearest in FLOPs; where there are not 3, within "
     "11 "
     "times that of the 3 nearest of all",
     "networks of one kind and size compute about as fast on one device",
     "timm on an RTX 4090: 1,199 networks within 4", "the units of latency or energy, and of flops"},
    {"two_scales", "all values of a field", "no gap that parts a field into groups a factor of 1000 apart",
     "a catalog that was put together from two sources may have two units in one column", "the rows of the catalog",
     "the unit of the field in either group"},
    {"identical_figures", "accuracy, flops, params, latency, energy of rows with different names",
     "no two networks that are alike in accuracy and two further figures to all digits",
     "different networks do not have identical figures: a row was copied", "the rows of the catalog",
     "which of the rows is the copy"},
    {"sentinel", "all values of a field", "no 0, 999, 9999, 99999 in 3 rows and more, and a tenth of all",
     "programs write such numbers where they know nothing", "pandas, MATLAB, Fortran habits",
     "whether the value is missing: null says so"},
});

AuditFinding& add(std::vector<AuditFinding>& findings, std::string_view rule, std::size_t row, FieldId field,
                  double value) {
  AuditFinding& finding = findings.emplace_back();
  finding.rule = find_audit_rule(rule);
  finding.row = row;
  finding.what = std::string(row_of(field).name);
  finding.figure = {value, row_of(field).dimension, ""};
  return finding;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// A row and its value, or the logarithm of it to base 10.
struct Valued {
  std::size_t row;
  double value;
};

/// The rows of a field that state it, greater than 0.
std::vector<Valued> logarithms(const Catalog& catalog, std::span<const std::size_t> rows, FieldId field) {
  std::vector<Valued> result;
  if (!catalog.has(field)) return result;
  for (const std::size_t row : rows)
    if (const auto value = stated(catalog[row], field); value && *value > 0)
      result.push_back({row, std::log10(*value)});
  return result;
}

// --- same_model

std::string whose_row(const Catalog& catalog, std::size_t row) {
  return fmt::format("{} in line {}", full_name(catalog[row]), catalog.line(row));
}

struct SameFigure {
  FieldId field;
  bool same_variant;   ///< the variant changes it
  bool same_hardware;  ///< so does the hardware
};
constexpr auto same_figures = std::to_array<SameFigure>({
    {field_id("params"), false, false},
    {field_id("flops"), true, false},
    {field_id("size"), true, false},
    {field_id("latency"), true, true},
    {field_id("energy"), true, true},
});

/// How far a figure is from what is usual in the catalog, for its FLOPs or parameters: tells which of two rows is in
/// doubt.
class Usual {
 public:
  Usual(const Catalog& catalog, FieldId field, const std::vector<Valued>& values) : catalog_(catalog), field_(field) {
    std::vector<double> all;
    for (const Valued& one : values) all.push_back(normal(one));
    if (!all.empty()) median_ = median_of(std::move(all));
  }
  double distance(const Valued& one) const { return std::abs(normal(one) - median_); }

 private:
  double normal(const Valued& one) const {
    for (const FieldId by : {field_id("flops"), field_id("params")})
      if (const auto value = by == field_ ? std::nullopt : stated(catalog_[one.row], by); value && *value > 0)
        return one.value - std::log10(*value);
    return one.value;
  }

  const Catalog& catalog_;
  FieldId field_;
  double median_ = 0;
};

/// Compares each row with the median of those that are the same model.
void find_same_models(const Catalog& catalog, std::span<const std::size_t> rows, std::vector<AuditFinding>& findings) {
  for (const SameFigure& one : same_figures) {
    std::map<std::vector<std::string>, std::vector<Valued>> models;
    const std::vector<Valued> all = logarithms(catalog, rows, one.field);
    const Usual usual(catalog, one.field, all);
    for (const Valued& valued : all) {
      const Model model = catalog[valued.row];
      const NetworkName name = network_name(model.name());
      std::vector<std::string> key = {std::string(name.base())};
      if (one.same_variant) key.emplace_back(model.label("variant"));
      if (one.same_hardware) {
        // What an inference is differs by task.
        for (const std::string_view label : {"hardware", "hardware_count", "task", "functional_unit"})
          key.emplace_back(model.label(label));
      }
      models[std::move(key)].push_back(valued);
    }
    for (const auto& [key, same] : models) {
      if (same.size() < 2) continue;
      std::vector<double> values;
      for (const Valued& valued : same) values.push_back(valued.value);
      double middle = median_of(values);
      if (same.size() == 2) middle = usual.distance(same[0]) > usual.distance(same[1]) ? same[1].value : same[0].value;
      const auto typical = std::find_if(same.begin(), same.end(), [&](const Valued& v) { return v.value == middle; });
      for (const Valued& valued : same) {
        const double ratio = std::pow(10, valued.value - middle);
        const auto factor = named_factor(ratio, row_of(one.field).dimension);
        // Two rows that are a small factor apart may be two versions of the model.
        if (!factor || (!is_gross(factor->factor) && same.size() < 3) || factor->factor == 1) continue;
        AuditFinding& finding = add(findings, "same_model", valued.row, one.field, std::pow(10, valued.value));
        finding.figure.value = *stated(catalog[valued.row], one.field);
        finding.against = AuditAgainst::model;
        finding.other = {*stated(catalog[typical->row], one.field), row_of(one.field).dimension, ""};
        finding.whose = whose_row(catalog, typical->row);
        finding.factor = finding.figure.value / finding.other.value;
        finding.cause = std::string(factor->cause);
      }
    }
  }
}

// --- unlike_the_others

struct Relation {
  std::string_view what;
  FieldId numerator;
  std::optional<FieldId> denominator;
  std::string_view suffix;
  std::optional<Dimension> dimension;
  double scale;          ///< of the quotient, for the unit
  double least_decades;  ///< nearer to the median is usual
  bool by_hardware;
};

/// One row is one relation that comparable models have in common.
constexpr auto relations = std::to_array<Relation>({
    {"size / params", field_id("size"), field_id("params"), "B/parameter", std::nullopt, 1, 0.35, false},
    {"energy / latency", field_id("energy"), field_id("latency"), "", Dimension::power, 1, 0.7, true},
    {"co2 / energy", field_id("co2"), field_id("energy"), "", Dimension::carbon_intensity, 3.6e6, 0.7, true},
    {"accuracy", field_id("accuracy"), std::nullopt, "", Dimension::accuracy, 1, 0.5, false},
});

using Groups = std::map<std::vector<std::string>, std::vector<Valued>>;

Groups groups_of(const Catalog& catalog, std::span<const std::size_t> rows, const Relation& relation) {
  Groups groups;
  if (!catalog.has(relation.numerator) || (relation.denominator && !catalog.has(*relation.denominator))) return groups;
  for (const std::size_t row : rows) {
    const Model model = catalog[row];
    const auto above = stated(model, relation.numerator);
    const auto below = relation.denominator ? stated(model, *relation.denominator) : std::optional<double>(1);
    if (!above || !below || !(*above > 0) || !(*below > 0)) continue;
    std::vector<std::string> key;
    for (const std::string_view label : {"task", "dataset", "accuracy_metric"}) key.emplace_back(model.label(label));
    if (relation.by_hardware)
      for (const std::string_view label : {"hardware", "hardware_count"}) key.emplace_back(model.label(label));
    groups[std::move(key)].push_back({row, std::log10(*above / *below)});
  }
  return groups;
}

void find_outliers(const Catalog& catalog, std::span<const std::size_t> rows, std::vector<AuditFinding>& findings) {
  constexpr std::size_t enough = 8;
  constexpr double deviations = 6;
  constexpr double normal_deviation = 1.4826;  // of the median absolute deviation
  for (const Relation& relation : relations)
    for (const auto& [key, models] : groups_of(catalog, rows, relation)) {
      if (models.size() < enough) continue;
      std::vector<double> values;
      for (const Valued& one : models) values.push_back(one.value);
      const double middle = median_of(values);
      for (double& value : values) value = std::abs(value - middle);
      // The deviation itself is not believed beyond half a decade: a group as wide as that has no common figure.
      const double deviation = normal_deviation * median_of(values);
      const double allowed = std::max(relation.least_decades, deviations * deviation);
      for (const Valued& one : models) {
        if (!(std::abs(one.value - middle) > allowed)) continue;
        AuditFinding& finding = add(findings, "unlike_the_others", one.row, relation.numerator, 0);
        finding.what = std::string(relation.what);
        finding.figure = {std::pow(10, one.value) * relation.scale, relation.dimension, relation.suffix};
        finding.against = AuditAgainst::majority;
        finding.other = {std::pow(10, middle) * relation.scale, relation.dimension, relation.suffix};
        finding.whose = fmt::format("{} models", models.size());
        finding.factor = finding.figure.value / finding.other.value;
      }
    }
}

// --- two_scales

void find_two_scales(const Catalog& catalog, std::span<const std::size_t> rows, std::vector<AuditFinding>& findings) {
  constexpr std::size_t least_rows = 3;
  constexpr double least_share = 0.1;
  constexpr double widest_group = 1.5;  // decades
  constexpr double least_gap = 1.3;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const auto field = static_cast<FieldId>(index);
    std::vector<Valued> values = logarithms(catalog, rows, field);
    if (values.size() < 2 * least_rows) continue;
    std::stable_sort(values.begin(), values.end(), [](const Valued& a, const Valued& b) { return a.value < b.value; });
    std::size_t split = 1;  // first of the upper group
    for (std::size_t at = 1; at < values.size(); ++at)
      if (values[at].value - values[at - 1].value > values[split].value - values[split - 1].value) split = at;
    const std::size_t fewer = std::min(split, values.size() - split);
    const double lower = values[split / 2].value;
    const double upper = values[split + (values.size() - split) / 2].value;
    const bool parted = values[split].value - values[split - 1].value >= least_gap &&
                        values[split - 1].value - values.front().value <= widest_group &&
                        values.back().value - values[split].value <= widest_group;
    if (!parted || fewer < least_rows || static_cast<double>(fewer) < least_share * static_cast<double>(values.size()))
      continue;
    if (std::abs(upper - lower - 3) > 0.5) continue;
    const bool lower_is_smaller = split <= values.size() - split;
    const Valued& first = lower_is_smaller ? values.front() : values[split];
    const Valued& typical = lower_is_smaller ? values[split + (values.size() - split) / 2] : values[split / 2];
    AuditFinding& finding = add(findings, "two_scales", first.row, field, *stated(catalog[first.row], field));
    finding.against = AuditAgainst::majority;
    finding.other = {*stated(catalog[typical.row], field), row_of(field).dimension, ""};
    finding.whose = fmt::format("{} models; {} are like this one", values.size() - fewer, fewer);
    finding.factor = finding.figure.value / finding.other.value;
    if (const auto named = named_factor(lower_is_smaller ? 1e-3 : 1e3, row_of(field).dimension))
      finding.cause = std::string(named->cause);
  }
}

// --- identical_figures

/// Quantities of which two networks do not have the same values to all digits, if accuracy is the same too.
constexpr auto telling = std::to_array<FieldId>({field_id("flops"), field_id("params"), field_id("latency"),
                                                 field_id("energy"), field_id("training_energy"), field_id("size")});

void find_identical(const Catalog& catalog, std::span<const std::size_t> rows, std::vector<AuditFinding>& findings) {
  std::map<std::vector<double>, std::size_t> first;
  for (const std::size_t row : rows) {
    const Model model = catalog[row];
    const auto accuracy = stated(model, field_id("accuracy"));
    if (!accuracy) continue;
    std::vector<double> key = {*accuracy};
    std::size_t known = 0;
    for (const FieldId field : telling) {
      const auto value = stated(model, field);
      key.push_back(value.value_or(-1));
      if (value) ++known;
    }
    if (known < 2) continue;
    const auto [before, is_new] = first.try_emplace(std::move(key), row);
    if (is_new || network_name(catalog.name(before->second)).base() == network_name(model.name()).base()) continue;
    AuditFinding& finding = add(findings, "identical_figures", row, field_id("accuracy"), *accuracy);
    finding.against = AuditAgainst::model;
    finding.other = finding.figure;
    finding.whose = whose_row(catalog, before->second);
    finding.cause = "a row copied under another name";
  }
}

// --- sentinel

void find_sentinels(const Catalog& catalog, std::span<const std::size_t> rows, std::vector<AuditFinding>& findings) {
  constexpr std::size_t least_rows = 3;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const auto field = static_cast<FieldId>(index);
    if (!catalog.has(field)) continue;
    std::size_t known = 0;
    std::map<double, std::pair<std::size_t, std::size_t>> found;  // value -> first row, count
    for (const std::size_t row : rows) {
      const auto value = stated(catalog[row], field);
      if (!value) continue;
      ++known;
      for (const double sentinel : {0.0, 999.0, 9999.0, 99999.0, 999999.0})
        if (*value == sentinel) ++found.try_emplace(sentinel, row, 0).first->second.second;
    }
    for (const auto& [value, where] : found) {
      if (where.second < least_rows || where.second * 10 < known) continue;
      AuditFinding& finding = add(findings, "sentinel", where.first, field, value);
      finding.against = AuditAgainst::count;
      finding.other = {static_cast<double>(where.second), std::nullopt, "models"};
      finding.cause = "a value that stands for missing";
    }
  }
}

}  // namespace

std::span<const AuditRule> catalog_rules() { return rules_of_catalogs; }

void find_unlike_each_other(const Catalog& catalog, std::span<const std::size_t> rows,
                            std::vector<AuditFinding>& findings) {
  find_same_models(catalog, rows, findings);
  find_outliers(catalog, rows, findings);
  find_unlike_neighbours(catalog, rows, findings);
  find_two_scales(catalog, rows, findings);
  find_identical(catalog, rows, findings);
  find_sentinels(catalog, rows, findings);
}

}  // namespace greenml::audit_detail
