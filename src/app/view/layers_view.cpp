#include "view/layers_view.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "greenml/quantity.hpp"
#include "view/cells.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;
using render::Cell;
using render::Column;

/// Rows of less than this share of all multiply-accumulates and of all params stand together.
constexpr double least_share = 0.0005;

double share(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

/// With two decimals, so that shares stand below each other; nothing and all without.
std::string percent_text(std::uint64_t part, std::uint64_t all) {
  if (part == 0 || part == all) return part == 0 ? "0" : "100";
  return fmt::format("{:.2f}", 100 * share(part, all));
}

/// "int8 9,408 in 9.408 kB": the elements of each type, and the bytes that they take.
std::string types_text(const Inspection& inspection) {
  std::string text;
  for (const ElementType& type : inspection.types)
    text += fmt::format("{}{} {} in {}", text.empty() ? "" : ", ", thousands(type.elements), type.type,
                        for_people(static_cast<double>(type.bytes), Dimension::storage));
  return text;
}

}  // namespace

LayersView::LayersView(std::span<const Inspection> inspections, LayersBy by, bool for_people)
    : by_(for_people ? by : LayersBy::node), for_people_(for_people) {
  for (const Inspection& inspection : inspections) {
    render::Section section;
    const bool has_graph = inspection.has_graph;
    section.title = fmt::format("{}, {}: {}", inspection.name, inspection.format,
                                by_ == LayersBy::node ? (has_graph ? "its nodes in order" : "its blocks")
                                : has_graph           ? "its operators"
                                                      : "its kinds of tensors");
    if (!inspection.input.empty()) section.title += ", at " + inspection.input;
    add(inspection, section);
    section.footer = types_text(inspection);
    if (!section.footer.empty()) section.footer = "params: " + section.footer;
    sections_.push_back(std::move(section));
  }
}

void LayersView::add_row(Row row, render::Section& section) {
  section.rows.push_back(rows_.size());
  rows_.push_back(std::move(row));
}

/// One row for each kind; those that cost next to nothing in one.
std::vector<LayersView::Row> LayersView::by_kind(const Inspection& inspection) const {
  std::map<std::string, std::size_t> positions;
  std::vector<Row> kinds;
  for (const Layer& layer : inspection.layers) {
    const auto [found, is_new] = positions.emplace(layer.kind, kinds.size());
    if (is_new) kinds.push_back({&inspection, {.name = "", .kind = layer.kind}, 0});
    Row& row = kinds[found->second];
    row.nodes += layer.trips == 0 ? 0 : 1;
    row.layer.macs += layer.macs;
    row.layer.params += layer.params;
    row.layer.buffers += layer.buffers;
  }
  std::stable_sort(kinds.begin(), kinds.end(), [](const Row& left, const Row& right) {
    if (left.layer.macs != right.layer.macs) return left.layer.macs > right.layer.macs;
    return left.layer.params > right.layer.params;
  });
  const auto is_small = [&](const Row& row) {
    return share(row.layer.macs, inspection.macs.value_or(0)) < least_share &&
           share(row.layer.params, inspection.params.value_or(0)) < least_share && row.layer.buffers == 0;
  };
  const auto small = std::stable_partition(kinds.begin(), kinds.end(), [&](const Row& row) { return !is_small(row); });
  if (kinds.end() - small < 2) return kinds;
  Row others{&inspection, {.name = "", .kind = fmt::format("{} others", kinds.end() - small)}, 0};
  for (auto row = small; row != kinds.end(); ++row) {
    others.nodes += row->nodes;
    others.layer.macs += row->layer.macs;
    others.layer.params += row->layer.params;
  }
  kinds.erase(small, kinds.end());
  kinds.push_back(std::move(others));
  return kinds;
}

void LayersView::add(const Inspection& inspection, render::Section& section) {
  Row total{&inspection, {.name = "total", .kind = by_ == LayersBy::node ? "" : "total"}, 0};
  for (const Layer& layer : inspection.layers) {
    total.nodes += layer.trips == 0 ? 0 : 1;
    total.layer.macs += layer.macs;
    total.layer.params += layer.params;
    total.layer.buffers += layer.buffers;
  }
  if (by_ == LayersBy::kind) {
    for (Row& row : by_kind(inspection)) add_row(std::move(row), section);
  } else {
    for (const Layer& layer : inspection.layers) add_row({&inspection, layer, 1}, section);
  }
  if (for_people_) add_row(std::move(total), section);  // programs add up for themselves
}

