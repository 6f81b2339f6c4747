#include "view/difference_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

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

struct KindRow {
  std::string_view name;
  std::string_view one;  ///< in the summary
  std::string_view many;
  render::Mark mark;
};

/// One row for each kind of change, in their order.
constexpr auto kind_rows = std::to_array<KindRow>({
    {"worse", "quantity is worse", "quantities are worse", render::Mark::bad},
    {"better", "quantity is better", "quantities are better", render::Mark::good},
    {"within error", "changed within its error", "changed within their errors", render::Mark::unknown},
    {"known now", "is known now", "are known now", render::Mark::none},
    {"no longer known", "is no longer known", "are no longer known", render::Mark::unknown},
    {"new", "model is new", "models are new", render::Mark::none},
    {"gone", "model is gone", "models are gone", render::Mark::unknown},
    {"renamed", "model seems renamed", "models seem renamed", render::Mark::none},
    {"same", "model is the same", "models are the same", render::Mark::none},
});

const KindRow& row_of(ChangeKind kind) { return kind_rows[static_cast<std::size_t>(kind)]; }

std::string text_of(FieldId field, double value) { return for_people(value, greenml::row_of(field).dimension); }

/// The two values, with all digits where four do not tell them apart.
std::pair<std::string, std::string> values_of_change(const Change& change) {
  const auto text = [&](const std::optional<double>& value) {
    return value ? text_of(*change.field, *value) : std::string();
  };
  std::pair<std::string, std::string> texts = {text(change.before), text(change.after)};
  if (texts.first != texts.second || !change.before || !change.after) return texts;
  const std::string_view unit = base_unit(greenml::row_of(*change.field).dimension).symbol;
  return {fmt::format("{} {}", round_trip(*change.before), unit),
          fmt::format("{} {}", round_trip(*change.after), unit)};
}

}  // namespace

std::span<const OnlyRow> only_rows() {
  using enum ChangeKind;
  static const std::vector<OnlyRow> rows = {
      {"changed", {worse, better, appeared, vanished, came, went, renamed}},
      {"worse", {worse}},
      {"better", {better}},
      {"models", {came, went, renamed}},
  };
  return rows;
}

DifferenceView::DifferenceView(std::string name, const Catalog& before, const Catalog& after,
                               std::vector<Change> changes)
    : name_(std::move(name)), before_(before), after_(after), changes_(std::move(changes)) {
  for (const Catalog* catalog : {&after_, &before_}) {
    Group all;
    for (std::size_t row = 0; row < catalog->size(); ++row) all.rows.push_back(row);
    for (const std::string_view label : telling_labels(*catalog, std::span(&all, 1)))
      if (label != "variant" && std::find(telling_.begin(), telling_.end(), label) == telling_.end())
        telling_.push_back(label);
  }
}

std::string DifferenceView::summary() const {
  std::vector<std::string> parts;
  for (std::size_t kind = 0; kind < kind_rows.size(); ++kind) {
    const auto count = static_cast<std::size_t>(std::count_if(changes_.begin(), changes_.end(), [&](const Change& one) {
      return static_cast<std::size_t>(one.kind) == kind;
    }));
    if (count > 0) parts.push_back(plural(count, kind_rows[kind].one, kind_rows[kind].many));
  }
  const bool nothing =
      std::all_of(changes_.begin(), changes_.end(), [](const Change& one) { return one.kind == ChangeKind::same; });
  return fmt::format("{}{}", nothing ? "nothing changed: " : "", fmt::join(parts, ", "));
}

std::string DifferenceView::model_name(const Change& change) const {
  const Model model = change.after_row ? after_[*change.after_row] : before_[*change.before_row];
  std::string name = full_name(model);
  for (const std::string_view label : telling_)
    if (!model.label(label).empty()) name.append(" / ").append(model.label(label));
  return name;
}

Cell DifferenceView::label_cell(const Change& change, std::string_view label) const {
  const LabelValue value =
      change.after_row ? after_.label(label, *change.after_row) : before_.label(label, *change.before_row);
  return value.kind == LabelKind::missing ? Cell() : Cell(value.text);
}

std::vector<Column> DifferenceView::columns_for_people() const {
  ColumnsOf<Change> columns(changes_);
  columns.add("change", [](const Change& one) { return row_of(one.kind).name; });
  columns.add("model", [this](const Change& one) {
    if (one.kind != ChangeKind::renamed) return model_name(one);
    return fmt::format("{} (a guess: {} had the same figures)", model_name(one), full_name(before_[*one.before_row]));
  });
  columns.add("quantity",
              [](const Change& one) { return one.field ? greenml::row_of(*one.field).title : std::string_view(); });
  columns.add({.title = "before", .align = Align::right},
              [](const Change& one) { return one.field ? values_of_change(one).first : std::string(); });
  columns.add({.title = "after", .align = Align::right},
              [](const Change& one) { return one.field ? values_of_change(one).second : std::string(); });
  columns.add({.title = "by", .align = Align::right, .expendable = 1}, [](const Change& one) {
    const std::optional<double> by = one.relative();
    return by ? signed_percent(*by) : std::string();
  });
  return columns.take();
}

std::vector<Column> DifferenceView::columns_for_programs() const {
  const auto error = [](const Catalog& catalog, const std::optional<std::size_t>& row, const Change& one) {
    return row && one.field ? cell_of(catalog.origin(*one.field, *row).error) : Cell();
  };
  ColumnsOf<Change> columns(changes_);
  columns.add("change", [](const Change& one) { return row_of(one.kind).name; });
  for (const Label& label : labels)
    if (label.identity)
      columns.add(std::string(label.name),
                  [this, name = label.name](const Change& one) { return label_cell(one, name); });
  columns.add("quantity",
              [](const Change& one) { return one.field ? greenml::row_of(*one.field).name : std::string_view(); });
  columns.add("before", &Change::before);
  columns.add("after", &Change::after);
  columns.add("unit", [](const Change& one) -> Cell {
    return one.field ? Cell(base_unit(greenml::row_of(*one.field).dimension).symbol) : Cell();
  });
  columns.add("change_percent", [](const Change& one) {
    const std::optional<double> by = one.relative();
    return by ? std::optional(*by * 100) : std::nullopt;
  });
  columns.add("before_error", [this, error](const Change& one) { return error(before_, one.before_row, one); });
  columns.add("after_error", [this, error](const Change& one) { return error(after_, one.after_row, one); });
  columns.add("renamed_from", [this](const Change& one) {
    return one.kind == ChangeKind::renamed ? full_name(before_[*one.before_row]) : std::string();
  });
  return columns.take();
}

render::Sheet DifferenceView::sheet(Audience audience, std::span<const ChangeKind> kinds) const {
  constexpr std::size_t most_rows = 50;
  render::Sheet sheet;
  sheet.name = name_;
  sheet.rows_key = "changes";
  sheet.facts.emplace_back("summary", summary());
  const bool for_people = audience == Audience::people;
  sheet.columns = for_people ? columns_for_people() : columns_for_programs();
  sheet.mark = [this](std::size_t row) { return row_of(changes_[row].kind).mark; };

  render::Section& section = sheet.sections.emplace_back();
  section.title = summary();
  for (std::size_t row = 0; row < changes_.size(); ++row)
    if (kinds.empty() || std::find(kinds.begin(), kinds.end(), changes_[row].kind) != kinds.end())
      section.rows.push_back(row);
  if (for_people && section.rows.size() > most_rows) {
    section.footer = fmt::format("and {} more", thousands(section.rows.size() - most_rows));
    section.rows.resize(most_rows);
  }
  return sheet;
}

}  // namespace greenml::cli
