#include "commands/options/quality_options.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>
#include <vector>

#include "commands/options/catalog_options.hpp"
#include "greenml/ranking.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

std::vector<std::string_view> names_of_qualities() {
  std::vector<std::string_view> names;
  for (const Field& field : fields)
    if (field.role == Role::quality) names.push_back(field.name);
  return names;
}

}  // namespace

void QualityOptions::declare(OptionTable& table) {
  table.value("--quality", typed_, "FIELD",
              fmt::format("{} (default: the first that the models have)", fmt::join(names_of_qualities(), ", ")));
}

bool QualityOptions::resolve(Messages& messages, const Catalog& catalog, std::span<const std::size_t> rows) {
  field_ = first_field(catalog, rows, Role::quality);
  if (!typed_) return true;
  const std::optional<FieldId> named = find_field(*typed_);
  if (!named || row_of(*named).role != Role::quality) {
    messages.error(fmt::format("--quality: \"{}\" is no quality", *typed_), near_or_all(*typed_, names_of_qualities()));
    return false;
  }
  const bool any =
      std::any_of(rows.begin(), rows.end(), [&](std::size_t row) { return !std::isnan(catalog.value(*named, row)); });
  if (!any)
    messages.error(fmt::format("--quality: no model has {}", *typed_),
                   field_ ? fmt::format("the models have {}", row_of(*field_).name) : "");
  field_ = named;
  return any;
}

}  // namespace greenml::cli
