/// \file
/// Fuzzes the catalog reader, under each name that decides on a format, and then whatever follows from a catalog:
/// derived quantities, rankings, frontiers, and every format of the table.

#include "greenml/catalog.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
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
#include "sheet/sheet.hpp"

using namespace greenml;

namespace {

/// As a pipe hands them over: a few at a time.
Input in_pieces(std::string name, std::string_view bytes, std::size_t most) {
  return {std::move(name), [bytes, most](std::span<char> buffer) mutable {
            const std::size_t size = bytes.copy(buffer.data(), std::min(buffer.size(), most));
            bytes.remove_prefix(size);
            return size;
          }};
}

Catalog read(Input input, Problems& problems, const ReadOptions& options = {.keep_spellings = true}) {
  return read_catalogs(std::span(&input, 1), problems, options);
}

/// Holds what was read window by window, in two threads, to what was read as a whole.
void expect_same(const Catalog& left, const Catalog& right) {
  GREENML_EXPECT(left.size() == right.size());
  GREENML_EXPECT(left.further_labels() == right.further_labels());
  std::vector<std::string_view> keys = left.further_labels();
  for (const Label& label : labels) keys.push_back(label.name);
  for (std::size_t row = 0; row < left.size(); ++row) {
    GREENML_EXPECT(left.line(row) == right.line(row));
    for (const std::string_view key : keys)
      GREENML_EXPECT(left.label(key, row).kind == right.label(key, row).kind &&
                     left.label(key, row).text == right.label(key, row).text);
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      GREENML_EXPECT(left[row].value(field) == right[row].value(field));
      GREENML_EXPECT(left.origin(field, row) == right.origin(field, row));
    }
  }
}

void expect_same(const Problems& left, const Problems& right) {
  GREENML_EXPECT(left.errors() == right.errors() && left.kept().size() == right.kept().size());
  for (std::size_t index = 0; index < left.kept().size(); ++index) {
    const Problem& one = left.kept()[index];
    const Problem& other = right.kept()[index];
    GREENML_EXPECT(one.message == other.message && one.model == other.model && one.key == other.key);
    GREENML_EXPECT(one.place.line == other.place.line && one.place.column == other.place.column);
  }
}

void expect_places(const Problems& problems, const std::string& name) {
  for (const Problem& problem : problems.kept()) {
    GREENML_EXPECT(problem.place.file == name && !problem.message.empty());
    GREENML_EXPECT(problem.place.caret <= problem.place.excerpt.size());
  }
}

render::Cell cell_of(const std::optional<double>& value) { return value ? render::Cell(*value) : render::Cell(); }

