/// \file
/// The table of commands. A command declares its options and returns what to do; parsing has no effects.

#pragma once

#include <CLI/App.hpp>
#include <array>
#include <functional>
#include <string_view>

#include "sheet/outcome.hpp"
#include "system/console.hpp"

namespace greenml::cli {

/// What to do once the command line has been understood.
using Action = std::function<Outcome(Console& console)>;

struct Command {
  std::string_view name;
  std::string_view help;
  Action (*declare)(CLI::App& app);
};

Action declare_rank(CLI::App& app);
Action declare_audit(CLI::App& app);
Action declare_check(CLI::App& app);
Action declare_compare(CLI::App& app);
Action declare_diff(CLI::App& app);
Action declare_disagree(CLI::App& app);
Action declare_explain(CLI::App& app);
Action declare_footprint(CLI::App& app);
Action declare_inspect(CLI::App& app);
Action declare_list(CLI::App& app);
Action declare_pareto(CLI::App& app);
Action declare_plot(CLI::App& app);
Action declare_schema(CLI::App& app);

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
