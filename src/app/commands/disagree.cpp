#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "greenml/agreement.hpp"
#include "greenml/model_name.hpp"
#include "view/columns_of.hpp"
#include "view/model_columns.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;
using render::Column;
using render::Sheet;

struct DisagreeOptions {
  CatalogOptions catalogs;
  GroupOptions groups;
  OutputOptions output;
};

/// Two costs of a group, how much their orders agree, and the model that they see most differently.
struct Pair {
  std::string group;
  FieldId left;
  FieldId right;
  std::size_t models;  ///< that have both
  double tau;
  std::optional<std::size_t> moved;  ///< row of the model whose rank moves most; nothing where none moves
  std::size_t left_rank;
  std::size_t right_rank;
};

std::vector<FieldId> costs_of(const Catalog& catalog) {
  std::vector<FieldId> costs;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (fields[index].role == Role::cost && catalog.has(static_cast<FieldId>(index)))
      costs.push_back(static_cast<FieldId>(index));
  }
  return costs;
}

std::vector<std::size_t> rows_with(const Catalog& catalog, const Group& group, FieldId left, FieldId right) {
  std::vector<std::size_t> rows;
  for (const std::size_t row : group.rows)
    if (!std::isnan(catalog.value(left, row)) && !std::isnan(catalog.value(right, row))) rows.push_back(row);
  sort_by_name(catalog, rows);
  return rows;
}

/// Ranks by row position in `rows`; equal values share the first rank.
std::vector<std::size_t> ranks_of(const std::vector<double>& values) {
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::size_t> ranks;
  for (const double value : values)
    ranks.push_back(static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin()) +
                    1);
  return ranks;
}

/// So that less is better.
double turned(FieldId field, double value) { return row_of(field).better == Better::lower ? value : -value; }

std::optional<Pair> compare(const Catalog& catalog, const Group& group, FieldId left, FieldId right) {
  const std::vector<std::size_t> rows = rows_with(catalog, group, left, right);
  std::vector<double> left_values;
  std::vector<double> right_values;
  for (const std::size_t row : rows) {
    left_values.push_back(turned(left, catalog.value(left, row)));
    right_values.push_back(turned(right, catalog.value(right, row)));
  }
  const std::optional<double> tau = kendall_tau(left_values, right_values);
  if (!tau || rows.size() < 3) return std::nullopt;

  const std::vector<std::size_t> left_ranks = ranks_of(left_values);
  const std::vector<std::size_t> right_ranks = ranks_of(right_values);
  std::size_t most = 0;
  const auto move = [&](std::size_t index) {
    return std::max(left_ranks[index], right_ranks[index]) - std::min(left_ranks[index], right_ranks[index]);
  };
  for (std::size_t index = 1; index < rows.size(); ++index)
    if (move(index) > move(most)) most = index;
  const std::optional<std::size_t> moved = move(most) > 0 ? std::optional(rows[most]) : std::nullopt;
  return Pair{name_of(group), left, right, rows.size(), *tau, moved, left_ranks[most], right_ranks[most]};
}

std::vector<Column> columns_of(const Catalog& catalog, const std::vector<Pair>& pairs) {
  const auto rank = [](std::size_t Pair::*which) {
    return [which](const Pair& pair) { return pair.moved ? std::optional(pair.*which) : std::nullopt; };
  };
  ColumnsOf<Pair> columns(pairs);
  columns.add({.title = "group", .audience = Audience::programs}, &Pair::group);
  columns.add("cost", [](const Pair& pair) { return row_of(pair.left).name; });
  columns.add({.key = "other_cost", .title = "other cost"}, [](const Pair& pair) { return row_of(pair.right).name; });
  columns.add({.key = "kendall_tau", .title = "Kendall's tau", .align = Align::right}, &Pair::tau);
  columns.add({.title = "models", .align = Align::right, .expendable = 1}, &Pair::models);
  columns.add({.key = "model", .title = "model that moves most"},
              [&catalog](const Pair& pair) { return pair.moved ? full_name(catalog[*pair.moved]) : std::string(); });
  columns.add({.title = "rank", .align = Align::right}, rank(&Pair::left_rank));
  columns.add({.key = "other_rank", .title = "other rank", .align = Align::right}, rank(&Pair::right_rank));
  return columns.take();
}

Report run(World& world, DisagreeOptions options) {
  Report report;
  const std::optional<Chosen> chosen = choose(world, report, options.catalogs, options.output);
  if (!chosen) return report;
  const Catalog& catalog = chosen->catalog;
  const std::vector<FieldId> costs = costs_of(catalog);
  const std::vector<Measure> measures(costs.begin(), costs.end());
  const std::optional<std::vector<std::string>> group_by = options.groups.labels(report.messages, catalog, measures);
  if (!group_by) return report;

  auto& pairs = report.keep<std::vector<Pair>>();
  Sheet sheet;
  sheet.rows_key = "pairs";
  for (const Group& one : group(catalog, chosen->rows, *group_by)) {
    const std::string name = name_of(one);
    render::Section section{.title = fmt::format("{}{}do the costs agree?", name, name.empty() ? "" : ": "),
                            .rows = {}};
    for (std::size_t left = 0; left < costs.size(); ++left)
      for (std::size_t right = left + 1; right < costs.size(); ++right)
        if (std::optional<Pair> pair = compare(catalog, one, costs[left], costs[right])) {
          section.rows.push_back(pairs.size());
          pairs.push_back(std::move(*pair));
        }
    const auto disagreement = [&](std::size_t one_pair, std::size_t other) {
      return pairs[one_pair].tau < pairs[other].tau;
    };
    std::stable_sort(section.rows.begin(), section.rows.end(), disagreement);
    if (!section.rows.empty()) sheet.sections.push_back(std::move(section));
  }
  if (pairs.empty()) {
    report.messages.error("there are no three comparable models that have two costs");
    return report;
  }
  report.messages.note(
      "tau is 1 where two costs order the models alike, 0 where the orders have nothing in common, -1 for the reverse");
  sheet.columns = columns_of(catalog, pairs);
  report.add(options.output.result(std::move(sheet), world));
  return report;
}

}  // namespace

Action declare_disagree(OptionTable& table) {
  auto options = std::make_shared<DisagreeOptions>();
  options->catalogs.declare(table);
  options->groups.declare(table);
  options->output.declare(table);
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
