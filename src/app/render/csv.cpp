#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <functional>
#include <future>
#include <iterator>
#include <optional>
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

/// Writes cells and lines behind each other.
class CsvWriter {
 public:
  explicit CsvWriter(const Style& style) : delimiter_(style.delimiter), decimal_(style.decimal), raw_(style.csv_raw) {
    for (char character = ' '; character <= '~'; ++character)
      is_easy_[static_cast<unsigned char>(character)] = character != '"' && character != delimiter_;
  }

  void text(std::string_view text) {
    if (needs_no_second_look(text))
      append(text);
    else if (raw_)
      quoted_where_needed(text);
    else
      quoted_where_needed((needs_apostrophe(text) ? "'" : "") + visible(text));
  }
  void cell(const Cell& content) {
    std::visit([&](const auto& something) { write(something); }, content);
  }
  void number(double number) {
    if (!std::isfinite(number)) return;
    const std::size_t begin = written_.size();
    written_.reserve(begin + most_round_trip);
    const char* const end = write_round_trip(written_.data() + begin, number);
    written_.try_resize(static_cast<std::size_t>(end - written_.data()));
    set_decimal(begin);
  }
  /// What was written before as a cell.
  void again(std::string_view cell) { append(cell); }
  void delimiters(std::size_t count) {
    for (; count > 0; --count) written_.push_back(delimiter_);
  }
  void end_line() { written_.push_back('\n'); }

  std::string_view written() const { return {written_.data(), written_.size()}; }
  /// Begins anew, in the same memory.
  void clear() { written_.clear(); }

 private:
  void append(std::string_view text) { written_.append(text.data(), text.data() + text.size()); }
  void write(std::monostate) {}
  void write(std::int64_t number) { fmt::format_to(std::back_inserter(written_), FMT_COMPILE("{}"), number); }
  void write(bool truth) { append(truth ? "true" : "false"); }
  void write(const Digits& digits) {
    const std::size_t begin = written_.size();
    append(digits.text);
    set_decimal(begin);
  }
  void write(double value) { number(value); }
  /// Of the number that begins there.
  void set_decimal(std::size_t begin) {
    if (decimal_ != '.') std::replace(written_.begin() + begin, written_.end(), '.', decimal_);
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
    if (!needed) return append(text);
    written_.push_back('"');
    for (const char character : text) {
      if (character == '"') written_.push_back('"');
      written_.push_back(character);
    }
    written_.push_back('"');
  }

  char delimiter_;
  char decimal_;
  bool raw_;
  std::array<bool, 256> is_easy_{};
  fmt::memory_buffer written_;
};

/// So many rows are asked for at a time. A ranking's rows are all over the catalog. Asked for column by column they
/// come much faster: the processor waits for several at a time.
constexpr std::size_t rows_at_a_time = 64;

/// The cells of a column, in some of its rows at a time, as the column gives them in the least time.
class ColumnCells {
 public:
  explicit ColumnCells(const Column& column) : column_(&column) {}

  void ask_for(Rows rows) {
    rows_ = rows;
    if (column_->numbers)
      column_->numbers(rows, numbers_);
    else if (column_->texts)
      column_->texts(rows, texts_);
    else if (column_->kinds)
      column_->kinds(rows, kinds_);
    else
      std::transform(rows.begin(), rows.end(), cells_.begin(), std::cref(column_->cell));
  }

  /// Writes the cell of one of the rows.
  void write(std::size_t index, CsvWriter& csv) {
    if (column_->numbers)
      csv.number(numbers_[index]);
    else if (column_->texts)
      csv.text(texts_[index]);
    else if (column_->kinds)
      write_kind(rows_[index], kinds_[index], csv);
    else
      csv.cell(cells_[index]);
  }

 private:
  void write_kind(std::size_t row, std::uint32_t kind, CsvWriter& csv) {
    constexpr std::size_t most_known = 4096;
    if (kind < known_.size() && known_[kind]) return csv.again(*known_[kind]);
    const std::size_t begin = csv.written().size();
    csv.cell(column_->cell(row));
    if (kind >= most_known) return;
    if (kind >= known_.size()) known_.resize(kind + 1);
    known_[kind] = csv.written().substr(begin);
  }

  const Column* column_;
  Rows rows_;
  // One of these is in use.
  std::array<double, rows_at_a_time> numbers_{};
  std::array<std::string_view, rows_at_a_time> texts_;
  std::array<std::uint32_t, rows_at_a_time> kinds_{};
  std::array<Cell, rows_at_a_time> cells_;
  std::vector<std::optional<std::string>> known_;  // cells as they are written, by kind
};

/// Writes rows of a sheet. There is one for each thread.
class LineWriter {
 public:
  LineWriter(const Sheet& sheet, const Style& style) : csv_(style) {
    std::size_t delimiters = 0;
    for (const Column* column : columns_for_programs(sheet)) {
      if (column->cell) filled_.push_back({ColumnCells(*column), std::exchange(delimiters, 0)});
      ++delimiters;
    }
    delimiters_at_end_ = delimiters > 0 ? delimiters - 1 : 0;
  }

  /// The lines of some rows, until the next are asked for.
  std::string_view lines_of(Rows rows) {
    csv_.clear();
    for (; !rows.empty(); rows = rows.subspan(std::min(rows_at_a_time, rows.size()))) {
      const Rows some = rows.first(std::min(rows_at_a_time, rows.size()));
      for (Filled& column : filled_) column.cells.ask_for(some);
      for (std::size_t index = 0; index < some.size(); ++index) {
        for (Filled& column : filled_) {
          csv_.delimiters(column.delimiters_before);
          column.cells.write(index, csv_);
        }
        csv_.delimiters(delimiters_at_end_);
        csv_.end_line();
      }
    }
    return csv_.written();
  }

 private:
  /// A column in which some row may have something; all others are delimiters alone.
  struct Filled {
    ColumnCells cells;
    std::size_t delimiters_before;
  };

  CsvWriter csv_;
  std::vector<Filled> filled_;
  std::size_t delimiters_at_end_ = 0;
};

void write_heads(const Sheet& sheet, const Style& style, Writer& out) {
  CsvWriter csv(style);
  bool is_first = true;
  for (const Column* column : columns_for_programs(sheet)) {
    csv.delimiters(std::exchange(is_first, false) ? 0 : 1);
    csv.text(column->key);
  }
  csv.end_line();
  out << csv.written();
}

void render_separated(const Sheet& sheet, const Style& style, Writer& out) {
  write_heads(sheet, style, out);
  LineWriter here(sheet, style);
  LineWriter elsewhere(sheet, style);
  for (const Section& section : sheet.sections) {
    // Block by block: another thread has one in work while this one has the next, or writes.
    constexpr std::size_t block = 4096;
    Rows rest = section.rows;
    const auto take = [&] {
      const Rows some = rest.first(std::min(block, rest.size()));
      rest = rest.subspan(some.size());
      return some;
    };
    const auto begin_elsewhere = [&] { return std::async(&LineWriter::lines_of, &elsewhere, take()); };
    std::future<std::string_view> before;
    if (rest.size() > block) before = begin_elsewhere();
    while (!rest.empty()) {
      const std::string_view lines = here.lines_of(take());
      if (before.valid()) {
        out << before.get();
        if (rest.size() > block) before = begin_elsewhere();
      }
      out << lines;
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
