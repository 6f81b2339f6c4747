/// \file
/// Fuzzes whatever follows from a catalog: derived quantities, rankings, frontiers, and the formats of the table. An
/// input has a share of the measures, formats and styles, which its bytes choose: all of them at once would take most
/// of the time to show again what other inputs have shown. The reader has a target of its own.

#include "greenml/catalog.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <pugixml.hpp>

#include "expect.hpp"
#include "greenml/footprint.hpp"
#include "greenml/frontier.hpp"
#include "greenml/label.hpp"
#include "greenml/metric.hpp"
#include "greenml/model_name.hpp"
#include "greenml/ranking.hpp"
#include "greenml/selection.hpp"
#include "json_mutator.hpp"
#include "sheet/sheet.hpp"
#include "view/model_card_view.hpp"

using namespace greenml;

namespace {

render::Cell cell_of(const std::optional<double>& value) { return value ? render::Cell(*value) : render::Cell(); }

const std::vector<std::string_view>& all_measure_names() {
  static const std::vector<std::string_view> names = measure_names();
  return names;
}

render::Sheet sheet_of(const Catalog& catalog, const std::vector<std::size_t>& rows) {
  render::Sheet sheet;
  sheet.name = "greenml fuzz";
  sheet.facts.emplace_back("ranked_by", std::string_view("accuracy"));
  const auto add_label = [&](std::string_view label) {
    sheet.columns.push_back({.key = std::string(label),
                             .title = std::string(label),
                             .expendable = static_cast<int>(sheet.columns.size() % 3),
                             .prose = label == "notes",
                             .cell = [&catalog, label](std::size_t row) -> render::Cell {
                               return std::string_view(catalog.label(label, row).text);
                             }});
  };
  for (const Label& label : labels) add_label(label.name);
  for (const std::string_view label : catalog.further_labels()) add_label(label);
  for (const std::string_view name : all_measure_names()) {
    const Measure measure = find_measure(name)->measure;
    sheet.columns.push_back(
        {.key = measure.key(),
         .title = std::string(measure.title()),
         .align = render::Align::right,
         .dimension = measure.dimension(),
         .cell = [&catalog, measure](std::size_t row) { return cell_of(measure.value(catalog[row])); }});
  }
  sheet.sections.push_back({.title = "all", .rows = rows});
  sheet.finding = [&catalog](std::size_t row) -> render::Finding {
    return {.kind = static_cast<render::Finding::Kind>(row % 5),
            .name = std::string(catalog.name(row)),
            .message = full_name(catalog[row]),
            .file = std::string(catalog.file(row)),
            .line = catalog.line(row)};
  };
  return sheet;
}

/// Accuracy over FLOPs of the models that have both; nothing where there are none.
std::shared_ptr<const render::Chart> chart_of(const Catalog& catalog, const std::vector<std::size_t>& rows,
                                              render::Chart::Kind kind) {
  const FieldId flops = field_id("flops");
  const Frontier frontier = find_frontier(catalog, rows, {field_id("accuracy"), {flops}});
  render::Chart chart;
  chart.kind = kind;
  chart.x = render::Quantity{"FLOPs", Dimension::compute,
                             kind == render::Chart::Kind::scatter ? ScaleKind::logarithmic : ScaleKind::linear};
  chart.y = render::Quantity{"accuracy", Dimension::accuracy};
  chart.series = {{.name = "all"}};
  render::Panel panel = {.title = "all", .points = {}, .frontier = {}};
  const auto add = [&](std::size_t row, bool leads) {
    if (leads) panel.frontier.push_back(panel.points.size());
    panel.points.push_back({.row = row,
                            .name = std::string(catalog.name(row)),
                            .x = catalog.value(flops, row),
                            .y = catalog.value(field_id("accuracy"), row),
                            .leads = leads,
                            .remark = full_name(catalog[row])});
  };
  for (const std::size_t row : frontier.on) add(row, true);
  for (const std::size_t row : frontier.beaten) add(row, false);
  if (panel.points.empty()) return nullptr;
  chart.panels.push_back(std::move(panel));
  return std::make_shared<const render::Chart>(std::move(chart));
}

/// Whether a format refuses the sheet: those of trends do without a number.
bool is_refused(const render::Sheet& sheet, const render::Format& format) {
  if (format.render != render::render_bencher && format.render != render::render_benchmark_action) return false;
  for (const render::Column* column : render::columns_for_programs(sheet))
    for (const render::Section& section : sheet.sections)
      for (const std::size_t row : section.rows) {
        const render::Cell cell = column->at(row);
        const double* number = std::get_if<double>(&cell);
        if (column->dimension && number != nullptr && std::isfinite(*number)) return false;
      }
  return true;
}

std::string rendered(const render::Sheet& sheet, const render::Format& format, const render::Style& style) {
  std::string text;
  render::Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  format.render(sheet, style, out);
  GREENML_EXPECT(out.flush() != is_refused(sheet, format));
  return text;
}

/// What an input has done with it: one of so many.
class Share {
 public:
  explicit Share(std::string_view bytes) : hash_(std::hash<std::string_view>()(bytes)) {}

