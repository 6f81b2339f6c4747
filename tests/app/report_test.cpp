// Commands in process, without a stream: what they have to say, what is to be written, and how they end.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "catch.hpp"
#include "parse_command_line.hpp"

using namespace greenml;
using cli::Outcome;
using cli::Report;

namespace {

const std::string torchvision = GREENML_DATA "/torchvision.json";
const std::string footprints = GREENML_DATA "/training-footprints.json";

/// What a command line comes to. Everything that the command had is gone when the report is looked at.
Report report_on(std::vector<std::string> words) {
  words.insert(words.begin(), "greenml");
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  const cli::Parsing parsing = cli::parse_command_line(static_cast<int>(arguments.size()), arguments.data(), 80);
  REQUIRE(std::holds_alternative<cli::Action>(parsing));
  cli::World world;
  return std::get<cli::Action>(parsing)(world);
}

const cli::FormattedSheet& sheet_of(const Report& report) {
  REQUIRE(report.results.size() == 1);
  REQUIRE(std::holds_alternative<cli::FormattedSheet>(report.results.front().content));
  return std::get<cli::FormattedSheet>(report.results.front().content);
}

/// The texts of a column, row by row.
std::vector<std::string> column_of(const render::Sheet& sheet, std::string_view key) {
  const auto column = std::find_if(sheet.columns.begin(), sheet.columns.end(),
                                   [&](const render::Column& one) { return one.key == key; });
  REQUIRE(column != sheet.columns.end());
  std::vector<std::string> texts;
  for (const render::Section& section : sheet.sections)
    for (const std::size_t row : section.rows) texts.push_back(render::plain_text(column->at(row)));
  return texts;
}

std::string text_of(const cli::Result& result) {
  std::string text;
  render::Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  std::get<cli::Text>(result.content)(out);
  REQUIRE(out.flush());
  return text;
}

}  // namespace

TEST_CASE("a ranking is a sheet that outlives its command, and its notes are values") {
  const Report report = report_on({"rank", torchvision, "--min", "accuracy=84%", "--top", "2", "--by", "flops"});
  CHECK(report.outcome == Outcome::done);
  REQUIRE(report.messages.all().size() == 1);
  CHECK(report.messages.all().front().severity == Severity::note);
  CHECK(report.messages.notes().front().find("models are left out") != std::string::npos);
  const cli::FormattedSheet& formatted = sheet_of(report);
  CHECK(formatted.format->name == "table");
  CHECK(report.results.front().file.empty());
  CHECK(column_of(formatted.sheet, "rank") == std::vector<std::string>{"1", "2"});
  CHECK(column_of(formatted.sheet, "pareto").size() == 2);
}

TEST_CASE("an action can be run again: what was typed stays as it is") {
  const std::array words = {"greenml", "rank", torchvision.c_str(), "--min", "accuracy=84%", "--where", "name=e*"};
  const cli::Parsing parsing = cli::parse_command_line(static_cast<int>(words.size()), words.data(), 80);
  const auto run = [&] {
    cli::World world;
    return std::get<cli::Action>(parsing)(world).messages.notes();
  };
  const std::vector<std::string> first = run();
  CHECK(first.size() == 2);
  CHECK(run() == first);
}

TEST_CASE("what is looked up by each command is kept by its report") {
  const std::vector<std::vector<std::string>> command_lines = {
      {"rank", torchvision, "--relative-to", "resnet50"},
      {"pareto", torchvision, "--all"},
      {"plot", torchvision, "--bars"},
      {"compare", torchvision, "resnet50", "vgg16"},
      {"explain", footprints, "ELMo"},
      {"disagree", torchvision},
      {"check", torchvision, "--min", "accuracy=60%", "--baseline", torchvision, "--max-drop", "1%"},
      {"audit", GREENML_DATA "/training-compute.json", "--against", torchvision},
      {"diff", torchvision, footprints},
      {"footprint", "--energy", "1507kWh", "--grid", "SWE"},
      {"inspect", GREENML_DATA "/model_files/resnet50.onnx", "--layers"},
      {"list", "models", torchvision},
      {"list", "grids", "--where", "name=S*", "--reference", GREENML_DATA "/reference"},
  };
  for (std::vector<std::string> words : command_lines)
    for (const char* format : {"table", "json"}) {
      words.insert(words.end(), {"--format", format});
      INFO(words.front() << " " << format);
      const Report report = report_on(words);
      const render::Sheet& sheet = sheet_of(report).sheet;
      std::size_t cells = 0;
      for (const render::Column& column : sheet.columns)
        for (const render::Section& section : sheet.sections)
          for (const std::size_t row : section.rows) cells += render::plain_text(column.at(row)).size();
      CHECK(cells > 0);
      words.resize(words.size() - 2);
    }
}

