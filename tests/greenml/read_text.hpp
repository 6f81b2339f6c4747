/// \file
/// Reads a catalog from a text, for tests.

#pragma once

#include <cstddef>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"

namespace greenml::test {

struct ReadResult {
  Catalog catalog;
  Problems problems;

  /// The first error as "line:column model: key: message", or an empty text.
  std::string first_error() const {
    if (problems.kept().empty()) return {};
    const Problem& problem = problems.kept().front();
    return fmt::format("{}:{} {}: {}: {}", problem.place.line, problem.place.column, problem.model, problem.key,
                       problem.message);
  }
};

inline ReadResult read_text(std::string_view text, const std::string& name = "test.json") {
  Input input = from_memory(name, text);
  ReadResult result;
  result.catalog = read_catalogs(std::span(&input, 1), result.problems);
  return result;
}

/// Reads one model of an array: `members` are what stands between its braces, after the name "M".
inline ReadResult read_model(std::string_view members) {
  return read_text(fmt::format(R"([{{"name": "M", {}}}])", members));
}

/// Every row of a catalog, in its order.
inline std::vector<std::size_t> all_rows(const Catalog& catalog) {
  std::vector<std::size_t> rows(catalog.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace greenml::test
