/// \file
/// Fuzzes the catalog reader alone: the first byte of the input chooses the name of the file, which decides on a
/// format, and the rest is the file. Every problem has its place; what is read the plain way is what is read the
/// general way; and what is read window by window, in two threads and from a pipe, is what is read as a whole.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "expect.hpp"
#include "greenml/catalog.hpp"
#include "greenml/label.hpp"
#include "json_mutator.hpp"

using namespace greenml;

namespace {

/// As a pipe hands them over: a few at a time.
Input in_pieces(std::string name, std::string_view bytes, std::size_t most) {
  return {std::move(name), [bytes, most](std::span<char> buffer) mutable {
            const std::size_t size = bytes.copy(buffer.data(), std::min(buffer.size(), most));
            bytes.remove_prefix(size);
            return size;
          }};
}

Catalog read(Input input, Problems& problems, const ReadOptions& options) {
  return read_catalogs(std::span(&input, 1), problems, options);
}

/// Holds what was read the plain way to what was read the general way.
void expect_same(const Catalog& left, const Catalog& right) {
  GREENML_EXPECT(left.size() == right.size());
  GREENML_EXPECT(left.further_labels() == right.further_labels());
  std::vector<std::string_view> keys = left.further_labels();
  for (const Label& label : labels) keys.push_back(label.name);
  for (std::size_t row = 0; row < left.size(); ++row) {
    GREENML_EXPECT(left.line(row) == right.line(row));
    for (const std::string_view key : keys)
      GREENML_EXPECT(left.label(key, row).kind == right.label(key, row).kind &&
                     left.label(key, row).text == right.label(key, row).text);
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      GREENML_EXPECT(left[row].value(field) == right[row].value(field));
      GREENML_EXPECT(left.origin(field, row) == right.origin(field, row));
    }
  }
}

void expect_same(const Problems& left, const Problems& right) {
  GREENML_EXPECT(left.errors() == right.errors() && left.kept().size() == right.kept().size());
  for (std::size_t index = 0; index < left.kept().size(); ++index) {
    const Problem& one = left.kept()[index];
    const Problem& other = right.kept()[index];
    GREENML_EXPECT(one.message == other.message && one.model == other.model && one.key == other.key);
    GREENML_EXPECT(one.place.line == other.place.line && one.place.column == other.place.column);
  }
}

void expect_places(const Problems& problems, const std::string& name) {
  for (const Problem& problem : problems.kept()) {
    GREENML_EXPECT(problem.place.file == name && !problem.message.empty());
    GREENML_EXPECT(problem.place.caret <= problem.place.excerpt.size());
  }
}

constexpr auto names = std::to_array<const char*>({"a.json", "a.ndjson", "<stdin>", "a.csv", "a.tsv"});

/// Just larger than the inputs: a large one would take more time to get than all else.
constexpr std::size_t whole = 1 << 13;

/// A thread takes longer to start than a small file to read, so that one of eight inputs is read in windows; all of
/// them where threads are what is looked at. The bytes alone decide, so that an input does the same each time.
bool is_for_windows(std::string_view bytes) {
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
  return true;
#endif
#endif
  return std::hash<std::string_view>()(bytes) % 8 == 0;
}

/// Reads once more from a pipe and without spellings, which is what lets models go the plain way.
void expect_same_from_pipe(const std::string& name, std::string_view bytes, const Catalog& catalog,
                           const Problems& problems) {
  Problems problems_in_pieces;
  // What standard input is, is told by its first window.
  const std::size_t window = name != "<stdin>" && is_for_windows(bytes) ? 100 : whole;
  const Catalog from_pipe =
      read(in_pieces(name, bytes, 1 + bytes.size() / 3), problems_in_pieces, {.as = "greenml", .window = window});
  expect_same(problems, problems_in_pieces);
  expect_same(catalog, from_pipe);
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return mutate_as_json(data, size, most, seed, 1);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string name = names[static_cast<std::uint8_t>(data[0] - 'a') % names.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  Problems problems;
  const Catalog catalog =
      read(from_memory(name, bytes), problems, {.keep_spellings = true, .as = "greenml", .window = whole});
  GREENML_EXPECT(problems.errors() > 0 || catalog.size() > 0);
  expect_places(problems, name);
  expect_same_from_pipe(name, bytes, catalog, problems);
  return 0;
}
