/// \file
/// JSON Schemas of the files that greenml reads, for editors. They follow from the tables of fields, units, labels and
/// metrics, so that an editor knows what greenml knows.

#pragma once

#include <array>
#include <string>
#include <string_view>

namespace greenml::cli {

/// One row is one kind of file that has a schema.
struct Schema {
  std::string_view name;
  std::string (*text)();  ///< the whole schema as JSON, with a newline at its end
};

std::string catalog_schema();
std::string budget_schema();
std::string mapping_schema();

inline constexpr auto schemas = std::to_array<Schema>({
    {"catalog", catalog_schema},
    {"budget", budget_schema},
    {"mapping", mapping_schema},
});

}  // namespace greenml::cli
