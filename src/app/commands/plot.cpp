#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <map>
#include <memory>
#include <set>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/quality_options.hpp"
#include "commands/options/unit_option.hpp"
#include "greenml/frontier.hpp"
#include "greenml/ranking.hpp"
#include "greenml/result_key.hpp"
#include "sheet/chart.hpp"
#include "view/label_series.hpp"
#include "view/measured_values.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Audience;
using render::Chart;
using render::Column;
using render::Sheet;

struct PlotOptions {
  CatalogOptions catalogs;
  QualityOptions quality;
  GroupOptions groups;
  OutputOptions output{render::Shows::chart};
  Typed x;
  Typed y;
  Typed x_scale;
  Typed y_scale;
  Typed x_unit;
  Typed y_unit;
  Typed size_by;
  Typed color_by;
  Typed names;
  Typed top;
  Typed bars;  // empty: of the default metric
};

constexpr auto scale_names = std::to_array<std::string_view>({"linear", "log"});
constexpr auto names_of_named = std::to_array<std::string_view>({"frontier", "all", "none"});

/// The position of a word in a table of words; says what is wrong where it is in none.
template <std::size_t count>
std::optional<std::size_t> choose_word(Messages& messages, std::string_view option, const std::string& word,
                                       const std::array<std::string_view, count>& words) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  messages.error(fmt::format("{}: unknown \"{}\"", option, word), fmt::format("known: {}", fmt::join(words, ", ")));
  return std::nullopt;
}

/// One run of the command, from a catalog to a sheet with a chart.
class Plot {
 public:
  Plot(World& world, Messages& messages, PlotOptions& options, const Catalog& catalog)
      : world_(world), messages_(messages), options_(options), catalog_(catalog) {}

  /// Nothing, and an error, where nothing can be drawn as it was asked for. Looks up the catalog alone.
  std::optional<Sheet> sheet_of(std::span<const std::size_t> rows) {
    if (!options_.quality.resolve(messages_, catalog_, rows)) return std::nullopt;
    quality_ = options_.quality.field();
    if (quality_ && row_of(*quality_).better == Better::higher) chart_->minimum_of = Measure(*quality_).key();
    if (!choose_measures(rows) || !choose_looks() || !make_groups(rows)) return std::nullopt;
    if (is_bars() && !options_.top) top_ = options_.output.rows_to_show(world_, groups_.size(), rows.size());
    for (Group& one : groups_) add_panel(one);
    if (is_bars() && span_too_much_for_bars(*chart_)) chart_->x.scale = ScaleKind::logarithmic;
    std::erase_if(groups_, [](const Group& one) { return one.rows.empty(); });
    write_notes();
    if (!groups_.empty()) return sheet();
    messages_.error(fmt::format("no model can be drawn: none has {}", needed()));
    return std::nullopt;
  }

 private:
  bool is_bars() const { return options_.bars.has_value(); }

  std::string needed() const {
    return is_bars() ? std::string(x_->name()) : fmt::format("{} and {}", y_->name(), x_->name());
  }

  bool choose_measures(std::span<const std::size_t> rows) {
    const Metric* metric = default_metric(catalog_, rows);
    if (is_bars()) {
      const char* unused = options_.x ? "--x" : options_.y ? "--y" : options_.size_by ? "--size-by" : nullptr;
      if (unused != nullptr || options_.x_scale || options_.y_scale) {
        messages_.error(fmt::format("{} is for a plot without --bars", unused ? unused : "a scale"));
        return false;
      }
      chart_->kind = Chart::Kind::bars;
    }
    if (!choose(is_bars() ? "--bars" : "--x", is_bars() ? options_.bars : options_.x, x_)) return false;
    if (!choose("--y", options_.y, y_) || !choose("--size-by", options_.size_by, size_)) return false;
    if (!x_ && is_bars() && metric != nullptr) x_ = Measure(*metric);
    if (!x_)
      if (const std::optional<FieldId> cost = default_cost(catalog_, rows, quality_)) {
        x_ = Measure(*cost);
        note_better_cost(messages_, catalog_, rows, *cost);
      }
    if (!y_ && quality_) y_ = Measure(*quality_);
    if (!x_ || (!y_ && !is_bars())) {
      messages_.error(fmt::format("no model has {}", x_   ? "a quality"
                                                     : y_ ? "a cost"
                                                          : "a quality and a cost"),
                      is_bars() ? "name a field: --bars energy" : "name two fields: --x energy --y latency");
      return false;
    }
    if (!y_) y_ = x_;  // bars have one
    if (x_->better() == Better::lower) chart_->maximum_of = x_->key();
    if (*x_ == *y_ && !is_bars()) {
      messages_.error(fmt::format("--x and --y are both {}", x_->name()));
      return false;
    }
    return choose_scale("--x-scale", options_.x_scale, *x_, chart_->x) &&
           choose_scale("--y-scale", options_.y_scale, *y_, chart_->y) &&
           choose_unit(messages_, "--x-unit", options_.x_unit, *x_, chart_->x.unit) &&
           choose_unit(messages_, "--y-unit", options_.y_unit, *y_, chart_->y.unit);
  }

