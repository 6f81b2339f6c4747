#include "input/catalog_notes.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unordered_map>

#include "greenml/label.hpp"
#include "words/excerpt.hpp"
#include "words/key.hpp"
#include "words/look_alike.hpp"

namespace greenml {

namespace {

void add_note(const Catalog& catalog, std::size_t row, std::string message, std::string hint, Problems& problems) {
  problems.add({.severity = Severity::note,
                .place = {.file = std::string(catalog.file(row))},
                .message = std::move(message),
                .hint = std::move(hint)});
}

bool has_field(const Catalog& catalog, FieldId field) {
  for (std::size_t row = 0; row < catalog.size(); ++row)
    if (!std::isnan(catalog.value(field, row))) return true;
  return false;
}

/// Whether some model states what this key, the name of a label or a field, is for.
bool is_stated(const Catalog& catalog, std::string_view name) {
  if (const std::optional<FieldId> field = find_field(name)) return has_field(catalog, *field);
  return catalog.has_label(name);
}

/// "gpu" where no model has hardware.
void note_other_names(const Catalog& catalog, std::span<const std::string_view> keys, Problems& problems) {
  for (const std::string_view key : keys) {
    const std::string_view usual = usual_name_of(key);
    if (usual.empty() || usual == "name" || usual == "variant" || is_stated(catalog, usual)) continue;
    add_note(catalog, 0, fmt::format("{} is kept as a label, which nothing depends on", quote(key)),
             fmt::format("if it is the {0}, call the key {0}", usual), problems);
  }
}

/// All keys of numbers that are no quantities, in one note.
void note_numbers(const Catalog& catalog, std::span<const std::string_view> keys, Problems& problems) {
  constexpr std::size_t most_named = 8;
  std::vector<std::string> named;
  std::size_t count = 0;
  for (const std::string_view key : keys) {
    const bool was_warned_of = field_prefix_of(key).field != nullptr;
    if (was_warned_of || !catalog.has_numbers(*catalog.find_label_id(key))) continue;
    if (++count <= most_named) named.push_back(std::string(cut(key)));
  }
  if (count == 0) return;
  if (count > most_named) named.push_back(fmt::format("{} more", count - most_named));
  add_note(catalog, 0, fmt::format("numbers without a meaning to greenml, kept as labels: {}", fmt::join(named, ", ")),
           "greenml list fields has the keys of quantities", problems);
}

/// Two names that a reader takes for one. Nearly all catalogs have names in ASCII, and then this costs a look at each.
void note_look_alikes(const Catalog& catalog, Problems& problems) {
  std::vector<std::size_t> unusual;
  for (std::size_t row = 0; row < catalog.size(); ++row)
    if (may_look_like_another(catalog.name(row))) unusual.push_back(row);
  if (unusual.empty()) return;
  std::unordered_map<std::string, std::string_view> by_looks;
  for (const std::size_t row : unusual) by_looks.emplace(looks_of(catalog.name(row)), catalog.name(row));
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    const auto found = by_looks.find(looks_of(catalog.name(row)));
    if (found == by_looks.end() || found->second == catalog.name(row)) continue;
    add_note(catalog, row,
             fmt::format("two names look alike and are not: {}", difference_of(found->second, catalog.name(row))),
             "they are two models", problems);
    return;
  }
}

}  // namespace

void add_catalog_notes(const Catalog& catalog, Problems& problems) {
  if (catalog.size() == 0) return;
  const std::vector<std::string_view> keys = catalog.further_labels();
  note_other_names(catalog, keys, problems);
  note_numbers(catalog, keys, problems);
  note_look_alikes(catalog, problems);
}

}  // namespace greenml
