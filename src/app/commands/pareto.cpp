#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <memory>
#include <set>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/quality_options.hpp"
#include "greenml/frontier.hpp"
#include "greenml/model_name.hpp"
#include "greenml/ranking.hpp"
#include "greenml/result_key.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;
using render::Cell;
using render::Column;
using render::Sheet;

struct ParetoOptions {
  CatalogOptions catalogs;
  QualityOptions quality;
  GroupOptions groups;
  OutputOptions output;
  Typed cost;
  bool hull = false;
  bool all = false;
};

/// A model that is beaten, and by which.
struct Defeat {
  std::size_t by;
  double points;  ///< that the other has more
};

/// What the columns look up: where each model stands, by its row.
struct Standings {
  std::set<std::size_t> on;           // the frontier
  std::map<std::size_t, Step> steps;  // of the models that are shown and have one before them
  std::map<std::size_t, Defeat> beaten;
};

/// One run of the command, from a catalog to a sheet.
class Pareto {
 public:
  Pareto(Messages& messages, ParetoOptions& options, const Catalog& catalog)
      : messages_(messages), options_(options), catalog_(catalog) {}

  /// Nothing, and an error, where there is no frontier as it was asked for. Looks up the catalog alone.
  std::optional<Sheet> sheet_of(std::vector<std::size_t> rows) {
    if (!options_.quality.resolve(messages_, catalog_, rows) || !choose_costs(rows)) return std::nullopt;
    quality_ = options_.quality.field();
    const std::vector<Measure> measures(costs_.begin(), costs_.end());
    const std::optional<std::vector<std::string>> group_by = options_.groups.labels(messages_, catalog_, measures);
    if (!group_by) return std::nullopt;
    groups_ = group(catalog_, std::move(rows), *group_by);
    options_.groups.note(messages_, groups_.size(), *group_by);
    Sheet result = sheet();
    if (standings_->on.empty()) {
      messages_.error(fmt::format("no model has {}", names_of_objectives(" and ")));
      return std::nullopt;
    }
    if (not_comparable_ > 0)
      messages_.note(fmt::format("{} not comparable: without {}", plural(not_comparable_, "model is", "models are"),
                                 names_of_objectives(" or ")));
    return result;
  }

 private:
  bool choose_default_cost(std::span<const std::size_t> rows) {
    const std::optional<FieldId>& quality = options_.quality.field();
    const std::optional<FieldId> cost = default_cost(catalog_, rows, quality);
    if (cost && quality) {
      costs_ = {*cost};
      note_better_cost(messages_, catalog_, rows, *cost);
      return true;
    }
    if (cost)
      messages_.error("no model has a quality, so that a frontier needs two costs", "as in --cost energy,latency");
    else
      messages_.error(quality ? "no model has a cost" : "no model has a quality or a cost");
    return false;
  }

  bool choose_costs(std::span<const std::size_t> rows) {
    if (!options_.cost) return choose_default_cost(rows);
    for (const std::string& name : split_list(*options_.cost)) {
      const std::optional<Measure> measure = messages_.value_of(parse_measure("--cost", name, catalog_));
      if (!measure) return false;
      if (!measure->field() || row_of(*measure->field()).role == Role::quality) {
        messages_.error(fmt::format("--cost: {} is no cost", name),
                        "name a field that is a cost: flops, params, latency, energy");
        return false;
      }
      if (std::find(costs_.begin(), costs_.end(), *measure->field()) == costs_.end())
        costs_.push_back(*measure->field());
    }
    if (!options_.quality.field() && costs_.size() < 2) {
      messages_.error("no model has a quality, so that a frontier needs two costs", "as in --cost energy,latency");
      return false;
    }
    if (options_.hull && costs_.size() > 1) {
      messages_.error("--hull is for one cost", "prices of a point need one");
      return false;
    }
    return true;
  }

