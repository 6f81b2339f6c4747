#include "greenml/inspect.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "commands/options/columns_option.hpp"
#include "commands/options/output_options.hpp"
#include "commands/options/pass_options.hpp"
#include "commands/options/selection_options.hpp"
#include "greenml/catalog.hpp"
#include "greenml/problem.hpp"
#include "greenml/unit.hpp"
#include "view/inspection_view.hpp"
#include "view/layers_view.hpp"
#include "view/model_columns.hpp"

namespace greenml::cli {

namespace {

struct InspectCommand {
  std::vector<std::string> files;
  PassOptions pass;
  Typed name;
  Typed variant;
  bool partial = false;
  Typed layers;
  Typed into;
  std::vector<std::string> setting_texts;
  SelectionOptions selection;
  ColumnsOption columns;
  OutputOptions output;
};

/// KEY=VALUE, split at the first "=".
bool read_settings(Messages& messages, const std::vector<std::string>& texts, std::vector<LabelSetting>& settings) {
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      messages.error(fmt::format("--set: \"{}\" is not KEY=VALUE", text), "as in --set accuracy=76.13%");
      return false;
    }
    settings.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  return true;
}

/// Whether a text is a catalog without mistakes; says which it has.
bool is_catalog(Messages& messages, const std::string& path, std::string_view text) {
  Problems problems;
  Input input = from_memory(path, text);
  read_catalogs(std::span(&input, 1), problems);
  if (problems.errors() == 0) return true;
  messages.add(problems);
  messages.error(fmt::format("{} stays as it is", path));
  return false;
}

/// Has a catalog replaced by one that has what was counted. A catalog with mistakes is left as it is.
bool put_into_file(World& world, Report& report, const std::string& path, std::span<const Inspection> inspections,
                   std::span<const LabelSetting> settings) {
  Messages& messages = report.messages;
  if (path == "-") {
    messages.error("--into: standard input cannot be replaced", "name a catalog");
    return false;
  }
  std::optional<std::string> text = messages.value_of(world.read_whole(path));
  if (!text || !is_catalog(messages, path, *text)) return false;
  std::vector<std::string> notes;
  for (const Inspection& inspection : inspections) {
    Parsed<EditedText> edited = put_into_catalog(*text, inspection, settings);
    if (!edited) {
      const std::string& hint = edited.complaint().hint;
      messages.error(fmt::format("{}: {}", path, edited.complaint().message),
                     hint.empty() ? "greenml import writes other files as a JSON catalog" : hint);
      return false;
    }
    text = std::move(edited->text);
    notes.insert(notes.end(), edited->notes.begin(), edited->notes.end());
  }
  if (!is_catalog(messages, path, *text)) return false;
  for (const std::string& note : notes) messages.note(fmt::format("{}: {}", path, note));
  report.add_text(*std::move(text), path, Writes::over_input);
  return true;
}

/// --layers takes a word, or none: a file that stands there is one of those to inspect.
bool resolve_layers(Messages& messages, InspectCommand& typed, std::optional<LayersBy>& by) {
  if (!typed.layers) return true;
  const std::string& word = *typed.layers;
  by = word == "nodes" ? LayersBy::node : LayersBy::kind;
  if (word.empty() || word == "nodes" || word == "operators") return true;
  std::error_code ignored;
  if (!std::filesystem::exists(word, ignored)) {
    messages.error(fmt::format("--layers: \"{}\" is neither operators nor nodes, nor a file that is there", word));
    return false;
  }
  typed.files.insert(typed.files.begin(), word);
  return true;
}

/// Says which of the things that were typed do not go together.
bool check_typed(Messages& messages, const InspectCommand& typed) {
  if (typed.files.empty()) {
    messages.error("FILE: which model file?", "as in greenml inspect model.onnx");
    return false;
  }
  if ((typed.name || typed.variant) && typed.files.size() > 1) {
    messages.error("--name and --variant are for one file");
    return false;
  }
  if (typed.name && typed.name->empty()) {
    messages.error("--name: a model needs a name", "leave it out: the file's is taken then");
    return false;
  }
  if (typed.layers && typed.columns.is_given()) {
    messages.error("--columns is for models, and --layers shows their parts", "leave one of them out");
    return false;
  }
  return true;
}

/// Inspects each file once. Says what is wrong with any of them: an incomplete answer would be taken for a whole one.
std::optional<std::vector<Inspection>> inspect_files(Messages& messages, const InspectCommand& typed,
                                                     const InspectOptions& options) {
  std::vector<Inspection> inspections;
  std::set<std::string> sources;
  bool good = true;
  for (const std::string& file : typed.files) {
    Parsed<Inspection> inspection = inspect(file, options);
    const bool refused = inspection && inspection->status == InspectionStatus::partial && !typed.partial;
    if (!inspection)
      messages.error(inspection.complaint());
    else if (refused)
      messages.error(fmt::format("{}: {}", file, inspection->why_no_macs), "--partial takes what is known");
    good = good && inspection && !refused;
    if (!good) continue;
    if (typed.name) inspection->name = *typed.name;
    if (typed.variant) inspection->variant = *typed.variant;
    // The file that a count names as its source, in its folder: of shards it is the same for all of a set.
    const std::string source = (std::filesystem::path(file).parent_path() / inspection->source).string();
    if (!sources.insert(source).second) {
      messages.note(fmt::format("{}: {} is there already, by another of its files", file, inspection->name));
      continue;
    }
    inspections.push_back(*std::move(inspection));
  }
  if (!good || !typed.pass.check_names(messages, inspections)) return std::nullopt;
  return inspections;
}

/// Leaves the models in `catalog`, of which there is one for each inspection, that were asked for.
bool select_inspections(Messages& messages, const SelectionOptions& options, const Catalog& catalog,
                        std::vector<Inspection>& inspections, std::vector<std::size_t>& rows) {
  if (!messages.is_good(options.check_names(catalog))) return false;
  std::optional<Selection> selection = options.select(messages, catalog);
  if (!selection) return false;
  rows = std::move(selection->rows);
  std::vector<Inspection> left;
  for (const std::size_t row : rows) left.push_back(std::move(inspections[row]));
  inspections = std::move(left);
  return true;
}

Report run(World& world, InspectCommand typed) {
  Report report;
  Messages& messages = report.messages;
  std::optional<LayersBy> by;
  std::vector<LabelSetting> settings;
  const bool understood = typed.output.resolve(world, messages) && typed.pass.resolve(messages) &&
                          typed.selection.resolve(messages) && resolve_layers(messages, typed, by) &&
                          check_typed(messages, typed) && read_settings(messages, typed.setting_texts, settings);
  if (!understood) return report;
  InspectOptions options = typed.pass.options();
  options.layers = by.has_value();
  std::optional<std::vector<Inspection>> inspections = inspect_files(messages, typed, options);
  if (!inspections) return report;

  auto& catalog = report.keep<Catalog>(catalog_of(*inspections));
  if (!messages.is_good(add_settings(catalog, settings))) return report;
  std::vector<std::size_t> rows;
  if (!select_inspections(messages, typed.selection, catalog, *inspections, rows)) return report;
  std::optional<std::vector<render::Column>> columns = inspection_columns(catalog);
  if (typed.columns.is_given())
    columns = typed.columns.add_to({label_column(catalog, "name", render::Audience::everyone)}, messages, catalog,
                                   group(catalog, rows, {}));
  if (!columns) return report;
  for (const std::string& note : inspection_notes(*inspections)) messages.note(note);
  if (typed.into && !put_into_file(world, report, *typed.into, *inspections, settings)) return report;

  render::Sheet sheet;
  if (by) {
    const auto& kept = report.keep<std::vector<Inspection>>(*std::move(inspections));
    sheet = report.keep<LayersView>(kept, *by, typed.output.for_people()).sheet();
  } else {
    sheet = inspection_sheet(*std::move(columns), std::move(rows));
  }
  report.add(typed.output.result(std::move(sheet), world));
  return report;
}

}  // namespace

Action declare_inspect(OptionTable& table) {
  auto typed = std::make_shared<InspectCommand>();
  table.operands("FILE", typed->files, "Model files, ONNX, TFLite, safetensors or GGUF, or folders with one model")
      .may_be_missing();
  table.value("--name", typed->name, "NAME", "What to call the model, for one file");
  table.value("--variant", typed->variant, "TEXT", "Its variant, for one file");
  table.repeatable("--set", typed->setting_texts, "KEY=VALUE",
                   "What the file does not tell: accuracy=76.13%, task=image-classification");
  table.value("--into", typed->into, "CATALOG", "Put what was counted into the models of a JSON catalog, too");
  table.flag("--partial", typed->partial, "Take what is known of a file that is not wholly understood");
  table.optional_value("--layers", typed->layers, "[operators|nodes]",
                       "Its parts in place of the model, by operator (default) or node by node");
  typed->columns.declare(table, "Show these fields, metrics, labels, derived: flops,params,input");
  typed->pass.declare(table);
  typed->selection.declare(table);
  typed->output.declare(table);
  return [typed](World& world) { return run(world, *typed); };
}

}  // namespace greenml::cli
