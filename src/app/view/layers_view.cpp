#include "view/layers_view.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "greenml/quantity.hpp"
#include "view/columns_of.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;

/// Rows of less than this share of all multiply-accumulates and of all params stand together.
constexpr double least_share = 0.0005;

double fraction(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

/// With two decimals, so that shares stand below each other; nothing and all without.
std::string percent_text(std::uint64_t part, std::uint64_t all) {
  if (part == 0 || part == all) return part == 0 ? "0" : "100";
  return fmt::format("{:.2f}", 100 * fraction(part, all));
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
    return fraction(row.layer.macs, inspection.macs.value_or(0)) < least_share &&
           fraction(row.layer.params, inspection.params.value_or(0)) < least_share && row.layer.buffers == 0;
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

/// Of one node or kind; nothing where the file is not wholly understood: then no node has multiply-accumulates.
std::optional<std::uint64_t> LayersView::count(const Row& row, std::uint64_t Layer::*number) {
  if (number == &Layer::macs && !row.inspection->macs) return std::nullopt;
  if (number == &Layer::params && !row.inspection->params) return std::nullopt;
  return row.layer.*number;
}

std::string LayersView::share(const Row& row, std::uint64_t Layer::*number) {
  const std::optional<std::uint64_t> all = number == &Layer::macs ? row.inspection->macs : row.inspection->params;
  return all.value_or(0) == 0 ? "" : percent_text(row.layer.*number, *all);
}

render::Sheet LayersView::sheet() const {
  const auto text = [](std::string Layer::*which) {
    return [which](const Row& row) { return std::string_view(row.layer.*which); };
  };
  const auto whole = [](std::uint64_t Layer::*which) { return [which](const Row& row) { return count(row, which); }; };
  const auto any = [this](auto is_so) { return std::any_of(rows_.begin(), rows_.end(), is_so); };
  ColumnsOf<Row> columns(rows_);
  const auto add_count = [&](std::string title, std::uint64_t Layer::*number) {
    columns.add(
        {.title = std::move(title), .align = Align::right, .dimension = Dimension::count, .audience = Audience::people},
        [number](const Row& row) -> std::optional<double> { return count(row, number); });
  };
  const auto add_share = [&](std::uint64_t Layer::*number) {
    columns.add({.key = "share", .title = "share (%)", .align = Align::right, .audience = Audience::people},
                [number](const Row& row) { return share(row, number); });
  };

  columns.add({.title = "model", .audience = Audience::programs},
              [](const Row& row) { return std::string_view(row.inspection->name); });
  if (by_ == LayersBy::node) columns.add({.key = "name", .title = "node"}, text(&Layer::name));
  columns.add("operator", text(&Layer::kind));
  if (by_ == LayersBy::kind) {
    columns.add({.title = "nodes", .align = Align::right, .audience = Audience::people},
                [](const Row& row) { return thousands(row.nodes); });
  } else {
    const bool has_shapes = any([](const Row& row) { return !row.layer.output_shape.empty(); });
    columns.add({.title = "output", .audience = has_shapes ? Audience::everyone : Audience::programs},
                text(&Layer::output_shape));
    columns.add({.title = "subgraph", .audience = Audience::programs}, text(&Layer::subgraph));
    columns.add({.title = "trips", .audience = Audience::programs}, whole(&Layer::trips));
  }
  add_count("MACs", &Layer::macs);
  add_share(&Layer::macs);
  add_count("params", &Layer::params);
  add_share(&Layer::params);
  if (any([](const Row& row) { return row.layer.buffers > 0; })) add_count("buffers", &Layer::buffers);
  columns.add({.title = "macs", .audience = Audience::programs}, whole(&Layer::macs));
  columns.add({.title = "params", .audience = Audience::programs}, whole(&Layer::params));
  columns.add({.title = "buffers", .audience = Audience::programs}, whole(&Layer::buffers));
  return {.rows_key = "layers", .columns = columns.take(), .sections = sections_};
}

}  // namespace greenml::cli