  std::string names_of_objectives(std::string_view between) const {
    std::vector<std::string_view> titles;
    if (quality_) titles.push_back(row_of(*quality_).title);
    for (const FieldId cost : costs_) titles.push_back(row_of(cost).title);
    return fmt::format("{}", fmt::join(titles, between));
  }

  /// Fills the sections, and what the columns will look up.
  Sheet sheet() {
    Sheet result;
    std::vector<std::string_view> names;
    for (const FieldId cost : costs_) names.push_back(row_of(cost).name);
    result.facts.emplace_back(result::frontier_of, fmt::format("{}", fmt::join(names, ",")));
    for (const Group& one : groups_) add_section(one, result);
    result.columns = columns();
    if (options_.all)
      result.mark = [found = standings_](std::size_t row) {
        return found->on.contains(row) ? render::Mark::good : render::Mark::none;
      };
    return result;
  }

  void add_section(const Group& one, Sheet& result) {
    Frontier frontier = find_frontier(catalog_, one.rows, {quality_, costs_});
    std::vector<std::size_t> shown = frontier.on;
    if (options_.hull) shown = hull_of(catalog_, shown, *quality_, costs_.front());
    standings_->on.insert(frontier.on.begin(), frontier.on.end());
    if (costs_.size() == 1) {
      const std::vector<Step> steps = steps_between(catalog_, shown, *quality_, costs_.front());
      for (std::size_t index = 0; index < steps.size(); ++index) standings_->steps[shown[index + 1]] = steps[index];
    }
    not_comparable_ += frontier.not_comparable.size();

    const std::string name = name_of(one);
    std::string title =
        fmt::format("{}{}{} of {} on the frontier of {}", name, name.empty() ? "" : ": ", thousands(frontier.on.size()),
                    plural(one.rows.size(), "model", "models"), names_of_objectives(" and "));
    if (options_.hull) title += fmt::format(", {} on its hull", thousands(shown.size()));
    if (options_.all) {
      sort_by_name(catalog_, frontier.beaten);
      sort_by_name(catalog_, frontier.not_comparable);
      const std::vector<std::size_t> beaters = beaters_of(catalog_, frontier);
      for (std::size_t index = 0; index < beaters.size(); ++index) {
        const std::size_t row = frontier.beaten[index];
        const std::size_t by = beaters[index];
        standings_->beaten[row] = {by, quality_ ? advantage(catalog_, *quality_, by, row) : 0};
      }
      shown.insert(shown.end(), frontier.beaten.begin(), frontier.beaten.end());
      shown.insert(shown.end(), frontier.not_comparable.begin(), frontier.not_comparable.end());
    }
    result.sections.push_back({title, shown});
  }

  std::vector<Column> columns() const {
    std::vector<Column> columns = {label_column(catalog_, "name", Audience::people)};
    for (const std::string_view label : telling_labels(catalog_, groups_)) {
      columns.push_back(label_column(catalog_, label, Audience::people));
      columns.back().expendable = label == "variant" ? 0 : 1;
    }
    if (quality_) columns.push_back(measure_column(catalog_, *quality_, Audience::people));
    for (const FieldId cost : costs_) columns.push_back(measure_column(catalog_, cost, Audience::people));
    for (const FieldId cost : costs_)
      if (std::optional<Column> how = method_column(catalog_, cost, groups_)) columns.push_back(std::move(*how));
    for (Column& column : all_label_columns(catalog_)) columns.push_back(std::move(column));
    const auto is_on = [found = standings_](std::size_t row) -> std::optional<bool> {
      if (found->on.contains(row)) return true;
      return found->beaten.contains(row) ? std::optional(false) : std::nullopt;
    };
    columns.push_back(frontier_column("pareto", Audience::programs, is_on));
    if (costs_.size() == 1) add_step_columns(columns);
    if (options_.all) add_defeat_columns(columns);
    for (Column& column : all_measure_columns(catalog_)) columns.push_back(std::move(column));
    return columns;
  }

