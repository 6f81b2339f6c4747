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
bool read_settings(Console& console, const std::vector<std::string>& texts, std::vector<LabelSetting>& settings) {
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      console.error(fmt::format("--set: \"{}\" is not KEY=VALUE", text), "as in --set accuracy=76.13%");
      return false;
    }
    settings.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  return true;
}

/// Whether a text is a catalog without mistakes; shows those that it has.
bool is_catalog(Console& console, const std::string& path, std::string_view text) {
  Problems problems;
  Input input = from_memory(path, text);
  read_catalogs(std::span(&input, 1), problems);
  if (problems.errors() == 0) return true;
  console.show(problems);
  console.error(fmt::format("{} stays as it is", path));
  return false;
}

/// Replaces a catalog by one that has what was counted. A catalog with mistakes is left as it is.
bool put_into_file(Console& console, const std::string& path, std::span<const Inspection> inspections,
                   std::span<const LabelSetting> settings) {
  if (path == "-") {
    console.error("--into: standard input cannot be replaced", "name a catalog");
    return false;
  }
  std::optional<std::string> text = console.read_whole(path);
  if (!text || !is_catalog(console, path, *text)) return false;
  std::vector<std::string> notes;
  for (const Inspection& inspection : inspections) {
    Parsed<EditedText> edited = put_into_catalog(*text, inspection, settings);
    if (!edited) {
      const std::string& hint = edited.complaint().hint;
      console.error(fmt::format("{}: {}", path, edited.complaint().message),
                    hint.empty() ? "greenml import writes other files as a JSON catalog" : hint);
      return false;
    }
    text = std::move(edited->text);
    notes.insert(notes.end(), edited->notes.begin(), edited->notes.end());
  }
  if (!is_catalog(console, path, *text)) return false;
  for (const std::string& note : notes) console.note(fmt::format("{}: {}", path, note));
  return console.replace(path, [&](render::Writer& out) { out << *text; });
}

/// --layers takes a word, or none: a file that stands there is one of those to inspect.
bool resolve_layers(Console& console, InspectCommand& typed, std::optional<LayersBy>& by) {
  if (!typed.layers) return true;
  const std::string& word = *typed.layers;
  by = word == "nodes" ? LayersBy::node : LayersBy::kind;
  if (word.empty() || word == "nodes" || word == "operators") return true;
  std::error_code ignored;
  if (!std::filesystem::exists(word, ignored)) {
    console.error(fmt::format("--layers: \"{}\" is neither operators nor nodes, nor a file that is there", word));
    return false;
  }
  typed.files.insert(typed.files.begin(), word);
  return true;
}

/// Says which of the things that were typed do not go together.
bool check_typed(Console& console, const InspectCommand& typed) {
  if (typed.files.empty()) {
    console.error("FILE: which model file?", "as in greenml inspect model.onnx");
    return false;
  }
  if ((typed.name || typed.variant) && typed.files.size() > 1) {
    console.error("--name and --variant are for one file");
    return false;
  }
  if (typed.name && typed.name->empty()) {
    console.error("--name: a model needs a name", "leave it out: the file's is taken then");
    return false;
  }
  if (typed.layers && typed.columns.is_given()) {
    console.error("--columns is for models, and --layers shows their parts", "leave one of them out");
    return false;
  }
  return true;
}

/// Inspects each file once. Says what is wrong with any of them: an incomplete answer would be taken for a whole one.
std::optional<std::vector<Inspection>> inspect_files(Console& console, const InspectCommand& typed,
                                                     const InspectOptions& options) {
  std::vector<Inspection> inspections;
  std::set<std::string> sources;
  bool good = true;
  for (const std::string& file : typed.files) {
    Parsed<Inspection> inspection = inspect(file, options);
    const bool refused = inspection && inspection->status == InspectionStatus::partial && !typed.partial;
    if (!inspection)
      console.error(inspection.complaint());
    else if (refused)
      console.error(fmt::format("{}: {}", file, inspection->why_no_macs), "--partial takes what is known");
    good = good && inspection && !refused;
    if (!good) continue;
    if (typed.name) inspection->name = *typed.name;
    if (typed.variant) inspection->variant = *typed.variant;
    // The file that a count names as its source, in its folder: of shards it is the same for all of a set.
    const std::string source = (std::filesystem::path(file).parent_path() / inspection->source).string();
    if (!sources.insert(source).second) {
      console.note(fmt::format("{}: {} is there already, by another of its files", file, inspection->name));
      continue;
    }
    inspections.push_back(*std::move(inspection));
  }
  if (!good || !typed.pass.check_names(console, inspections)) return std::nullopt;
  return inspections;
}

/// Leaves the models in `catalog`, of which there is one for each inspection, that were asked for.
bool select_inspections(Console& console, const SelectionOptions& options, const Catalog& catalog,
                        std::vector<Inspection>& inspections, std::vector<std::size_t>& rows) {
  if (!options.check_names(console, catalog)) return false;
  std::optional<Selection> selection = options.select(console, catalog);
  if (!selection) return false;
  rows = std::move(selection->rows);
  std::vector<Inspection> left;
  for (const std::size_t row : rows) left.push_back(std::move(inspections[row]));
  inspections = std::move(left);
  return true;
}

Outcome run(Console& console, InspectCommand& typed) {
  std::optional<LayersBy> by;
  std::vector<LabelSetting> settings;
  const bool understood = typed.output.resolve(console) && typed.pass.resolve(console) &&
                          typed.selection.resolve(console) && resolve_layers(console, typed, by) &&
                          check_typed(console, typed) && read_settings(console, typed.setting_texts, settings);
  if (!understood) return Outcome::cannot;
  InspectOptions options = typed.pass.options();
  options.layers = by.has_value();
  std::optional<std::vector<Inspection>> inspections = inspect_files(console, typed, options);
  if (!inspections) return Outcome::cannot;

  Catalog catalog = catalog_of(*inspections);
  if (const std::optional<Complaint> complaint = add_settings(catalog, settings)) {
    console.error(*complaint);
    return Outcome::cannot;
  }
  std::vector<std::size_t> rows;
  if (!select_inspections(console, typed.selection, catalog, *inspections, rows)) return Outcome::cannot;
  std::optional<std::vector<render::Column>> columns = inspection_columns(catalog);
  if (typed.columns.is_given())
    columns = typed.columns.add_to({label_column(catalog, "name", render::Audience::everyone)}, console, catalog,
                                   group(catalog, rows, {}));
  if (!columns) return Outcome::cannot;
  for (const std::string& note : inspection_notes(*inspections)) console.note(note);
  if (typed.into && !put_into_file(console, *typed.into, *inspections, settings)) return Outcome::cannot;

  if (!by) return typed.output.print(console, inspection_sheet(*std::move(columns), std::move(rows)));
  const LayersReport report(*inspections, *by, typed.output.for_people());
  return typed.output.print(console, report.sheet());
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
  return [typed](Console& console) { return run(console, *typed); };
}

}  // namespace greenml::cli
