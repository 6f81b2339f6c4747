#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <utility>

#include "core/interpreter.hpp"
#include "greenml/catalog.hpp"
#include "greenml/label.hpp"
#include "read/reader.hpp"
#include "read/source_text.hpp"

namespace greenml {

namespace {

void read_catalog(Catalog& catalog, const Input& input, Problems& problems, const ReadOptions& options) {
  read::Window window(input.name, input.read);
  catalog.begin_file(input.name);
  Interpreter interpreter(catalog, window.text(), problems, options);
  read::reader_for(window).read(window, interpreter);
  interpreter.finish();
}

bool same_model(const Catalog& catalog, std::size_t left, std::size_t right) {
  return std::all_of(labels.begin(), labels.end(), [&](const Label& label) {
    return !label.identity || catalog.label(label.name, left).text == catalog.label(label.name, right).text;
  });
}

std::size_t identity_hash(const Catalog& catalog, std::size_t row) {
  std::size_t hash = 0;
  for (const Label& label : labels)
    if (label.identity)
      hash = hash * 1099511628211U + std::hash<std::string_view>()(catalog.label(label.name, row).text);
  return hash;
}

/// Reports every model that has been there before.
void report_twins(const Catalog& catalog, Problems& problems) {
  std::vector<std::pair<std::size_t, std::size_t>> hashes;  // and rows
  hashes.reserve(catalog.size());
  for (std::size_t row = 0; row < catalog.size(); ++row) hashes.emplace_back(identity_hash(catalog, row), row);
  std::sort(hashes.begin(), hashes.end());

  std::vector<std::pair<std::size_t, std::size_t>> twins;  // the later row, and the one before it
  for (std::size_t index = 1; index < hashes.size(); ++index) {
    const auto [hash, row] = hashes[index];
    for (std::size_t back = index; back-- > 0 && hashes[back].first == hash;)
      if (same_model(catalog, row, hashes[back].second)) {
        twins.emplace_back(row, hashes[back].second);
        break;
      }
  }
  std::sort(twins.begin(), twins.end());
  for (const auto& [row, first] : twins) {
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
