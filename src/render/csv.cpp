#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <span>
#include <string>

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

class CsvWriter {
 public:
  CsvWriter(Writer& out, char delimiter, bool raw) : out_(out), delimiter_(delimiter), raw_(raw) {
    for (char character = ' '; character <= '~'; ++character)
      is_easy_[static_cast<unsigned char>(character)] = character != '"' && character != delimiter;
  }

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
    if (!std::isfinite(number)) return;
    digits_.clear();
    append_round_trip(digits_, number);
    out_ << digits_;
  }
  void cell(const std::string& text) { cell(std::string_view(text)); }
  void cell(std::string_view text) {
    if (needs_no_second_look(text))
      out_ << text;
    else if (raw_)
      quoted_where_needed(text);
    else
      quoted_where_needed((starts_formula(text) ? "'" : "") + visible(text));
  }

  /// Nearly all texts are of this kind, and a ranking of a million models has many: visible ASCII that begins with a
  /// letter or digit.
  bool needs_no_second_look(std::string_view text) const {
    const auto is_letter_or_digit = [](char character) {
      return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
             (character >= '0' && character <= '9');
    };
    return !text.empty() && is_letter_or_digit(text.front()) && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(),
                       [&](char character) { return is_easy_[static_cast<unsigned char>(character)]; });
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
  std::array<bool, 256> is_easy_{};
  std::string digits_;
};

/// Rows that are written by one thread at a time.
using Rows = std::span<const std::size_t>;

std::string lines_of(const std::vector<const Column*>& columns, Rows rows, char delimiter, bool raw) {
  std::string lines;
  Writer out([&](std::string_view bytes) {
    lines += bytes;
    return true;
  });
  CsvWriter csv(out, delimiter, raw);
  for (const std::size_t row : rows) csv.row(columns, row);
  out.flush();
  return lines;
}

void render_separated(const Sheet& sheet, char delimiter, bool raw, Writer& out) {
  constexpr std::size_t block = 4096;
  const std::vector<const Column*> columns = columns_for_programs(sheet);
  CsvWriter csv(out, delimiter, raw);
  csv.heads(columns);
  for (const Section& section : sheet.sections) {
    Rows rest = section.rows;
    // Where there are many rows, two threads write a block each.
    while (rest.size() >= 2 * block) {
      std::future<std::string> second =
          std::async(lines_of, std::cref(columns), rest.subspan(block, block), delimiter, raw);
      out << lines_of(columns, rest.first(block), delimiter, raw) << second.get();
      rest = rest.subspan(2 * block);
    }
    for (const std::size_t row : rest) csv.row(columns, row);
  }
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
