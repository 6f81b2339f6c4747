#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/reference_options.hpp"
#include "greenml/footprint.hpp"
#include "greenml/frontier.hpp"
#include "greenml/inspect.hpp"
#include "greenml/model_name.hpp"
#include "greenml/quantity.hpp"
#include "greenml/ranking.hpp"
#include "greenml/reference.hpp"
#include "view/model_card_view.hpp"
#include "view/model_columns.hpp"

namespace greenml::cli {

namespace {

using render::Cell;
using render::Column;
using render::Sheet;

struct ExplainOptions {
  CatalogOptions catalogs{CatalogOptions::Limits::select, CatalogOptions::Files::one};
  std::string name;
  Typed measure;
  OutputOptions output{render::Shows::card};
};

/// One number of the model, and how it came about.
struct ExplainedValue {
  std::string what;
  std::optional<Measure> measure;
  std::optional<double> value;
  std::string from;    ///< as written and converted, or the formula with the numbers put in
  std::string method;  ///< measured, reported, ..., computed
  std::string rank;
  std::string frontier;
  std::string source;
};

class Explanation {
 public:
  Explanation(const Catalog& catalog, std::size_t row, std::vector<std::size_t> rows, const ReferenceTable& equivalents)
      : catalog_(catalog), row_(row), model_(catalog[row]), rows_(std::move(rows)), equivalents_(equivalents) {
    quality_ = first_field(catalog_, std::span(&row_, 1), Role::quality);
  }

  void add_everything() {
    for (std::size_t index = 0; index < fields.size(); ++index) add_field(static_cast<FieldId>(index));
    for (const Metric& metric : metrics) add_metric(metric);
  }

  /// Only one measure and what it is computed from.
  void add(const Measure& measure) {
    for (const FieldId input : measure.inputs()) add_field(input);
    if (measure.metric() != nullptr) add_metric(*measure.metric());
  }

  bool empty() const { return lines_.empty(); }

  Sheet sheet() const {
    Sheet sheet;
    sheet.rows_key = "numbers";
    sheet.facts.emplace_back("name", model_.name());
    for (const std::string_view label : {"variant", "source", "notes"})
      sheet.facts.emplace_back(label, model_.label(label).empty() ? Cell() : Cell(model_.label(label)));
    sheet.columns = columns();
    render::Section& section = sheet.sections.emplace_back();
    section.title = fmt::format("{}, line {} of {}", full_name(model_), model_.line(), model_.file());
    for (std::size_t index = 0; index < lines_.size(); ++index) section.rows.push_back(index);
    section.footer = footer();
    return sheet;
  }

 private:
  std::string footer() const {
    std::string text;
    for (const std::string_view label : {"source", "notes"})
      if (!model_.label(label).empty())
        text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", label, model_.label(label));
    return text;
  }

  static std::string text_of(const Measure& measure, double value) { return measure.text(value); }

  void add_field(FieldId id) {
    const std::optional<double> value = model_.value(id);
    if (!value) return;
    const Field& field = row_of(id);
    const Origin& origin = model_.origin(id);
    ExplainedValue line{.what = std::string(field.name), .measure = id, .value = value, .source = origin.source};
    line.from = from(id);
    if (origin.computed) {
      const Derivation* derivation = origin.is_what_if() ? nullptr : find_derivation(id);
      line.source = derivation != nullptr ? derivation->source : std::string_view();
    }
    line.method = origin.method == Method::unstated ? "not stated" : std::string(name_of(origin.method));
    if (origin.error) line.method += fmt::format(", +-{}", text_of(id, *origin.error));
    line.rank = rank_text(id);
    if (field.role == Role::cost && quality_ && model_.value(*quality_))
      line.frontier = frontier_text({quality_, {id}});
    lines_.push_back(std::move(line));
    if (field.dimension == Dimension::mass) add_equivalents(*value);
  }

  /// As stated, and what a what-if made of it; or the formula where nothing is stated.
  std::string from(FieldId id) const {
    const Origin& origin = model_.origin(id);
    if (!origin.computed) return written(id);
    if (!origin.is_what_if()) return computed(id);
    const std::string stated = written(id);
    return stated.empty() ? origin.source : fmt::format("{}; {}", stated, origin.source);
  }

