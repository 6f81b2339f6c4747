#include "greenml/footprint.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/reference_options.hpp"
#include "view/model_columns.hpp"

namespace greenml::cli {

namespace {

using render::Align;
using render::Audience;
using render::Cell;
using render::Column;
using render::Sheet;

struct FootprintOptions {
  Typed name;
  Typed hardware;
  Typed count;
  Typed power;
  Typed time;
  Typed pue;
  Typed energy;
  Typed grid;
  Typed carbon_intensity;
  Typed reference;
  OutputOptions output;
};

/// Two options that cannot both be heeded.
struct Conflict {
  std::string_view one;
  Typed FootprintOptions::*one_typed;
  std::string_view other;
  Typed FootprintOptions::*other_typed;
  std::string_view why;
};
constexpr std::string_view one_question = "are two answers to one question";
constexpr auto conflicts = std::to_array<Conflict>({
    {"--energy", &FootprintOptions::energy, "--pue", &FootprintOptions::pue,
     "do not go together: energy is at the meter, PUE included"},
    {"--power", &FootprintOptions::power, "--hardware", &FootprintOptions::hardware, one_question},
    {"--power", &FootprintOptions::power, "--count", &FootprintOptions::count,
     "do not go together: the power is that of the whole job"},
    {"--grid", &FootprintOptions::grid, "--carbon-intensity", &FootprintOptions::carbon_intensity, one_question},
});

/// Whether what was typed can be heeded as a whole; says what is wrong.
bool is_consistent(Console& console, const FootprintOptions& options) {
  for (const Conflict& conflict : conflicts) {
    if (!(options.*conflict.one_typed) || !(options.*conflict.other_typed)) continue;
    console.error(fmt::format("{} and {} {}", conflict.one, conflict.other, conflict.why), "give one of them");
    return false;
  }
  const bool counts_nothing = options.count && !options.hardware;
  if (counts_nothing) console.error("--count is of --hardware, which is not given");
  return !counts_nothing;
}

/// One step of the working.
struct Working {
  std::string what;
  FieldId field;
  std::string from;
  std::string method;
  std::string source;
};

/// One job, as a catalog of one model.
class Job {
 public:
  Job(Console& console, const FootprintOptions& options) : console_(console), options_(options) {
    catalog_.begin_file("command line");
    catalog_.add_model(options.name.value_or("job"), 1);
  }

  Outcome run() {
    if (!is_consistent(console_, options_) || !is_there(console_, options_.reference)) return Outcome::cannot;
    if (!state("training_power", "--power", options_.power) || !state("training_time", "--time", options_.time) ||
        !state("pue", "--pue", options_.pue) || !state("training_energy", "--energy", options_.energy) ||
        !state("carbon_intensity", "--carbon-intensity", options_.carbon_intensity))
      return Outcome::cannot;
    if (!look_up_hardware() || !look_up_grid()) return Outcome::cannot;
    derive_footprints(catalog_, {}, {});
    for (const Derivation& derivation : derivations) add_derived(derivation);
    if (!knows("training_energy")) {
      console_.error("the energy cannot be known", missing_for_energy());
      return Outcome::cannot;
    }
    if (!knows("training_co2")) console_.note("without --grid or --carbon-intensity there is no CO2e");
    note_contradiction();
    if (estimated_) console_.note("this rests on nameplate power, from which real power differs by up to 40 %");
    if (!add_equivalents()) return Outcome::cannot;
    return options_.output.print(console_, sheet());
  }

 private:
  Model model() const { return catalog_[0]; }
  bool knows(std::string_view field) const { return model().value(find_field(field).value()).has_value(); }

  bool state(std::string_view field, std::string_view option, const Typed& typed) {
    if (!typed) return true;
    const FieldId id = find_field(field).value();
    const Parsed<double> value = parse_field(row_of(id), {*typed, &own_unit(row_of(id)), false});
    if (!value) {
      console_.error(fmt::format("{}: {}", option, value.complaint().message), value.complaint().hint);
      return false;
    }
    catalog_.set_value(id, 0, *value, {});
    steps_.push_back({std::string(row_of(id).name), id, fmt::format("{} {}", option, *typed), "stated", ""});
    return true;
  }

