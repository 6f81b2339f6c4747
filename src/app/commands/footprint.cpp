#include "greenml/footprint.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/reference_options.hpp"
#include "view/columns_of.hpp"
#include "view/model_columns.hpp"

namespace greenml::cli {

namespace {

using render::Audience;
using render::Cell;
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
bool is_consistent(Messages& messages, const FootprintOptions& options) {
  for (const Conflict& conflict : conflicts) {
    if (!(options.*conflict.one_typed) || !(options.*conflict.other_typed)) continue;
    messages.error(fmt::format("{} and {} {}", conflict.one, conflict.other, conflict.why), "give one of them");
    return false;
  }
  const bool counts_nothing = options.count && !options.hardware;
  if (counts_nothing) messages.error("--count is of --hardware, which is not given");
  return !counts_nothing;
}

/// One step of the working, or what the result compares with.
struct Working {
  std::string what;
  std::string value;
  std::string from;
  std::string method;
  std::string source;
};

/// One job, as a catalog of one model, and how its numbers came about.
struct Job {
  explicit Job(const std::string& name) {
    catalog.begin_file("command line");
    catalog.add_model(name, 1);
  }

  Model model() const { return catalog[0]; }
  bool knows(std::string_view field) const { return model().value(find_field(field).value()).has_value(); }

  Sheet sheet_for_people() const {
    ColumnsOf<Working> columns(steps);
    columns.add({.key = "what"}, &Working::what);
    columns.add("value", &Working::value);
    columns.add({.title = "from", .prose = true}, &Working::from);
    columns.add({.title = "how", .expendable = 2, .prose = true}, &Working::method);
    columns.add({.title = "source", .expendable = 3, .prose = true}, &Working::source);
    Sheet sheet{.columns = columns.take()};
    render::Section& section = sheet.sections.emplace_back();
    section.title = title();
    for (std::size_t row = 0; row < steps.size(); ++row) section.rows.push_back(row);
    return sheet;
  }

  /// A model that a catalog can take: what is known, and which of it was derived.
  Sheet sheet_for_programs() const {
    Sheet sheet;
    for (const std::string_view label : {"name", "hardware", "hardware_count", "grid"})
      sheet.columns.push_back(
          {.key = std::string(label), .title = std::string(label), .cell = [this, label](std::size_t row) -> Cell {
             const LabelValue value = catalog.label(label, row);
             if (value.kind == LabelKind::missing) return std::monostate();
             return value.kind == LabelKind::number ? Cell(render::Digits{value.text}) : Cell(value.text);
           }});
    sheet.columns.push_back(derived_column(catalog, Audience::programs));
    for (std::size_t index = 0; index < fields.size(); ++index)
      if (model().value(static_cast<FieldId>(index)))
        sheet.columns.push_back(measure_column(catalog, static_cast<FieldId>(index), Audience::programs));
    sheet.sections.push_back({title(), {0}});
    return sheet;
  }

  Catalog catalog;
  std::vector<Working> steps;
  bool is_estimated = false;

  std::string title() const {
    std::string text = fmt::format("{}: {}", model().name(),
                                   for_people(*model().value(field_id("training_energy")), Dimension::energy));
    if (const std::optional<double> grams = model().value(field_id("training_co2")))
      text += fmt::format(", {} CO2e", for_people(*grams, Dimension::mass));
    return is_estimated ? text + " (estimated)" : text;
  }
};

/// Works a job out from what was typed.
class Calculation {
 public:
  Calculation(World& world, Messages& messages, const FootprintOptions& options, Job& job)
      : world_(world), messages_(messages), options_(options), job_(job) {}

  /// False, and an error, where that cannot be.
  bool run() {
    if (!is_consistent(messages_, options_) || !is_there(messages_, options_.reference)) return false;
    if (!state("training_power", "--power", options_.power) || !state("training_time", "--time", options_.time) ||
        !state("pue", "--pue", options_.pue) || !state("training_energy", "--energy", options_.energy) ||
        !state("carbon_intensity", "--carbon-intensity", options_.carbon_intensity))
      return false;
    if (!look_up_hardware() || !look_up_grid()) return false;
    derive_footprints(job_.catalog, {}, {});
    for (const Derivation& derivation : derivations) add_derived(derivation);
    if (!job_.knows("training_energy")) {
      messages_.error("the energy cannot be known", missing_for_energy());
      return false;
    }
    if (!job_.knows("training_co2")) messages_.note("without --grid or --carbon-intensity there is no CO2e");
    note_contradiction();
    if (job_.is_estimated) messages_.note("this rests on nameplate power, from which real power differs by up to 40 %");
    return add_equivalents();
  }

 private:
  bool state(std::string_view field, std::string_view option, const Typed& typed) {
    if (!typed) return true;
    const FieldId id = find_field(field).value();
    const Parsed<double> value = parse_field(row_of(id), {*typed, &own_unit(row_of(id)), false});
    if (!value) {
      messages_.error(option, value.complaint());
      return false;
    }
    job_.catalog.set_value(id, 0, *value, {});
    add_step(id, fmt::format("{} {}", option, *typed), "stated", "");
    return true;
  }

