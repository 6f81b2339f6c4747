#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "greenml/agreement.hpp"
#include "greenml/label.hpp"
#include "greenml/model_name.hpp"
#include "greenml/quantity.hpp"
#include "greenml/result_key.hpp"
#include "view/columns_of.hpp"
#include "view/model_columns.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

using render::Cell;
using render::Column;
using render::Sheet;

struct CompareOptions {
  CatalogOptions catalogs{CatalogOptions::Limits::select, CatalogOptions::Files::one_before_models};
  std::vector<std::string> names;
  OutputOptions output;
};

/// What is spent once, and what at every inference.
struct Spending {
  std::string_view name;
  FieldId training;
  FieldId inference;
};
constexpr auto spendings = std::to_array<Spending>({
    {"energy", field_id("training_energy"), field_id("energy")},
    {"CO2e", field_id("training_co2"), field_id("co2")},
});

/// One row of the comparison: a label, a measure, or a break-even.
struct Comparison {
  std::string_view label;
  std::optional<Measure> measure;
  const Spending* spending = nullptr;
};

/// A row for programs: one line of the comparison for one model.
struct ComparedValue {
  const Comparison& line;
  std::size_t row;
};

/// Whether twice the number is twice as much: not of decibels, nor of a score or loss on a scale of its own.
bool has_true_zero(const Measure& measure) {
  if (measure.metric() != nullptr) return measure.metric()->is_ratio();
  return measure.field() && row_of(*measure.field()).dimension != Dimension::number;
}

class Compare {
 public:
  Compare(const Catalog& catalog, std::vector<std::size_t> rows) : catalog_(catalog), rows_(std::move(rows)) {
    for (const Label& label : labels)
      if (label.name != "name" && label.name != "source" && label.name != "notes" && differs(label.name))
        lines_.push_back({.label = label.name});
    const auto add_known = [&](const Measure& measure) {
      if (std::any_of(rows_.begin(), rows_.end(),
                      [&](std::size_t row) { return measure.value(catalog_[row]).has_value(); }))
        lines_.push_back({.measure = measure});
    };
    for (std::size_t index = 0; index < fields.size(); ++index) add_known(static_cast<FieldId>(index));
    for (const Metric& metric : metrics) add_known(metric);
    for (const Spending& spending : spendings)
      if (std::any_of(rows_.begin() + 1, rows_.end(),
                      [&](std::size_t row) { return pays_off(spending, row).has_value(); }))
        lines_.push_back({.spending = &spending});
    for (const Comparison& line : lines_)
      for (const std::size_t row : rows_) values_.push_back({line, row});
  }

  /// Labels by which models are told apart as comparable, and in which these are not alike.
  std::vector<std::string> incomparable_in() const {
    std::vector<Measure> measures;
    for (const Comparison& line : lines_)
      if (line.measure) measures.push_back(*line.measure);
    std::vector<std::string> names = labels_to_group_by(measures);
    std::erase_if(names, [&](const std::string& name) { return !differs(name); });
    return names;
  }

  Sheet sheet(bool for_people) const {
    Sheet sheet;
    sheet.rows_key = "comparison";
    sheet.facts.emplace_back(result::relative_to, name_of_model(rows_.front()));
    sheet.columns = for_people ? columns_for_people() : columns_for_programs();
    sheet.repeated = 2;  // what is compared, and the reference
    render::Section& section = sheet.sections.emplace_back();
    section.title = fmt::format("{} models, compared with {}", thousands(rows_.size()), name_of_model(rows_.front()));
    const std::size_t count = for_people ? lines_.size() : values_.size();
    for (std::size_t row = 0; row < count; ++row) section.rows.push_back(row);
    return sheet;
  }

 private:
  std::string_view text_of(std::string_view label, std::size_t row) const {
    const std::optional<LabelId> id = catalog_.find_label_id(label);
    return id ? label_in_result(catalog_, *id, row).text : std::string_view();
  }

