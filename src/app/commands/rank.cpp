#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/columns_option.hpp"
#include "commands/options/quality_options.hpp"
#include "greenml/frontier.hpp"
#include "greenml/model_name.hpp"
#include "greenml/ranking.hpp"
#include "greenml/result_key.hpp"
#include "greenml/selection.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"
#include "view/ranking_notes.hpp"

namespace greenml::cli {

namespace {

using render::Audience;
using render::Cell;
using render::Column;
using render::Sheet;

/// What was typed, and what it was found to mean.
struct RankOptions {
  CatalogOptions catalogs;
  QualityOptions quality;
  OutputOptions output;
  Typed by;
  Typed top;
  bool all = false;
  bool reverse = false;
  ColumnsOption columns;
  Typed relative_to;
  GroupOptions groups;
};

/// One run of the command, from a catalog to a sheet.
class Rank {
 public:
  Rank(World& world, Messages& messages, RankOptions& options, const Catalog& catalog)
      : world_(world), messages_(messages), options_(options), catalog_(catalog) {}

  /// Nothing, and an error, where the models cannot be ranked as it was asked for. Looks up the catalog alone.
  std::optional<Sheet> sheet_of(std::vector<std::size_t> rows) {
    if (!options_.quality.resolve(messages_, catalog_, rows)) return std::nullopt;
    quality_ = options_.quality.field();
    if (!choose_measure(rows) || !limit_rows() || !make_groups(std::move(rows)) || !find_references())
      return std::nullopt;
    std::vector<Column> columns = all_columns();
    if (columns.empty()) return std::nullopt;
    write_notes();
    return sheet(std::move(columns));
  }

 private:
  const Measure& by() const { return *by_; }

  bool choose_measure(std::span<const std::size_t> rows) {
    if (options_.by) {
      by_ = messages_.value_of(parse_measure("--by", *options_.by, catalog_));
      if (!by_) return false;
    } else if (!choose_default_measure(rows)) {
      messages_.error("no model has a quality or a cost", measures_to_rank_by(rows));
      return false;
    }
    const bool any =
        std::any_of(rows.begin(), rows.end(), [&](std::size_t row) { return by().value(catalog_[row]).has_value(); });
    if (!any) messages_.error(fmt::format("no model has {}", by().name()), measures_to_rank_by(rows));
    return any;
  }

  /// The first metric of the quality; else the quality itself, of which there is no ratio; else the first cost.
  bool choose_default_measure(std::span<const std::size_t> rows) {
    const Metric* metric = default_metric(catalog_, rows);
    const std::optional<FieldId> cost = first_field(catalog_, rows, Role::cost);
    if (metric != nullptr && metric->inputs.ids[0] == quality_) {
      by_ = Measure(*metric);
      note_better_cost(messages_, catalog_, rows, metric->cost());
    } else if (quality_ &&
               (row_of(*quality_).dimension == Dimension::number || row_of(*quality_).better == Better::lower)) {
      by_ = Measure(*quality_);
      if (cost)
        messages_.note(
            fmt::format("ranked by {}: there is no ratio of {} and a cost, since its zero means nothing; greenml "
                        "pareto weighs it against {}",
                        row_of(*quality_).name, row_of(*quality_).name, row_of(*cost).name));
    } else if (cost) {
      by_ = Measure(*cost);
      messages_.note(fmt::format("ranked by {}: {}", row_of(*cost).name, why_by_cost(rows, *cost)));
    } else if (quality_) {
      by_ = Measure(*quality_);
      messages_.note(fmt::format("ranked by {}: no model has a cost", row_of(*quality_).name));
    }
    return by_.has_value();
  }

  /// Why there is no metric to rank by, only this cost.
  std::string why_by_cost(std::span<const std::size_t> rows, FieldId cost) const {
    if (!quality_) return "no model has a quality";
    const std::string_view quality = row_of(*quality_).name;
    const bool any_has_both = std::any_of(rows.begin(), rows.end(), [&](std::size_t row) {
      return is_comparable(catalog_, row, {quality_, {cost}});
    });
    return any_has_both ? fmt::format(
                              "there is no ratio of {} and a cost that the models have; greenml pareto weighs it "
                              "against {}",
                              quality, row_of(cost).name)
                        : fmt::format("no model has both {} and a cost", quality);
  }