  /// The field's value as it is now, and how it came about.
  void add_step(FieldId field, std::string from, std::string method, std::string source) {
    job_.steps.push_back({std::string(row_of(field).name),
                          for_people(*job_.model().value(field), row_of(field).dimension), std::move(from),
                          std::move(method), std::move(source)});
  }

  bool look_up_hardware() {
    if (!options_.hardware) return true;
    const ReferenceRow* row =
        look_up(world_, messages_, ReferenceKind::hardware, options_.reference, "--hardware", *options_.hardware);
    if (row == nullptr) return false;
    std::size_t count = 1;
    if (options_.count) {
      const std::optional<std::size_t> typed = messages_.value_of(parse_count("--count", *options_.count));
      if (!typed) return false;
      count = *typed;
    }
    job_.catalog.set_label(label_id("hardware"), 0, {LabelKind::text, row->name});
    const std::string digits = std::to_string(count);
    job_.catalog.set_label(label_id("hardware_count"), 0, {LabelKind::number, digits});
    constexpr FieldId power = field_id("training_power");
    job_.catalog.set_value(power, 0, row->value * static_cast<double>(count),
                           {.method = Method::estimated, .source = row->source, .computed = true});
    job_.is_estimated = !options_.energy;
    add_step(power, fmt::format("{} x {} of {}", count, row->written, row->name), "estimated (nameplate)", row->source);
    return true;
  }

  bool look_up_grid() {
    if (!options_.grid) return true;
    const ReferenceRow* row =
        look_up(world_, messages_, ReferenceKind::grids, options_.reference, "--grid", *options_.grid);
    if (row == nullptr) return false;
    constexpr FieldId intensity = field_id("carbon_intensity");
    job_.catalog.set_label(label_id("grid"), 0, {LabelKind::text, row->name});
    job_.catalog.set_value(intensity, 0, row->value,
                           {.method = Method::reported, .source = row->source, .computed = true});
    add_step(intensity, fmt::format("{} of {}", row->written, row->title.empty() ? row->name : row->title),
             row->year > 0 ? fmt::format("average of {}", row->year) : "average", row->source);
    return true;
  }

  void add_derived(const Derivation& derivation) {
    if (!job_.model().origin(derivation.result).computed) return;
    std::vector<std::string> numbers;
    for (std::size_t index = 0; index < derivation.input_count; ++index)
      numbers.push_back(
          for_people(*job_.model().value(derivation.inputs[index]), row_of(derivation.inputs[index]).dimension));
    add_step(derivation.result, fmt::format("{} = {}", derivation.formula, fmt::join(numbers, " x ")),
             std::string(name_of(job_.model().origin(derivation.result).method)), std::string(derivation.source));
  }

  /// Energy that is stated beside power and time states a PUE as well. None is below 1, and hardly one above 3; power
  /// that is looked up may be 40 % more than the real one.
  void note_contradiction() const {
    const std::optional<double> energy = job_.model().value(field_id("training_energy"));
    const std::optional<double> power = job_.model().value(field_id("training_power"));
    const std::optional<double> time = job_.model().value(field_id("training_time"));
    if (!options_.energy || !energy || !power || !time) return;
    const double computed = *power * *time;
    const double least = options_.hardware ? 0.6 : 0.9;
    constexpr double most = 3;
    const double pue = *energy / computed;
    if (pue >= least && pue <= most) return;
    messages_.note(
        fmt::format("training_energy is stated as {}, but training_power x training_time is {}: a PUE of {}, "
                    "where {}",
                    for_people(*energy, Dimension::energy), for_people(computed, Dimension::energy), rounded(pue),
                    pue < 1 ? "none is below 1" : "hardly one is above 3"));
  }

  std::string missing_for_energy() const {
    std::vector<std::string_view> missing;
    if (!job_.knows("training_power")) missing.push_back("--power or --hardware");
    if (!job_.knows("training_time")) missing.push_back("--time");
    if (!job_.knows("pue")) missing.push_back("--pue");
    return fmt::format("give {}, or --energy", fmt::join(missing, ", "));
  }

  bool add_equivalents() {
    const std::optional<double> grams = job_.model().value(field_id("training_co2"));
    if (!grams) return true;
    const ReferenceTable* equivalents = reference(world_, messages_, ReferenceKind::equivalents, options_.reference);
    if (equivalents == nullptr) return false;
    for (const ReferenceRow& row : equivalents->rows)
      job_.steps.push_back({"  compares with", rounded(*grams / row.value) + "x",
                            fmt::format("{} ({})", row.title, row.written), "", row.source});
    return true;
  }

  World& world_;
  Messages& messages_;
  const FootprintOptions& options_;
  Job& job_;
};

Report run(World& world, FootprintOptions options) {
  Report report;
  if (!options.output.resolve(world, report.messages)) return report;
  auto& job = report.keep<Job>(options.name.value_or("job"));
  if (!Calculation(world, report.messages, options, job).run()) return report;
  report.add(
      options.output.result(options.output.for_people() ? job.sheet_for_people() : job.sheet_for_programs(), world));
  return report;
}

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
  return [options](World& world) { return run(world, *options); };
}

}  // namespace greenml::cli
