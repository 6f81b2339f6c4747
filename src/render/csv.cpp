#include <algorithm>
#include <cmath>

#include "greenml/quantity.hpp"
#include "render/sheet.hpp"
#include "render/text.hpp"

namespace greenml::render {

namespace {

/// Characters with which a spreadsheet takes a text for a formula, also in their full-width forms.
constexpr auto formula_starts =
    std::to_array<std::string_view>({"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"});

bool starts_formula(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
  return std::any_of(formula_starts.begin(), formula_starts.end(),
                     [&](std::string_view start) { return text.substr(first).starts_with(start); });
}

/// Whether a text needs no second look: nothing but visible ASCII, and no formula. Almost all are, and a ranking of a
/// million models has many.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char character) { return character >= 0x20 && character < 0x7F; }) &&
         !starts_formula(text);
}

class CsvWriter {
 public:
  CsvWriter(Writer& out, char delimiter, bool raw) : out_(out), delimiter_(delimiter), raw_(raw) {}

  void row(const std::vector<const Column*>& columns, std::size_t row) {
    for (const Column* column : columns) {
      if (column != columns.front()) out_ << delimiter_;
      std::visit([&](const auto& content) { cell(content); }, column->cell(row));
    }
    out_ << '\n';
  }

  void heads(const std::vector<const Column*>& columns) {
    for (const Column* column : columns) {
      if (column != columns.front()) out_ << delimiter_;
      cell(std::string_view(column->key));
    }
    out_ << '\n';
  }

 private:
  void cell(std::monostate) {}
  void cell(std::int64_t number) { out_ << std::to_string(number); }
  void cell(bool truth) { out_ << (truth ? "true" : "false"); }
  void cell(const Digits& digits) { out_ << digits.text; }
  void cell(double number) {
    if (std::isfinite(number)) out_ << round_trip(number);
  }
  void cell(const std::string& text) { cell(std::string_view(text)); }
  void cell(std::string_view text) {
    if (raw_ || is_plain(text)) return quoted_where_needed(text);
    const std::string shown = (starts_formula(text) ? "'" : "") + visible(text);
    quoted_where_needed(shown);
  }

  void quoted_where_needed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const bool needed = text.empty() || blanks.find(text.front()) != std::string_view::npos ||
                        blanks.find(text.back()) != std::string_view::npos ||
                        text.find_first_of("\"\r\n") != std::string_view::npos ||
                        text.find(delimiter_) != std::string_view::npos;
    if (!needed) {
      out_ << text;
      return;
    }
    out_ << '"';
    for (const char character : text) {
      if (character == '"') out_ << '"';
      out_ << character;
    }
    out_ << '"';
  }

  Writer& out_;
  char delimiter_;
  bool raw_;
};

void render_separated(const Sheet& sheet, char delimiter, bool raw, Writer& out) {
  const std::vector<const Column*> columns = columns_for_programs(sheet);
  CsvWriter csv(out, delimiter, raw);
  csv.heads(columns);
  for (const Section& section : sheet.sections)
    for (const std::size_t row : section.rows) csv.row(columns, row);
}

}  // namespace

void render_csv(const Sheet& sheet, const Style& style, Writer& out) {
  if (style.csv_bom) out << "\xEF\xBB\xBF";
  render_separated(sheet, style.delimiter, style.csv_raw, out);
}

void render_tsv(const Sheet& sheet, const Style& style, Writer& out) {
  render_separated(sheet, '\t', style.csv_raw, out);
}

}  // namespace greenml::render
