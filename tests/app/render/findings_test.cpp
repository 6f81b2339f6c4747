// The formats for tools that report findings: each kind of finding becomes what those tools count it as.
#include <algorithm>
#include <pugixml.hpp>

#include "catch.hpp"
#include "sheet/sheet.hpp"

using namespace greenml::render;

namespace {

std::string rendered(std::string_view format, const std::vector<Finding>& findings) {
  Sheet sheet;
  sheet.name = "greenml check a.json";
  sheet.sections.push_back({.title = "FAILED", .rows = {}});
  for (std::size_t row = 0; row < findings.size(); ++row) sheet.sections.front().rows.push_back(row);
  sheet.finding = [&](std::size_t row) { return findings[row]; };
  std::string text;
  Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  find_format(format)->render(sheet, {}, out);
  REQUIRE(out.flush());
  return text;
}

const std::vector<Finding> one_of_each = {
    {Finding::Kind::good, "a: energy at most 5 J", "", "a.json", 3},
    {Finding::Kind::failure, "b: energy at most 5 J", "b uses 6 J", "a.json", 4},
    {Finding::Kind::unjudged, "c: energy at most 5 J", "c has no energy", "", 0},
    {Finding::Kind::warning, "d: energy at most 4 J", "d uses 4.5 J", "a.json", 6},
    {Finding::Kind::remark, "e: is new", "e is not in the baseline", "a.json", 7},
};

}  // namespace

TEST_CASE("JUnit counts failures, errors and skipped cases, and keeps a warning as output") {
  pugi::xml_document document;
  REQUIRE(document.load_string(rendered("junit", one_of_each).c_str()));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  CHECK(suite.attribute("tests").as_int() == 5);
  CHECK(suite.attribute("failures").as_int() == 1);
  CHECK(suite.attribute("errors").as_int() == 1);
  CHECK(suite.attribute("skipped").as_int() == 1);

  const auto test_case = [&](const char* name) { return suite.find_child_by_attribute("testcase", "name", name); };
  CHECK_FALSE(test_case("a: energy at most 5 J").first_child());
  const pugi::xml_node failed = test_case("b: energy at most 5 J");
  CHECK(std::string_view(failed.child("failure").attribute("message").value()) == "b uses 6 J");
  CHECK(std::string_view(failed.attribute("file").value()) == "a.json");
  CHECK(failed.attribute("line").as_int() == 4);
  const pugi::xml_node unjudged = test_case("c: energy at most 5 J");
  CHECK(std::string_view(unjudged.child("error").attribute("message").value()) == "c has no energy");
  CHECK_FALSE(unjudged.attribute("file"));
  CHECK_FALSE(unjudged.attribute("line"));
  CHECK(std::string_view(test_case("d: energy at most 4 J").child_value("system-out")) == "d uses 4.5 J");
  CHECK(std::string_view(test_case("e: is new").child("skipped").attribute("message").value()) ==
        "e is not in the baseline");
}

TEST_CASE("GitHub gets an error, a warning or a notice for what is not good, and a summary") {
  CHECK(rendered("github", one_of_each) ==
        "::error file=a.json,line=4,title=b%3A energy at most 5 J::b uses 6 J\n"
        "::error title=c%3A energy at most 5 J::c has no energy\n"
        "::warning file=a.json,line=6,title=d%3A energy at most 4 J::d uses 4.5 J\n"
        "::notice file=a.json,line=7,title=e%3A is new::e is not in the baseline\n"
        "greenml: FAILED\n");
}

TEST_CASE("GitHub's annotations end neither their line nor themselves, and are ten at most") {
  const Finding hostile = {Finding::Kind::failure, "a,b:c::d%", "5 % less::x\n::error::y", "x,y:z.json", 1};
  CHECK(rendered("github", {hostile}) ==
        "::error file=x%2Cy%3Az.json,line=1,title=a%2Cb%3Ac%3A%3Ad%25::5 %25 less::x\\n::error::y\ngreenml: FAILED\n");
  const std::string many = rendered("github", std::vector<Finding>(12, hostile));
  CHECK(std::count(many.begin(), many.end(), '\n') == 11);
  CHECK(many.ends_with("greenml: FAILED (2 more are not annotated)\n"));
}

TEST_CASE("any cell has a plain text, and what is missing has none") {
  CHECK(plain_text(std::monostate()).empty());
  CHECK(plain_text(std::string_view("a")) == "a");
  CHECK(plain_text(std::string("b")) == "b");
  CHECK(plain_text(0.1) == "0.1");
  CHECK(plain_text(std::int64_t{-3}) == "-3");
  CHECK(plain_text(true) == "yes");
  CHECK(plain_text(false) == "no");
  CHECK(plain_text(Digits{"1.10"}) == "1.10");
}
