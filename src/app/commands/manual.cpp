#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/manual/manual_page.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

constexpr std::string_view program_page = "greenml";
constexpr std::string_view catalog_page = "catalog";

std::vector<std::string_view> page_names() {
  std::vector<std::string_view> names = {program_page};
  for (const Command& command : commands) names.push_back(command.name);
  names.push_back(catalog_page);
  return names;
}

Parsed<std::string> find_page(std::string_view name) {
  if (name == program_page) return manual_of_program();
  if (name == catalog_page) return manual_of_catalog();
  const auto command =
      std::find_if(commands.begin(), commands.end(), [&](const Command& one) { return one.name == name; });
  if (command != commands.end()) return manual_of(*command);
  return Complaint{fmt::format("there is no manual page \"{}\"", name), near_or_all(name, page_names())};
}

}  // namespace

Action declare_manual(OptionTable& table) {
  auto page = std::make_shared<Typed>();
  const std::vector<std::string_view> names = page_names();
  table.optional_operand("PAGE", *page, "greenml (default), the name of a command, or catalog")
      .one_of({names.begin(), names.end()});
  return [page](World&) { return report_of(find_page(page->value_or(std::string(program_page)))); };
}

}  // namespace greenml::cli
