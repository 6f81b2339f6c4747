#include "view/audit_view.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "greenml/label.hpp"
#include "greenml/model_name.hpp"
#include "greenml/quantity.hpp"
#include "view/columns_of.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;
using render::Cell;
using render::Column;

/// How figures are held against others: a word for programs, and what stands before the other figure.
struct AgainstRow {
  std::string_view key;
  std::string_view before;  ///< in a table
  std::string_view phrase;  ///< in a sentence
};
constexpr auto against_rows = std::to_array<AgainstRow>({
    {"least", "at least ", "at least "},
    {"most", "at most ", "at most "},
    {"derived", "follows: ", "its other figures give "},
    {"reference", "", ""},
    {"model", "", ""},
    {"majority", "", "the median is "},
    {"name", "name: ", "its name says "},
    {"count", "in ", "this value occurs in "},
});

const AgainstRow& row_of(AuditAgainst against) { return against_rows[static_cast<std::size_t>(against)]; }

/// In four digits, or in all of them.
std::string text_of(const AuditFigure& figure, bool exact = false) {
  if (figure.dimension && !exact) return for_people(figure.value, *figure.dimension) + std::string(figure.suffix);
  std::string text = exact ? round_trip(figure.value) : rounded(figure.value);
  std::string unit;
  if (figure.dimension && *figure.dimension != Dimension::count && *figure.dimension != Dimension::ratio)
    unit = greenml::row_of(*figure.dimension).base_unit;
  unit += figure.suffix;
  return unit.empty() ? text : fmt::format("{} {}", text, unit);
}

/// The two figures, with all digits where four do not tell them apart.
std::pair<std::string, std::string> figures_of(const AuditFinding& finding) {
  const bool exact = text_of(finding.figure) == text_of(finding.other) && finding.figure.value != finding.other.value;
  return {text_of(finding.figure, exact), text_of(finding.other, exact)};
}

std::string unit_of(const AuditFigure& figure) {
  std::string unit;
  if (figure.dimension) unit = greenml::row_of(*figure.dimension).base_unit;
  return unit + std::string(figure.suffix);
}

std::string_view name_of_level(AuditLevel level) { return level == AuditLevel::wrong ? "wrong" : "suspicious"; }

/// Rules whose factor is that of a mistake; the others' is the distance from a bound.
bool factor_tells(const AuditFinding& finding) { return finding.against != AuditAgainst::count && finding.factor != 1; }

}  // namespace

AuditView::AuditView(std::string name, const Catalog& catalog, std::size_t models, AuditLevel fail_on,
                     std::vector<AuditFinding> findings)
    : name_(std::move(name)), catalog_(catalog), models_(models), fail_on_(fail_on), findings_(std::move(findings)) {
  std::stable_sort(findings_.begin(), findings_.end(), [](const AuditFinding& left, const AuditFinding& right) {
    const auto gravity = [](const AuditFinding& one) {
      return std::pair(!one.ignored_because.empty(), one.level != AuditLevel::wrong);
    };
    return gravity(left) < gravity(right);
  });
  Group all;
  for (std::size_t row = 0; row < catalog.size(); ++row) all.rows.push_back(row);
  telling_ = telling_labels(catalog, std::span(&all, 1));
}

bool AuditView::fails(const AuditFinding& finding) const {
  return finding.ignored_because.empty() && finding.level >= fail_on_;
}

Outcome AuditView::outcome() const {
  const bool any = std::any_of(findings_.begin(), findings_.end(), [this](const auto& one) { return fails(one); });
  return any ? Outcome::short_of_limits : Outcome::done;
}

std::string AuditView::summary() const {
  const auto count = [&](auto predicate) {
    return static_cast<std::size_t>(std::count_if(findings_.begin(), findings_.end(), predicate));
  };
  const auto of_level = [&](AuditLevel level) {
    return count([&](const AuditFinding& one) { return one.level == level && one.ignored_because.empty(); });
  };
  const std::size_t ignored = count([](const AuditFinding& one) { return !one.ignored_because.empty(); });
  std::string text = fmt::format("{} wrong, {} suspicious", thousands(of_level(AuditLevel::wrong)),
                                 thousands(of_level(AuditLevel::suspicious)));
  if (ignored > 0) text += fmt::format(", {} ignored", thousands(ignored));
  return fmt::format("{} in {}", text, plural(models_, "model", "models"));
}

std::string AuditView::model_name(const AuditFinding& finding) const {
  const Model model = catalog_[finding.row];
  std::string name = full_name(model);
  for (const std::string_view label : telling_)
    if (label != "variant" && !model.label(label).empty()) name.append(" / ").append(model.label(label));
  return name;
}

std::string AuditView::message(const AuditFinding& finding) const {
  const auto [figure, other] = figures_of(finding);
  std::string text = fmt::format("{}: {} is {}; ", model_name(finding), finding.what, figure);
  const AgainstRow& against = row_of(finding.against);
  switch (finding.against) {
    case AuditAgainst::least:
    case AuditAgainst::most:
      text +=
          fmt::format("{} is {}{}", finding.level == AuditLevel::wrong ? "possible" : "usual", against.phrase, other);
      break;
    case AuditAgainst::reference:
    case AuditAgainst::model:
      text += fmt::format("{} has {}", finding.whose, other);
      break;
    case AuditAgainst::derived:
      text += fmt::format("{} gives {}", finding.whose, other);
      break;
    case AuditAgainst::majority:
      text += fmt::format("{} have {}", finding.whose, other);
      break;
    case AuditAgainst::name:
    case AuditAgainst::count:
      text += fmt::format("{}{}", against.phrase, other);
      break;
  }
  if (factor_tells(finding)) text += fmt::format(" (a factor of {})", rounded(finding.factor));
  if (!finding.cause.empty()) text += fmt::format(": {}?", finding.cause);
  text += fmt::format(" Check {}.", finding.rule->check);
  if (!finding.ignored_because.empty()) text += fmt::format(" Ignored: {}", finding.ignored_because);
  return text;
}

