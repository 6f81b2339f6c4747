#include "greenml/model_name.hpp"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <unordered_map>

#include "catalog/seen.hpp"
#include "greenml/label.hpp"
#include "greenml/spelling.hpp"

namespace greenml {

namespace {

std::string letters_and_digits(std::string_view text) {
  std::string left;
  for (const char character : text) {
    if (character >= 'A' && character <= 'Z')
      left += static_cast<char>(character - 'A' + 'a');
    else if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
             static_cast<unsigned char>(character) >= 0x80)
      left += character;
  }
  return left;
}

}  // namespace

std::string full_name(const Model& model) {
  std::string name(model.name());
  if (const std::string_view variant = model.label("variant"); !variant.empty())
    name.append(" (").append(variant).append(")");
  return name;
}

bool precedes_by_name(const Catalog& catalog, std::size_t left, std::size_t right) {
  for (const Label& label : labels) {
    if (!label.identity) continue;
    const auto id = static_cast<LabelId>(&label - labels.data());
    const int order = catalog.label(id, left).text.compare(catalog.label(id, right).text);
    if (order != 0) return order < 0;
  }
  return left < right;
}

void sort_by_name(const Catalog& catalog, std::span<std::size_t> rows, std::size_t wanted) {
  if (wanted == 0) return;
  static_assert(labels.front().name == "name", "names are compared before all other labels");
  struct Named {
    std::string_view name;
    std::size_t row;
  };
  std::vector<Named> named;
  named.reserve(rows.size());
  for (const std::size_t row : rows) named.push_back({catalog.name(row), row});
  const auto precedes = [&](const Named& left, const Named& right) {
    const int order = left.name.compare(right.name);
    return order != 0 ? order < 0 : precedes_by_name(catalog, left.row, right.row);
  };
  if (wanted < named.size())
    std::partial_sort(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(wanted), named.end(), precedes);
  else
    std::sort(named.begin(), named.end(), precedes);
  std::transform(named.begin(), named.end(), rows.begin(), [](const Named& one) { return one.row; });
}

bool may_mean(std::string_view typed, std::string_view name) {
  return typed == name || (typed.ends_with(')') && typed.starts_with(name));
}

std::vector<std::size_t> find_by_name(const Catalog& catalog, std::string_view name) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    const std::string_view candidate = catalog.name(row);
    if (may_mean(name, candidate) && (candidate == name || full_name(catalog[row]) == name)) rows.push_back(row);
  }
  // Beside its variants, the model without one is meant by its name: nothing else names it.
  const auto is_whole_name = [&](std::size_t row) { return full_name(catalog[row]) == name; };
  if (std::any_of(rows.begin(), rows.end(), is_whole_name))
    std::erase_if(rows, [&](std::size_t row) { return !is_whole_name(row); });
  return rows;
}

std::vector<std::size_t> namesakes(const Catalog& catalog, std::span<const std::size_t> rows) {
  std::vector<std::uint32_t> hashes;
  hashes.reserve(rows.size());
  Seen seen(rows.size());
  for (const std::size_t row : rows)
    seen.add(hashes.emplace_back(static_cast<std::uint32_t>(std::hash<std::string_view>()(catalog.name(row)))));
  std::vector<std::size_t> perhaps;
  for (std::size_t index = 0; index < rows.size(); ++index)
    if (seen.perhaps_twice(hashes[index])) perhaps.push_back(rows[index]);
  std::unordered_map<std::string_view, std::size_t> count_of;
  for (const std::size_t row : perhaps) ++count_of[catalog.name(row)];
  std::erase_if(perhaps, [&](std::size_t row) { return count_of[catalog.name(row)] == 1; });
  return perhaps;
}

std::string name_hint(const Catalog& catalog, std::string_view name) {
  std::vector<std::string_view> names;
  for (std::size_t row = 0; row < catalog.size(); ++row) names.push_back(catalog.name(row));
  // What is hinted at must not depend on the order of the input.
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());

  const std::string begin = letters_and_digits(name);
  std::vector<std::string_view> beginning;
  for (const std::string_view candidate : names)
    if (!begin.empty() && letters_and_digits(candidate).starts_with(begin)) beginning.push_back(candidate);
  if (beginning.empty()) {
    const std::string_view near = nearest(name, names);
    return near.empty() ? std::string() : fmt::format("did you mean \"{}\"?", near);
  }
  // The shortest are the nearest.
  std::stable_sort(beginning.begin(), beginning.end(),
                   [](std::string_view left, std::string_view right) { return left.size() < right.size(); });
  constexpr std::size_t most = 5;
  const std::size_t count = beginning.size();
  if (count == 1) return fmt::format("did you mean \"{}\"?", beginning.front());
  beginning.resize(std::min(count, most));
  return fmt::format("{} names begin so: {}{}", count, fmt::join(beginning, ", "), count > most ? ", ..." : "");
}

}  // namespace greenml
