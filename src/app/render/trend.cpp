// Numbers over time, as services that watch benchmarks take them. Each quantity of each model is a series of its own.
#include <cmath>
#include <fmt/format.h>
#include <map>

#include "greenml/quantity.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

bool is_quantity(const Column& column) { return column.dimension.has_value(); }

/// The name of a model with what tells it apart from others: "ResNet-50 / int8 / ImageNet-1k". One that is there
/// already gets a number, so that no series is lost.
class SeriesNames {
 public:
  std::string name(const std::vector<const Column*>& columns, std::size_t row) {
    std::string text;
    for (const Column* column : columns) {
      if (!column->tells_apart) continue;
      const std::string part = plain_text(column->at(row));
      if (!part.empty()) text += (text.empty() ? "" : " / ") + part;
    }
    if (text.empty()) text = fmt::format("row {}", row + 1);
    const std::size_t times = ++seen_[text];
    return times == 1 ? text : fmt::format("{} ({})", text, times);
  }

 private:
  std::map<std::string, std::size_t> seen_;
};

/// Calls back with each known number of each row. Without any, nothing is written: a service would take it for a
/// result.
template <typename OnRow, typename OnNumber>
void each_number(const Sheet& sheet, Writer& out, const OnRow& on_row, const OnNumber& on_number) {
  bool is_any = false;
  const std::vector<const Column*> columns = columns_for_programs(sheet);
  SeriesNames names;
  for (const Section& section : sheet.sections)
    for (const std::size_t row : section.rows) {
      on_row(names.name(columns, row));
      for (const Column* column : columns) {
        if (!is_quantity(*column)) continue;
        const Cell cell = column->at(row);
        const double* number = std::get_if<double>(&cell);
        if (number == nullptr || !std::isfinite(*number)) continue;
        on_number(*column, *number);
        is_any = true;
      }
    }
  if (!is_any) out.fail("no model has a quantity among the columns, and so there is nothing to report");
}

}  // namespace

void render_bencher(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  out << "{";
  bool is_first_row = true;
  bool is_first_number = true;
  each_number(
      sheet, out,
      [&](const std::string& name) {
        out << (is_first_row ? "\n  " : "\n  },\n  ") << json_text(name) << ": {";
        is_first_row = false;
        is_first_number = true;
      },
      [&](const Column& column, double number) {
        out << (is_first_number ? "\n    " : ",\n    ") << json_text(column.key)
            << ": {\"value\": " << round_trip(number) << "}";
        is_first_number = false;
      });
  out << (is_first_row ? "}\n" : "\n  }\n}\n");
}

void render_benchmark_action(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  out << "[";
  bool is_first = true;
  std::string model;
  each_number(
      sheet, out, [&](const std::string& name) { model = name; },
      [&](const Column& column, double number) {
        out << (is_first ? "\n  " : ",\n  ") << "{\"name\": " << json_text(model + ": " + column.key)
            << ", \"unit\": " << json_text(base_unit(*column.dimension).symbol) << ", \"value\": " << round_trip(number)
            << "}";
        is_first = false;
      });
  out << "\n]\n";
}

}  // namespace greenml::render
