/// \file
/// Reads rows that are written plainly in one pass over their bytes: cells go to the sink as numbers and texts, as soon
/// as they are met.
///
/// As for JSON there are two ways to read a row. This one gives up at anything that is out of the ordinary and has no
/// messages; then CsvScanner reads the same bytes in the general way, which alone says what is wrong.

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "input/plain_draft.hpp"

namespace greenml::read {

class PlainRow {
 public:
  /// Whether the column at each place has a name; those without are passed over.
  PlainRow(std::vector<bool> is_named, char delimiter) : is_named_(std::move(is_named)), delimiter_(delimiter) {}

  /// Whether rows of this table can be written plainly at all; nothing else may be asked for where they cannot.
  bool is_possible() const;
  /// From now on, models go there. To be called before the first is read.
  void put_into(RawSink& sink);

  /// Reads the row that begins at `begin`, which is UTF-8. Returns the byte after its line break, or nullptr where it
  /// is not plain or does not end before `end`. The window that it is in is followed by Window::padding bytes that are
  /// NUL.
  const char* read(const char* begin, const char* end);
  /// How many line breaks there are in the row that was read last, with the one that ends it.
  std::size_t line_breaks() const { return line_breaks_; }
  /// Hands the row that was read last, which begins at `offset` in the file, to the sink. Returns false where the sink
  /// leaves it to the general way.
  bool hand_over(std::size_t offset, const PassedLines& passed) { return model_.hand_over(offset, passed); }

 private:
  const char* read_cell(const char* at, const DraftKey& column);
  const char* read_quoted(const char* quote, const DraftKey& column);
  const char* read_number(const char* at, const DraftKey& column);
  const char* read_text(const char* at, const DraftKey& column);

  std::vector<bool> is_named_;  // by column, whose number is that of its key
  std::vector<DraftKey> columns_;
  char delimiter_;
  PlainDraft model_;
  std::size_t line_breaks_ = 0;  // in the row at hand
};

}  // namespace greenml::read
