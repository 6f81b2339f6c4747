#include "commands/options/reference_options.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <optional>

namespace greenml::cli {

bool is_there(Console& console, const Typed& folder) {
  std::error_code ignored;
  if (!folder || std::filesystem::is_directory(*folder, ignored)) return true;
  console.error(fmt::format("--reference: there is no folder \"{}\"", *folder));
  return false;
}

const ReferenceTable* reference(Console& console, ReferenceKind kind, const Typed& folder) {
  if (!folder) return &built_in_reference(kind);
  std::optional<ReferenceTable>& table = console.references()[static_cast<std::size_t>(kind)];
  if (table) return &*table;
  const std::string file = fmt::format("{}/{}.json", *folder, reference_kinds[static_cast<std::size_t>(kind)].name);
  if (!is_there(console, folder)) return nullptr;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return &built_in_reference(kind);  // a folder need not have all three
  const std::optional<std::string> bytes = console.read_whole(file);
  if (!bytes) return nullptr;
  Problems problems;
  table = read_reference(kind, file, *bytes, problems);
  console.show(problems);
  return problems.errors() == 0 ? &*table : nullptr;
}

const ReferenceRow* look_up(Console& console, ReferenceKind kind, const Typed& folder, std::string_view option,
                            std::string_view name) {
  const ReferenceTable* table = reference(console, kind, folder);
  if (table == nullptr) return nullptr;
  const ReferenceRow* row = table->find(name);
  if (row != nullptr) return row;
  const std::string_view list = reference_kinds[static_cast<std::size_t>(kind)].name;
  const std::string near = table->near(name);
  console.error(fmt::format("{}: \"{}\" is not in the table of {}", option, name, list),
                near.empty() ? fmt::format("see greenml list {}", list) : near);
  return nullptr;
}

}  // namespace greenml::cli