  std::string measures_to_rank_by(std::span<const std::size_t> rows) const {
    std::vector<std::string_view> known;
    const auto add_known = [&](const Measure& measure) {
      if (std::any_of(rows.begin(), rows.end(),
                      [&](std::size_t row) { return measure.value(catalog_[row]).has_value(); }))
        known.push_back(measure.name());
    };
    for (const Metric& metric : metrics) add_known(metric);
    for (std::size_t index = 0; index < fields.size(); ++index) add_known(static_cast<FieldId>(index));
    if (known.empty()) return "the models have no quantities";
    return fmt::format("rank by one of: {}", fmt::join(known, ", "));
  }

  bool make_groups(std::vector<std::size_t> rows) {
    const std::optional<std::vector<std::string>> group_by =
        options_.groups.labels(messages_, catalog_, std::span(&by(), 1));
    if (!group_by) return false;
    grouped_by_ = *group_by;
    if (options_.top && options_.all) {
      messages_.error("--top and --all contradict each other", "give one of them");
      return false;
    }
    const std::size_t count = rows.size();
    groups_ = group(catalog_, std::move(rows), grouped_by_);
    if (!options_.top && !options_.all) top_ = options_.output.rows_to_show(world_, groups_.size(), count);
    for (const Group& one : groups_) {
      Ranking ranking = rank(catalog_, one.rows, by(), {.most = top_, .worst_first = options_.reverse});
      ranked_.push_back({one, std::move(ranking), std::nullopt});
    }
    return true;
  }

  /// Finds the model of --relative-to in each group; it need not be among the selected.
  bool find_references() {
    if (!options_.relative_to) return true;
    const std::string& name = *options_.relative_to;
    const std::vector<std::size_t> rows = find_by_name(catalog_, name);
    if (rows.empty()) {
      messages_.error(fmt::format("--relative-to: no model is named \"{}\"", name), name_hint(catalog_, name));
      return false;
    }
    std::size_t without = 0;
    for (RankedGroup& one : ranked_) {
      std::vector<std::size_t> here;
      std::copy_if(rows.begin(), rows.end(), std::back_inserter(here),
                   [&](std::size_t row) { return belongs(row, one.group); });
      if (here.size() > 1) {
        messages_.error(fmt::format("--relative-to: {} models are named \"{}\"", thousands(here.size()), name),
                        "name one with its variant: \"" + full_name(catalog_[here.front()]) + "\"");
        return false;
      }
      if (!here.empty()) one.reference = by().value(catalog_[here.front()]);
      if (!one.reference || *one.reference == 0) ++without;
    }
    if (without == groups_.size()) {
      const bool is_zero = std::any_of(rows.begin(), rows.end(), [&](std::size_t row) {
        return by().value(catalog_[row]) == 0 || by().lack(catalog_[row]) == Lack::zero;
      });
      messages_.error(
          is_zero ? fmt::format("--relative-to: nothing is a multiple of the {} of \"{}\", which comes from a 0",
                                by().name(), name)
                  : fmt::format("--relative-to: \"{}\" has no {} to compare with", name, by().name()));
      return false;
    }
    if (without > 0)
      messages_.note(fmt::format("in {} of {} groups there is no {} of \"{}\" to compare with", thousands(without),
                                 thousands(groups_.size()), by().name(), name));
    return true;
  }

  bool belongs(std::size_t row, const Group& one) const {
    return std::all_of(one.labels.begin(), one.labels.end(),
                       [&](const auto& label) { return catalog_.label(label.first, row).text == label.second; });
  }

  bool limit_rows() {
    top_ = std::numeric_limits<std::size_t>::max();
    if (!options_.top) return true;
    const std::optional<std::size_t> count = messages_.value_of(parse_count("--top", *options_.top));
    if (count) top_ = *count;
    return count.has_value();
  }