  /// An empty text, as of --bars alone, chooses nothing.
  bool choose(std::string_view option, const Typed& typed, std::optional<Measure>& measure) {
    if (!typed || (typed->empty() && option == "--bars")) return true;
    measure = messages_.value_of(parse_measure(option, *typed, catalog_));
    return measure.has_value();
  }

  bool choose_scale(std::string_view option, const Typed& typed, const Measure& measure, render::Quantity& quantity) {
    quantity = quantity_of(catalog_, measure);
    if (is_bars()) quantity.scale = ScaleKind::linear;
    if (!typed) return true;
    const std::optional<std::size_t> scale = choose_word(messages_, option, *typed, scale_names);
    if (scale) quantity.scale = static_cast<ScaleKind>(*scale);
    return scale.has_value();
  }

  /// Which direction of a label's numbers is better is not known unless it is said: no year beats another.
  static bool has_direction(const std::optional<Measure>& measure, const Typed& typed) {
    return measure->label().empty() || (typed && (typed->ends_with(":lower") || typed->ends_with(":higher")));
  }

  bool choose_looks() {
    chart_->has_frontier = is_bars() || (has_direction(x_, options_.x) && has_direction(y_, options_.y));
    if (!chart_->has_frontier) chart_->named = Chart::Named::all;
    if (size_) chart_->size = {std::string(size_->title()), size_->dimension()};
    if (options_.names) {
      const std::optional<std::size_t> named = choose_word(messages_, "--names", *options_.names, names_of_named);
      if (!named) return false;
      chart_->named = static_cast<Chart::Named>(*named);
    }
    if (options_.top) {
      if (!is_bars()) {
        messages_.error("--top is for --bars", "--min and --max choose models for a scatter");
        return false;
      }
      const std::optional<std::size_t> top = messages_.value_of(parse_count("--top", *options_.top));
      if (!top) return false;
      top_ = *top;
    }
    if (!options_.color_by) return true;
    chart_->series_title = *options_.color_by;
    Complaint complaint;
    if (check_label(catalog_, *options_.color_by, complaint)) return true;
    messages_.error("--color-by", complaint);
    return false;
  }

  bool make_groups(std::span<const std::size_t> rows) {
    std::vector<Measure> measures = {*x_};
    if (!is_bars()) measures.push_back(*y_);
    const std::optional<std::vector<std::string>> group_by = options_.groups.labels(messages_, catalog_, measures);
    if (!group_by) return false;
    groups_ = group(catalog_, {rows.begin(), rows.end()}, *group_by);
    options_.groups.note(messages_, groups_.size(), *group_by);
    if (options_.color_by) {
      series_ = SeriesByLabel(catalog_, rows, *options_.color_by);
      if (series_.is_unstated()) {
        messages_.error(fmt::format("--color-by: no model states {}", *options_.color_by),
                        labels_to_color_by(catalog_, rows));
        return false;
      }
    }
    chart_->series = series_.all();
    telling_ = telling_labels(catalog_, groups_);
    return true;
  }

  /// Whether a value can be drawn; counts it where it cannot.
  bool can_draw(std::optional<double> value, const render::Quantity& quantity) {
    if (!value || !std::isfinite(*value)) {
      ++unknown_;
      return false;
    }
    const bool good = quantity.scale == ScaleKind::linear || *value > 0;
    if (!good) ++not_positive_;
    return good;
  }