  bool differs(std::string_view label) const {
    return std::any_of(rows_.begin(), rows_.end(),
                       [&](std::size_t row) { return text_of(label, row) != text_of(label, rows_.front()); });
  }

  std::string name_of_model(std::size_t row) const { return full_name(catalog_[row]); }

  std::optional<double> value(const Comparison& line, std::size_t row) const {
    return line.measure ? line.measure->value(catalog_[row]) : std::nullopt;
  }

  std::optional<double> ratio(const Comparison& line, std::size_t row) const {
    const std::optional<double> own = value(line, row);
    const std::optional<double> reference = value(line, rows_.front());
    const bool has_ratios = line.measure && has_true_zero(*line.measure);
    if (!own || !reference || *reference == 0 || !has_ratios) return std::nullopt;
    return *own / *reference;
  }

  std::string_view verdict(const Comparison& line, std::size_t row) const {
    const std::optional<double> own = value(line, row);
    const std::optional<double> reference = value(line, rows_.front());
    if (!own || !reference || row == rows_.front()) return {};
    if (*own == *reference) return "same";
    if (is_within_error(*line.measure, row, *own, *reference)) return "within error";
    return (*own > *reference) == (line.measure->better() == Better::higher) ? "better" : "worse";
  }

  /// Whether the difference is no larger than the plus-minus of both values together, independent of each other.
  bool is_within_error(const Measure& measure, std::size_t row, double own, double reference) const {
    const std::optional<double> of_own = measure.error(catalog_[row]);
    const std::optional<double> of_reference = measure.error(catalog_[rows_.front()]);
    if (!of_own && !of_reference) return false;
    return std::abs(own - reference) <= std::hypot(of_own.value_or(0), of_reference.value_or(0));
  }

  std::optional<TotalCost> total(const Spending& spending, std::size_t row) const {
    const Model model = catalog_[row];
    const std::optional<double> training = model.value(spending.training);
    const std::optional<double> inference = model.value(spending.inference);
    if (!training || !inference) return std::nullopt;
    return TotalCost{*training, *inference};
  }

  /// When the dearer of the reference and this model has paid for itself; nothing where that cannot be known.
  std::optional<BreakEven> pays_off(const Spending& spending, std::size_t row) const {
    const std::optional<TotalCost> reference = total(spending, rows_.front());
    const std::optional<TotalCost> own = total(spending, row);
    if (!reference || !own) return std::nullopt;
    return break_even(*reference, *own);
  }

  std::string pay_off_text(const Spending& spending, std::size_t row) const {
    const std::optional<BreakEven> found = pays_off(spending, row);
    if (!found) return "";
    const std::string dearer = name_of_model(found->left_is_dearer ? rows_.front() : row);
    if (!found->inferences) return fmt::format("{} never pays for itself", dearer);
    if (*found->inferences == 0) return "equal in training";
    return fmt::format("{} has paid for itself after {} inferences", dearer,
                       for_people(std::ceil(*found->inferences), Dimension::count));
  }

  std::string title(const Comparison& line) const {
    if (line.measure) return std::string(line.measure->title());
    return line.spending != nullptr ? fmt::format("break-even in {}", line.spending->name) : std::string(line.label);
  }

  Cell cell(const Comparison& line, std::size_t row) const {
    if (line.spending != nullptr) return row == rows_.front() ? Cell() : cell_of(pay_off_text(*line.spending, row));
    if (!line.measure) return cell_of(text_of(line.label, row));
    const std::optional<double> own = value(line, row);
    if (!own) return std::monostate();
    std::string text = line.measure->text(*own);
    if (const Method method = least_sure_method(catalog_, *line.measure, row); method != Method::unstated)
      text += fmt::format(" ({})", name_of(method));
    if (row == rows_.front()) return text;
    const std::string_view word = verdict(line, row);
    const std::optional<double> times = word == "same" ? std::nullopt : ratio(line, row);
    if (times) text += fmt::format("  {}", compared_with(*times));
    if (!word.empty()) text += fmt::format("{} {}", times ? "," : "", word);
    return text;
  }

