#include "input/catalog_notes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unordered_map>

#include "catalog/parallel.hpp"
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
  const std::vector<std::size_t> unusual =
      find_rows<std::size_t>(catalog.size(), [&](std::size_t begin, std::size_t end, auto& rows) {
        catalog.for_each_name(begin, end, [&](std::size_t row, std::string_view name) {
          if (may_look_like_another(name)) rows.push_back(row);
        });
      });
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

/// The field for a quality that is counted so: "WER" counts errors, of which fewer are better. Empty for all others.
std::string_view field_of_errors(std::string_view quality_metric) {
  struct Word {
    std::string_view word;
    std::string_view field;
  };
  constexpr auto words = std::to_array<Word>({
      {"wer", "error_rate"},
      {"cer", "error_rate"},
      {"eer", "error_rate"},
      {"error", "error_rate"},
      {"errors", "error_rate"},
      {"loss", "loss"},
      {"perplexity", "loss"},
      {"ppl", "loss"},
      {"rmse", "loss"},
      {"mse", "loss"},
      {"mae", "loss"},
      {"fid", "loss"},
  });
  std::string word;
  for (std::size_t at = 0; at <= quality_metric.size(); ++at) {
    const char character = at < quality_metric.size() ? quality_metric[at] : ' ';
    const bool is_letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    if (is_letter) {
      word += static_cast<char>(character | 0x20);
      continue;
    }
    for (const Word& row : words)
      if (row.word == word) return row.field;
    word.clear();
  }
  return {};
}

/// An error rate under "accuracy" has the worst model come out best.
void note_errors_as_accuracy(const Catalog& catalog, Problems& problems) {
  const std::optional<LabelId> label = catalog.find_label_id("quality_metric");
  if (!label || !catalog.has_label("quality_metric")) return;
  std::vector<FieldId> better_when_higher;
  for (std::size_t field = 0; field < fields.size(); ++field)
    if (fields[field].role == Role::quality && fields[field].better == Better::higher &&
        catalog.has(static_cast<FieldId>(field)))
      better_when_higher.push_back(static_cast<FieldId>(field));
  if (better_when_higher.empty()) return;
  std::vector<bool> counts_errors(catalog.largest_label_number(*label) + 1);  // by the number of the label
  for (std::uint32_t number = 1; number < counts_errors.size(); ++number)
    counts_errors[number] = !field_of_errors(catalog.text_of_label(*label, number)).empty();
  if (std::find(counts_errors.begin(), counts_errors.end(), true) == counts_errors.end()) return;
  std::size_t count = 0;
  std::size_t first = 0;
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    if (!counts_errors[catalog.label_number(*label, row)]) continue;
    const bool has_quality = std::any_of(better_when_higher.begin(), better_when_higher.end(),
                                         [&](FieldId field) { return !std::isnan(catalog.value(field, row)); });
    if (has_quality && count++ == 0) first = row;
  }
  if (count == 0) return;
  const std::string_view metric = catalog.label(*label, first).text;
  add_note(catalog, first,
           fmt::format("the quality of {} is taken as better when higher, and its quality_metric is {}",
                       count == 1 ? "a model" : fmt::format("{} models", count), quote(metric)),
           fmt::format("errors are better when fewer: their field is {}", field_of_errors(metric)), problems);
}

}  // namespace

void add_catalog_notes(const Catalog& catalog, Problems& problems) {
  if (catalog.size() == 0) return;
  const std::vector<std::string_view> keys = catalog.further_labels();
  note_other_names(catalog, keys, problems);
  note_numbers(catalog, keys, problems);
  note_look_alikes(catalog, problems);
  note_errors_as_accuracy(catalog, problems);
}

}  // namespace greenml