Column LayersView::text_column(std::string key, std::string title, std::string Layer::*text, Audience audience) const {
  return {.key = std::move(key),
          .title = std::move(title),
          .dimension = std::nullopt,
          .audience = audience,
          .cell = [this, text](std::size_t row) { return cell_of(rows_[row].layer.*text); }};
}

Column LayersView::count_column(std::string key, std::string title, std::uint64_t Layer::*number,
                                Audience audience) const {
  const bool is_scaled = audience == Audience::people;
  return {.key = std::move(key),
          .title = std::move(title),
          .align = Align::right,
          .dimension = is_scaled ? std::optional(Dimension::count) : std::nullopt,
          .audience = audience,
          .cell = [this, number, is_scaled](std::size_t index) -> Cell {
            const Row& row = rows_[index];
            // What is not wholly understood has no multiply-accumulates, of no node.
            if (number == &Layer::macs && !row.inspection->macs) return {};
            if (number == &Layer::params && !row.inspection->params) return {};
            const std::uint64_t count = row.layer.*number;
            if (is_scaled) return static_cast<double>(count);
            return static_cast<std::int64_t>(count);
          }};
}

Column LayersView::share_column(std::uint64_t Layer::*number) const {
  return {.key = "share",
          .title = "share (%)",
          .align = Align::right,
          .dimension = std::nullopt,
          .audience = Audience::people,
          .cell = [this, number](std::size_t index) -> Cell {
            const Row& row = rows_[index];
            const bool is_macs = number == &Layer::macs;
            const std::optional<std::uint64_t> all = is_macs ? row.inspection->macs : row.inspection->params;
            if (all.value_or(0) == 0) return {};
            return percent_text(row.layer.*number, *all);
          }};
}

render::Sheet LayersView::sheet() const {
  const bool by_kind = by_ == LayersBy::kind;
  const bool has_buffers =
      std::any_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.layer.buffers > 0; });
  render::Sheet sheet;
  sheet.rows_key = "layers";
  sheet.columns.push_back(
      {.key = "model",
       .title = "model",
       .dimension = std::nullopt,
       .audience = Audience::programs,
       .cell = [this](std::size_t row) -> Cell { return std::string_view(rows_[row].inspection->name); }});
  if (!by_kind) sheet.columns.push_back(text_column("name", "node", &Layer::name, Audience::everyone));
  sheet.columns.push_back(text_column("operator", "operator", &Layer::kind, Audience::everyone));
  if (by_kind) {
    sheet.columns.push_back({.key = "nodes",
                             .title = "nodes",
                             .align = Align::right,
                             .dimension = std::nullopt,
                             .audience = Audience::people,
                             .cell = [this](std::size_t row) -> Cell { return thousands(rows_[row].nodes); }});
  } else {
    const bool has_shapes =
        std::any_of(rows_.begin(), rows_.end(), [](const Row& row) { return !row.layer.output_shape.empty(); });
    sheet.columns.push_back(
        text_column("output", "output", &Layer::output_shape, has_shapes ? Audience::everyone : Audience::programs));
    sheet.columns.push_back(text_column("subgraph", "subgraph", &Layer::subgraph, Audience::programs));
    sheet.columns.push_back(count_column("trips", "trips", &Layer::trips, Audience::programs));
  }
  sheet.columns.push_back(count_column("macs", "MACs", &Layer::macs, Audience::people));
  sheet.columns.push_back(share_column(&Layer::macs));
  sheet.columns.push_back(count_column("params", "params", &Layer::params, Audience::people));
  sheet.columns.push_back(share_column(&Layer::params));
  if (has_buffers) sheet.columns.push_back(count_column("buffers", "buffers", &Layer::buffers, Audience::people));
  for (const auto& [key, number] :
       {std::pair{"macs", &Layer::macs}, std::pair{"params", &Layer::params}, std::pair{"buffers", &Layer::buffers}})
    sheet.columns.push_back(count_column(key, key, number, Audience::programs));
  sheet.sections = sections_;
  return sheet;
}

}  // namespace greenml::cli
