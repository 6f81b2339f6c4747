#include "greenml/inspect.hpp"

#include <charconv>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "greenml/catalog.hpp"
#include "greenml/unit.hpp"
#include "view/inspection_view.hpp"

namespace greenml::cli {

namespace {

struct InspectCommand {
  std::vector<std::string> files;
  Typed tokens;
  Typed past;
  Typed name;
  Typed variant;
  bool partial = false;
  OutputOptions output;
};

/// Reads a number of tokens of at least `least`; says what is wrong with `option`.
bool read_count(Console& console, std::string_view option, const Typed& typed, std::int64_t least,
                std::int64_t& count) {
  if (!typed) return true;
  const auto [end, error] = std::from_chars(typed->data(), typed->data() + typed->size(), count);
  if (error == std::errc() && end == typed->data() + typed->size() && count >= least) return true;
  console.error(fmt::format("{}: \"{}\" is not a whole number from {}", option, *typed, least));
  return false;
}

Outcome run(Console& console, InspectCommand& typed) {
  InspectOptions options;
  if (!typed.output.resolve(console) || !read_count(console, "--tokens", typed.tokens, 1, options.tokens) ||
      !read_count(console, "--past", typed.past, 0, options.past))
    return Outcome::cannot;
  if ((typed.name || typed.variant) && typed.files.size() > 1) {
    console.error("--name and --variant are for one file");
    return Outcome::cannot;
  }
  std::vector<Inspection> inspections;
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
    inspections.push_back(*std::move(inspection));
  }
  if (!good) return Outcome::cannot;  // an incomplete answer would be taken for a whole one
  for (const std::string& note : inspection_notes(inspections)) console.note(note);
  const Catalog catalog = catalog_of(inspections);
  return typed.output.print(console, inspection_sheet(catalog));
}

}  // namespace

Action declare_inspect(OptionTable& table) {
  auto typed = std::make_shared<InspectCommand>();
  table.operands("FILE", typed->files, "Model files, safetensors or GGUF, or folders with one model");
  table.value("--tokens", typed->tokens, "N", "Language models: count a pass of N tokens (default: 1)");
  table.value("--past", typed->past, "N", "... after N others (default: 0)");
  table.value("--name", typed->name, "NAME", "What to call the model, for one file");
  table.value("--variant", typed->variant, "TEXT", "Its variant, for one file");
  table.flag("--partial", typed->partial, "Take what is known of a file that is not wholly understood");
  typed->output.declare(table);
  return [typed](Console& console) { return run(console, *typed); };
}

}  // namespace greenml::cli