  bool has(std::size_t index, std::size_t of) const { return index % of == hash_ % of; }
  std::size_t one_of(std::size_t count) const { return (hash_ >> 16) % count; }

 private:
  std::size_t hash_;
};

/// A format of the table as it goes into a pipe; and what programs read can be read.
void render_for_programs(const render::Sheet& sheet, const render::Format& format, std::size_t models) {
  const std::string text = rendered(sheet, format, {});
  GREENML_EXPECT(format.render == render::render_github || text.empty() == is_refused(sheet, format));
  if (format.render == render::render_json) GREENML_EXPECT(nlohmann::json::parse(text).at("models").size() == models);
  if (format.render == render::render_junit || format.render == render::render_svg)
    GREENML_EXPECT(pugi::xml_document().load_string(text.c_str()));
}

/// Some of the formats of the table, for pipes or for people, and a narrow or a wide terminal.
void render_some(const render::Sheet& sheet, std::size_t models, const Share& share) {
  const bool for_people = share.one_of(2) == 0;
  for (std::size_t index = 0; index < render::formats.size(); ++index) {
    const render::Format& format = render::formats[index];
    const bool has_nothing_to_show = (format.shows == render::Shows::chart && sheet.chart == nullptr) ||
                                     (format.shows == render::Shows::card && sheet.card == nullptr);
    if (!share.has(index, 4) || has_nothing_to_show) continue;
    if (for_people)
      rendered(sheet, format, {.color = true, .csv_raw = true, .csv_bom = true});
    else
      render_for_programs(sheet, format, models);
  }
  constexpr auto widths = std::to_array<std::size_t>({1, 20, 80, 500});
  const std::size_t width = widths[share.one_of(widths.size())];
  rendered(sheet, render::formats.front(), {.width = width});
  if (sheet.chart != nullptr) rendered(sheet, *render::find_format("chart"), {.width = width, .ascii = width == 20});
}

void rank_by_some(const Catalog& catalog, const std::vector<std::size_t>& rows, const Share& share) {
  const std::vector<std::string_view>& names = all_measure_names();
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (!share.has(index, 4)) continue;
    const Ranking ranking = rank(catalog, rows, find_measure(names[index])->measure);
    GREENML_EXPECT(ranking.ranked.size() + ranking.unranked.size() == rows.size());
    GREENML_EXPECT(ranking.ranked.empty() || ranking.ranked.front().rank == 1);
    for (const Ranked& one : ranking.ranked) GREENML_EXPECT(!std::isnan(one.value));
    if (ranking.spearman_with_cheapest) GREENML_EXPECT(std::abs(*ranking.spearman_with_cheapest) <= 1 + 1e-9);
  }
}

void find_frontiers(const Catalog& catalog, const std::vector<std::size_t>& rows) {
  const FieldId accuracy = field_id("accuracy");
  const FieldId flops = field_id("flops");
  for (const std::vector<FieldId>& costs :
       {std::vector{flops}, {flops, field_id("params")}, {flops, field_id("params"), field_id("energy")}}) {
    const Frontier frontier = find_frontier(catalog, rows, {accuracy, costs});
    GREENML_EXPECT(frontier.on.size() + frontier.beaten.size() + frontier.not_comparable.size() == rows.size());
    const std::vector<std::size_t> beaters = beaters_of(catalog, frontier);
    for (std::size_t index = 0; index < beaters.size(); ++index)
      GREENML_EXPECT(beaten_by(catalog, rows, frontier.objectives, frontier.beaten[index]) == beaters[index]);
    if (costs.size() > 1) continue;
    steps_between(catalog, frontier.on, accuracy, flops);
    GREENML_EXPECT(hull_of(catalog, frontier.on, accuracy, flops).size() <= frontier.on.size());
  }
}

void go_on_with(Catalog& catalog, const Share& share) {
  std::vector<std::size_t> rows(catalog.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  derive_footprints(catalog, {}, {});
  rank_by_some(catalog, rows, share);
  find_frontiers(catalog, rows);
  group(catalog, rows, labels_to_group_by(std::vector<Measure>{field_id("energy")}));
  name_hint(catalog, "ResNet-50");
  render::Sheet sheet = sheet_of(catalog, rows);
  sheet.chart =
      chart_of(catalog, rows, share.one_of(3) == 0 ? render::Chart::Kind::bars : render::Chart::Kind::scatter);
  if (cli::CardOfModel made = cli::card_of(catalog, rows.front(), {}); !made.empty())
    sheet.card = std::make_shared<const render::ModelCard>(std::move(made.card));
  render_some(sheet, rows.size(), share);
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return mutate_as_json(data, size, most, seed, 0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Input input = from_memory("<stdin>", bytes);
  Problems problems;
  Catalog catalog = read_catalogs(std::span(&input, 1), problems, {.keep_spellings = true, .window = 1 << 13});
  if (problems.errors() == 0) go_on_with(catalog, Share(bytes));
  return 0;
}
