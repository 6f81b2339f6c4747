#include "greenml/check.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

#include "greenml/label.hpp"
#include "greenml/ranking.hpp"

namespace greenml {

namespace {

using Rows = std::vector<std::size_t>;
using Identity = std::vector<std::string_view>;

Identity identity_of(const Catalog& catalog, std::size_t row) {
  Identity identity;
  for (const Label& label : labels)
    if (label.identity) identity.push_back(catalog.label(label.name, row).text);
  return identity;
}

/// The models that a block is about, by name.
Rows selected(const Catalog& catalog, const Block& block) {
  Rows rows = select(catalog, {.limits = {}, .matches = block.matches}).rows;
  std::sort(rows.begin(), rows.end(),
            [&](std::size_t left, std::size_t right) { return precedes_by_name(catalog, left, right); });
  return rows;
}

bool any_has(const Catalog& catalog, const Rows& rows, const Measure& measure) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](std::size_t row) { return measure.value(catalog[row]).has_value(); });
}

std::vector<FieldId> inputs_of(const Measure& measure) {
  if (measure.metric() == nullptr) return {*measure.field()};
  return {measure.metric()->inputs.begin(), measure.metric()->inputs.end()};
}

bool is_observed(Method method) { return method == Method::measured || method == Method::counted; }

/// Whether a quantity that was observed in the baseline no longer is. What others reported was observed by them.
bool is_weaker(const Measure& measure, const Model& before, const Model& now) {
  const std::vector<FieldId> inputs = inputs_of(measure);
  return std::any_of(inputs.begin(), inputs.end(), [&](FieldId input) {
    const Method method = now.origin(input).method;
    return is_observed(before.origin(input).method) && !is_observed(method) && method != Method::reported;
  });
}

/// The relative plus-minus of a measure, errors of its inputs taken as independent; nothing where none is stated.
std::optional<double> relative_error(const Measure& measure, const Model& model) {
  double squares = 0;
  bool stated = false;
  for (const FieldId input : inputs_of(measure)) {
    const std::optional<double> error = model.origin(input).error;
    const std::optional<double> value = model.value(input);
    if (!error || !value || *value == 0) continue;
    stated = true;
    squares += (*error / *value) * (*error / *value);
  }
  return stated ? std::optional(std::sqrt(squares)) : std::nullopt;
}

/// Whether two values differ by no more than their errors together: the root of the sum of their squares.
bool within_error(const Measure& measure, const Model& before, const Model& now) {
  const std::optional<double> error_before = relative_error(measure, before);
  const std::optional<double> error_now = relative_error(measure, now);
  if (!error_before || !error_now) return false;
  const double value_before = *measure.value(before);
  const double value_now = *measure.value(now);
  return std::abs(value_now - value_before) <= std::hypot(*error_before * value_before, *error_now * value_now);
}

/// One run over one block.
class BlockCheck {
 public:
  BlockCheck(const Catalog& catalog, const Catalog* baseline, const Block& block, std::size_t number,
             const CheckOptions& options, std::vector<Finding>& findings)
      : catalog_(catalog),
        baseline_(baseline),
        block_(block),
        number_(number),
        options_(options),
        findings_(findings),
        rows_(selected(catalog, block)) {}

  void run() {
    const bool may_have_vanished =
        !block_.drops.empty() && baseline_ != nullptr && !selected(*baseline_, block_).empty();
    if (rows_.empty() && !may_have_vanished) return add_for_all(Reason::no_model, std::nullopt);
    for (const Limit& limit : block_.limits)
      if (!any_has(catalog_, rows_, limit.measure)) add_for_all(Reason::known_by_none, limit.measure);
    for (const std::size_t row : rows_)
      for (const Limit& limit : block_.limits) check_limit(row, limit);
    if (!block_.drops.empty() && baseline_ != nullptr) check_drops();
  }

 private:
  void add(Finding finding) {
    finding.block = number_;
    findings_.push_back(std::move(finding));
  }

  void add_for_all(Reason reason, std::optional<Measure> measure) {
    add({.standing = Standing::cannot_judge, .reason = reason, .measure = measure});
  }

  void check_limit(std::size_t row, const Limit& limit) {
    Finding finding{.row = row, .measure = limit.measure, .bound = limit.bound, .limit = limit.value};
    finding.value = limit.measure.value(catalog_[row]);
    if (!finding.value)
      finding.reason = Reason::not_known;
    else if (!limit.admits(*finding.value))
      finding.reason = Reason::beyond_limit;
    if (finding.reason != Reason::none) finding.standing = Standing::falls_short;
    add(std::move(finding));
  }

  void check_drops() {
    std::map<Identity, std::size_t> now;
    for (const std::size_t row : rows_) now.emplace(identity_of(catalog_, row), row);
    const Rows before = selected(*baseline_, block_);
    const bool overlap = std::any_of(before.begin(), before.end(),
                                     [&](std::size_t row) { return now.contains(identity_of(*baseline_, row)); });
    if (!overlap) return add_for_all(Reason::no_overlap, std::nullopt);

    const std::size_t already_found = findings_.size();
    const std::vector<Drop> drops = measured_drops(before);
    for (const Drop& drop : drops)
      if (!any_has(*baseline_, before, *drop.measure)) add_for_all(Reason::known_by_none, drop.measure);
    for (const std::size_t row : before) {
      const auto same = now.find(identity_of(*baseline_, row));
      if (same == now.end()) {
        add({.standing = options_.allow_missing ? Standing::permitted : Standing::falls_short,
             .reason = Reason::model_vanished,
             .baseline_row = row});
        continue;
      }
      for (const Drop& drop : drops) check_drop(same->second, row, drop);
      now.erase(same);
    }
    if (findings_.size() == already_found) add_for_all(Reason::known_by_none, std::nullopt);
    for (const std::size_t row : rows_)
      if (now.contains(identity_of(catalog_, row))) add({.standing = Standing::is_new, .row = row});
  }

