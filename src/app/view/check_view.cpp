#include "view/check_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "greenml/label.hpp"
#include "greenml/model_name.hpp"
#include "greenml/quantity.hpp"
#include "view/check_messages.hpp"
#include "view/columns_of.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;
using render::Cell;
using render::Column;

/// How a finding is called, and what other tools take it for. One row for each standing, in their order.
struct Verdict {
  std::string_view name;
  render::Mark mark;
  render::Finding::Kind kind;
};
constexpr auto verdicts = std::to_array<Verdict>({
    {"cannot be judged", render::Mark::unknown, render::Finding::Kind::unjudged},
    {"falls short", render::Mark::bad, render::Finding::Kind::failure},
    {"indeterminate", render::Mark::unknown, render::Finding::Kind::warning},
    {"gone, permitted", render::Mark::none, render::Finding::Kind::remark},
    {"new", render::Mark::none, render::Finding::Kind::remark},
    {"remark", render::Mark::none, render::Finding::Kind::remark},
    {"holds", render::Mark::good, render::Finding::Kind::good},
});

const Verdict& verdict_of(Standing standing) { return verdicts[static_cast<std::size_t>(standing)]; }

std::string_view name_of_measure(const Finding& finding) {
  return finding.measure ? finding.measure->name() : std::string_view();
}

/// A finding's value, and its limit: a model that falls short must not look as if it were at its limit.
std::pair<std::string, std::string> value_and_limit(const Finding& finding) {
  const auto text = [&](const std::optional<double>& value) {
    return value ? finding.measure->text(*value) : std::string();
  };
  if (finding.value && finding.limit) return texts_of(*finding.measure, *finding.value, *finding.limit);
  return {text(finding.value), text(finding.limit)};
}

}  // namespace

CheckView::CheckView(std::string name, const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
                     CheckResult result)
    : name_(std::move(name)),
      catalog_(catalog),
      baseline_(baseline),
      blocks_(blocks),
      findings_(std::move(result.findings)),
      further_that_hold_(result.further_that_hold) {
  std::stable_sort(findings_.begin(), findings_.end(), [&](const Finding& left, const Finding& right) {
    const auto urgency = [&](const Finding& one) { return std::pair(one.standing, is_error(one) ? 0 : 1); };
    return urgency(left) < urgency(right);
  });
  Group all;
  for (std::size_t row = 0; row < catalog.size(); ++row) all.rows.push_back(row);
  telling_ = telling_labels(catalog, std::span(&all, 1));
}

std::size_t CheckView::count_all() const { return findings_.size() + further_that_hold_; }

bool CheckView::is_error(const Finding& finding) const { return blocks_[finding.block].level == Level::error; }

Outcome CheckView::outcome() const {
  const auto any = [&](auto predicate) { return std::any_of(findings_.begin(), findings_.end(), predicate); };
  const auto stands = [](Standing standing) {
    return [standing](const Finding& one) { return one.standing == standing; };
  };
  if (findings_.empty() || any(stands(Standing::cannot_judge))) return Outcome::cannot;
  const bool fails = any([&](const Finding& one) { return one.standing == Standing::falls_short && is_error(one); });
  if (fails) return Outcome::short_of_limits;
  // Where all that was compared is within the stated errors, nothing was decided.
  const bool decided = further_that_hold_ > 0 || any(stands(Standing::holds)) || any(stands(Standing::falls_short));
  return decided ? Outcome::done : Outcome::cannot;
}

