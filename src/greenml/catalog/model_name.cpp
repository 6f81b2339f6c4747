#include "greenml/model_name.hpp"

#include <algorithm>

#include "greenml/spelling.hpp"

namespace greenml {

std::string full_name(const Model& model) {
  std::string name(model.name());
  if (const std::string_view variant = model.label("variant"); !variant.empty())
    name.append(" (").append(variant).append(")");
  return name;
}

std::vector<std::size_t> find_by_name(const Catalog& catalog, std::string_view name) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    const std::string_view candidate = catalog.name(row);
    if (candidate == name || (name.ends_with(')') && name.starts_with(candidate) && full_name(catalog[row]) == name))
      rows.push_back(row);
  }
  return rows;
}

std::string_view nearest_name(const Catalog& catalog, std::string_view name) {
  std::vector<std::string_view> names;
  for (std::size_t row = 0; row < catalog.size(); ++row) names.push_back(catalog.name(row));
  // The nearest must not depend on the order of the input.
  std::sort(names.begin(), names.end());
  return nearest(name, names);
}

}  // namespace greenml
