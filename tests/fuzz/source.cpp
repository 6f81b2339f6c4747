/// \file
/// Fuzzes the files of other tools: YAML, model cards, JSON, logs and tables, also those in Markdown, by a mapping that is built in, or by a mapping
/// of the user's own, which the bytes begin with up to a line of three equals signs.

#include "greenml/source.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expect.hpp"
#include "greenml/catalog.hpp"
#include "greenml/catalog_text.hpp"

using namespace greenml;

namespace {

Catalog read(const std::string& name, std::string_view bytes, Problems& problems, const ReadOptions& options) {
  Input input = from_memory(name, bytes);
  return read_catalogs(std::span(&input, 1), problems, options);
}

/// What was read is written as a catalog, which is read as the same.
void expect_to_come_back(const Catalog& catalog) {
  std::string text;
  for (std::size_t row = 0; row < catalog.size(); ++row) text += json_of_model(catalog, row) + "\n";
  Problems problems;
  const Catalog again = read("a.ndjson", text, problems, {.as = "greenml"});
  GREENML_EXPECT(problems.errors() == 0 && again.size() == catalog.size());
  for (std::size_t row = 0; row < catalog.size(); ++row)
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      GREENML_EXPECT(again[row].name() == catalog[row].name());
      GREENML_EXPECT(again[row].value(field) == catalog[row].value(field));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr auto names = std::to_array<const char*>({"a.yml", "a.md", "a.json", "a.csv", "a.log"});
  static const std::vector<SourceRow> sources = list_sources();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReadOptions options = {.keep_spellings = true, .name_files = true};
  std::string_view file = bytes;
  constexpr std::string_view line = "\n===\n";
  if (const std::size_t end = bytes.find(line); end != std::string_view::npos) {
    options.mapping = std::string(bytes.substr(0, end));
    file = bytes.substr(end + line.size());
    if (complaint_about_mapping(*options.mapping)) return 0;
  } else if (size % 3 != 0) {
    options.as = sources[size % sources.size()].name;
    if (size % 7 == 0) options.as = "table";
  }
  Problems problems;
  const Catalog catalog = read(names[size / 3 % names.size()], file, problems, options);
  GREENML_EXPECT(problems.errors() > 0 || catalog.size() > 0);
  for (const Problem& problem : problems.kept()) GREENML_EXPECT(!problem.message.empty());
  if (problems.errors() == 0) expect_to_come_back(catalog);
  return 0;
}
