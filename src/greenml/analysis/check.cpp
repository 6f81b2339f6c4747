#include "greenml/check.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

#include "analysis/baseline_match.hpp"
#include "analysis/comparable.hpp"
#include "greenml/label.hpp"
#include "greenml/ranking.hpp"
#include "words/look_alike.hpp"

namespace greenml {

namespace {

using Rows = std::vector<std::size_t>;

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

/// One run over one block.
class BlockCheck {
 public:
  BlockCheck(const Catalog& catalog, const Catalog* baseline, const BaselineMatch* match, const Block& block,
             std::size_t number, const CheckOptions& options, std::vector<Finding>& findings)
      : catalog_(catalog),
        baseline_(baseline),
        match_(match),
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

  void add_for_all(Reason reason, std::optional<Measure> measure, std::string differs = {}) {
    add({.standing = Standing::cannot_judge,
         .reason = reason,
         .measure = std::move(measure),
         .differs = std::move(differs)});
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

  /// Models are matched with the whole baseline, not only with what the block selects there, and a model that the block
  /// selects in the baseline is compared even if it is selected no longer: a label that changes lets none slip away.
  void check_drops() {
    const Rows before = selected(*baseline_, block_);
    std::set<std::size_t> rows(rows_.begin(), rows_.end());
    bool overlap =
        std::any_of(rows_.begin(), rows_.end(), [&](std::size_t row) { return !match_->in_baseline(row).empty(); });
    for (const std::size_t baseline_row : before)
      for (const std::size_t row : match_->in_catalog(baseline_row)) {
        overlap = true;
        rows.insert(row);
      }
    const std::size_t already_found = findings_.size();
    if (!overlap && !any_incomparable(before))
      return add_for_all(Reason::no_overlap, std::nullopt, nearest_few(before));

    for (const Drop& drop : block_.drops)
      if (drop.measure && !known_in_baseline(rows, before, *drop.measure))
        add_for_all(Reason::known_by_none, drop.measure);
    compare_by_name(rows, before);
    const bool nothing_compared = std::all_of(
        findings_.begin() + static_cast<std::ptrdiff_t>(already_found), findings_.end(), [](const Finding& one) {
          return one.standing == Standing::is_new || one.standing == Standing::permitted ||
                 one.standing == Standing::remark;
        });
    if (nothing_compared) add_for_all(Reason::known_by_none, std::nullopt);
  }

  /// Models that are in the baseline, gone or not, by name; then those that are new.
  void compare_by_name(const std::set<std::size_t>& rows, const Rows& before) {
    struct Compared {
      std::string_view name;
      std::size_t row;
      bool has_vanished;
    };
    std::vector<Compared> compared;
    Rows in_order(rows.begin(), rows.end());
    std::sort(in_order.begin(), in_order.end(),
              [&](std::size_t left, std::size_t right) { return precedes_by_name(catalog_, left, right); });
    for (const std::size_t row : in_order)
      if (!match_->in_baseline(row).empty()) compared.push_back({catalog_.name(row), row, false});
    for (const std::size_t row : before)
      if (match_->in_catalog(row).empty()) compared.push_back({baseline_->name(row), row, true});
    std::stable_sort(compared.begin(), compared.end(),
                     [](const Compared& left, const Compared& right) { return left.name < right.name; });
    for (const Compared& one : compared) one.has_vanished ? add_vanished(one.row) : check_model(one.row);
    for (const std::size_t row : in_order)
      if (match_->in_baseline(row).empty()) add_new(row);
  }

  bool any_incomparable(const Rows& before) const {
    return std::any_of(before.begin(), before.end(),
                       [&](std::size_t row) { return match_->same_but_incomparable(row).has_value(); });
  }

  /// How the nearest models differ, for the first few that have a namesake.
  std::string nearest_few(const Rows& before) const {
    constexpr std::size_t most = 3;
    std::vector<std::string> texts;
    for (const std::size_t row : before)
      if (const std::string difference = nearest(row); !difference.empty() && texts.size() < most)
        texts.push_back(fmt::format("{}: {}", baseline_->name(row), difference));
    return fmt::format("{}", fmt::join(texts, "; "));
  }

  bool known_in_baseline(const std::set<std::size_t>& rows, const Rows& before, const Measure& measure) const {
    return any_has(*baseline_, before, measure) || std::any_of(rows.begin(), rows.end(), [&](std::size_t row) {
             return any_has(*baseline_, match_->in_baseline(row), measure);
           });
  }

  void add_vanished(std::size_t baseline_row) {
    if (const std::optional<std::size_t> same = match_->same_but_incomparable(baseline_row))
      return add({.standing = Standing::cannot_judge,
                  .reason = Reason::not_comparable,
                  .row = *same,
                  .baseline_row = baseline_row,
                  .differs = match_->difference(*same, baseline_row)});
    add({.standing = options_.allow_missing ? Standing::permitted : Standing::falls_short,
         .reason = Reason::model_vanished,
         .baseline_row = baseline_row,
         .differs = explanation_of_vanishing(baseline_row)});
  }

  std::string explanation_of_vanishing(std::size_t baseline_row) const {
    if (std::string difference = nearest(baseline_row); !difference.empty()) return difference;
    for (const std::size_t row : rows_)
      if (match_->in_baseline(row).empty() && has_like_figures(row, baseline_row))
        return fmt::format("{} has the same figures: probably renamed", catalog_.name(row));
    return {};
  }

  /// How the model differs that has the same name, or else one that looks like it.
  std::string nearest(std::size_t baseline_row) const {
    if (std::string difference = match_->nearest_difference(baseline_row); !difference.empty()) return difference;
    const std::string_view name = baseline_->name(baseline_row);
    const std::string looks = looks_of(name);
    for (const std::size_t row : rows_)
      if (catalog_.name(row) != name && looks_of(catalog_.name(row)) == looks)
        return difference_of(catalog_.name(row), name);
    return {};
  }

  /// Whether two models state the same quantities, two at least, with values within 1 %.
  bool has_like_figures(std::size_t row, std::size_t baseline_row) const {
    std::size_t shared = 0;
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      const double now = catalog_.value(field, row);
      const double before = baseline_->value(field, baseline_row);
      if (fields[index].role == Role::condition) continue;
      if (std::isnan(now) != std::isnan(before)) return false;
      if (std::isnan(now)) continue;
      if (std::abs(now - before) > 0.01 * std::abs(before)) return false;
      ++shared;
    }
    return shared >= 2;
  }

