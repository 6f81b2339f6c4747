#include "commands/options/reference_options.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <optional>

namespace greenml::cli {

bool is_there(Messages& messages, const Typed& folder) {
  std::error_code ignored;
  if (!folder || std::filesystem::is_directory(*folder, ignored)) return true;
  messages.error(fmt::format("--reference: there is no folder \"{}\"", *folder));
  return false;
}

const ReferenceTable* reference(World& world, Messages& messages, ReferenceKind kind, const Typed& folder) {
  if (!folder) return &built_in_reference(kind);
  std::optional<ReferenceTable>& table = world.references()[static_cast<std::size_t>(kind)];
  if (table) return &*table;
  const std::string file = fmt::format("{}/{}.json", *folder, reference_kinds[static_cast<std::size_t>(kind)].name);
  if (!is_there(messages, folder)) return nullptr;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return &built_in_reference(kind);  // a folder need not have all three
  const std::optional<std::string> bytes = messages.value_of(world.read_whole(file));
  if (!bytes) return nullptr;
  Problems problems;
  table = read_reference(kind, file, *bytes, problems);
  messages.add(problems);
  return problems.errors() == 0 ? &*table : nullptr;
}

const ReferenceRow* look_up(World& world, Messages& messages, ReferenceKind kind, const Typed& folder,
                            std::string_view option, std::string_view name) {
  const ReferenceTable* table = reference(world, messages, kind, folder);
  if (table == nullptr) return nullptr;
  const ReferenceRow* row = table->find(name);
  if (row != nullptr) return row;
  const std::string_view list = reference_kinds[static_cast<std::size_t>(kind)].name;
  const std::string near = table->near(name);
  messages.error(fmt::format("{}: \"{}\" is not in the table of {}", option, name, list),
                 near.empty() ? fmt::format("see greenml list {}", list) : near);
  return nullptr;
}

}  // namespace greenml::cli