  void add_step_columns(std::vector<Column>& columns) const {
    const Field& cost = row_of(costs_.front());
    const std::string cost_key = Measure(costs_.front()).key();
    const auto add = [&](std::string_view key, std::string title, std::optional<Dimension> dimension, auto value) {
      columns.push_back({.key = std::string(key),
                         .title = std::move(title),
                         .align = Align::right,
                         .dimension = dimension,
                         .cell = [found = standings_, value](std::size_t row) -> Cell {
                           const auto step = found->steps.find(row);
                           return step == found->steps.end() ? Cell() : value(step->second);
                         }});
    };
    add(result::points_gained, fmt::format("{} gained", quality_unit(*quality_)), std::nullopt,
        [](const Step& step) { return Cell(step.gained); });
    columns.back().expendable = 3;
    add(fmt::format("{}{}", result::added, cost_key), fmt::format("{} added", cost.title), cost.dimension,
        [](const Step& step) { return Cell(step.cost); });
    columns.back().expendable = 2;
    add(fmt::format("{}{}", result::price_of_a_point, cost_key),
        fmt::format("price of a {}", quality_unit(*quality_) == "points" ? "point" : quality_unit(*quality_)),
        cost.dimension, [](const Step& step) { return step.price ? Cell(*step.price) : Cell(); });
  }

  void add_defeat_columns(std::vector<Column>& columns) const {
    const auto add = [&](std::string_view key, std::string_view title, auto value) {
      columns.push_back({.key = std::string(key),
                         .title = std::string(title),
                         .audience = Audience::programs,
                         .cell = [found = standings_, value](std::size_t row) -> Cell {
                           const auto defeat = found->beaten.find(row);
                           return defeat == found->beaten.end() ? Cell() : value(defeat->second);
                         }});
    };
    add(result::beaten_by, "beaten by",
        [&catalog = catalog_](const Defeat& defeat) { return Cell(full_name(catalog[defeat.by])); });
    add(result::points_behind, "points behind", [](const Defeat& defeat) { return Cell(defeat.points); });
    columns.push_back({.key = "verdict",
                       .title = "verdict",
                       .audience = Audience::people,
                       .prose = true,
                       .cell = [found = standings_, &catalog = catalog_,
                                weighed = Objectives{quality_, costs_}](std::size_t row) -> Cell {
                         if (found->on.contains(row)) return std::string_view("on the frontier");
                         const auto defeat = found->beaten.find(row);
                         if (defeat == found->beaten.end()) return std::string_view("not comparable");
                         return describe_defeat(catalog, weighed, row, defeat->second.by);
                       }});
  }

  Messages& messages_;
  ParetoOptions& options_;
  const Catalog& catalog_;
  std::optional<FieldId> quality_;
  std::vector<FieldId> costs_;
  std::vector<Group> groups_;
  std::shared_ptr<Standings> standings_ = std::make_shared<Standings>();
  std::size_t not_comparable_ = 0;
};

Report run(World& world, ParetoOptions options) {
  Report report;
  std::optional<Chosen> chosen = choose(world, report, options.catalogs, options.output);
  if (!chosen) return report;
  if (std::optional<Sheet> sheet = Pareto(report.messages, options, chosen->catalog).sheet_of(std::move(chosen->rows)))
    report.add(options.output.result(*std::move(sheet), world));
  return report;
}

}  // namespace

Action declare_pareto(OptionTable& table) {
  auto options = std::make_shared<ParetoOptions>();
  options->catalogs.declare(table);
  table.value("--cost", options->cost, "FIELDS",
              "What the quality is weighed against: flops, or flops,params (default: as rank)");
  options->quality.declare(table);
  table.flag("--hull", options->hull, "Only the convex hull, on which each further point has a higher price");
  table.flag("--all", options->all, "Also the models that are beaten, and by which");
  options->groups.declare(table);
  options->output.declare(table);
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
