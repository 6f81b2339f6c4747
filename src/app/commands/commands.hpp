/// \file
/// The table of commands. A command fills in the table of its options and returns what to do; parsing has no effects.

#pragma once

#include <array>
#include <functional>
#include <string_view>

#include "commands/options/option_table.hpp"
#include "sheet/outcome.hpp"
#include "system/console.hpp"

namespace greenml::cli {

/// What to do once the command line has been understood.
using Action = std::function<Outcome(Console& console)>;

struct Command {
  std::string_view name;
  std::string_view help;
  Action (*declare)(OptionTable& table);
};

Action declare_rank(OptionTable& table);
Action declare_audit(OptionTable& table);
Action declare_check(OptionTable& table);
Action declare_compare(OptionTable& table);
Action declare_diff(OptionTable& table);
Action declare_disagree(OptionTable& table);
Action declare_explain(OptionTable& table);
Action declare_footprint(OptionTable& table);
Action declare_inspect(OptionTable& table);
Action declare_list(OptionTable& table);
Action declare_pareto(OptionTable& table);
Action declare_plot(OptionTable& table);
Action declare_schema(OptionTable& table);

/// One row is one command.
inline constexpr auto commands = std::to_array<Command>({
    {"rank", "Rank models by what their accuracy costs", declare_rank},
    {"pareto", "Show the models that no other beats on accuracy and cost, and the price of a point", declare_pareto},
    {"plot", "Draw accuracy over cost, or bars of a metric: in the terminal, as SVG or HTML", declare_plot},
    {"compare", "Set models side by side, with ratios and break-even", declare_compare},
    {"explain", "Show how every number of a model came about", declare_explain},
    {"disagree", "Show how far parameters, FLOPs, time and energy order models differently", declare_disagree},
    {"check", "Check that models hold their limits, and are no worse than a baseline", declare_check},
    {"audit", "Find figures that cannot be right: impossible, or unlike those of others", declare_audit},
    {"diff", "Show what changed between two catalogs, biggest changes first", declare_diff},
    {"footprint", "Work out energy and CO2e of one job, without a catalog", declare_footprint},
    {"inspect", "Count what a model file costs: parameters, FLOPs and bytes of safetensors and GGUF", declare_inspect},
    {"list", "List what greenml knows: metrics, fields, units, grids, hardware, equivalents", declare_list},
    {"schema", "Print the JSON Schema of a catalog or a budget, for an editor", declare_schema},
});

}  // namespace greenml::cli
