#include "input/source/source.hpp"

#include <filesystem>

#include "catch.hpp"
#include "greenml/read_text.hpp"

using namespace greenml;

TEST_CASE("every built-in mapping can be read, its regular expressions too") {
  std::size_t count = 0;
  for (const auto& file : std::filesystem::directory_iterator(GREENML_DATA "/sources")) {
    CAPTURE(file.path());
    const Parsed<source::Source> read = source::parse_source(test::read_file(file.path()));
    REQUIRE(read);
    CHECK(file.path().stem() == read->name);
    ++count;
  }
  CHECK(count == source::built_in_sources().size());
}

TEST_CASE("a built-in mapping is looked at where the file may be of its layout and has one of its columns") {
  const auto for_text = [](source::Layout layout, std::string_view text) {
    std::vector<std::string> names;
    for (const source::Source* source :
         source::built_in_sources_for([&](source::Layout one) { return one == layout; }, text))
      names.push_back(source->name);
    return names;
  };
  const auto has = [](const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const std::string_view header = "timestamp,project_name,duration,emissions,energy_consumed\n";
  CHECK(has(for_text(source::Layout::table, header), "codecarbon"));
  CHECK_FALSE(has(for_text(source::Layout::json, header), "codecarbon"));
  CHECK_FALSE(has(for_text(source::Layout::table, "name,accuracy\n"), "codecarbon"));
  CHECK(has(for_text(source::Layout::json, R"({"results": {}, "config": {"model_args": "x"}})"), "lm-eval"));
}

TEST_CASE("a text that a mapping makes of others is refused where they have a NUL character") {
  const std::string file =
      R"({"results": {"arc": {"acc": 0.5}}, "config": {"model_args": "pretrained=%,revision=main"}})";
  const auto errors_with = [&](const std::string& name) {
    std::string text = file;
    text.replace(text.find('%'), 1, name);
    Problems problems;
    Input input = from_memory("a.json", text);
    const Catalog catalog = read_catalogs(std::span(&input, 1), problems, {.as = "lm-eval"});
    return problems.errors() == 0 ? std::string(catalog.name(0)) : problems.kept().front().message;
  };
  CHECK(errors_with("a-model") == "a-model");
  CHECK(errors_with("a\\u0000model") == "there is a NUL character in the name");
}