  /// Draws a group, and leaves in it the models that are drawn, in the order of the sheet.
  void add_panel(Group& one) {
    std::vector<std::size_t> drawn;
    for (const std::size_t row : one.rows) {
      const Model model = catalog_[row];
      if (can_draw(x_->value(model), chart_->x) && (is_bars() || can_draw(y_->value(model), chart_->y)))
        drawn.push_back(row);
    }
    one.rows.clear();
    for (const Ranked& ranked : rank(catalog_, drawn, is_bars() ? *x_ : *y_).ranked) one.rows.push_back(ranked.row);
    if (one.rows.empty()) return;

    const std::vector<std::size_t> frontier = is_bars()              ? frontier_of_bars(one.rows)
                                              : chart_->has_frontier ? frontier_of(catalog_, one.rows, *x_, *y_)
                                                                     : std::vector<std::size_t>();
    on_->insert(frontier.begin(), frontier.end());
    const std::size_t in_all = one.rows.size();
    if (one.rows.size() > top_) one.rows.resize(top_);

    render::Panel& panel = chart_->panels.emplace_back();
    panel.title = title_of(one, in_all);
    const std::vector<std::string_view> of_namesakes = labels_of_namesakes(catalog_, std::span(&one, 1));
    std::map<std::size_t, std::size_t> position;
    for (const std::size_t row : one.rows) {
      position[row] = panel.points.size();
      panel.points.push_back(point_of(row, of_namesakes));
    }
    for (const std::size_t row : frontier)
      if (position.contains(row)) panel.frontier.push_back(position[row]);
    panel.note = note_on_methods(one.rows);
  }

  /// What --bars marks as on the frontier: models that no other beats on quality and the metric's costs.
  std::vector<std::size_t> frontier_of_bars(const std::vector<std::size_t>& rows) const {
    const std::vector<FieldId> costs = x_->costs();
    return costs.empty() || !quality_ ? rows : find_frontier(catalog_, rows, {quality_, costs}).on;
  }

  render::Point point_of(std::size_t row, std::span<const std::string_view> of_namesakes) const {
    const Model model = catalog_[row];
    render::Point point = {.row = row,
                           .name = name_of_point(row, of_namesakes),
                           .x = *x_->value(model),
                           .y = y_->value(model).value_or(render::not_known)};
    point.url = model.label("url");
    if (size_) point.size = size_->value(model).value_or(render::not_known);
    point.series = series_.of(catalog_, row);
    point.leads = on_->contains(row);
    const Method method = std::max(least_sure_method(catalog_, *x_, row), least_sure_method(catalog_, *y_, row));
    if (method != Method::unstated) point.remark = fmt::format("({})", name_of(method));
    return point;
  }

  /// The name, and what tells it from models of the same name in its panel.
  std::string name_of_point(std::size_t row, std::span<const std::string_view> of_namesakes) const {
    std::vector<std::string_view> texts;
    for (const std::string_view label : of_namesakes)
      if (const std::string_view text = catalog_.label(label, row).text; !text.empty()) texts.push_back(text);
    return texts.empty() ? std::string(catalog_.name(row))
                         : fmt::format("{} ({})", catalog_.name(row), fmt::join(texts, ", "));
  }

