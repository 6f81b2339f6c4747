/// \file
/// Cuts a text into the rows and cells of RFC 4180. What a cell means is not its business, nor where the text comes
/// from.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::read {

/// One cell of a row. A view into the text, or into the scanner where the cell had doubled quotation marks.
struct CsvCell {
  std::string_view text;   ///< without its quotation marks, and without blanks around it where it had none
  std::size_t offset = 0;  ///< of its first byte in the text
  bool quoted = false;
};

/// What is not as RFC 4180 has it.
struct CsvFault {
  std::size_t offset = 0;
  std::string_view message;
  std::string_view hint;
};

class CsvScanner {
 public:
  explicit CsvScanner(char delimiter);

  /// Reads the row that begins at `start`. Returns the offset behind its line break; nothing where the text ends
  /// before the row does and `is_last` says that more text follows. A row with a fault is passed over as a whole.
  std::optional<std::size_t> read_row(std::string_view text, std::size_t start, bool is_last);

  /// The row that was read last, valid until the next one is. Empty where the line was blank or had a fault.
  const std::vector<CsvCell>& cells() const { return cells_; }
  const std::optional<CsvFault>& fault() const { return fault_; }

 private:
  std::size_t read_quoted(std::string_view text, std::size_t quote, CsvCell& cell);
  std::size_t read_bare(std::string_view text, std::size_t start, CsvCell& cell) const;
  std::size_t end_of_run(std::string_view text, std::size_t start) const;
  std::string_view trimmed(std::string_view text) const;

  char delimiter_;
  std::uint64_t delimiters_;          // eight of them
  std::array<bool, 256> ends_run_{};  // bytes at which the search through a bare cell stops
  std::vector<CsvCell> cells_;
  std::deque<std::string> unescaped_;  // the texts of cells with doubled quotation marks
  std::optional<CsvFault> fault_;
};

/// The delimiter of a table by its first line: of comma, semicolon, tab and bar the one that gives the most cells.
/// Nothing where two give the same number, and more than one.
std::optional<char> delimiter_of(std::string_view first_line);

}  // namespace greenml::read