std::string CheckView::summary() const {
  const auto count = [&](Standing standing, Level level) {
    return static_cast<std::size_t>(std::count_if(findings_.begin(), findings_.end(), [&](const Finding& one) {
      return one.standing == standing && blocks_[one.block].level == level;
    }));
  };
  const auto count_both = [&](Standing standing) {
    return count(standing, Level::error) + count(standing, Level::warning);
  };
  const std::size_t short_of = count(Standing::falls_short, Level::error);
  const std::size_t warnings = count(Standing::falls_short, Level::warning);
  const std::size_t unjudged = count_both(Standing::cannot_judge);
  const std::size_t unsure = count_both(Standing::indeterminate);
  const std::size_t arrived = count_both(Standing::is_new);
  const std::size_t gone = count_both(Standing::permitted);
  const std::size_t remarks = count_both(Standing::remark);
  const std::size_t required = count_all() - arrived - gone - remarks;

  const std::string_view verdict = outcome() == Outcome::done     ? "PASSED"
                                   : outcome() == Outcome::cannot ? "CANNOT JUDGE"
                                                                  : "FAILED";
  std::string text =
      fmt::format("{}: {} of {} {} short", verdict, thousands(short_of),
                  plural(required, "requirement", "requirements"), short_of == 1 || required == 1 ? "falls" : "fall");
  if (warnings > 0) text += fmt::format(", {} short as a warning", plural(warnings, "falls", "fall"));
  if (unjudged > 0) text += fmt::format(", {} cannot be judged", thousands(unjudged));
  if (unsure > 0) text += fmt::format(", {} indeterminate", plural(unsure, "is", "are"));
  if (arrived > 0) text += fmt::format(", {} new", plural(arrived, "model is", "models are"));
  if (gone > 0) text += fmt::format(", {} gone, as permitted", plural(gone, "model is", "models are"));
  if (remarks > 0) text += fmt::format(", {}", plural(remarks, "remark", "remarks"));
  return text;
}

Cell CheckView::model_cell(const Finding& finding, std::string_view label) const {
  const Catalog* catalog = finding.row ? &catalog_ : baseline_;
  const std::optional<std::size_t> row = finding.row ? finding.row : finding.baseline_row;
  if (!row) return std::monostate();
  const LabelValue value = catalog->label(label, *row);
  return value.kind == LabelKind::missing ? Cell() : Cell(value.text);
}

std::string CheckView::model_name(const Finding& finding) const {
  if (!finding.row && !finding.baseline_row) return "all models";
  const Model model = finding.row ? catalog_[*finding.row] : (*baseline_)[*finding.baseline_row];
  std::string name = full_name(model);
  for (const std::string_view label : telling_)
    if (label != "variant" && !model.label(label).empty()) name.append(" / ").append(model.label(label));
  return name;
}

/// What the model had to be, in the words of a table.
std::string CheckView::required(const Finding& finding) const {
  if (finding.reason == Reason::weaker_method) return "as sure as it was";
  if (finding.reason == Reason::model_vanished)
    return finding.differs.empty() ? "to be there" : fmt::format("to be there; {}", finding.differs);
  if (finding.reason == Reason::condition) return "a condition of the place, which no amount covers";
  if (finding.reason == Reason::value_is_new) return "nothing: the baseline does not know it";
  if (finding.reason == Reason::not_comparable) return finding.differs;
  if (finding.reason == Reason::lost_in_what_if) return "a value, which the what-if takes away";
  if (finding.reason == Reason::error_too_large) return "an error smaller than the value";
  if (finding.reason == Reason::is_new && finding.standing == Standing::falls_short)
    return "to be in the baseline, or held by a limit";
  if (!finding.row && finding.standing == Standing::cannot_judge) return message(finding);
  return requirement(finding, value_and_limit(finding).second);
}

std::vector<Column> CheckView::columns_for_people() const {
  ColumnsOf<Finding> columns(findings_);
  columns.add("verdict", [this](const Finding& one) {
    const std::string_view name = verdict_of(one.standing).name;
    return one.standing == Standing::falls_short && !is_error(one) ? fmt::format("{} (warning)", name)
                                                                   : std::string(name);
  });
  columns.add("model", [this](const Finding& one) { return model_name(one); });
  columns.add("measure", name_of_measure);
  if (baseline_ != nullptr)
    columns.add({.title = "baseline", .align = Align::right},
                [](const Finding& one) { return one.before ? one.measure->text(*one.before) : std::string(); });
  columns.add({.title = "value", .align = Align::right}, [](const Finding& one) { return value_and_limit(one).first; });
  // "required" says the limit too.
  columns.add({.title = "limit", .align = Align::right, .expendable = 1},
              [](const Finding& one) { return value_and_limit(one).second; });
  columns.add({.title = "by", .align = Align::right, .expendable = 2}, [](const Finding& one) {
    const std::optional<double> by = change(one);
    return by ? signed_percent(*by) : std::string();
  });
  columns.add({.title = "required", .prose = true}, [this](const Finding& one) { return required(one); });
  return columns.take();
}

