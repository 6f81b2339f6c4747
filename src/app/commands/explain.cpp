#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <map>
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
#include "view/columns_of.hpp"
#include "view/model_card_view.hpp"
#include "view/model_columns.hpp"

namespace greenml::cli {

namespace {

using render::Cell;
using render::Column;
using render::Sheet;

struct ExplainOptions {
  CatalogOptions catalogs{CatalogOptions::Limits::select, CatalogOptions::Files::one_before_models};
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
    const auto add_fact = [&](std::string_view key, std::string_view label) {
      sheet.facts.emplace_back(key, model_.label(label).empty() ? Cell() : Cell(model_.label(label)));
    };
    add_fact("name", "name");
    add_fact("variant", "variant");
    add_fact("source", "source");
    add_fact("model_notes", "notes");  // "notes" are those on the result
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
    if (origin.error) line.method += fmt::format(", +-{}", Measure(id).text(*origin.error));
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
      numbers.push_back(Measure(derivation->inputs[index]).text(*model_.value(derivation->inputs[index])));
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

  /// The models that this one is comparable with, itself among them. Many measures have the same.
  const std::vector<std::size_t>& comparable(std::span<const Measure> measures) {
    std::vector<std::string> group_by = labels_to_group_by(measures);
    const auto [found, is_new] = comparable_.try_emplace(std::move(group_by));
    if (!is_new) return found->second;
    std::vector<LabelId> ids;
    for (const std::string& label : found->first)
      if (const std::optional<LabelId> id = catalog_.find_label_id(label)) ids.push_back(*id);
    std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(found->second), [&](std::size_t row) {
      return std::all_of(ids.begin(), ids.end(),
                         [&](LabelId id) { return catalog_.label(id, row).text == catalog_.label(id, row_).text; });
    });
    return found->second;
  }

  /// Whoever wants the place of one model needs no order of all.
  std::string rank_text(const Measure& measure) {
    const std::optional<double> own = measure.value(model_);
    if (!own) return {};
    const bool higher = measure.better() == Better::higher;
    std::size_t count = 0;
    std::size_t better = 0;
    for (const std::size_t row : comparable(std::span(&measure, 1)))
      if (const std::optional<double> value = measure.value(catalog_[row])) {
        ++count;
        if (higher ? *value > *own : *value < *own) ++better;
      }
    return fmt::format("{} of {}", better + 1, count);
  }

  std::string frontier_text(const Objectives& objectives) {
    if (!is_comparable(catalog_, row_, objectives)) return "";
    const std::vector<Measure> measures(objectives.costs.begin(), objectives.costs.end());
    const std::optional<std::size_t> by = beaten_by(catalog_, comparable(measures), objectives, row_);
    return by ? describe_defeat(catalog_, objectives, row_, *by) : "on the frontier";
  }

  void add_equivalents(double grams) {
    for (const ReferenceRow& equivalent : equivalents_.rows)
      lines_.push_back({.what = "  compares with",
                        .value = grams / equivalent.value,
                        .from = fmt::format("{} ({})", equivalent.title, equivalent.written),
                        .source = equivalent.source});
  }

  std::vector<Column> columns() const {
    using render::Audience;
    ColumnsOf<ExplainedValue> columns(lines_);
    columns.add({.key = "what"}, &ExplainedValue::what);
    columns.add({.title = "value", .audience = Audience::people}, [](const ExplainedValue& line) {
      return line.measure ? line.measure->text(*line.value) : rounded(*line.value) + "x";
    });
    columns.add({.title = "value", .audience = Audience::programs}, &ExplainedValue::value);
    columns.add({.title = "unit", .audience = Audience::programs}, [](const ExplainedValue& line) -> Cell {
      return line.measure && line.measure->dimension() ? Cell(row_of(*line.measure->dimension()).base_unit) : Cell();
    });
    columns.add({.title = "from", .prose = true}, &ExplainedValue::from);
    columns.add({.title = "method", .expendable = 2}, &ExplainedValue::method);
    columns.add("rank", &ExplainedValue::rank);
    columns.add({.key = "frontier",
                 .title = quality_ ? fmt::format("{} and this cost", row_of(*quality_).title) : "frontier",
                 .expendable = 3,
                 .prose = true},
                &ExplainedValue::frontier);
    columns.add({.title = "source", .expendable = 4, .prose = true}, &ExplainedValue::source);
    return columns.take();
  }