  bool look_up_hardware() {
    if (!options_.hardware) return true;
    const ReferenceRow* row =
        look_up(console_, ReferenceKind::hardware, options_.reference, "--hardware", *options_.hardware);
    if (row == nullptr) return false;
    std::size_t count = 1;
    if (options_.count) {
      const std::optional<std::size_t> typed = parse_count(console_, "--count", *options_.count);
      if (!typed) return false;
      count = *typed;
    }
    catalog_.set_label(label_id("hardware"), 0, {LabelKind::text, row->name});
    const std::string digits = std::to_string(count);
    catalog_.set_label(label_id("hardware_count"), 0, {LabelKind::number, digits});
    constexpr FieldId power = field_id("training_power");
    catalog_.set_value(power, 0, row->value * static_cast<double>(count),
                       {.method = Method::estimated, .source = row->source, .computed = true});
    estimated_ = !options_.energy;
    steps_.push_back({"training_power", power, fmt::format("{} x {} of {}", count, row->written, row->name),
                      "estimated (nameplate)", row->source});
    return true;
  }

  bool look_up_grid() {
    if (!options_.grid) return true;
    const ReferenceRow* row = look_up(console_, ReferenceKind::grids, options_.reference, "--grid", *options_.grid);
    if (row == nullptr) return false;
    constexpr FieldId intensity = field_id("carbon_intensity");
    catalog_.set_label(label_id("grid"), 0, {LabelKind::text, row->name});
    catalog_.set_value(intensity, 0, row->value, {.method = Method::reported, .source = row->source, .computed = true});
    steps_.push_back({"carbon_intensity", intensity,
                      fmt::format("{} of {}", row->written, row->title.empty() ? row->name : row->title),
                      row->year > 0 ? fmt::format("average of {}", row->year) : "average", row->source});
    return true;
  }

  void add_derived(const Derivation& derivation) {
    if (!model().origin(derivation.result).computed) return;
    std::vector<std::string> numbers;
    for (std::size_t index = 0; index < derivation.input_count; ++index)
      numbers.push_back(
          for_people(*model().value(derivation.inputs[index]), row_of(derivation.inputs[index]).dimension));
    steps_.push_back({std::string(row_of(derivation.result).name), derivation.result,
                      fmt::format("{} = {}", derivation.formula, fmt::join(numbers, " x ")),
                      std::string(name_of(model().origin(derivation.result).method)), std::string(derivation.source)});
  }

  /// Energy that is stated beside power and time states a PUE as well. None is below 1, and hardly one above 3; power
  /// that is looked up may be 40 % more than the real one.
  void note_contradiction() const {
    const std::optional<double> energy = model().value(field_id("training_energy"));
    const std::optional<double> power = model().value(field_id("training_power"));
    const std::optional<double> time = model().value(field_id("training_time"));
    if (!options_.energy || !energy || !power || !time) return;
    const double computed = *power * *time;
    const double least = options_.hardware ? 0.6 : 0.9;
    constexpr double most = 3;
    const double pue = *energy / computed;
    if (pue >= least && pue <= most) return;
    console_.note(
        fmt::format("training_energy is stated as {}, but training_power x training_time is {}: a PUE of {}, "
                    "where {}",
                    for_people(*energy, Dimension::energy), for_people(computed, Dimension::energy), rounded(pue),
                    pue < 1 ? "none is below 1" : "hardly one is above 3"));
  }

  std::string missing_for_energy() const {
    std::vector<std::string_view> missing;
    if (!knows("training_power")) missing.push_back("--power or --hardware");
    if (!knows("training_time")) missing.push_back("--time");
    if (!knows("pue")) missing.push_back("--pue");
    return fmt::format("give {}, or --energy", fmt::join(missing, ", "));
  }

  bool add_equivalents() {
    const std::optional<double> grams = model().value(field_id("training_co2"));
    if (!grams) return true;
    const ReferenceTable* table = reference(console_, ReferenceKind::equivalents, options_.reference);
    if (table == nullptr) return false;
    equivalents_ = table;
    return true;
  }