std::vector<Column> CheckView::columns_for_programs() const {
  ColumnsOf<Finding> columns(findings_);
  columns.add("verdict", [](const Finding& one) { return verdict_of(one.standing).name; });
  columns.add("level", [this](const Finding& one) { return std::string_view(is_error(one) ? "error" : "warn"); });
  for (const Label& label : labels)
    if (label.identity)
      columns.add(std::string(label.name),
                  [this, name = label.name](const Finding& one) { return model_cell(one, name); });
  columns.add("measure", name_of_measure);
  columns.add("kind", [](const Finding& one) -> std::string_view {
    if (one.drop) return "drop";
    if (!one.bound) return "presence";
    return *one.bound == Bound::at_least ? "min" : "max";
  });
  columns.add("value", &Finding::value);
  columns.add("limit", &Finding::limit);
  columns.add("baseline", &Finding::before);
  columns.add("unit", [](const Finding& one) -> Cell {
    return one.measure && one.measure->dimension() ? Cell(row_of(*one.measure->dimension()).base_unit) : Cell();
  });
  columns.add("change_percent", [](const Finding& one) {
    const std::optional<double> by = change(one);
    return by ? std::optional(*by * 100) : std::nullopt;
  });
  columns.add("requirement_from", [this](const Finding& one) { return std::string_view(blocks_[one.block].name); });
  columns.add("file", [this](const Finding& one) { return one.row ? catalog_.file(*one.row) : std::string_view(); });
  columns.add("line",
              [this](const Finding& one) { return one.row ? std::optional(catalog_.line(*one.row)) : std::nullopt; });
  columns.add("message", [this](const Finding& one) { return message(one); });
  return columns.take();
}

render::Finding CheckView::finding_for_tools(const Finding& finding) const {
  render::Finding result;
  result.kind = verdict_of(finding.standing).kind;
  if (result.kind == render::Finding::Kind::failure && !is_error(finding)) result.kind = render::Finding::Kind::warning;
  result.name = model_name(finding);
  if (finding.measure) result.name += fmt::format(": {} {}", finding.measure->name(), requirement(finding));
  result.message = message(finding);
  if (finding.row) {
    result.file = catalog_.file(*finding.row);
    result.line = catalog_.line(*finding.row);
  }
  return result;
}

render::Sheet CheckView::sheet(Audience audience, const std::string& budget) const {
  const bool for_people = audience == Audience::people;
  render::Sheet sheet;
  sheet.name = name_;
  sheet.rows_key = "findings";
  sheet.facts.emplace_back("verdict", std::string_view(outcome() == Outcome::done     ? "passed"
                                                       : outcome() == Outcome::cannot ? "cannot judge"
                                                                                      : "failed"));
  sheet.facts.emplace_back("summary", summary());
  sheet.facts.emplace_back("budget", budget.empty() ? Cell() : Cell(budget));
  sheet.columns = for_people ? columns_for_people() : columns_for_programs();
  sheet.mark = [this](std::size_t row) { return verdict_of(findings_[row].standing).mark; };
  sheet.finding = [this](std::size_t row) { return finding_for_tools(findings_[row]); };

  render::Section& section = sheet.sections.emplace_back();
  section.title = summary();
  const std::size_t shown = for_people ? std::min(most_rows, findings_.size()) : findings_.size();
  for (std::size_t row = 0; row < shown; ++row) section.rows.push_back(row);
  if (shown < count_all()) section.footer = fmt::format("and {} more", thousands(count_all() - shown));
  if (!budget.empty()) section.footer += fmt::format("{}limits from {}", section.footer.empty() ? "" : "; ", budget);
  return sheet;
}

}  // namespace greenml::cli