  const Catalog& catalog_;
  std::size_t row_;
  Model model_;
  std::vector<std::size_t> rows_;
  const ReferenceTable& equivalents_;
  std::optional<FieldId> quality_;
  std::map<std::vector<std::string>, std::vector<std::size_t>> comparable_;  // by the labels that are alike
  std::vector<ExplainedValue> lines_;
};

/// The card of one model, and what it does without. Nothing, and an error, where it would be empty or not true.
std::optional<Sheet> card_sheet(World& world, Messages& messages, const ExplainOptions& options, const Catalog& catalog,
                                std::size_t row) {
  if (options.measure) {
    messages.error("METRIC: a model card is of all that is known", "leave it out");
    return std::nullopt;
  }
  if (!options.catalogs.what_if().fact().empty()) {
    messages.error("a model card says what was, not what would have been elsewhere",
                   "leave out --grid, --carbon-intensity and --pue");
    return std::nullopt;
  }
  const ReferenceTable* grids =
      reference(world, messages, ReferenceKind::grids, options.catalogs.what_if().reference_folder());
  if (grids == nullptr) return std::nullopt;
  CardOfModel made = card_of(catalog, row, *grids);
  if (made.empty()) {
    messages.error(fmt::format("nothing of \"{}\" is for a model card: {}", options.name, fmt::join(made.lacks, "; ")));
    return std::nullopt;
  }
  for (const std::string& lack : made.lacks) messages.note(lack);
  for (const std::string& remark : made.remarks) messages.note(remark);
  Sheet sheet;
  sheet.card = std::make_shared<const render::ModelCard>(std::move(made.card));
  return sheet;
}

/// How the numbers of one model came about. Nothing, and an error, where it has none.
std::optional<Sheet> explanation_sheet(World& world, Report& report, const ExplainOptions& options,
                                       const Chosen& chosen, std::size_t row, const std::optional<Measure>& measure) {
  const ReferenceTable* equivalents =
      reference(world, report.messages, ReferenceKind::equivalents, options.catalogs.what_if().reference_folder());
  if (equivalents == nullptr) return std::nullopt;
  auto& explanation = report.keep<Explanation>(chosen.catalog, row, chosen.rows, *equivalents);
  if (measure)
    explanation.add(*measure);
  else
    explanation.add_everything();
  if (!explanation.empty()) return explanation.sheet();
  report.messages.error(fmt::format("\"{}\" has no {}", options.name, measure ? measure->name() : "quantities"));
  return std::nullopt;
}

Report run(World& world, ExplainOptions options) {
  Report report;
  Messages& messages = report.messages;
  const std::optional<Chosen> chosen =
      choose(world, report, options.catalogs, options.output,
             {.keep_spellings = true, .spellings_of = options.name, .name_files = true});
  if (!chosen) return report;
  std::optional<Measure> measure;
  if (options.measure && !(measure = messages.value_of(parse_measure("METRIC", *options.measure, chosen->catalog))))
    return report;
  const std::optional<std::size_t> row = messages.value_of(find_one(chosen->catalog, chosen->rows, options.name));
  if (!row) return report;
  const bool is_card = options.output.format().shows == render::Shows::card;
  std::optional<Sheet> sheet = is_card ? card_sheet(world, messages, options, chosen->catalog, *row)
                                       : explanation_sheet(world, report, options, *chosen, *row, measure);
  if (sheet) report.add(options.output.result(*std::move(sheet), world));
  return report;
}

}  // namespace

Action declare_explain(OptionTable& table) {
  auto options = std::make_shared<ExplainOptions>();
  options->catalogs.declare(table);
  table.operand("MODEL", options->name, "The model; \"NAME (VARIANT)\" where a name has several");
  table.optional_operand("METRIC", options->measure, "Only this metric or field, and what it is computed from");
  options->output.declare(table);
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