  Sheet sheet() const {
    if (!options_.output.for_people()) return sheet_for_programs();
    Sheet sheet;
    const std::size_t equivalent_count = equivalents_ == nullptr ? 0 : equivalents_->rows.size();
    const auto add = [&](std::string title, auto of_step, auto of_equivalent, int expendable = 0) {
      sheet.columns.push_back({.key = title,
                               .title = title,
                               .dimension = std::nullopt,
                               .expendable = expendable,
                               .prose = !title.empty() && title != "value",
                               .cell = [this, of_step, of_equivalent](std::size_t row) -> Cell {
                                 std::string text = row < steps_.size()
                                                        ? of_step(steps_[row])
                                                        : of_equivalent(equivalents_->rows[row - steps_.size()]);
                                 return text.empty() ? Cell() : Cell(std::move(text));
                               }});
    };
    add(
        "", [](const Working& step) { return step.what; },
        [](const ReferenceRow&) { return std::string("  compares with"); });
    add(
        "value",
        [this](const Working& step) { return for_people(*model().value(step.field), row_of(step.field).dimension); },
        [this](const ReferenceRow& row) {
          return rounded(*model().value(field_id("training_co2")) / row.value) + "x";
        });
    add(
        "from", [](const Working& step) { return step.from; },
        [](const ReferenceRow& row) { return fmt::format("{} ({})", row.title, row.written); });
    add(
        "how", [](const Working& step) { return step.method; }, [](const ReferenceRow&) { return std::string(); }, 2);
    add(
        "source", [](const Working& step) { return step.source; }, [](const ReferenceRow& row) { return row.source; },
        3);
    render::Section& section = sheet.sections.emplace_back();
    section.title = title();
    for (std::size_t row = 0; row < steps_.size() + equivalent_count; ++row) section.rows.push_back(row);
    return sheet;
  }

  std::string title() const {
    std::string text = fmt::format("{}: {}", model().name(),
                                   for_people(*model().value(field_id("training_energy")), Dimension::energy));
    if (const std::optional<double> grams = model().value(field_id("training_co2")))
      text += fmt::format(", {} CO2e", for_people(*grams, Dimension::mass));
    return estimated_ ? text + " (estimated)" : text;
  }

  /// A model that a catalog can take: what is known, and which of it was derived.
  Sheet sheet_for_programs() const {
    Sheet sheet;
    for (const std::string_view label : {"name", "hardware", "hardware_count", "grid"})
      sheet.columns.push_back({.key = std::string(label),
                               .title = std::string(label),
                               .dimension = std::nullopt,
                               .cell = [this, label](std::size_t row) -> Cell {
                                 const LabelValue value = catalog_.label(label, row);
                                 if (value.kind == LabelKind::missing) return std::monostate();
                                 return value.kind == LabelKind::number ? Cell(render::Digits{value.text})
                                                                        : Cell(value.text);
                               }});
    sheet.columns.push_back(derived_column(catalog_, Audience::programs));
    for (std::size_t index = 0; index < fields.size(); ++index)
      if (model().value(static_cast<FieldId>(index)))
        sheet.columns.push_back(measure_column(catalog_, static_cast<FieldId>(index), Audience::programs));
    sheet.sections.push_back({title(), {0}});
    return sheet;
  }

  Console& console_;
  const FootprintOptions& options_;
  Catalog catalog_;
  std::vector<Working> steps_;
  const ReferenceTable* equivalents_ = nullptr;
  bool estimated_ = false;
};

}  // namespace

Action declare_footprint(OptionTable& table) {
  auto options = std::make_shared<FootprintOptions>();
  table.value("--hardware", options->hardware, "HARDWARE", "The processors, for their nameplate power: V100");
  table.value("--count", options->count, "N", "How many of them (default: 1)");
  table.value("--power", options->power, "QUANTITY", "The average power of the whole job instead: 12kW");
  table.value("--time", options->time, "QUANTITY", "How long it ran: 79.2h");
  table.value("--pue", options->pue, "RATIO", "Energy of the data centre / energy of its computers: 1.58");
  table.value("--energy", options->energy, "QUANTITY", "The energy instead, at the meter: 1507kWh");
  table.value("--grid", options->grid, "GRID", "Where it ran: FRA, US-CA, gcp:europe-west9");
  table.value("--carbon-intensity", options->carbon_intensity, "QUANTITY",
              "The grid's carbon intensity instead: 56g/kWh");
  table.value("--name", options->name, "NAME", "What to call the job (default: job)");
  table.value("--reference", options->reference, "DIR", "Read grids.json, hardware.json, equivalents.json from there");
  options->output.declare(table);
  return [options](Console& console) {
    return options->output.resolve(console) ? Job(console, *options).run() : Outcome::cannot;
  };
}

}  // namespace greenml::cli