  void check_model(std::size_t row) {
    for (const std::size_t before_row : match_->in_baseline(row)) {
      for (const Drop& drop : drops_for(row, before_row)) check_drop(row, before_row, drop);
      add_conditions(row, before_row);
    }
  }

  void add_new(std::size_t row) {
    // Told already, as one that cannot be compared.
    for (const Finding& one : findings_)
      if (one.block == number_ && one.row == row && one.reason == Reason::not_comparable) return;
    const bool is_held = !block_.limits.empty();
    add({.standing = options_.require_baseline && !is_held ? Standing::falls_short : Standing::is_new,
         .reason = Reason::is_new,
         .row = row});
  }

  /// Conditions of the place are no property of the model, and no amount covers them: that they changed is said.
  void add_conditions(std::size_t row, std::size_t before_row) {
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      const std::optional<double> now = catalog_[row].value(field);
      const std::optional<double> before = (*baseline_)[before_row].value(field);
      if (fields[index].role != Role::condition || now == before) continue;
      add({.standing = Standing::remark,
           .reason = Reason::condition,
           .row = row,
           .baseline_row = before_row,
           .measure = field,
           .value = now,
           .before = before});
    }
  }

  bool was_lost(FieldId field, std::size_t before_row) const {
    return before_row < options_.lost_in_baseline.size() &&
           options_.lost_in_baseline[before_row][static_cast<std::size_t>(field)];
  }

  /// What the amounts mean for one model: those with a name as they are, and one without for all that it covers.
  std::vector<Drop> drops_for(std::size_t row, std::size_t before_row) const {
    std::vector<Drop> drops;
    for (const Drop& drop : block_.drops)
      if (drop.measure) drops.push_back(drop);
    for (const Drop& drop : block_.drops) {
      if (drop.measure) continue;
      for (const Measure& measure : covered_by_bare_amount(row, before_row)) {
        const bool is_named = std::any_of(block_.drops.begin(), block_.drops.end(),
                                          [&](const Drop& one) { return one.measure == measure; });
        if (is_named) continue;
        drops.push_back(drop);
        drops.back().measure = measure;
      }
    }
    return drops;
  }