  std::string note_on_methods(std::span<const std::size_t> rows) const {
    const auto guessed = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](std::size_t row) {
      const auto is_guess = [&](const Measure& measure) {
        const Method method = least_sure_method(catalog_, measure, row);
        return method == Method::estimated || method == Method::assumed;
      };
      return is_guess(*x_) || is_guess(*y_);
    }));
    return guessed == 0 ? "" : fmt::format("numbers of {} are estimated", plural(guessed, "model", "models"));
  }

  std::string title_of(const Group& one, std::size_t in_all) const {
    const std::string name = name_of(one);
    std::string title = name.empty() ? "" : name + ": ";
    if (is_bars()) {
      title += fmt::format("{}, {} first", x_->title(), x_->better() == Better::higher ? "highest" : "lowest");
      if (in_all > top_)
        title += fmt::format(", {} of {} models{}", thousands(top_), thousands(in_all),
                             options_.top ? "" : fmt::format("; --top {} shows all", in_all));
    } else {
      title += fmt::format("{} over {}", y_->title(), x_->title());
    }
    return title + options_.catalogs.what_if().text();
  }

  Sheet sheet() const {
    const std::string files = fmt::format("{}", fmt::join(options_.catalogs.files(), ", "));
    Sheet result{.name = "greenml plot " + files, .columns = columns()};
    result.mark = [on = on_](std::size_t row) { return on->contains(row) ? render::Mark::good : render::Mark::none; };
    for (const Group& one : groups_) {
      const std::string name = name_of(one);
      const std::string count = plural(one.rows.size(), "model", "models");
      result.sections.push_back({fmt::format("{}{}{}", name, name.empty() ? "" : ": ", count), one.rows});
    }
    result.chart = chart_;
    return result;
  }

  std::vector<Column> columns() const {
    std::vector<Column> columns = {label_column(catalog_, "name", Audience::people)};
    for (const std::string_view label : telling_) {
      columns.push_back(label_column(catalog_, label, Audience::people));
      columns.back().expendable = label == "variant" ? 0 : 1;
    }
    if (options_.color_by && *options_.color_by != "name" &&
        std::find(telling_.begin(), telling_.end(), *options_.color_by) == telling_.end())
      columns.push_back(label_column(catalog_, *options_.color_by, Audience::people));
    std::vector<Measure> measures = {*y_, *x_};
    if (size_) measures.push_back(*size_);
    if (quality_) measures.emplace_back(*quality_);
    for (std::size_t index = 0; index < measures.size(); ++index)
      if (std::find(measures.begin(), measures.begin() + static_cast<std::ptrdiff_t>(index), measures[index]) ==
          measures.begin() + static_cast<std::ptrdiff_t>(index))
        columns.push_back(measure_column(catalog_, measures[index], Audience::people));
    if (std::optional<Column> how = method_column(catalog_, *x_, groups_)) columns.push_back(std::move(*how));
    columns.push_back(pareto_column(Audience::people));
    for (Column& column : all_label_columns(catalog_)) columns.push_back(std::move(column));
    columns.push_back(pareto_column(Audience::programs));
    for (Column& column : all_measure_columns(catalog_)) columns.push_back(std::move(column));
    return columns;
  }

  Column pareto_column(Audience audience) const {
    return frontier_column("frontier", audience,
                           [on = on_](std::size_t row) { return std::optional(on->contains(row)); });
  }

  void write_notes() const {
    if (unknown_ > 0)
      messages_.note(fmt::format("{} without {}: left out", plural(unknown_, "model", "models"), needed()));
    if (not_positive_ > 0)
      messages_.note(
          fmt::format("{} with a value that is not above 0, for which a logarithmic axis has no place: left "
                      "out; see --x-scale and --y-scale",
                      plural(not_positive_, "model", "models")));
  }

  World& world_;
  Messages& messages_;
  PlotOptions& options_;
  const Catalog& catalog_;
  std::optional<FieldId> quality_;
  std::shared_ptr<Chart> chart_ = std::make_shared<Chart>();
  std::optional<Measure> x_;  // bars: what they show
  std::optional<Measure> y_;
  std::optional<Measure> size_;
  std::size_t top_ = std::numeric_limits<std::size_t>::max();
  std::vector<Group> groups_;
  std::vector<std::string_view> telling_;
  SeriesByLabel series_;
  std::shared_ptr<std::set<std::size_t>> on_ = std::make_shared<std::set<std::size_t>>();  // rows on a frontier
  std::size_t unknown_ = 0;
  std::size_t not_positive_ = 0;
};

Report run(World& world, PlotOptions options) {
  Report report;
  const std::optional<Chosen> chosen = choose(world, report, options.catalogs, options.output);
  if (!chosen) return report;
  if (std::optional<Sheet> sheet = Plot(world, report.messages, options, chosen->catalog).sheet_of(chosen->rows))
    report.add(options.output.result(*std::move(sheet), world));
  return report;
}

}  // namespace

Action declare_plot(OptionTable& table) {
  auto options = std::make_shared<PlotOptions>();
  options->catalogs.declare(table);
  table.value("--x", options->x, "MEASURE", "What goes to the right (default: the cost of the metric of rank)");
  table.value("--y", options->y, "MEASURE", "What goes up (default: the quality)");
  options->quality.declare(table);
  const std::string scales = "linear or log (default: log for costs)";
  table.value("--x-scale", options->x_scale, "SCALE", scales).one_of({"linear", "log"});
  table.value("--y-scale", options->y_scale, "SCALE", scales).one_of({"linear", "log"});
  table.value("--x-unit", options->x_unit, "UNIT", "Of the numbers to the right (default: the one that is read best)");
  table.value("--y-unit", options->y_unit, "UNIT", "Of the numbers that go up: pfs-day");
  table.value("--size-by", options->size_by, "MEASURE", "What the area of a mark shows (a bubble chart)");
  table.value("--color-by", options->color_by, "LABEL", "Tell models apart by a label: family, hardware");
  table.value("--names", options->names, "WHICH", "Name models: frontier, all or none (default: frontier)")
      .one_of({"frontier", "all", "none"});
  table.optional_value("--bars", options->bars, "[MEASURE]", "A bar for each model instead (default: as rank)");
  table.value("--top", options->top, "N", "With --bars: only the first N of each group");
  options->groups.declare(table);
  options->output.declare(table);
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