std::vector<Column> AuditView::columns_for_people() const {
  ColumnsOf<AuditFinding> columns(findings_);
  columns.add("level", [](const AuditFinding& one) {
    return one.ignored_because.empty() ? name_of_level(one.level) : std::string_view("ignored");
  });
  columns.add("model", [this](const AuditFinding& one) { return model_name(one); });
  columns.add({.title = "line", .align = Align::right, .expendable = 1},
              [this](const AuditFinding& one) { return catalog_.line(one.row); });
  columns.add({.title = "rule", .expendable = 1}, [](const AuditFinding& one) { return one.rule->name; });
  columns.add("what", &AuditFinding::what);
  columns.add({.title = "figure", .align = Align::right},
              [](const AuditFinding& one) { return figures_of(one).first; });
  columns.add("against", [](const AuditFinding& one) {
    const std::string other = fmt::format("{}{}", row_of(one.against).before, figures_of(one).second);
    return one.whose.empty() || one.against == AuditAgainst::derived ? other : fmt::format("{} ({})", other, one.whose);
  });
  columns.add({.title = "factor", .align = Align::right, .expendable = 1},
              [](const AuditFinding& one) { return factor_tells(one) ? rounded(one.factor) : std::string(); });
  columns.add({.title = "likely cause", .prose = true}, [](const AuditFinding& one) -> std::string_view {
    return one.ignored_because.empty() ? one.cause : one.ignored_because;
  });
  return columns.take();
}

std::vector<Column> AuditView::columns_for_programs() const {
  ColumnsOf<AuditFinding> columns(findings_);
  columns.add("level", [](const AuditFinding& one) { return name_of_level(one.level); });
  columns.add("rule", [](const AuditFinding& one) { return one.rule->name; });
  for (const Label& label : labels)
    if (label.identity)
      columns.add(std::string(label.name), [this, name = label.name](const AuditFinding& one) -> Cell {
        const LabelValue value = catalog_.label(name, one.row);
        return value.kind == LabelKind::missing ? Cell() : Cell(value.text);
      });
  columns.add("what", &AuditFinding::what);
  columns.add("figure", [](const AuditFinding& one) { return one.figure.value; });
  columns.add("unit", [](const AuditFinding& one) -> Cell { return unit_of(one.figure); });
  columns.add("against", [](const AuditFinding& one) { return row_of(one.against).key; });
  columns.add("other", [](const AuditFinding& one) { return one.other.value; });
  columns.add("whose", &AuditFinding::whose);
  columns.add("factor",
              [](const AuditFinding& one) { return factor_tells(one) ? std::optional(one.factor) : std::nullopt; });
  columns.add("likely_cause", &AuditFinding::cause);
  columns.add("check", [](const AuditFinding& one) { return one.rule->check; });
  columns.add("reason", [](const AuditFinding& one) { return one.rule->reason; });
  columns.add("source", [](const AuditFinding& one) { return one.rule->source; });
  columns.add("ignored_because", &AuditFinding::ignored_because);
  columns.add("file", [this](const AuditFinding& one) { return catalog_.file(one.row); });
  columns.add("line", [this](const AuditFinding& one) { return catalog_.line(one.row); });
  columns.add("message", [this](const AuditFinding& one) { return message(one); });
  return columns.take();
}

render::Finding AuditView::finding_for_tools(const AuditFinding& finding) const {
  using Kind = render::Finding::Kind;
  render::Finding result;
  result.kind = fails(finding) ? Kind::failure : finding.ignored_because.empty() ? Kind::warning : Kind::remark;
  result.name = fmt::format("{}: {} ({})", model_name(finding), finding.what, finding.rule->name);
  result.message = message(finding);
  result.file = catalog_.file(finding.row);
  result.line = catalog_.line(finding.row);
  return result;
}

render::Sheet AuditView::sheet(Audience audience) const {
  constexpr std::size_t most_rows = 50;
  const bool for_people = audience == Audience::people;
  render::Sheet sheet;
  sheet.name = name_;
  sheet.rows_key = "findings";
  sheet.facts.emplace_back("verdict", std::string_view(outcome() == Outcome::done ? "passed" : "failed"));
  sheet.facts.emplace_back("summary", summary());
  sheet.columns = for_people ? columns_for_people() : columns_for_programs();
  sheet.mark = [this](std::size_t row) {
    const AuditFinding& one = findings_[row];
    if (!one.ignored_because.empty()) return render::Mark::none;
    return one.level == AuditLevel::wrong ? render::Mark::bad : render::Mark::unknown;
  };
  sheet.finding = [this](std::size_t row) { return finding_for_tools(findings_[row]); };

  render::Section& section = sheet.sections.emplace_back();
  section.title = summary();
  const std::size_t shown = for_people ? std::min(most_rows, findings_.size()) : findings_.size();
  for (std::size_t row = 0; row < shown; ++row) section.rows.push_back(row);
  if (shown < findings_.size()) section.footer = fmt::format("and {} more", thousands(findings_.size() - shown));
  return sheet;
}

}  // namespace greenml::cli
