// A mapping as a text, for tables that a person has explained once.
#include <nlohmann/json.hpp>

#include "greenml/source.hpp"

namespace greenml {

std::string mapping_of(std::string_view name, const std::vector<ColumnMapping>& columns,
                       const std::vector<std::string>& missing, const std::vector<LabelSetting>& defaults) {
  using Json = nlohmann::ordered_json;
  Json json = {{"name", name}, {"format", "table"}};
  for (const ColumnMapping& column : columns) json["columns"][column.column] = target_text(column);
  if (!missing.empty()) json["missing"] = missing;
  for (const LabelSetting& setting : defaults) json["defaults"][setting.label] = setting.text;
  return json.dump(2) + "\n";
}

}  // namespace greenml