  /// The rows of a group that are shown, in the order in which they are shown.
  std::vector<std::size_t> shown_rows(const RankedGroup& one) const {
    std::vector<std::size_t> rows;
    for (const Ranked& ranked : one.ranking.ranked) rows.push_back(ranked.row);
    rows.insert(rows.end(), one.ranking.unranked.begin(), one.ranking.unranked.end());
    return rows;
  }

  Column rank_column() const {
    auto ranks = std::make_shared<std::vector<std::uint32_t>>(catalog_.size());
    for (const RankedGroup& one : ranked_)
      for (const Ranked& ranked : one.ranking.ranked) (*ranks)[ranked.row] = static_cast<std::uint32_t>(ranked.rank);
    return {
        .key = std::string(result::rank),
        .title = "#",
        .align = render::Align::right,
        .cell = [ranks](std::size_t row) { return (*ranks)[row] == 0 ? Cell() : Cell(std::int64_t{(*ranks)[row]}); }};
  }

  Column ratio_column() const {
    auto ratios = std::make_shared<std::vector<double>>(catalog_.size(), std::numeric_limits<double>::quiet_NaN());
    for (const RankedGroup& one : ranked_)
      for (const Ranked& ranked : one.ranking.ranked)
        if (one.reference && *one.reference != 0) (*ratios)[ranked.row] = ranked.value / *one.reference;
    return {.key = std::string(result::ratio_to_reference),
            .title = "ratio",
            .align = render::Align::right,
            .dimension = Dimension::ratio,
            .cell = [ratios](std::size_t row) { return std::isnan((*ratios)[row]) ? Cell() : Cell((*ratios)[row]); }};
  }

  std::vector<Column> all_columns() const {
    if (options_.columns.is_given()) return chosen_columns();
    const Column rank = rank_column();
    const Column pareto = pareto_column();
    std::vector<Column> columns = {rank.only_for(Audience::people), label_column(catalog_, "name", Audience::people)};
    for (const std::string_view label : telling_labels(catalog_, groups_)) {
      columns.push_back(label_column(catalog_, label, Audience::people));
      columns.back().expendable = label == "variant" ? 0 : 1;
    }
    columns.push_back(measure_column(catalog_, by(), Audience::people));
    if (std::optional<Column> how = method_column(catalog_, by(), groups_)) columns.push_back(std::move(*how));
    if (options_.relative_to) columns.push_back(ratio_column());
    for (const Measure& measure : measures_beside())
      columns.push_back(measure_column(catalog_, measure, Audience::people));
    if (quality_) columns.push_back(pareto.only_for(Audience::people));

    for (Column& column : all_label_columns(catalog_)) columns.push_back(std::move(column));
    columns.push_back(rank.only_for(Audience::programs));
    columns.push_back(pareto.only_for(Audience::programs));
    for (Column& column : all_measure_columns(catalog_)) columns.push_back(std::move(column));
    return columns;
  }

  /// What a person should see beside the measure: the quality, and what else it was computed from.
  std::vector<Measure> measures_beside() const {
    std::vector<Measure> measures;
    if (quality_ && by() != Measure(*quality_)) measures.emplace_back(*quality_);
    for (const FieldId input : by().inputs())
      if (by() != Measure(input) && input != quality_) measures.emplace_back(input);
    return measures;
  }

  /// What the frontier weighs: the quality, and the costs of the measure; where it has none, the usual cost.
  Objectives objectives() const {
    std::vector<FieldId> costs = by().costs();
    if (!quality_) return {};
    if (costs.empty())
      if (const std::optional<FieldId> cost = default_cost(catalog_, groups_.front().rows, quality_))
        costs.push_back(*cost);
    return {quality_, costs};
  }

