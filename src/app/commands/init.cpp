#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

#include "commands/commands.hpp"

namespace greenml::cli {

namespace {

/// A catalog to begin with. Its figures are those of data/torchvision.json.
constexpr std::string_view starter = R"({
  "description": "A greenml catalog: one object for each model. Replace these two with yours. A quantity is a number in its field's own unit (params, flops), a number under a key that names the unit (latency_ms, energy_wh), or a text with a unit (\"4.09 GMAC\"). Whatever is not measured is left out: it is never 0. greenml list fields has all quantities, greenml list units their units.",
  "defaults": {"task": "image-classification", "dataset": "ImageNet-1k", "quality_metric": "top-1"},
  "models": [
    {"name": "ResNet-50", "accuracy": 76.13, "params": 25557032, "flops": "4.089 GMAC"},
    {"name": "MobileNetV2", "accuracy": 71.878, "params": 3504872, "flops": "0.301 GMAC"}
  ]
}
)";

struct InitCommand {
  Typed file;
};

Report run(World& world, const InitCommand& typed) {
  const std::string file = typed.file.value_or("models.json");
  std::error_code ignored;
  if (file != "-" && std::filesystem::exists(file, ignored))
    return report_of(Complaint{fmt::format("{} is there already, and stays as it is", file),
                               "name another file: greenml init FILE"});
  const std::string suffix = std::filesystem::path(file).extension().string();
  if (!suffix.empty() && suffix != ".json")
    return report_of(Complaint{fmt::format("{}: what init writes is JSON", file),
                               "name it .json; greenml import writes the other formats"});
  if (const std::optional<Complaint> complaint = world.will_write(file)) return report_of(*complaint);
  Report report = report_of(std::string(starter), file);
  if (file != "-")
    report.messages.note(fmt::format("{} has two models to begin with; next: greenml rank {}", file, file));
  return report;
}

}  // namespace

Action declare_init(OptionTable& table) {
  auto typed = std::make_shared<InitCommand>();
  table.optional_operand("FILE", typed->file, "What to write (default: models.json); a file that is there stays");
  return [typed](World& world) { return run(world, *typed); };
}

}  // namespace greenml::cli