  /// A ratio covers its cost only where it can be formed on both sides and says something of it: a cost that is now 0,
  /// or was, stands for itself, and so does that of a model whose accuracy was 0, which any cost leaves at 0.
  std::vector<Measure> covered_by_bare_amount(std::size_t row, std::size_t before_row) const {
    const Model before = (*baseline_)[before_row];
    std::vector<Measure> ratios;
    std::set<FieldId> in_ratios;
    for (const Metric& metric : metrics) {
      const Measure measure = metric;
      if (!metric.in_bare_amount || !measure.value(before) || measure.lack(catalog_[row]) == Lack::zero) continue;
      ratios.push_back(measure);
      if (*measure.value(before) == 0) continue;
      for (const FieldId cost : measure.costs()) in_ratios.insert(cost);
    }
    std::vector<Measure> covered;
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      const bool is_there = before.value(field).has_value() || was_lost(field, before_row);
      if (fields[index].in_bare_amount && is_there && !in_ratios.contains(field)) covered.emplace_back(field);
    }
    covered.insert(covered.end(), ratios.begin(), ratios.end());
    return covered;
  }

  void check_drop(std::size_t row, std::size_t before_row, const Drop& drop) {
    const Measure& measure = *drop.measure;
    const Model model = catalog_[row];
    const Model before_model = (*baseline_)[before_row];
    Finding finding{.row = row, .baseline_row = before_row, .measure = measure, .drop = drop};
    finding.before = measure.value(before_model);
    finding.value = measure.value(model);
    const std::vector<FieldId> inputs = measure.inputs();
    const bool lost =
        std::any_of(inputs.begin(), inputs.end(), [&](FieldId input) { return was_lost(input, before_row); });
    if (!finding.before && !lost) {  // it was not known, and cannot have become worse
      if (!finding.value) return;
      finding.reason = Reason::value_is_new;
      finding.standing = Standing::remark;
      return add(std::move(finding));
    }
    if (lost) {
      finding.reason = Reason::lost_in_what_if;
    } else {
      const double allowed = drop.relative ? drop.amount * std::abs(*finding.before) : drop.amount;
      const Bound bound = measure.better() == Better::higher ? Bound::at_least : Bound::at_most;
      finding.limit = bound == Bound::at_least ? *finding.before - allowed : *finding.before + allowed;
      finding.differs = incomparable_in(measure, before_model, model);
      finding.reason = reason_for(finding, bound, before_model, model);
    }
    finding.standing = standing_of(finding.reason);
    add(std::move(finding));
  }

  static Reason reason_for(const Finding& finding, Bound bound, const Model& before, const Model& now) {
    const Measure& measure = *finding.measure;
    if (!finding.value) return Reason::value_vanished;
    if (!finding.differs.empty()) return Reason::not_comparable;
    if (has_weaker_method(measure, before, now)) return Reason::weaker_method;
    if (error_hides_value(measure, before) || error_hides_value(measure, now)) return Reason::error_too_large;
    if (Limit{measure, bound, *finding.limit, {}}.admits(*finding.value)) return Reason::none;
    return within_error(measure, before, now) ? Reason::within_error : Reason::beyond_limit;
  }

  static Standing standing_of(Reason reason) {
    switch (reason) {
      case Reason::none:
        return Standing::holds;
      case Reason::within_error:
        return Standing::indeterminate;
      case Reason::lost_in_what_if:
      case Reason::not_comparable:
      case Reason::error_too_large:
        return Standing::cannot_judge;
      default:
        return Standing::falls_short;
    }
  }

  const Catalog& catalog_;
  const Catalog* baseline_;
  const BaselineMatch* match_;
  const Block& block_;
  std::size_t number_;
  const CheckOptions& options_;
  std::vector<Finding>& findings_;
  Rows rows_;
};

}  // namespace

std::vector<Finding> check(const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                           const CheckOptions& options) {
  std::optional<BaselineMatch> match;
  if (baseline != nullptr) match.emplace(catalog, *baseline, options.match_by, options.whatever_their_names);
  std::vector<Finding> findings;
  for (std::size_t number = 0; number < blocks.size(); ++number)
    BlockCheck(catalog, baseline, match ? &*match : nullptr, blocks[number], number, options, findings).run();
  return findings;
}

}  // namespace greenml
