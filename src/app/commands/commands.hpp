/// \file
/// The table of commands. A command fills in the table of its options and returns what to do; parsing has no effects.

#pragma once

#include <array>
#include <functional>
#include <string_view>

#include "commands/options/option_table.hpp"
#include "sheet/report.hpp"
#include "system/world.hpp"

namespace greenml::cli {

/// What to do once the command line has been understood, as often as wanted. A command shows nothing and writes
/// nothing.
using Action = std::function<Report(World& world)>;

struct Command {
  std::string_view name;
  std::string_view help;
  std::string_view examples;  ///< a line each: the command line, and behind it what it is for
  Action (*declare)(OptionTable& table);
};

Action declare_rank(OptionTable& table);
Action declare_audit(OptionTable& table);
Action declare_check(OptionTable& table);
Action declare_compare(OptionTable& table);
Action declare_completion(OptionTable& table);
Action declare_diff(OptionTable& table);
Action declare_disagree(OptionTable& table);
Action declare_explain(OptionTable& table);
Action declare_footprint(OptionTable& table);
Action declare_import(OptionTable& table);
Action declare_init(OptionTable& table);
Action declare_inspect(OptionTable& table);
Action declare_list(OptionTable& table);
Action declare_manual(OptionTable& table);
Action declare_pareto(OptionTable& table);
Action declare_plot(OptionTable& table);
Action declare_schema(OptionTable& table);

/// One row is one command.
inline constexpr auto commands = std::to_array<Command>({
    {"rank", "Rank models by what their accuracy costs",
     "greenml rank models.json\twhich models get the most out of an operation\n"
     "greenml rank models.json --by energy --top 10\tthe ten that use the least energy\n"
     "greenml rank models.json --min accuracy=75% --max latency=5ms\tamong those that are good and fast enough\n"
     "greenml rank models.json --format csv -o ranking.csv\teverything, for a spreadsheet\n",
     declare_rank},
    {"pareto", "Show the models that no other beats on accuracy and cost, and the price of a point",
     "greenml pareto models.json --cost energy\tthe frontier, and what a further point costs\n"
     "greenml pareto models.json --cost flops,latency --all\tby two costs, and which model beats each of the others\n",
     declare_pareto},
    {"plot", "Draw accuracy over cost, or bars of a metric: in the terminal, as SVG or HTML",
     "greenml plot models.json --x energy\tin the terminal\n"
     "greenml plot models.json --color-by family -o plot.svg\ta picture\n"
     "greenml plot models.json --bars -o bars.html\ta page that sorts and selects\n"
     "greenml plot models.json --x year --y training_flops\ta label of numbers as an axis\n",
     declare_plot},
    {"compare", "Set models side by side, with ratios and break-even",
     "greenml compare models.json ResNet-50 VGG-16\tratios to ResNet-50\n", declare_compare},
    {"explain", "Show how every number of a model came about",
     "greenml explain models.json ResNet-50\tformulas, units and sources\n"
     "greenml explain models.json ResNet-50 accuracy/gflop\tof one metric\n"
     "greenml explain models.json ResNet-50 --format model-card\tfor the README on Hugging Face\n",
     declare_explain},
    {"disagree", "Show how far parameters, FLOPs, time and energy order models differently",
     "greenml disagree models.json\twhether FLOPs may stand for energy here\n", declare_disagree},
    {"check", "Check that models hold their limits, and are no worse than a baseline",
     "greenml check models.json --max energy=5J --min accuracy=75%\tlimits that every model must hold\n"
     "greenml check models.json --baseline before.json --max-drop 5%\tno worse than an earlier catalog\n"
     "greenml check models.json --budget greenml-budget.json --format github\tlimits from a file, as annotations\n",
     declare_check},
    {"audit", "Find figures that cannot be right: impossible, or unlike those of others",
     "greenml audit models.json\texit 1 where a figure is impossible\n"
     "greenml audit models.json --against reference.json --fail-on suspicious\tcompared with a catalog, and strict\n",
     declare_audit},
    {"diff", "Show what changed between two catalogs, biggest changes first",
     "greenml diff before.json models.json\twhat got better and worse\n"
     "greenml diff before.json models.json --only worse --format markdown\tfor a pull request\n",
     declare_diff},
    {"footprint", "Work out energy and CO2e of one job, without a catalog",
     "greenml footprint --hardware V100 --count 8 --time 3d --grid FRA\tfrom nameplate power\n"
     "greenml footprint --energy 1507kWh --grid SWE\tfrom a meter\n",
     declare_footprint},
    {"inspect", "Count what a model file costs: parameters, FLOPs and bytes of ONNX, TFLite, safetensors and GGUF",
     "greenml inspect model.onnx --dim sequence=128\tparameters, operations and bytes\n"
     "greenml inspect model.tflite --layers\toperator by operator\n"
     "greenml inspect model.gguf --tokens 512\tand the operations of a pass of 512 tokens\n",
     declare_inspect},
    {"import", "Write what was read as a catalog, with the method, source and unit of every quantity",
     "greenml import results.csv --map Model=name -o models.json\ta table of one's own\n"
     "greenml import results.csv bench.csv --join name~,variant -o models.json\twhat two files say of one model\n",
     declare_import},
    {"init", "Write a small catalog to begin with", "greenml init models.json\ttwo models, to be replaced\n",
     declare_init},
    {"list", "List what greenml knows: metrics, fields, units, sources, grids, hardware",
     "greenml list fields\tthe quantities of a model\n"
     "greenml list grids --where 'title=*land*'\tgrids by a part of their name\n"
     "greenml list models models.json\tthe models of a catalog and their labels\n",
     declare_list},
    {"schema", "Print the JSON Schema of a catalog or a budget, for an editor",
     "greenml schema catalog -o catalog.schema.json\tfor the key $schema of a catalog\n", declare_schema},
    {"completion", "Print the completion of commands, options and names for a shell",
     "source <(greenml completion bash)\tin ~/.bashrc: Tab completes from then on\n"
     "greenml completion zsh > ~/.zfunc/_greenml\tinto a folder of $fpath\n"
     "greenml completion fish | source\tin ~/.config/fish/config.fish\n",
     declare_completion},
    {"manual", "Print a manual page: greenml, a command, or catalog",
     "greenml manual rank | man -l -\twhat rank does, with all of its options\n"
     "greenml manual catalog | man -l -\tthe format of a catalog\n",
     declare_manual},
});

}  // namespace greenml::cli