  /// `"flops": "4.089 GMAC", line 30; 1 GMAC is 2000000000 FLOP`
  std::string written(FieldId id) const {
    const Spelling* spelling = catalog_.spelling(id, row_);
    if (spelling == nullptr)
      return model_.origin(id).method == Method::counted ? std::string(definition_of_count(id)) : std::string();
    std::string text = fmt::format("\"{}\": {}, line {}", spelling->key, spelling->text, spelling->line);
    if (!spelling->file.empty()) text += fmt::format(" of {}", spelling->file);
    const Unit& base = own_unit(row_of(id));
    if (spelling->unit == nullptr || spelling->unit->scale == base.scale) return text;
    const double factor = *parse_number("1", spelling->unit->scale);
    return fmt::format("{}; 1 {} is {} {}", text, spelling->unit->symbol, round_trip(factor), base.symbol);
  }

  /// "training_power x training_time x pue = 1.515 kW x 11422 d x 1.58"
  std::string computed(FieldId id) const {
    const Derivation* derivation = find_derivation(id);
    if (derivation == nullptr) return model_.origin(id).source;  // looked up
    std::vector<std::string> numbers;
    for (std::size_t index = 0; index < derivation->input_count; ++index)
      numbers.push_back(text_of(derivation->inputs[index], *model_.value(derivation->inputs[index])));
    return fmt::format("{} = {}", derivation->formula, fmt::join(numbers, " x "));
  }

  void add_metric(const Metric& metric) {
    const Score computed = score(metric, model_);
    if (computed.lack != Lack::none) return;
    ExplainedValue line{.what = std::string(metric.name),
                        .measure = metric,
                        .value = computed.value,
                        .method = "computed",
                        .source = std::string(metric.source)};
    line.from = fmt::format("{} = {}", metric.formula, numbers_put_in(metric));
    line.rank = rank_text(metric);
    line.frontier = frontier_text({metric.inputs.ids[0], Measure(metric).costs()});
    lines_.push_back(std::move(line));
  }

  std::string numbers_put_in(const Metric& metric) const {
    InputValues values{};
    for (std::size_t index = 0; index < metric.inputs.count; ++index)
      values[index] = *model_.value(metric.inputs.ids[index]);
    return metric.worked(metric, values);
  }

  /// The models that this one is comparable with, itself among them.
  std::vector<std::size_t> comparable(std::span<const Measure> measures) const {
    const std::vector<std::string> group_by = labels_to_group_by(measures);
    for (Group& one : group(catalog_, rows_, group_by))
      if (std::find(one.rows.begin(), one.rows.end(), row_) != one.rows.end()) return std::move(one.rows);
    return {};
  }

  std::string rank_text(const Measure& measure) const {
    const Ranking ranking = rank(catalog_, comparable(std::span(&measure, 1)), measure);
    for (const Ranked& one : ranking.ranked)
      if (one.row == row_) return fmt::format("{} of {}", one.rank, ranking.ranked.size());
    return {};
  }

  std::string frontier_text(Objectives objectives) const {
    const std::vector<Measure> measures(objectives.costs.begin(), objectives.costs.end());
    const Frontier frontier = find_frontier(catalog_, comparable(measures), std::move(objectives));
    if (std::find(frontier.on.begin(), frontier.on.end(), row_) != frontier.on.end()) return "on the frontier";
    const std::optional<std::size_t> by = beaten_by(catalog_, frontier, row_);
    return by ? describe_defeat(catalog_, frontier.objectives, row_, *by) : "";
  }

  void add_equivalents(double grams) {
    for (const ReferenceRow& equivalent : equivalents_.rows)
      lines_.push_back({.what = "  compares with",
                        .value = grams / equivalent.value,
                        .from = fmt::format("{} ({})", equivalent.title, equivalent.written),
                        .source = equivalent.source});
  }