render::Sheet sheet_of(const Catalog& catalog, const std::vector<std::size_t>& rows) {
  render::Sheet sheet;
  sheet.name = "greenml fuzz";
  sheet.facts.emplace_back("ranked_by", std::string_view("accuracy"));
  const auto add_label = [&](std::string_view label) {
    sheet.columns.push_back({.key = std::string(label),
                             .title = std::string(label),
                             .dimension = std::nullopt,
                             .expendable = static_cast<int>(sheet.columns.size() % 3),
                             .prose = label == "notes",
                             .cell = [&catalog, label](std::size_t row) -> render::Cell {
                               return std::string_view(catalog.label(label, row).text);
                             }});
  };
  for (const Label& label : labels) add_label(label.name);
  for (const std::string_view label : catalog.further_labels()) add_label(label);
  for (const std::string_view name : measure_names()) {
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
  const Frontier frontier = find_frontier(catalog, rows, std::vector{flops});
  render::Chart chart;
  chart.kind = kind;
  chart.x = render::Quantity{
      "FLOPs", Dimension::compute,
      kind == render::Chart::Kind::scatter ? render::ScaleKind::logarithmic : render::ScaleKind::linear};
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

std::string rendered(const render::Sheet& sheet, const render::Format& format, const render::Style& style) {
  std::string text;
  render::Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  format.render(sheet, style, out);
  GREENML_EXPECT(out.flush());
  return text;
}

/// Every format of the table, for pipes and for narrow and wide terminals; and what programs read can be read.
void render_all(const render::Sheet& sheet, std::size_t models) {
  for (const render::Format& format : render::formats) {
    if (format.shows == render::Shows::chart && sheet.chart == nullptr) continue;
    const std::string text = rendered(sheet, format, {});
    GREENML_EXPECT(format.render == render::render_github || !text.empty());
    if (format.render == render::render_json) GREENML_EXPECT(nlohmann::json::parse(text).at("models").size() == models);
    if (format.render == render::render_junit || format.render == render::render_svg)
      GREENML_EXPECT(pugi::xml_document().load_string(text.c_str()));
    rendered(sheet, format, {.color = true, .csv_raw = true, .csv_bom = true});
  }
  for (const std::size_t width : {1U, 20U, 80U, 500U}) {
    rendered(sheet, render::formats.front(), {.width = width});
    if (sheet.chart != nullptr) rendered(sheet, *render::find_format("chart"), {.width = width, .ascii = width == 20});
  }
}

void rank_by_everything(const Catalog& catalog, const std::vector<std::size_t>& rows) {
  for (const std::string_view name : measure_names()) {
    const Ranking ranking = rank(catalog, rows, find_measure(name)->measure);
    GREENML_EXPECT(ranking.ranked.size() + ranking.unranked.size() == rows.size());
    GREENML_EXPECT(ranking.ranked.empty() || ranking.ranked.front().rank == 1);
    for (const Ranked& one : ranking.ranked) GREENML_EXPECT(!std::isnan(one.value));
    if (ranking.spearman_with_cheapest) GREENML_EXPECT(std::abs(*ranking.spearman_with_cheapest) <= 1 + 1e-9);
  }
}

void find_frontiers(const Catalog& catalog, const std::vector<std::size_t>& rows) {
  const FieldId flops = field_id("flops");
  for (const std::vector<FieldId>& costs :
       {std::vector{flops}, {flops, field_id("params")}, {flops, field_id("params"), field_id("energy")}}) {
    const Frontier frontier = find_frontier(catalog, rows, costs);
    GREENML_EXPECT(frontier.on.size() + frontier.beaten.size() + frontier.not_comparable.size() == rows.size());
    for (const std::size_t row : frontier.beaten) GREENML_EXPECT(beaten_by(catalog, frontier, row).has_value());
    if (costs.size() > 1) continue;
    steps_between(catalog, frontier.on, flops);
    GREENML_EXPECT(hull_of(catalog, frontier.on, flops).size() <= frontier.on.size());
  }
}

void go_on_with(Catalog& catalog) {
  std::vector<std::size_t> rows(catalog.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  derive_footprints(catalog, {}, {});
  rank_by_everything(catalog, rows);
  find_frontiers(catalog, rows);
  group(catalog, rows, labels_to_group_by(true));
  nearest_name(catalog, "ResNet-50");
  render::Sheet sheet = sheet_of(catalog, rows);
  for (const render::Chart::Kind kind : {render::Chart::Kind::scatter, render::Chart::Kind::bars}) {
    sheet.chart = chart_of(catalog, rows, kind);
    render_all(sheet, rows.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string name : {"a.json", "a.ndjson", "<stdin>"}) {
    Problems problems;
    Catalog catalog = read(from_memory(name, bytes), problems);
    GREENML_EXPECT(problems.errors() > 0 || catalog.size() > 0);
    expect_places(problems, name);

    Problems problems_in_pieces;
    // What standard input is, is told by its first window.
    const std::size_t window = name == "<stdin>" ? ReadOptions().window : 100;
    const Catalog in_windows = read(in_pieces(name, bytes, 1 + size / 3), problems_in_pieces, {.window = window});
    expect_same(problems, problems_in_pieces);
    expect_same(catalog, in_windows);

    if (problems.errors() == 0) go_on_with(catalog);
  }
  return 0;
}
