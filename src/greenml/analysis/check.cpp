#include "greenml/check.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <limits>
#include <set>
#include <unordered_set>
#include <utility>

#include "analysis/baseline_match.hpp"
#include "analysis/comparable.hpp"
#include "analysis/vanished.hpp"
#include "greenml/model_name.hpp"

namespace greenml {

namespace {

using Rows = std::vector<std::size_t>;

/// The models that a block is about.
Rows selected(const Catalog& catalog, const Block& block) {
  return select(catalog, {.limits = {}, .matches = block.matches}).rows;
}

template <typename AnyRows>
bool any_has(const Catalog& catalog, const AnyRows& rows, const Measure& measure) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](std::size_t row) { return measure.value(catalog[row]).has_value(); });
}

/// One run over one block.
class BlockCheck {
 public:
  BlockCheck(const Catalog& catalog, const Catalog* baseline, const BaselineMatch* match, const Block& block,
             std::size_t number, const CheckOptions& options, std::size_t most_that_hold, CheckResult& result)
      : catalog_(catalog),
        baseline_(baseline),
        match_(match),
        block_(block),
        number_(number),
        options_(options),
        most_that_hold_(most_that_hold),
        findings_(result.findings),
        further_that_hold_(result.further_that_hold),
        rows_(selected(catalog, block)) {}

  void run() {
    const bool is_compared = !block_.drops.empty() && baseline_ != nullptr;
    if (is_compared) before_ = selected(*baseline_, block_);
    if (rows_.empty() && before_.empty()) return add_for_all(Reason::no_model, std::nullopt);
    for (const Limit& limit : block_.limits)
      if (!any_has(catalog_, rows_, limit.measure)) add_for_all(Reason::known_by_none, limit.measure);
    if (!block_.limits.empty()) {
      const auto check_limits = [&](std::size_t row) {
        for (const Limit& limit : block_.limits) check_limit(row, limit);
      };
      for (const std::size_t row : rows_to_tell_of(rows_, check_limits)) check_limits(row);
    }
    if (is_compared) check_drops();
  }

 private:
  void add(Finding finding) {
    finding.block = number_;
    findings_.push_back(std::move(finding));
  }

  /// Those of which something is to be told, by name; of the others it is counted that what is required holds. Where
  /// little is to be told, looking at each model twice takes less than an order of all of them.
  template <typename CheckRow>
  Rows rows_to_tell_of(const Rows& rows, CheckRow check_row) {
    Rows told = rows;
    if (most_that_hold_ < rows.size()) {
      told.clear();
      Rows holding;
      const std::size_t size = findings_.size();
      const auto look_at = [&](std::size_t row) {
        check_row(row);
        const std::size_t count = findings_.size() - size;
        const bool holds = std::all_of(findings_.begin() + static_cast<std::ptrdiff_t>(size), findings_.end(),
                                       [](const Finding& one) { return one.standing == Standing::holds; });
        findings_.resize(size);
        return std::pair(count, holds);
      };
      for (const std::size_t row : rows) {
        const auto [count, holds] = look_at(row);
        if (!holds) told.push_back(row);
        if (!holds || count == 0) continue;
        holding.push_back(row);
        further_that_hold_ += count;
      }
      sort_by_name(catalog_, holding, most_that_hold_);
      holding.resize(std::min(holding.size(), most_that_hold_));
      for (const std::size_t row : holding) further_that_hold_ -= look_at(row).first;
      told.insert(told.end(), holding.begin(), holding.end());
    }
    sort_by_name(catalog_, told);
    return told;
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
    std::vector<bool> is_wanted(catalog_.size());
    for (const std::size_t row : rows_) is_wanted[row] = true;
    bool overlap =
        std::any_of(rows_.begin(), rows_.end(), [&](std::size_t row) { return !match_->in_baseline(row).empty(); });
    for (const std::size_t baseline_row : before_)
      for (const std::size_t row : match_->in_catalog(baseline_row)) {
        overlap = true;
        is_wanted[row] = true;
      }
    Rows compared;  // models that are in both
    Rows added;
    for (std::size_t row = 0; row < is_wanted.size(); ++row)
      if (is_wanted[row]) (match_->in_baseline(row).empty() ? added : compared).push_back(row);
    const std::size_t already_found = findings_.size();
    const std::size_t already_held = further_that_hold_;
    if (!overlap && !any_incomparable()) return add_for_all(Reason::no_overlap, std::nullopt, nearest_few());

    for (const Drop& drop : block_.drops)
      if (drop.measure && !known_in_baseline(compared, *drop.measure)) add_for_all(Reason::known_by_none, drop.measure);
    compare_by_name(compared);
    sort_by_name(catalog_, added);
    for (const std::size_t row : added) add_new(row);
    const bool nothing_compared = further_that_hold_ == already_held &&
                                  std::all_of(findings_.begin() + static_cast<std::ptrdiff_t>(already_found),
                                              findings_.end(), [](const Finding& one) {
                                                return one.standing == Standing::is_new ||
                                                       one.standing == Standing::permitted ||
                                                       one.standing == Standing::remark;
                                              });
    if (nothing_compared) add_for_all(Reason::known_by_none, std::nullopt);
  }