  /// Whether no model of the group is better in quality and the measure's costs: yes, no, or nothing where not known.
  Column pareto_column() const {
    auto on = std::make_shared<std::vector<bool>>(catalog_.size());
    const Objectives weighed = objectives();
    for (const RankedGroup& one : ranked_) {
      if (weighed.costs.empty()) break;
      for (const std::size_t row : rows_on_frontier(catalog_, one.group.rows, weighed)) (*on)[row] = true;
    }
    const auto is_on = [&catalog = catalog_, on, weighed](std::size_t row) -> std::optional<bool> {
      if (weighed.costs.empty() || !is_comparable(catalog, row, weighed)) return std::nullopt;
      return (*on)[row];
    };
    return frontier_column("pareto", Audience::everyone, is_on);
  }

  /// Rank and name, then what --columns asks for; nothing, and an error, where a name is unknown.
  std::vector<Column> chosen_columns() const {
    std::vector<Column> columns = {label_column(catalog_, "name", Audience::everyone), rank_column()};
    if (options_.output.for_people()) std::swap(columns[0], columns[1]);
    if (options_.relative_to) columns.push_back(ratio_column());
    const auto own = [this](std::string_view name) {
      return name == result::pareto ? std::optional(pareto_column()) : std::nullopt;
    };
    return options_.columns.add_to(std::move(columns), messages_, catalog_, groups_, own)
        .value_or(std::vector<Column>());
  }

  std::string title(const RankedGroup& one) const {
    const std::string name = name_of(one.group);
    const std::string count = plural(one.group.rows.size(), "model", "models");
    const bool lowest = (by().better() == Better::lower) != options_.reverse;
    std::string text = fmt::format("{}{}{} by {}, {} first", name, name.empty() ? "" : ": ", count, by().title(),
                                   lowest ? "lowest" : "highest");
    if (one.group.rows.size() > top_)
      text += fmt::format(", {} shown{}", thousands(top_), options_.top ? "" : "; --all shows all");
    if (options_.relative_to) text += fmt::format(", ratio to {}", *options_.relative_to);
    return text;
  }

  Sheet sheet(std::vector<Column> columns) const {
    Sheet result;
    result.facts.emplace_back(result::ranked_by, std::string(by().name()));
    if (options_.relative_to) result.facts.emplace_back(result::relative_to, *options_.relative_to);
    result.columns = std::move(columns);
    for (const RankedGroup& one : ranked_) result.sections.push_back({title(one), shown_rows(one)});
    return result;
  }

  void write_notes() const {
    options_.groups.note(messages_, groups_.size(), grouped_by_);
    const bool quality_is_limited =
        by().metric() != nullptr && options_.catalogs.selection().limits(by().metric()->inputs.ids[0]);
    for (const std::string& note : ranking_notes(catalog_, ranked_, by(), quality_is_limited)) messages_.note(note);
  }

  World& world_;
  Messages& messages_;
  RankOptions& options_;
  const Catalog& catalog_;
  std::optional<FieldId> quality_;
  std::optional<Measure> by_;
  std::vector<std::string> grouped_by_;
  std::vector<Group> groups_;
  std::vector<RankedGroup> ranked_;  // each of a group
  std::size_t top_ = 0;
};

Report run(World& world, RankOptions options) {
  Report report;
  std::optional<Chosen> chosen = choose(world, report, options.catalogs, options.output);
  if (!chosen) return report;
  Rank rank(world, report.messages, options, chosen->catalog);
  if (std::optional<Sheet> sheet = rank.sheet_of(std::move(chosen->rows)))
    report.add(options.output.result(*std::move(sheet), world));
  return report;
}

}  // namespace

Action declare_rank(OptionTable& table) {
  auto options = std::make_shared<RankOptions>();
  options->catalogs.declare(table);
  table.value("--by", options->by, "MEASURE", "Rank by this metric or field (default: the first metric they have)");
  options->quality.declare(table);
  table.value("-n,--top", options->top, "N", "Only the first N of each group");
  table.flag("--all", options->all, "In a terminal: all models, and not only as many as fill it");
  table.flag("--reverse", options->reverse, "Worst first");
  options->columns.declare(table, "Show these fields, metrics, labels, pareto, derived: flops,family");
  table.value("--relative-to", options->relative_to, "MODEL", "Add a column of ratios to this model");
  options->groups.declare(table);
  options->output.declare(table);
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
