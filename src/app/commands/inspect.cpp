#include "greenml/inspect.hpp"

#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/pass_options.hpp"
#include "greenml/catalog.hpp"
#include "greenml/unit.hpp"
#include "view/inspection_view.hpp"

namespace greenml::cli {

namespace {

struct InspectCommand {
  std::vector<std::string> files;
  PassOptions pass;
  Typed name;
  Typed variant;
  bool partial = false;
  OutputOptions output;
};

Outcome run(Console& console, InspectCommand& typed) {
  if (!typed.output.resolve(console) || !typed.pass.resolve(console)) return Outcome::cannot;
  if ((typed.name || typed.variant) && typed.files.size() > 1) {
    console.error("--name and --variant are for one file");
    return Outcome::cannot;
  }
  std::vector<Inspection> inspections;
  bool good = true;
  for (const std::string& file : typed.files) {
    Parsed<Inspection> inspection = inspect(file, typed.pass.options());
    const bool refused = inspection && inspection->status == InspectionStatus::partial && !typed.partial;
    if (!inspection)
      console.error(inspection.complaint());
    else if (refused)
      console.error(fmt::format("{}: {}", file, inspection->why_no_macs), "--partial takes what is known");
    good = good && inspection && !refused;
    if (!good) continue;
    if (typed.name) inspection->name = *typed.name;
    if (typed.variant) inspection->variant = *typed.variant;
    inspections.push_back(*std::move(inspection));
  }
  if (!good || !typed.pass.check_names(console, inspections))
    return Outcome::cannot;  // an incomplete answer would be taken for a whole one
  for (const std::string& note : inspection_notes(inspections)) console.note(note);
  const Catalog catalog = catalog_of(inspections);
  return typed.output.print(console, inspection_sheet(catalog));
}

}  // namespace

Action declare_inspect(OptionTable& table) {
  auto typed = std::make_shared<InspectCommand>();
  table.operands("FILE", typed->files, "Model files, ONNX, TFLite, safetensors or GGUF, or folders with one model");
  table.value("--name", typed->name, "NAME", "What to call the model, for one file");
  table.value("--variant", typed->variant, "TEXT", "Its variant, for one file");
  table.flag("--partial", typed->partial, "Take what is known of a file that is not wholly understood");
  typed->pass.declare(table);
  typed->output.declare(table);
  return [typed](Console& console) { return run(console, *typed); };
}

}  // namespace greenml::cli
