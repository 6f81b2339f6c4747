#include "sheet/chart.hpp"

#include <pugixml.hpp>

#include "catch.hpp"
#include "render/drawing/terminal_canvas.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

using namespace greenml;
using namespace greenml::render;

namespace {

std::string print(void (*render)(const Sheet&, const Style&, Writer&), const Sheet& sheet, const Style& style = {}) {
  std::string text;
  Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  render(sheet, style, out);
  out.flush();
  return text;
}

const std::vector<std::string> hostile_names = {"<script>alert(1)</script>",
                                                "</title></svg>",
                                                "a & b \" c ' d ]]> -->",
                                                "\x01\x1b[31mred",
                                                "bidi \xe2\x80\xae evil",
                                                "broken \xff\xc3",
                                                "two\nlines",
                                                "{picture}"};

/// Points along a line, the first two of which lead.
Sheet sheet_of_points(std::vector<std::string> names, Chart::Kind kind = Chart::Kind::scatter) {
  auto chart = std::make_shared<Chart>();
  chart->kind = kind;
  chart->x = {"FLOPs", Dimension::compute, ScaleKind::logarithmic};
  if (kind == Chart::Kind::bars) chart->x.scale = ScaleKind::linear;
  chart->y = {"accuracy", Dimension::accuracy};
  chart->series_title = "family";
  chart->named = Chart::Named::all;
  Panel& panel = chart->panels.emplace_back();
  panel.title = names.front();
  Sheet sheet;
  sheet.columns.push_back(
      {.key = "name", .title = "model", .cell = [names](std::size_t row) { return Cell(names[row]); }});
  sheet.sections.push_back({names.front(), {}});
  for (std::size_t row = 0; row < names.size(); ++row) {
    const auto place = static_cast<double>(row + 1);
    chart->series.push_back({names[row]});
    panel.points.push_back(
        {.row = row, .name = names[row], .x = place * 1e9, .y = 50 + place, .series = row, .leads = row < 2});
    sheet.sections.front().rows.push_back(row);
  }
  panel.frontier = {0, 1};
  sheet.chart = chart;
  return sheet;
}

std::vector<std::string> titles_of(const pugi::xml_document& document) {
  std::vector<std::string> titles;
  for (const pugi::xpath_node& node : document.select_nodes("//*[@data-row]/title"))
    titles.emplace_back(node.node().text().get());
  return titles;
}

}  // namespace

TEST_CASE("an SVG picture is well-formed whatever the names, and every mark has its numbers as a title") {
  for (const Chart::Kind kind : {Chart::Kind::scatter, Chart::Kind::bars}) {
    const std::string svg = print(render_svg, sheet_of_points(hostile_names, kind));
    pugi::xml_document document;
    REQUIRE(document.load_string(svg.c_str()));
    const std::vector<std::string> titles = titles_of(document);
    REQUIRE(titles.size() == hostile_names.size());
    for (const std::string& name : hostile_names)
      CHECK(std::any_of(titles.begin(), titles.end(),
                        [&](const std::string& title) { return title.starts_with(visible(name) + "\n"); }));
    CHECK(document.select_nodes("//script").empty());
    CHECK(svg.find('\x1b') == std::string::npos);
    CHECK(svg.find("\xe2\x80\xae") == std::string::npos);
  }
}

TEST_CASE("a page is well-formed whatever the names, and holds one script, its own") {
  const std::string html = print(render_html, sheet_of_points(hostile_names));
  pugi::xml_document document;
  REQUIRE(document.load_string(html.c_str()));
  CHECK(document.select_nodes("//script").size() == 1);
  CHECK(document.select_nodes("//tbody/tr").size() == hostile_names.size());
  CHECK(document.select_nodes("//*[local-name() = 'svg']").size() == 1);
  CHECK(html.find("{tables}") == std::string::npos);
}

TEST_CASE("a title has the numbers of its model with their units") {
  pugi::xml_document document;
  REQUIRE(document.load_string(print(render_svg, sheet_of_points({"a", "b"})).c_str()));
  CHECK(titles_of(document).front() == "a\naccuracy: 51%\nFLOPs: 1 GFLOP\nfamily: a");
}

TEST_CASE("the frontier is drawn as steps: across, then up") {
  pugi::xml_document document;
  REQUIRE(document.load_string(print(render_svg, sheet_of_points({"a", "b", "c"})).c_str()));
  const pugi::xpath_node_set steps = document.select_nodes("//line[@class='step']");
  REQUIRE(steps.size() == 2);
  const pugi::xml_node across = steps[0].node();
  const pugi::xml_node up = steps[1].node();
  CHECK(across.attribute("y1").as_double() == across.attribute("y2").as_double());
  CHECK(across.attribute("x1").as_double() < across.attribute("x2").as_double());
  CHECK(up.attribute("x1").as_double() == up.attribute("x2").as_double());
  CHECK(up.attribute("y1").as_double() > up.attribute("y2").as_double());
}

TEST_CASE("a picture of characters keeps to its width, and to ASCII where it is asked to") {
  for (const Chart::Kind kind : {Chart::Kind::scatter, Chart::Kind::bars})
    for (const std::size_t width : {40U, 60U, 80U, 200U}) {
      CAPTURE(width);
      const std::string text =
          print(render_chart, sheet_of_points({"a", "b", "c", "d"}, kind), {.width = width, .ascii = true});
      std::size_t start = 0;
      for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
        CHECK(end - start <= width);
        start = end + 1;
      }
      CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    }
}

TEST_CASE("names in a picture of characters cannot reach the terminal as they are") {
  const std::string text = print(render_chart, sheet_of_points(hostile_names), {.width = 100});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK(text.find("\\x1b[31mred") != std::string::npos);
}

TEST_CASE("a canvas shows what was put last, dots elsewhere, and no blanks at the ends of lines") {
  Canvas canvas(4, 2);
  canvas.dot(0, 0);
  canvas.dot(0.99, 0.99);
  canvas.write(1, 0, "ab");
  canvas.put(2, 0, "c", "31");
  canvas.put(9, 9, "x");
  std::string text;
  Writer out([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  canvas.print(out, false, false);
  canvas.print(out, false, true);
  canvas.print(out, true, true);
  out.flush();
  CHECK(text == "⠁ac\n   ⢀\n.ac\n   .\n.a\x1b[31mc\x1b[0m\n   .\n");
}
