/// A chart as one page that needs no network: the picture, and the rows of the sheet as a table that can be sorted. The
/// page's own words, looks and script are in page.html; all that comes from the sheet goes through pugixml.

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <map>

#include "greenml/quantity.hpp"
#include "render/drawing/svg_picture.hpp"
#include "render/page.hpp"
#include "render/readable_columns.hpp"
#include "render/text.hpp"
#include "render/xml.hpp"
#include "sheet/sheet.hpp"
#include "version.hpp"

namespace greenml::render {

namespace {

/// Elements without content keep their end tags, which HTML wants.
void save(const pugi::xml_document& document, Writer& out) {
  XmlSink sink(out);
  const unsigned flags = pugi::format_raw | pugi::format_no_declaration | pugi::format_no_empty_element_tags;
  document.save(sink, "", flags, pugi::encoding_utf8);
}

std::vector<const Column*> columns_for_page(const Sheet& sheet) {
  std::vector<const Column*> columns;
  for (const Column& column : sheet.columns)
    if (column.audience != Audience::programs) columns.push_back(&column);
  return columns;
}

/// The web address of each row that has one, as the picture has it.
std::map<std::size_t, std::string_view> links_of(const Chart& chart) {
  std::map<std::size_t, std::string_view> links;
  for (const Panel& panel : chart.panels)
    for (const Point& point : panel.points)
      if (is_web_address(point.url)) links[point.row] = point.url;
  return links;
}

void append_head(pugi::xml_node table, const std::vector<PeopleColumn>& texts) {
  pugi::xml_node row = table.append_child("thead").append_child("tr");
  for (const PeopleColumn& column : texts) {
    pugi::xml_node head = row.append_child("th");
    set_attribute(head, "scope", "col");
    if (column.numbers) set_attribute(head, "class", "number");
    pugi::xml_node button = head.append_child("button");
    set_attribute(button, "type", "button");
    append_text(button, column.head);
  }
}

/// The first cell of a row names it.
void append_name(pugi::xml_node row, std::string_view name, std::string_view link) {
  pugi::xml_node head = row.append_child("th");
  set_attribute(head, "scope", "row");
  if (link.empty()) return append_text(head, name);
  pugi::xml_node anchor = head.append_child("a");
  set_attribute(anchor, "href", link);
  append_text(anchor, name);
}

void append_cell(pugi::xml_node row, const Chart& chart, const Column& column, const Cell& value, bool is_number,
                 std::string_view text) {
  pugi::xml_node cell = row.append_child("td");
  if (is_number) set_attribute(cell, "class", "number");
  if (const double* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number))
    set_attribute(cell, "data-value", round_trip(*number));
  if (column.key == chart.minimum_of) set_attribute(cell, "data-minimum", "");
  if (column.key == chart.maximum_of) set_attribute(cell, "data-maximum", "");
  append_text(cell, text);
}

void append_table(pugi::xml_node parent, const Sheet& sheet, const Section& section) {
  const std::vector<PeopleColumn> texts = columns_for_people(sheet, section);
  const std::vector<const Column*> columns = columns_for_page(sheet);
  const std::map<std::size_t, std::string_view> links = links_of(*sheet.chart);
  pugi::xml_node wide = parent.append_child("div");
  set_attribute(wide, "class", "wide");
  set_attribute(wide, "role", "region");
  set_attribute(wide, "aria-label", "table: " + section.title);
  set_attribute(wide, "tabindex", "0");
  pugi::xml_node table = wide.append_child("table");
  append_text(table.append_child("caption").append_child("h2"), section.title);
  append_head(table, texts);
  pugi::xml_node body = table.append_child("tbody");
  for (std::size_t index = 0; index < section.rows.size(); ++index) {
    const std::size_t row_of_sheet = section.rows[index];
    pugi::xml_node row = body.append_child("tr");
    row.append_attribute("data-row").set_value(static_cast<unsigned long long>(row_of_sheet));
    if (sheet.mark(row_of_sheet) == Mark::good) set_attribute(row, "class", "leads");
    const auto link = links.find(row_of_sheet);
    append_name(row, texts.front().cells[index], link == links.end() ? "" : link->second);
    for (std::size_t column = 1; column < columns.size(); ++column)
      append_cell(row, *sheet.chart, *columns[column], columns[column]->at(row_of_sheet), texts[column].numbers,
                  texts[column].cells[index]);
  }
}

void write_picture(const Chart& chart, Writer& out) {
  pugi::xml_document document;
  append_picture(document, chart);
  save(document, out);
}

void write_tables(const Sheet& sheet, Writer& out) {
  for (const Section& section : sheet.sections) {
    pugi::xml_document document;
    append_table(document, sheet, section);
    save(document, out);
  }
}

/// The unit in which a page shows a column, of all its sections together; nullptr for a plain number.
const Unit* unit_of(const Sheet& sheet, const Column& column) {
  if (!column.dimension) return nullptr;
  std::vector<double> values;
  for (const Section& section : sheet.sections)
    for (const std::size_t row : section.rows) {
      const Cell cell = column.at(row);
      if (const double* number = std::get_if<double>(&cell)) values.push_back(*number);
    }
  return &unit_for_people(values, *column.dimension);
}

/// A labelled box for a bound of a column, "minimum" or "maximum", in the column's unit.
void append_bound(pugi::xml_node controls, const Sheet& sheet, const Column& column, const char* bound) {
  const Unit* unit = unit_of(sheet, column);
  const std::string name = fmt::format("{} {}", bound, column.title);
  pugi::xml_node label = controls.append_child("label");
  append_text(label, name + " ");
  pugi::xml_node input = label.append_child("input");
  set_attribute(input, "id", bound);
  set_attribute(input, "type", "text");
  set_attribute(input, "inputmode", "decimal");
  set_attribute(input, "autocomplete", "off");
  set_attribute(input, "aria-describedby", "refused");
  set_attribute(input, "data-bound", bound);
  set_attribute(input, "data-name", name);
  set_attribute(input, "data-factor", round_trip(unit == nullptr ? 1 : 1 / in_unit(1, *unit)));
  if (unit == nullptr) return;
  set_attribute(input, "data-unit", unit->symbol);
  append_text(label, " " + std::string(unit->symbol));
}

/// Boxes that leave models out: a text to search for, and a minimum and a maximum where the sheet has a column for
/// them; and what came of it.
void write_controls(const Sheet& sheet, Writer& out) {
  pugi::xml_document document;
  pugi::xml_node controls = document.append_child("div");
  set_attribute(controls, "class", "controls");
  pugi::xml_node label = controls.append_child("label");
  append_text(label, "search ");
  pugi::xml_node search = label.append_child("input");
  set_attribute(search, "id", "search");
  set_attribute(search, "type", "search");
  for (const Column* column : columns_for_page(sheet)) {
    if (column->key == sheet.chart->minimum_of) append_bound(controls, sheet, *column, "minimum");
    if (column->key == sheet.chart->maximum_of) append_bound(controls, sheet, *column, "maximum");
  }
  for (const auto& [name, role] : {std::pair("refused", "alert"), std::pair("count", "status")}) {
    pugi::xml_node said = document.append_child("p");
    set_attribute(said, "id", name);
    set_attribute(said, "class", name);
    set_attribute(said, "role", role);
    append_text(said, " ");  // an input has no end tag in HTML; a paragraph must have one, and something to hold
  }
  XmlSink sink(out);
  document.save(sink, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
}

void write_heading(const Sheet& sheet, Writer& out) {
  const Chart& chart = *sheet.chart;
  pugi::xml_document document;
  append_text(document, chart.kind == Chart::Kind::bars ? chart.x.title
                                                        : fmt::format("{} over {}", chart.y.title, chart.x.title));
  save(document, out);
}

void write_title(const Sheet& sheet, Writer& out) {
  pugi::xml_document document;
  append_text(document, sheet.sections.empty() ? sheet.name : sheet.sections.front().title);
  save(document, out);
}

/// The day, or the one that SOURCE_DATE_EPOCH names for builds that are to be the same on any day.
std::string today() {
  const char* const named = std::getenv("SOURCE_DATE_EPOCH");
  const Parsed<double> seconds = parse_number(named == nullptr ? "" : named);
  constexpr double end_of_year_9999 = 253402300799.0;
  const bool is_day = seconds && *seconds >= 0 && *seconds <= end_of_year_9999;
  const std::time_t now = is_day ? static_cast<std::time_t>(*seconds) : std::time(nullptr);
  std::tm parts{};
  if (::gmtime_r(&now, &parts) == nullptr) return "unknown day";
  return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

/// What the page is made of, by which greenml, and when.
void write_colophon(const Sheet& sheet, Writer& out) {
  pugi::xml_document document;
  append_text(document, fmt::format("{}; greenml {}, {}", sheet.name, cli::version, today()));
  save(document, out);
}

/// What stands in braces in the page, and who writes it.
struct Part {
  std::string_view placeholder;
  void (*write)(const Sheet& sheet, Writer& out);
};

constexpr auto parts = std::to_array<Part>({
    {"{title}", write_title},
    {"{heading}", write_heading},
    {"{picture}", [](const Sheet& sheet, Writer& out) { write_picture(*sheet.chart, out); }},
    {"{controls}", write_controls},
    {"{tables}", write_tables},
    {"{colophon}", write_colophon},
});

}  // namespace

void render_html(const Sheet& sheet, const Style&, Writer& out) {
  std::string_view rest = page;
  for (const Part& part : parts) {
    const std::size_t start = rest.find(part.placeholder);
    out << rest.substr(0, start);
    part.write(sheet, out);
    rest.remove_prefix(start + part.placeholder.size());
  }
  out << rest;
}

}  // namespace greenml::render
