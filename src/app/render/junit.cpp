#include "render/xml.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

struct Counts {
  unsigned tests = 0;
  unsigned failures = 0;
  unsigned errors = 0;
  unsigned skipped = 0;
};

void add_case(pugi::xml_node suite, const std::string& suite_name, const Finding& finding, Counts& counts) {
  pugi::xml_node test = suite.append_child("testcase");
  set_attribute(test, "classname", suite_name);
  set_attribute(test, "name", finding.name);
  if (!finding.file.empty()) set_attribute(test, "file", finding.file);
  if (finding.line > 0) test.append_attribute("line").set_value(static_cast<unsigned long long>(finding.line));
  ++counts.tests;

  const auto say = [&](const char* element, unsigned& count) {
    set_attribute(test.append_child(element), "message", finding.message);
    ++count;
  };
  switch (finding.kind) {
    case Finding::Kind::good:
      break;
    case Finding::Kind::failure:
      say("failure", counts.failures);
      break;
    case Finding::Kind::unjudged:
      say("error", counts.errors);
      break;
    case Finding::Kind::remark:
      say("skipped", counts.skipped);
      break;
    case Finding::Kind::warning:
      append_text(test.append_child("system-out"), finding.message);
      break;
  }
}

}  // namespace

void render_junit(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites");
  set_attribute(suites, "name", "greenml");
  for (const Section& section : sheet.sections) {
    pugi::xml_node suite = suites.append_child("testsuite");
    set_attribute(suite, "name", sheet.name);
    Counts counts;
    for (const std::size_t row : section.rows) add_case(suite, sheet.name, sheet.finding(row), counts);
    suite.append_attribute("tests").set_value(counts.tests);
    suite.append_attribute("failures").set_value(counts.failures);
    suite.append_attribute("errors").set_value(counts.errors);
    suite.append_attribute("skipped").set_value(counts.skipped);
  }
  XmlSink sink(out);
  document.save(sink, "  ", pugi::format_default, pugi::encoding_utf8);
}

}  // namespace greenml::render
