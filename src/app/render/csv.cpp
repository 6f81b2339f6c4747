#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/compile.h>
#include <functional>
#include <future>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "greenml/formula_text.hpp"
#include "greenml/quantity.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

class CsvWriter {
 public:
  /// Writes into `lines`, whose memory it takes over.
  CsvWriter(const Style& style, std::string lines = {})
      : delimiter_(style.delimiter), decimal_(style.decimal), raw_(style.csv_raw), lines_(std::move(lines)) {
    lines_.clear();
    for (char character = ' '; character <= '~'; ++character)
      is_easy_[static_cast<unsigned char>(character)] = character != '"' && character != delimiter_;
  }

  void text(std::string_view text) {
    if (needs_no_second_look(text))
      lines_ += text;
    else if (raw_)
      quoted_where_needed(text);
    else
      quoted_where_needed((needs_apostrophe(text) ? "'" : "") + visible(text));
  }
  void cell(const Cell& content) {
    std::visit([&](const auto& something) { write(something); }, content);
  }
  void delimiters(std::size_t count) { lines_.append(count, delimiter_); }
  void end_line() { lines_ += '\n'; }
  std::string lines() { return std::move(lines_); }

 private:
  void write(std::monostate) {}
  void write(std::int64_t number) { fmt::format_to(std::back_inserter(lines_), FMT_COMPILE("{}"), number); }
  void write(bool truth) { lines_ += truth ? "true" : "false"; }
  void write(const Digits& digits) {
    const std::size_t begin = lines_.size();
    lines_ += digits.text;
    set_decimal(begin);
  }
  void write(double number) {
    const std::size_t begin = lines_.size();
    if (std::isfinite(number)) append_round_trip(lines_, number);
    set_decimal(begin);
  }
  /// Of the number that begins there.
  void set_decimal(std::size_t begin) {
    if (decimal_ != '.') std::replace(lines_.begin() + static_cast<std::ptrdiff_t>(begin), lines_.end(), '.', decimal_);
  }
  void write(const std::string& owned) { text(owned); }
  void write(std::string_view viewed) { text(viewed); }

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
      lines_ += text;
      return;
    }
    lines_ += '"';
    for (const char character : text) {
      if (character == '"') lines_ += '"';
      lines_ += character;
    }
    lines_ += '"';
  }

  char delimiter_;
  char decimal_;
  bool raw_;
  std::array<bool, 256> is_easy_{};
  std::string lines_;
};

using Rows = std::span<const std::size_t>;

/// Writes rows of a sheet. Used by several threads, each with rows of its own.
class Lines {
 public:
  Lines(const Sheet& sheet, const Style& style) : columns_(columns_for_programs(sheet)), style_(style) {
    std::size_t delimiters = 0;
    for (const Column* column : columns_) {
      if (column->cell) filled_.push_back({column, std::exchange(delimiters, 0)});
      ++delimiters;
    }
    delimiters_at_end_ = delimiters - (columns_.empty() ? 0 : 1);
  }

  std::string heads() const {
    CsvWriter csv(style_);
    for (const Column* column : columns_) {
      csv.delimiters(column == columns_.front() ? 0 : 1);
      csv.text(column->key);
    }
    csv.end_line();
    return csv.lines();
  }

  /// The lines, in the memory of earlier ones.
  std::string of(Rows rows, std::string earlier) const {
    CsvWriter csv(style_, std::move(earlier));
    // A ranking's rows are all over the catalog. Asked for column by column they come much faster: the processor waits
    // for several at a time.
    constexpr std::size_t at_a_time = 64;
    std::vector<std::array<Cell, at_a_time>> cells(filled_.size());
    for (std::size_t first = 0; first < rows.size(); first += at_a_time) {
      const Rows some = rows.subspan(first, std::min(at_a_time, rows.size() - first));
      for (std::size_t column = 0; column < filled_.size(); ++column)
        std::transform(some.begin(), some.end(), cells[column].begin(), std::cref(filled_[column].column->cell));
      for (std::size_t index = 0; index < some.size(); ++index) {
        for (std::size_t column = 0; column < filled_.size(); ++column) {
          csv.delimiters(filled_[column].delimiters_before);
          csv.cell(cells[column][index]);
        }
        csv.delimiters(delimiters_at_end_);
        csv.end_line();
      }
    }
    return csv.lines();
  }

 private:
  /// A column in which some row may have something; all others are delimiters alone.
  struct Filled {
    const Column* column;
    std::size_t delimiters_before;
  };

  std::vector<const Column*> columns_;
  std::vector<Filled> filled_;
  std::size_t delimiters_at_end_ = 0;
  Style style_;
};

void render_separated(const Sheet& sheet, const Style& style, Writer& out) {
  const Lines lines(sheet, style);
  out << lines.heads();
  for (const Section& section : sheet.sections) {
    // Block by block: another thread has one in work while this one has the next, or writes.
    constexpr std::size_t block = 4096;
    Rows rest = section.rows;
    const auto take = [&] {
      const Rows some = rest.first(std::min(block, rest.size()));
      rest = rest.subspan(some.size());
      return some;
    };
    const auto begin_elsewhere = [&](std::string earlier) {
      return std::async(&Lines::of, &lines, take(), std::move(earlier));
    };
    std::string here;
    std::future<std::string> elsewhere;
    if (rest.size() > block) elsewhere = begin_elsewhere({});
    while (!rest.empty()) {
      here = lines.of(take(), std::move(here));
      if (elsewhere.valid()) {
        std::string before = elsewhere.get();
        out << before;
        if (rest.size() > block) elsewhere = begin_elsewhere(std::move(before));
      }
      out << here;
    }
  }
}

}  // namespace

void render_csv(const Sheet& sheet, const Style& style, Writer& out) {
  if (style.csv_bom) out << "\xEF\xBB\xBF";
  render_separated(sheet, style, out);
}

void render_tsv(const Sheet& sheet, const Style& style, Writer& out) {
  Style with_tabs = style;
  with_tabs.delimiter = '\t';
  render_separated(sheet, with_tabs, out);
}

}  // namespace greenml::render