  /// The drops with a measure each: one that names none goes for all that the baseline has and no other drop names.
  std::vector<Drop> measured_drops(const Rows& before) const {
    std::vector<Drop> drops;
    for (const Drop& drop : block_.drops)
      if (drop.measure) drops.push_back(drop);
    const std::size_t named = drops.size();

    const auto is_named = [&](const Measure& measure) {
      return std::any_of(drops.begin(), drops.begin() + static_cast<std::ptrdiff_t>(named),
                         [&](const Drop& drop) { return drop.measure == measure; });
    };
    std::vector<Measure> all;
    for (const Metric& metric : metrics)
      if (any_has(*baseline_, before, metric)) all.emplace_back(metric);
    if (all.empty())
      for (std::size_t index = 0; index < fields.size(); ++index)
        if (any_has(*baseline_, before, static_cast<FieldId>(index))) all.emplace_back(static_cast<FieldId>(index));
    for (const Drop& drop : block_.drops)
      for (const Measure& measure : all)
        if (!drop.measure && !is_named(measure)) {
          drops.push_back(drop);
          drops.back().measure = measure;
        }
    return drops;
  }

  void check_drop(std::size_t row, std::size_t before_row, const Drop& drop) {
    const Measure& measure = *drop.measure;
    const Model model = catalog_[row];
    const Model before_model = (*baseline_)[before_row];
    const std::optional<double> before = measure.value(before_model);
    if (!before) return;  // it was not known, and cannot have become worse

    Finding finding{.row = row, .baseline_row = before_row, .measure = measure, .before = before, .drop = drop};
    finding.value = measure.value(model);
    const double allowed = drop.relative ? drop.amount * *before : drop.amount;
    const Bound bound = measure.better() == Better::higher ? Bound::at_least : Bound::at_most;
    finding.limit = bound == Bound::at_least ? *before - allowed : *before + allowed;
    if (!finding.value) {
      finding.reason = Reason::value_vanished;
    } else if (drop.relative && *before == 0) {
      finding.reason = Reason::baseline_zero;
    } else if (is_weaker(measure, before_model, model)) {
      finding.reason = Reason::weaker_method;
    } else if (!Limit{measure, bound, *finding.limit, {}}.admits(*finding.value)) {
      finding.reason = within_error(measure, before_model, model) ? Reason::within_error : Reason::beyond_limit;
    }
    finding.standing = standing_of(finding.reason);
    add(std::move(finding));
  }

  static Standing standing_of(Reason reason) {
    switch (reason) {
      case Reason::none:
        return Standing::holds;
      case Reason::within_error:
        return Standing::indeterminate;
      case Reason::baseline_zero:
        return Standing::cannot_judge;
      default:
        return Standing::falls_short;
    }
  }

  const Catalog& catalog_;
  const Catalog* baseline_;
  const Block& block_;
  std::size_t number_;
  const CheckOptions& options_;
  std::vector<Finding>& findings_;
  Rows rows_;
};

}  // namespace

std::optional<Drop> parse_drop(std::string_view text, Complaint& complaint) {
  Drop drop{.text = std::string(text)};
  const std::size_t equals = text.find('=');
  const std::string_view amount = equals == std::string_view::npos ? text : text.substr(equals + 1);
  std::optional<NamedMeasure> named;
  if (equals != std::string_view::npos) {
    named = find_measure(text.substr(0, equals));
    if (!named) {
      complaint = {fmt::format("\"{}\" is no field or metric", text.substr(0, equals)),
                   measure_hint(text.substr(0, equals))};
      return std::nullopt;
    }
    drop.measure = named->measure;
  }

  std::optional<double> value;
  const std::size_t number = amount.find_last_not_of(" %") + 1;
  drop.relative = !named || amount.ends_with('%');
  if (drop.relative) {
    value = parse_number(amount.substr(0, number), {1, -2}, complaint);
    if (value && *value != 0 && !amount.ends_with('%')) {
      complaint = {fmt::format("\"{}\" of what?", amount),
                   "write per cent, as in 5%, or name the measure, as in accuracy=0.5"};
      value.reset();
    }
  } else if (const std::optional<Dimension> dimension = named->measure.dimension()) {
    value = parse_quantity(amount, *dimension, named->unit, complaint);
  } else {
    value = parse_number(amount, {}, complaint);
  }
  if (value && *value < 0) complaint = {fmt::format("\"{}\" is negative", text), ""};
  if (!value || *value < 0) return std::nullopt;
  drop.amount = *value;
  return drop;
}

std::vector<Finding> check(const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                           const CheckOptions& options) {
  std::vector<Finding> findings;
  for (std::size_t number = 0; number < blocks.size(); ++number)
    BlockCheck(catalog, baseline, blocks[number], number, options, findings).run();
  return findings;
}

}  // namespace greenml
