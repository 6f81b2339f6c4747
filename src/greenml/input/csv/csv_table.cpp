#include "input/csv/csv_table.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <simdjson.h>

#include "input/csv/csv_value.hpp"
#include "input/csv/plain_row.hpp"
#include "input/formats.hpp"
#include "input/shared_reading.hpp"
#include "words/excerpt.hpp"

namespace greenml::read {

namespace {

constexpr std::size_t most_columns = 4096;
constexpr std::string_view no_header = "expected a header line, and below it one model a line";

std::string phrase_for_width(std::size_t cells, std::size_t columns) {
  return fmt::format("the line has {} {}, and the header {}", cells, cells == 1 ? "cell" : "cells", columns);
}

std::vector<bool> have_names(const std::vector<CsvColumn>& columns) {
  std::vector<bool> have;
  for (const CsvColumn& column : columns) have.push_back(!column.name.empty());
  return have;
}

/// Turns rows into objects. Each thread has one of its own.
class RowReader {
 public:
  RowReader(const std::vector<CsvColumn>& columns, char delimiter, char decimal)
      : columns_(columns),
        decimal_(decimal),
        scanner_(delimiter),
        canonical_(columns.size()),
        plain_(have_names(columns), delimiter) {}

  struct Result {
    std::size_t done = 0;  ///< how many bytes of the part were read
    bool ends_row = true;  ///< whether the last row ends where `part` does
  };

  /// Reads as many rows as the part has as a whole.
  Result read(std::string_view part, std::size_t start, bool is_last, RawSink& sink) {
    const bool is_utf8 = simdjson::validate_utf8(part.data(), part.size());
    const bool may_be_plain = is_utf8 && decimal_ == '.' && plain_.is_possible();
    if (may_be_plain) plain_.put_into(sink);
    std::size_t at = 0;
    PassedLines passed;  // since the last row, if it was plain
    while (at < part.size()) {
      if (const char* const end = may_be_plain ? plain_.read(&part[at], part.data() + part.size()) : nullptr;
          end != nullptr && plain_.hand_over(start + at, passed)) {
        passed = {start + at, plain_.line_breaks()};
        at = static_cast<std::size_t>(end - part.data());
        continue;
      }
      passed = {};
      const std::optional<std::size_t> next = scanner_.read_row(part, at, is_last);
      if (!next) return {at, false};
      if (!is_utf8 && !simdjson::validate_utf8(part.data() + at, *next - at))
        sink.problem(start + at, "the line is not UTF-8", "save the file as UTF-8");
      else
        take_row(start, at, sink);
      at = *next;
    }
    return {at, true};
  }

 private:
  void take_row(std::size_t start, std::size_t at, RawSink& sink) {
    if (const std::optional<CsvFault>& fault = scanner_.fault())
      return sink.problem(start + fault->offset, fault->message, fault->hint);
    const std::vector<CsvCell>& cells = scanner_.cells();
    if (cells.empty()) return;
    if (cells.size() != columns_.size())
      return sink.problem(start + at, phrase_for_width(cells.size(), columns_.size()),
                          cells.size() < columns_.size() ? "is a delimiter missing, or the line cut off?"
                                                         : "a cell with a delimiter in it needs quotation marks");
    object_.clear();
    object_.offset = start + at;
    for (std::size_t index = 0; index < cells.size(); ++index) {
      if (columns_[index].name.empty()) continue;
      RawMember& member = object_.members.add();
      member.key = columns_[index].name;
      member.key_number = static_cast<std::uint32_t>(index);
      member.key_offset = member.value.offset = start + cells[index].offset;
      read_cell(cells[index].text, cells[index].quoted, decimal_, member.value, canonical_[index]);
    }
    sink.model(object_);
  }

