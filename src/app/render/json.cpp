#include <cmath>
#include <fmt/format.h>

#include "greenml/quantity.hpp"
#include "greenml/result_key.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

class JsonWriter {
 public:
  explicit JsonWriter(Writer& out) : out_(out) {}

  void value(const Cell& cell) {
    std::visit([&](const auto& content) { scalar(content); }, cell);
  }
  void key(std::string_view name) { out_ << json_text(name) << ": "; }

  void texts(const std::vector<std::string>& texts) {
    out_ << '[';
    for (const std::string& text : texts) out_ << (&text == &texts.front() ? "" : ", ") << json_text(text);
    out_ << ']';
  }

  void object(const std::vector<const Column*>& columns, std::size_t row) {
    out_ << '{';
    for (const Column* column : columns) {
      if (column != columns.front()) out_ << ", ";
      key(column->key);
      value(column->at(row));
    }
    out_ << '}';
  }

 private:
  void scalar(std::monostate) { out_ << "null"; }
  void scalar(std::string_view text) { out_ << json_text(text); }
  void scalar(const std::string& text) { out_ << json_text(text); }
  void scalar(std::int64_t number) { out_ << std::to_string(number); }
  void scalar(bool truth) { out_ << (truth ? "true" : "false"); }
  void scalar(const Digits& digits) { out_ << digits.text; }
  void scalar(double number) {
    if (std::isfinite(number))
      out_ << round_trip(number);
    else
      out_ << "null";
  }

  Writer& out_;
};

}  // namespace

void render_json(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  const std::vector<const Column*> columns = columns_for_programs(sheet);
  JsonWriter json(out);
  out << "{\n";
  for (const auto& [key, fact] : sheet.facts) {
    out << "  ";
    json.key(key);
    json.value(fact);
    out << ",\n";
  }
  out << "  ";
  json.key(result::notes);  // also where there are none, so that a program need not ask
  json.texts(sheet.notes);
  out << ",\n  ";
  json.key(sheet.rows_key);
  out << '[';
  bool first = true;
  for (const Section& section : sheet.sections)
    for (const std::size_t row : section.rows) {
      out << (first ? "\n    " : ",\n    ");
      first = false;
      json.object(columns, row);
    }
  out << "\n  ]\n}\n";
}

void render_ndjson(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  const std::vector<const Column*> columns = columns_for_programs(sheet);
  JsonWriter json(out);
  for (const Section& section : sheet.sections)
    for (const std::size_t row : section.rows) {
      json.object(columns, row);
      out << '\n';
    }
}

}  // namespace greenml::render
