#include "render/readable_columns.hpp"

#include <algorithm>
#include <cmath>

#include "greenml/quantity.hpp"
#include "render/text.hpp"

namespace greenml::render {

namespace {

constexpr std::string_view unknown = "-";

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;  // by itself only from clang 17 on

std::string text_of(const Cell& cell, const Unit* unit) {
  return std::visit(Overloaded{
                        [](std::monostate) { return std::string(unknown); },
                        [](std::string_view text) { return visible(text); },
                        [](const std::string& text) { return visible(text); },
                        [&](double number) {
                          if (!std::isfinite(number)) return std::string(unknown);
                          return rounded(unit != nullptr ? in_unit(number, *unit) : number);
                        },
                        [](std::int64_t number) { return std::to_string(number); },
                        [](bool truth) { return std::string(truth ? "yes" : "no"); },
                        [](const Digits& digits) { return visible(digits.text); },
                    },
                    cell);
}

/// A whole number of a dimension is a quantity like any other, and is scaled with its column.
Cell as_quantity(Cell cell, const Column& column) {
  const std::int64_t* whole = std::get_if<std::int64_t>(&cell);
  return column.dimension && whole != nullptr ? Cell(static_cast<double>(*whole)) : cell;
}

bool is_number(const Cell& cell) {
  return std::holds_alternative<double>(cell) || std::holds_alternative<std::int64_t>(cell) ||
         std::holds_alternative<Digits>(cell);
}

/// Units that say nothing that the title does not say stay out of the head of a column.
bool is_spoken(const Unit& unit) { return unit.dimension != Dimension::ratio && &unit != &base_unit(Dimension::count); }

}  // namespace

std::vector<PeopleColumn> columns_for_people(const Sheet& sheet, const Section& section) {
  std::vector<PeopleColumn> shown;
  for (const Column& column : sheet.columns) {
    if (column.audience == Audience::programs) continue;
    PeopleColumn& one = shown.emplace_back();
    one.head = visible(column.title);
    one.align = column.align;
    one.expendable = column.expendable;
    one.prose = column.prose;

    std::vector<Cell> cells;
    std::vector<double> values;
    for (const std::size_t row : section.rows) {
      cells.push_back(as_quantity(column.at(row), column));
      if (const double* number = std::get_if<double>(&cells.back())) values.push_back(*number);
    }
    const Unit* unit = column.dimension ? &unit_for_people(values, *column.dimension) : nullptr;
    if (unit != nullptr && is_spoken(*unit)) one.head += " (" + std::string(unit->symbol) + ")";
    for (const Cell& cell : cells) {
      one.cells.push_back(text_of(cell, unit));
      one.is_number.push_back(is_number(cell));
    }
    one.numbers = std::find(one.is_number.begin(), one.is_number.end(), true) != one.is_number.end();
  }
  return shown;
}

}  // namespace greenml::render
