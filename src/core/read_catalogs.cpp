#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <fmt/format.h>
#include <functional>
#include <optional>
#include <vector>

#include "core/interpreter.hpp"
#include "greenml/catalog.hpp"
#include "greenml/label.hpp"
#include "read/reader.hpp"
#include "read/source_text.hpp"

namespace greenml {

namespace {

void read_catalog(Catalog& catalog, const Input& input, Problems& problems, const ReadOptions& options) {
  read::Window window(input.name, input.read, options.window);
  catalog.begin_file(input.name);
  Interpreter interpreter(catalog, window.text(), problems, options);
  read::reader_for(window).read(window, interpreter);
  interpreter.finish();
}

/// The labels of a model's identity beside its name.
constexpr auto identity_labels =
    std::to_array<LabelId>({label_id("variant"), label_id("task"), label_id("dataset"), label_id("hardware")});
static_assert(static_cast<std::size_t>(std::count_if(labels.begin(), labels.end(), [](const Label& label) {
                return label.identity;
              })) == identity_labels.size() + 1);

bool same_model(const Catalog& catalog, std::size_t left, std::size_t right) {
  return catalog.name(left) == catalog.name(right) &&
         std::all_of(identity_labels.begin(), identity_labels.end(), [&](LabelId label) {
           return catalog.label(label, left).text == catalog.label(label, right).text;
         });
}

/// The models so far, to be found by their names: a table with a free slot for each used one at least.
class ModelsByName {
 public:
  explicit ModelsByName(const Catalog& catalog)
      : catalog_(catalog), slots_(std::bit_ceil(2 * catalog.size() + 1), Slot{0, no_row}) {}

  /// Looks where a row would be, which takes a while: to be called some time before `find_or_add`.
  std::uint32_t prepare(std::size_t row) {
    const std::uint32_t hash = hash_of(row);
    __builtin_prefetch(&slots_[hash & (slots_.size() - 1)], 1);
    return hash;
  }

  /// The model before `row` that is the same, if there is one; else the row is remembered. `hash` is what `prepare`
  /// gave.
  std::optional<std::size_t> find_or_add(std::size_t row, std::uint32_t hash) {
    std::size_t slot = hash & (slots_.size() - 1);
    for (; slots_[slot].row != no_row; slot = (slot + 1) & (slots_.size() - 1))
      if (slots_[slot].hash == hash && same_model(catalog_, slots_[slot].row, row)) return slots_[slot].row;
    slots_[slot] = {hash, static_cast<std::uint32_t>(row)};
    return std::nullopt;
  }

 private:
  static constexpr std::uint32_t no_row = 0xFFFF'FFFF;
  struct Slot {
    std::uint32_t hash;
    std::uint32_t row;
  };

  std::uint32_t hash_of(std::size_t row) {
    std::size_t hash = std::hash<std::string_view>()(catalog_.name(row));
    for (std::size_t index = 0; index < identity_labels.size(); ++index)
      hash = hash * 1099511628211U + label_hash(index, row);
    return static_cast<std::uint32_t>(hash ^ hash >> 32);
  }

  /// Remembered for the texts that many models have.
  std::size_t label_hash(std::size_t index, std::size_t row) {
    constexpr std::size_t most_remembered = 1 << 16;
    const LabelId label = identity_labels[index];
    const std::uint32_t number = catalog_.label_number(label, row);
    const auto hash = [&] { return std::hash<std::string_view>()(catalog_.label(label, row).text); };
    if (number >= most_remembered) return hash();
    std::vector<std::size_t>& known = label_hashes_[index];
    if (number >= known.size()) known.resize(number + 1);
    if (known[number] == 0) known[number] = hash();
    return known[number];
  }

  const Catalog& catalog_;
  std::vector<Slot> slots_;
  std::array<std::vector<std::size_t>, identity_labels.size()> label_hashes_;
};

/// Reports every model that has been there before.
void report_twins(const Catalog& catalog, Problems& problems) {
  ModelsByName models(catalog);
  constexpr std::size_t ahead = 16;
  std::array<std::uint32_t, ahead> hashes{};
  for (std::size_t row = 0; row < std::min(ahead, catalog.size()); ++row) hashes[row] = models.prepare(row);
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    const std::optional<std::size_t> twin = models.find_or_add(row, hashes[row % ahead]);
    if (row + ahead < catalog.size()) hashes[row % ahead] = models.prepare(row + ahead);
    if (!twin) continue;
    const std::size_t first = *twin;
    if (problems.full()) {
      problems.count_error();
      continue;
    }
    problems.add(
        {.place = {.file = std::string(catalog.file(row)), .line = catalog.line(row)},
         .model = std::string(catalog.name(row)),
         .key = "",
         .message = fmt::format("is there already, in line {} of {}", catalog.line(first), catalog.file(first)),
         .hint = "two models differ in name, variant, task, dataset or hardware"});
  }
}

}  // namespace

Catalog read_catalogs(std::span<Input> inputs, Problems& problems, const ReadOptions& options) {
  Catalog catalog;
  for (const Input& input : inputs) read_catalog(catalog, input, problems, options);
  report_twins(catalog, problems);
  if (catalog.size() == 0 && problems.errors() == 0 && !inputs.empty())
    problems.add({.place = {.file = inputs.front().name}, .message = "there are no models in it"});
  return catalog;
}

}  // namespace greenml