  std::vector<Column> columns() const {
    const auto add = [this](std::string key, std::string title, auto content,
                            render::Audience audience = render::Audience::everyone, int expendable = 0) {
      return Column{.key = std::move(key),
                    .title = std::move(title),
                    .dimension = std::nullopt,
                    .audience = audience,
                    .expendable = expendable,
                    .cell = [this, content](std::size_t row) -> Cell { return content(lines_[row]); }};
    };
    const auto text = [](const std::string& found) { return found.empty() ? Cell() : Cell(std::string_view(found)); };
    std::vector<Column> columns;
    columns.push_back(add("what", "", [text](const ExplainedValue& line) { return text(line.what); }));
    columns.push_back(add(
        "value", "value",
        [](const ExplainedValue& line) -> Cell {
          if (!line.measure) return rounded(*line.value) + "x";
          return text_of(*line.measure, *line.value);
        },
        render::Audience::people));
    columns.push_back(add(
        "value", "value", [](const ExplainedValue& line) -> Cell { return *line.value; }, render::Audience::programs));
    columns.push_back(add(
        "unit", "unit",
        [](const ExplainedValue& line) -> Cell {
          return line.measure && line.measure->dimension() ? Cell(row_of(*line.measure->dimension()).base_unit)
                                                           : Cell();
        },
        render::Audience::programs));
    columns.push_back(add("from", "from", [text](const ExplainedValue& line) { return text(line.from); }));
    columns.push_back(add(
        "method", "method", [text](const ExplainedValue& line) { return text(line.method); },
        render::Audience::everyone, 2));
    columns.push_back(add("rank", "rank", [text](const ExplainedValue& line) { return text(line.rank); }));
    columns.push_back(add(
        "frontier", quality_ ? fmt::format("{} and this cost", row_of(*quality_).title) : "frontier",
        [text](const ExplainedValue& line) { return text(line.frontier); }, render::Audience::everyone, 3));
    columns.push_back(add(
        "source", "source", [text](const ExplainedValue& line) { return text(line.source); },
        render::Audience::everyone, 4));
    for (Column& column : columns)
      column.prose = column.key == "from" || column.key == "frontier" || column.key == "source";
    return columns;
  }

  const Catalog& catalog_;
  std::size_t row_;
  Model model_;
  std::vector<std::size_t> rows_;
  const ReferenceTable& equivalents_;
  std::optional<FieldId> quality_;
  std::vector<ExplainedValue> lines_;
};

/// The card of one model, and what it does without.
Outcome print_card(Console& console, const ExplainOptions& options, const Catalog& catalog, std::size_t row) {
  if (options.measure) {
    console.error("METRIC: a model card is of all that is known", "leave it out");
    return Outcome::cannot;
  }
  if (!options.catalogs.what_if().fact().empty()) {
    console.error("a model card says what was, not what would have been elsewhere",
                  "leave out --grid, --carbon-intensity and --pue");
    return Outcome::cannot;
  }
  const ReferenceTable* grids = reference(console, ReferenceKind::grids, options.catalogs.what_if().reference_folder());
  if (grids == nullptr) return Outcome::cannot;
  CardOfModel made = card_of(catalog, row, *grids);
  if (made.empty()) {
    console.error(fmt::format("nothing of \"{}\" is for a model card: {}", options.name, fmt::join(made.lacks, "; ")));
    return Outcome::cannot;
  }
  for (const std::string& lack : made.lacks) console.note(lack);
  for (const std::string& remark : made.remarks) console.note(remark);
  Sheet sheet;
  sheet.card = std::make_shared<const render::ModelCard>(std::move(made.card));
  return options.output.print(console, sheet);
}

Outcome run(Console& console, ExplainOptions& options) {
  const std::optional<Chosen> chosen =
      choose(console, options.catalogs, options.output, {.keep_spellings = true, .name_files = true});
  if (!chosen) return Outcome::cannot;
  std::optional<Measure> measure;
  if (options.measure) {
    measure = parse_measure(console, "METRIC", *options.measure, chosen->catalog);
    if (!measure) return Outcome::cannot;
  }
  const std::optional<std::size_t> row = find_one(console, chosen->catalog, chosen->rows, options.name);
  if (!row) return Outcome::cannot;
  if (options.output.format().shows == render::Shows::card) return print_card(console, options, chosen->catalog, *row);

  const ReferenceTable* equivalents =
      reference(console, ReferenceKind::equivalents, options.catalogs.what_if().reference_folder());
  if (equivalents == nullptr) return Outcome::cannot;
  Explanation explanation(chosen->catalog, *row, chosen->rows, *equivalents);
  if (measure)
    explanation.add(*measure);
  else
    explanation.add_everything();
  if (explanation.empty()) {
    console.error(fmt::format("\"{}\" has no {}", options.name, measure ? measure->name() : "quantities"));
    return Outcome::cannot;
  }
  return options.output.print(console, explanation.sheet());
}

}  // namespace

Action declare_explain(OptionTable& table) {
  auto options = std::make_shared<ExplainOptions>();
  options->catalogs.declare(table);
  table.operand("MODEL", options->name, "The model; \"NAME (VARIANT)\" where a name has several");
  table.optional_operand("METRIC", options->measure, "Only this metric or field, and what it is computed from");
  options->output.declare(table);
  return [options](Console& console) { return run(console, *options); };
}

}  // namespace greenml::cli