  /// Models that are in the baseline, gone or not, by name.
  void compare_by_name(const Rows& compared) {
    const Rows told = rows_to_tell_of(compared, [&](std::size_t row) { check_model(row); });
    Rows vanished;
    std::copy_if(before_.begin(), before_.end(), std::back_inserter(vanished),
                 [&](std::size_t row) { return match_->in_catalog(row).empty(); });
    sort_by_name(*baseline_, vanished);
    auto gone = vanished.begin();
    for (const std::size_t row : told) {
      for (; gone != vanished.end() && baseline_->name(*gone) < catalog_.name(row); ++gone) add_vanished(*gone);
      check_model(row);
    }
    for (; gone != vanished.end(); ++gone) add_vanished(*gone);
  }

  bool any_incomparable() const {
    return std::any_of(before_.begin(), before_.end(),
                       [&](std::size_t row) { return match_->same_but_incomparable(row).has_value(); });
  }

  /// How the nearest models differ, for the first few that have a namesake.
  std::string nearest_few() {
    constexpr std::size_t most = 3;
    sort_by_name(*baseline_, before_);
    std::vector<std::string> texts;
    for (auto row = before_.begin(); row != before_.end() && texts.size() < most; ++row)
      if (const std::string difference = vanished_models().nearest(*row); !difference.empty())
        texts.push_back(fmt::format("{}: {}", baseline_->name(*row), difference));
    return fmt::format("{}", fmt::join(texts, "; "));
  }

  bool known_in_baseline(const Rows& compared, const Measure& measure) const {
    return any_has(*baseline_, before_, measure) || std::any_of(compared.begin(), compared.end(), [&](std::size_t row) {
             return any_has(*baseline_, match_->in_baseline(row), measure);
           });
  }

  Vanished& vanished_models() {
    if (!vanished_) vanished_.emplace(catalog_, *baseline_, *match_, rows_);
    return *vanished_;
  }

  void add_vanished(std::size_t baseline_row) {
    if (const std::optional<std::size_t> same = match_->same_but_incomparable(baseline_row)) {
      incomparable_.insert(*same);
      return add({.standing = Standing::cannot_judge,
                  .reason = Reason::not_comparable,
                  .row = *same,
                  .baseline_row = baseline_row,
                  .differs = match_->difference(*same, baseline_row)});
    }
    add({.standing = options_.allow_missing ? Standing::permitted : Standing::falls_short,
         .reason = Reason::model_vanished,
         .baseline_row = baseline_row,
         .differs = vanished_models().explanation(baseline_row)});
  }

  void check_model(std::size_t row) {
    for (const std::size_t before_row : match_->in_baseline(row)) {
      for (const Drop& drop : drops_for(row, before_row)) check_drop(row, before_row, drop);
      add_conditions(row, before_row);
    }
  }

  void add_new(std::size_t row) {
    if (incomparable_.contains(row)) return;  // told already
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
  std::size_t most_that_hold_;
  std::vector<Finding>& findings_;
  std::size_t& further_that_hold_;
  Rows rows_;
  Rows before_;  // of the baseline
  std::optional<Vanished> vanished_;
  std::unordered_set<std::size_t> incomparable_;  // rows of models that were told of as such
};

}  // namespace

CheckResult check_in_brief(const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                           const CheckOptions& options, std::size_t most_that_hold) {
  std::optional<BaselineMatch> match;
  if (baseline != nullptr) match.emplace(catalog, *baseline, options.match_by, options.whatever_their_names);
  CheckResult result;
  for (std::size_t number = 0; number < blocks.size(); ++number)
    BlockCheck(catalog, baseline, match ? &*match : nullptr, blocks[number], number, options, most_that_hold, result)
        .run();
  return result;
}

std::vector<Finding> check(const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                           const CheckOptions& options) {
  return check_in_brief(catalog, baseline, blocks, options, std::numeric_limits<std::size_t>::max()).findings;
}

}  // namespace greenml
