#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "greenml/difference.hpp"
#include "view/difference_view.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

struct DiffCommand {
  std::string before;
  CatalogOptions after{CatalogOptions::Limits::select, CatalogOptions::Files::one};
  OutputOptions output;
  Typed only;
};

/// The kinds of change that --only names; empty: all. Nothing, and an error, for a word that it does not know.
std::optional<std::vector<ChangeKind>> parse_only(Messages& messages, const Typed& typed) {
  std::vector<ChangeKind> kinds;
  if (!typed) return kinds;
  std::vector<std::string_view> names;
  for (const OnlyRow& row : only_rows()) names.push_back(row.name);
  for (const std::string& word : split_list(*typed)) {
    const auto row = std::find(names.begin(), names.end(), word);
    if (row == names.end()) {
      messages.error(fmt::format("--only: unknown \"{}\"", word), near_or_all(word, names));
      return std::nullopt;
    }
    const OnlyRow& found = only_rows()[static_cast<std::size_t>(row - names.begin())];
    kinds.insert(kinds.end(), found.kinds.begin(), found.kinds.end());
  }
  return kinds;
}

Report run(World& world, DiffCommand typed) {
  Report report;
  Messages& messages = report.messages;
  const std::optional<std::vector<ChangeKind>> kinds = parse_only(messages, typed.only);
  if (!kinds) return report;
  const std::optional<Chosen> after = choose(world, report, typed.after, typed.output);
  if (!after) return report;
  const std::string& after_file = typed.after.files().front();
  if (typed.before == "-" && after_file == "-") {
    messages.error("OLD and CATALOG cannot both be standard input");
    return report;
  }
  std::optional<Catalog> read = typed.after.read_other(world, messages, typed.before);
  if (!read || !typed.after.what_if().derive(world, messages, *read, typed.before + ": ")) return report;
  const Catalog& before = report.keep<Catalog>(*std::move(read));
  const std::vector<std::size_t> before_rows = greenml::select(before, typed.after.selection().criteria()).rows;

  const auto& view =
      report.keep<DifferenceView>(fmt::format("greenml diff {} {}", typed.before, after_file), before, after->catalog,
                                  difference(before, before_rows, after->catalog, after->rows));
  report.add(typed.output.result(view.sheet(typed.output.format().audience, *kinds), world));
  return report;
}

}  // namespace

Action declare_diff(OptionTable& table) {
  auto typed = std::make_shared<DiffCommand>();
  table.operand("OLD", typed->before, "The earlier catalog; - is standard input");
  typed->after.declare(table);
  table.value("--only", typed->only, "KINDS", "Show only these: changed, worse, better, models")
      .one_of({"changed", "worse", "better", "models"});
  typed->output.declare(table);
  return [typed](World& world) { return run(world, *typed); };
}

}  // namespace greenml::cli