  const std::vector<CsvColumn>& columns_;
  char decimal_;
  CsvScanner scanner_;
  std::vector<std::string> canonical_;
  PlainRow plain_;
  RawObject object_;
};

}  // namespace

bool CsvTable::take_header(const CsvScanner& scanner, RawSink& sink) {
  const std::size_t start = window_.start();
  if (const std::optional<CsvFault>& fault = scanner.fault()) {
    sink.problem(start + fault->offset, fault->message, fault->hint);
    return false;
  }
  if (scanner.cells().size() > most_columns) {
    sink.problem(start, fmt::format("the header has {} cells, more than {}", scanner.cells().size(), most_columns), "");
    return false;
  }
  bool is_good = true;
  std::set<std::string, std::less<>> names;
  for (const CsvCell& cell : scanner.cells()) {
    CsvColumn& column = columns_.emplace_back(CsvColumn{std::string(cell.text), start + cell.offset});
    while (column.name.starts_with(' ')) column.name.erase(0, 1);
    while (column.name.ends_with(' ')) column.name.pop_back();
    if (column.name.empty()) {
      // Data frames of pandas have their index in an unnamed first column.
      if (columns_.size() == 1)
        sink.note("the first column has no name and is passed over");
      else
        sink.problem(column.offset, fmt::format("column {} has no name", columns_.size()), "name it, or leave it out");
      is_good = is_good && columns_.size() == 1;
    } else if (!names.insert(column.name).second) {
      sink.problem(column.offset, fmt::format("there are two columns {}", quote(column.name)), "keep one of them");
      is_good = false;
    }
  }
  return is_good;
}

void CsvTable::hand_on_columns(RawSink& sink) const {
  std::vector<RawMember> heads;
  for (std::size_t index = 0; index < columns_.size(); ++index) {
    if (columns_[index].name.empty()) continue;
    RawMember& head = heads.emplace_back();
    head.key = columns_[index].name;
    head.key_number = static_cast<std::uint32_t>(index);
    head.key_offset = columns_[index].offset;
  }
  sink.columns(heads);
}

bool CsvTable::read_header(RawSink& sink) {
  if (window_.bytes().starts_with(byte_order_mark)) done_ = byte_order_mark.size();
  window_.move_to(done_);
  const auto refuse = [&](std::string_view message, std::string_view hint) {
    sink.problem(done_, message, hint);
    return false;
  };
  for (const std::string_view mark : byte_order_marks_of_utf16)
    if (window_.bytes().starts_with(mark)) return refuse("this is not UTF-8 but UTF-16", "save the file as UTF-8");
  for (;;) {
    const std::string_view bytes = window_.bytes();
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos && window_.is_last()) return refuse("the file is empty", no_header);
    const std::size_t line = first == std::string_view::npos ? bytes.size() : bytes.rfind('\n', first) + 1;
    if (line > 0) {
      done_ = window_.start() + line;
      if (!window_.move_to(done_)) return refuse(too_blank, "");
      continue;
    }
    if (!dialect_.delimiter) {
      if (bytes.find('\n') == std::string_view::npos && !window_.is_last()) {
        if (!window_.move_to(done_)) return refuse("more than 64 MB for the header", "");
        continue;
      }
      dialect_.delimiter = delimiter_of(bytes);
      if (!dialect_.delimiter)
        return refuse("the header has as many cells with one delimiter as with another",
                      "say which it is: --input-delimiter ','");
    }
    CsvScanner scanner(*dialect_.delimiter);
    const std::optional<std::size_t> next = scanner.read_row(bytes, 0, window_.is_last());
    if (next) {
      if (!simdjson::validate_utf8(bytes.data(), *next))
        return refuse("the header is not UTF-8", "save the file as UTF-8");
      const bool is_good = take_header(scanner, sink);
      if (is_good) hand_on_columns(sink);
      done_ = window_.start() + *next;
      return is_good;
    }
    if (!window_.move_to(done_)) return refuse("more than 64 MB for the header", "");
  }
}

void CsvTable::read_rows(Parts& parts) {
  RawSink& sink = parts.first();
  RowReader earlier(columns_, *dialect_.delimiter, dialect_.decimal);
  RowReader later(columns_, *dialect_.delimiter, dialect_.decimal);
  SharedReading shared(window_);
  for (;;) {
    const std::string_view bytes = window_.bytes().substr(done_ - window_.start());
    const std::size_t lines = window_.is_last() ? bytes.size() : bytes.rfind('\n') + 1;  // 0 if there is none
    const std::string_view part = bytes.substr(0, lines);
    const std::size_t middle = window_.is_last() ? part.size() : part.find('\n', shared.first_of(part.size())) + 1;
    SourceText later_text(window_.text(), done_ + middle);
    RawSink* later_sink = middle > 0 && middle < part.size() ? parts.begin_later(later_text) : nullptr;
    RowReader::Result result;
    if (later_sink == nullptr) {
      result = earlier.read(part, done_, window_.is_last(), sink);
    } else {
      shared.read(
          middle, [&] { return earlier.read(part.substr(0, middle), done_, false, sink); }, part.size() - middle,
          [&] { return later.read(part.substr(middle), later_text.counted_from(), false, *later_sink); },
          [&](const RowReader::Result& first, const RowReader::Result& second) {
            // The middle may be in a cell between quotation marks: then the second part is read again, behind the
            // first.
            parts.end_later(first.ends_row);
            if (first.ends_row) {
              result = {middle + second.done, second.ends_row};
            } else {
              const RowReader::Result again = earlier.read(part.substr(first.done), done_ + first.done, false, sink);
              result = {first.done + again.done, again.ends_row};
            }
          });
    }
    done_ += result.done;
    if (window_.is_last()) return;
    if (!window_.move_to(done_))
      return sink.problem(done_, too_large, "is there a quotation mark that is never closed?");
  }
}

void read_csv(Window& window, Parts& parts, const TableDialect& dialect) {
  CsvTable table(window, dialect);
  if (table.read_header(parts.first())) table.read_rows(parts);
}

void read_tsv(Window& window, Parts& parts, const TableDialect& dialect) {
  read_csv(window, parts, {.delimiter = dialect.delimiter.value_or('\t'), .decimal = dialect.decimal});
}

bool looks_like_csv(std::string_view bytes) {
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos || line[first] == '{' || line[first] == '[') return false;
  return line.find_first_of(",;\t|") != std::string_view::npos;
}

}  // namespace greenml::read
