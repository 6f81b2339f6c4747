#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/manual/manual_page.hpp"
#include "greenml/spelling.hpp"

namespace greenml::cli {

namespace {

constexpr std::string_view program_page = "greenml";
constexpr std::string_view catalog_page = "catalog";

struct ManualCommand {
  Typed page;
};

std::vector<std::string_view> page_names() {
  std::vector<std::string_view> names = {program_page};
  for (const Command& command : commands) names.push_back(command.name);
  names.push_back(catalog_page);
  return names;
}

Outcome run(Console& console, const ManualCommand& typed) {
  const std::string name = typed.page.value_or(std::string(program_page));
  const auto print = [&](const std::string& text) {
    return console.print("", [&](render::Writer& out) { out << text; }) ? Outcome::done : Outcome::cannot;
  };
  if (name == program_page) return print(manual_of_program());
  if (name == catalog_page) return print(manual_of_catalog());
  const auto command =
      std::find_if(commands.begin(), commands.end(), [&](const Command& one) { return one.name == name; });
  if (command != commands.end()) return print(manual_of(*command));
  const std::vector<std::string_view> names = page_names();
  const std::string near = did_you_mean(name, names);
  console.error(fmt::format("there is no manual page \"{}\"", name),
                near.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : near);
  return Outcome::cannot;
}

}  // namespace

Action declare_manual(OptionTable& table) {
  auto typed = std::make_shared<ManualCommand>();
  const std::vector<std::string_view> names = page_names();
  table.optional_operand("PAGE", typed->page, "greenml (default), the name of a command, or catalog")
      .one_of({names.begin(), names.end()});
  return [typed](Console& console) { return run(console, *typed); };
}

}  // namespace greenml::cli