  /// All of them prose: no value and no ratio is shortened, and of other texts only a word that is wider than its
  /// column.
  std::vector<Column> columns_for_people() const {
    ColumnsOf<Comparison> columns(lines_);
    columns.add({.key = "measure", .prose = true}, [this](const Comparison& line) { return title(line); });
    for (const std::size_t row : rows_)
      columns.add({.key = "model", .title = name_of_model(row), .prose = true},
                  [this, row](const Comparison& line) { return cell(line, row); });
    return columns.take();
  }

  std::vector<Column> columns_for_programs() const {
    ColumnsOf<ComparedValue> columns(values_);
    columns.add("measure", [](const ComparedValue& one) -> Cell {
      if (one.line.measure) return one.line.measure->name();
      return one.line.spending != nullptr
                 ? Cell(fmt::format("break_even_{}", row_of(one.line.spending->inference).name))
                 : Cell(one.line.label);
    });
    columns.add("unit", [](const ComparedValue& one) -> Cell {
      const std::optional<Measure>& measure = one.line.measure;
      return measure && measure->dimension() ? Cell(row_of(*measure->dimension()).base_unit) : Cell();
    });
    columns.add("name", [this](const ComparedValue& one) { return catalog_.name(one.row); });
    columns.add("variant", [this](const ComparedValue& one) { return catalog_.label("variant", one.row).text; });
    columns.add("text",
                [this](const ComparedValue& one) { return one.line.measure ? Cell() : cell(one.line, one.row); });
    columns.add("value", [this](const ComparedValue& one) {
      if (one.line.spending == nullptr) return value(one.line, one.row);
      const std::optional<BreakEven> found =
          one.row == rows_.front() ? std::nullopt : pays_off(*one.line.spending, one.row);
      return found ? found->inferences : std::nullopt;
    });
    columns.add("ratio", [this](const ComparedValue& one) { return ratio(one.line, one.row); });
    columns.add("verdict", [this](const ComparedValue& one) { return verdict(one.line, one.row); });
    return columns.take();
  }

  const Catalog& catalog_;
  std::vector<std::size_t> rows_;
  std::vector<Comparison> lines_;
  std::vector<ComparedValue> values_;
};

/// The models that were named; nothing, and an error, where they are not two and more.
std::optional<std::vector<std::size_t>> find_named(Messages& messages, const Chosen& chosen,
                                                   const std::vector<std::string>& names) {
  std::vector<std::size_t> rows;
  for (const std::string& name : names) {
    const std::optional<std::size_t> row = messages.value_of(find_one(chosen.catalog, chosen.rows, name));
    if (!row) return std::nullopt;
    if (std::find(rows.begin(), rows.end(), *row) != rows.end()) {
      messages.error(fmt::format("\"{}\" is named twice", name));
      return std::nullopt;
    }
    rows.push_back(*row);
  }
  if (rows.size() >= 2) return rows;
  messages.error("a comparison needs two models", "greenml compare CATALOG NAME NAME...");
  return std::nullopt;
}

Report run(World& world, CompareOptions options) {
  Report report;
  const std::optional<Chosen> chosen = choose(world, report, options.catalogs, options.output);
  if (!chosen) return report;
  std::optional<std::vector<std::size_t>> rows = find_named(report.messages, *chosen, options.names);
  if (!rows) return report;
  const auto& compare = report.keep<Compare>(chosen->catalog, *std::move(rows));
  if (const std::vector<std::string> labels_apart = compare.incomparable_in(); !labels_apart.empty())
    report.messages.note(
        fmt::format("they differ in {}: what depends on that cannot be compared", fmt::join(labels_apart, ", ")));
  report.add(options.output.result(compare.sheet(options.output.for_people()), world));
  return report;
}

}  // namespace

Action declare_compare(OptionTable& table) {
  auto options = std::make_shared<CompareOptions>();
  options->catalogs.declare(table);
  table.operands("MODEL", options->names,
                 "The models; the first is the reference. \"NAME (VARIANT)\" where a name has several");
  options->output.declare(table);
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
