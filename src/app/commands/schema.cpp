#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "view/phrases.hpp"
#include "view/schema_view.hpp"

namespace greenml::cli {

namespace {

struct SchemaOptions {
  std::string what;
  Typed file;
};

std::vector<std::string_view> schema_names() {
  std::vector<std::string_view> names;
  for (const Schema& schema : schemas) names.push_back(schema.name);
  return names;
}

Parsed<std::string> find_schema(std::string_view name) {
  const auto found =
      std::find_if(schemas.begin(), schemas.end(), [&](const Schema& schema) { return schema.name == name; });
  if (found != schemas.end()) return found->text();
  return Complaint{fmt::format("there is no schema of \"{}\"", name), near_or_all(name, schema_names())};
}

}  // namespace

Action declare_schema(OptionTable& table) {
  auto options = std::make_shared<SchemaOptions>();
  const std::vector<std::string_view> names = schema_names();
  table.operand("WHAT", options->what, fmt::format("{}", fmt::join(names, ", "))).one_of({names.begin(), names.end()});
  table.value("-o,--output", options->file, "FILE", "Write to FILE; it is replaced as a whole or not at all");
  return [options](World&) { return report_of(find_schema(options->what), options->file.value_or("")); };
}

}  // namespace greenml::cli
