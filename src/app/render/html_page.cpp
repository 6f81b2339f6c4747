/// A chart as one page that needs no network: the picture, and the rows of the sheet as a table that can be sorted. The
/// page's own words, looks and script are in page.html; all that comes from the sheet goes through pugixml.

#include <cmath>
#include <fmt/format.h>

#include "greenml/quantity.hpp"
#include "render/drawing/svg_picture.hpp"
#include "render/page.hpp"
#include "render/readable_columns.hpp"
#include "render/text.hpp"
#include "render/xml.hpp"
#include "sheet/sheet.hpp"

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

void append_table(pugi::xml_node parent, const Sheet& sheet, const Section& section) {
  const std::vector<PeopleColumn> texts = columns_for_people(sheet, section);
  const std::vector<const Column*> columns = columns_for_page(sheet);
  append_text(parent.append_child("h2"), section.title);
  pugi::xml_node wide = parent.append_child("div");
  set_attribute(wide, "class", "wide");
  pugi::xml_node table = wide.append_child("table");
  append_head(table, texts);
  pugi::xml_node body = table.append_child("tbody");
  for (std::size_t index = 0; index < section.rows.size(); ++index) {
    const std::size_t row_of_sheet = section.rows[index];
    pugi::xml_node row = body.append_child("tr");
    row.append_attribute("data-row").set_value(static_cast<unsigned long long>(row_of_sheet));
    if (sheet.mark(row_of_sheet) == Mark::good) set_attribute(row, "class", "leads");
    for (std::size_t column = 0; column < columns.size(); ++column) {
      pugi::xml_node cell = row.append_child("td");
      if (texts[column].numbers) set_attribute(cell, "class", "number");
      const Cell value = columns[column]->at(row_of_sheet);
      if (const double* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number))
        set_attribute(cell, "data-value", round_trip(*number));
      if (columns[column]->key == sheet.chart->minimum_of) set_attribute(cell, "data-minimum", "");
      append_text(cell, texts[column].cells[index]);
    }
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

/// The box for a minimum, where the sheet has a column for it.
void write_controls(const Sheet& sheet, Writer& out) {
  for (const Column* column : columns_for_page(sheet)) {
    if (column->key != sheet.chart->minimum_of) continue;
    pugi::xml_document document;
    pugi::xml_node controls = document.append_child("div");
    set_attribute(controls, "class", "controls");
    pugi::xml_node label = controls.append_child("label");
    append_text(label, "minimum " + column->title + " ");
    pugi::xml_node input = label.append_child("input");
    set_attribute(input, "id", "minimum");
    set_attribute(input, "type", "number");
    set_attribute(input, "step", "any");
    set_attribute(input, "inputmode", "decimal");
    if (column->dimension) append_text(label, " " + std::string(base_unit(*column->dimension).symbol));
    pugi::xml_node count = controls.append_child("span");
    set_attribute(count, "id", "count");
    set_attribute(count, "class", "count");
    XmlSink sink(out);
    // An input has no end tag in HTML; a span must have one, so that it is given a text to hold.
    append_text(count, " ");
    document.save(sink, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  }
}

void write_title(const Sheet& sheet, Writer& out) {
  pugi::xml_document document;
  append_text(document, sheet.sections.empty() ? sheet.name : sheet.sections.front().title);
  save(document, out);
}

/// What stands in braces in the page, and who writes it.
struct Part {
  std::string_view placeholder;
  void (*write)(const Sheet& sheet, Writer& out);
};

constexpr auto parts = std::to_array<Part>({
    {"{title}", write_title},
    {"{picture}", [](const Sheet& sheet, Writer& out) { write_picture(*sheet.chart, out); }},
    {"{controls}", write_controls},
    {"{tables}", write_tables},
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