TEST_CASE("what is wrong is an error with a hint, and there is nothing to write") {
  const Report report = report_on({"rank", torchvision, "--by", "acuracy"});
  CHECK(report.outcome == Outcome::cannot);
  CHECK(report.results.empty());
  REQUIRE(report.messages.all().size() == 1);
  const Problem& error = report.messages.all().front();
  CHECK(error.severity == Severity::error);
  CHECK(error.message == "--by: \"acuracy\" is no field or metric");
  CHECK(error.hint == "did you mean accuracy?");
}

TEST_CASE("a gate that is not held ends short of limits, with all of its reports") {
  const Report report =
      report_on({"check", torchvision, "--min", "accuracy=80%", "--report", "junit=report.xml", "-o", "check.json"});
  CHECK(report.outcome == Outcome::short_of_limits);
  REQUIRE(report.results.size() == 2);
  CHECK(report.results[0].file == "check.json");
  CHECK(report.results[1].file == "report.xml");
  CHECK(std::get<cli::FormattedSheet>(report.results[1].content).format->name == "junit");
  CHECK(report.goes_on);
  // Who does not see the sheet is told, after it is written.
  REQUIRE(report.messages.all().size() == 1);
  CHECK(report.messages.all().front().message.starts_with("FAILED: "));
  CHECK(report.results[1].messages_before == 0);
  CHECK_FALSE(std::filesystem::exists("check.json"));
}

TEST_CASE("problems of a catalog keep their places") {
  const std::string path = "report_test_wrong.json";
  std::ofstream(path) << "[{\"name\": \"a\", \"accuracy\": 101},\n {\"name\": \"b\", \"energy\": \"5 kg\"}]\n";
  const Report report = report_on({"rank", path});
  std::filesystem::remove(path);
  CHECK(report.outcome == Outcome::cannot);
  REQUIRE(report.messages.all().size() == 2);
  CHECK(report.messages.all()[0].place.line == 1);
  CHECK(report.messages.all()[0].model == "a");
  CHECK(report.messages.all()[1].place.line == 2);
  CHECK(report.messages.all()[1].key == "energy");
}

TEST_CASE("titles and JSON say what was assumed") {
  const Report report = report_on({"rank", footprints, "--by", "training_co2", "--pue", "1.1", "--mixed"});
  const render::Sheet& sheet = sheet_of(report).sheet;
  CHECK(sheet.sections.front().title.ends_with(", if it ran at a PUE of 1.1"));
  CHECK(sheet.facts.back().first == "what_if");
  CHECK(render::plain_text(sheet.facts.back().second) == "pue 1.1");
}

TEST_CASE("texts are results like sheets, and what is said of a file is said after it is written") {
  const Report schema = report_on({"schema", "catalog"});
  REQUIRE(schema.results.size() == 1);
  CHECK(text_of(schema.results.front()).starts_with("{\n"));

  const Report init = report_on({"init", "report_test_new.json"});
  REQUIRE(init.results.size() == 1);
  CHECK(init.results.front().file == "report_test_new.json");
  CHECK(init.results.front().messages_before == 0);
  CHECK(init.messages.notes().size() == 1);
  CHECK_FALSE(std::filesystem::exists("report_test_new.json"));

  const Report import = report_on({"import", torchvision, "--format", "ndjson"});
  REQUIRE(import.results.size() == 1);
  CHECK(text_of(import.results.front()).starts_with("{\"name\": "));
}
