#include "input/csv/csv_scanner.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace greenml::read {

namespace {

constexpr std::string_view never_closed = "the quotation mark that opens here is never closed";

/// Behind the line break at or after an offset, or at the end of the text.
std::size_t next_line(std::string_view text, std::size_t offset) {
  const std::size_t newline = text.find('\n', offset);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

}  // namespace

CsvScanner::CsvScanner(char delimiter)
    : delimiter_(delimiter), delimiters_(0x0101010101010101 * static_cast<unsigned char>(delimiter)) {
  for (const char stop : {delimiter, '\n', '\r', '"', '\0'}) ends_run_[static_cast<unsigned char>(stop)] = true;
}

std::string_view CsvScanner::trimmed(std::string_view text) const {
  const auto is_blank = [this](char character) {
    return character == ' ' || (character == '\t' && delimiter_ != '\t');
  };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The first byte at which the search through a bare cell stops; eight bytes are looked at at a time. The processor's
/// wider instructions are for rows that are written plainly.
std::size_t CsvScanner::end_of_run(std::string_view text, std::size_t start) const {
  std::size_t end = start;
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highest_bits = 0x80 * ones;
    constexpr std::uint64_t behind_quotation_mark = ones * ('"' + 1);
    while (end + sizeof(std::uint64_t) <= text.size()) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + end, sizeof bytes);
      const std::uint64_t others = bytes ^ delimiters_;
      const std::uint64_t small = (bytes - behind_quotation_mark) & ~bytes & highest_bits;
      const std::uint64_t stops = small | ((others - ones) & ~others & highest_bits);
      if (stops == 0) {
        end += sizeof bytes;
        continue;
      }
      // Only the lowest bit is certain; a blank or exclamation mark is passed over.
      end += static_cast<std::size_t>(std::countr_zero(stops)) / 8;
      if (ends_run_[static_cast<unsigned char>(text[end])]) return end;
      ++end;
    }
  }
  while (end < text.size() && !ends_run_[static_cast<unsigned char>(text[end])]) ++end;
  return end;
}

std::size_t CsvScanner::read_bare(std::string_view text, std::size_t start, CsvCell& cell) const {
  const std::size_t end = end_of_run(text, start);
  const std::string_view written = text.substr(start, end - start);
  const bool may_have_blanks = !written.empty() && (written.front() <= ' ' || written.back() <= ' ');
  const std::string_view content = may_have_blanks ? trimmed(written) : written;
  cell = {content, content.empty() ? start : static_cast<std::size_t>(content.data() - text.data()), false};
  return end;
}

/// Reads from the quotation mark that opens to behind the one that closes; to the end of the text where none does.
std::size_t CsvScanner::read_quoted(std::string_view text, std::size_t quote, CsvCell& cell) {
  const std::size_t start = quote + 1;
  std::size_t end = text.find('"', start);
  bool doubled = false;
  while (end != std::string_view::npos && end + 1 < text.size() && text[end + 1] == '"') {
    doubled = true;
    end = text.find('"', end + 2);
  }
  if (end == std::string_view::npos) {
    fault_ = {quote, never_closed, "a quotation mark in a cell is written twice, and the cell put between two"};
    return text.size();
  }
  cell = {text.substr(start, end - start), quote, true};
  if (!doubled) return end + 1;

  std::string& content = unescaped_.emplace_back();
  for (std::size_t position = start; position < end; ++position) {
    content += text[position];
    if (text[position] == '"') ++position;
  }
  cell.text = content;
  return end + 1;
}

std::optional<std::size_t> CsvScanner::read_row(std::string_view text, std::size_t start, bool is_last) {
  cells_.clear();
  unescaped_.clear();
  fault_.reset();
  std::size_t at = start;
  const auto refuse = [&](std::size_t offset, std::string_view message, std::string_view hint) {
    fault_ = {offset, message, hint};
    cells_.clear();
    return next_line(text, offset);
  };
  for (;;) {
    CsvCell& cell = cells_.emplace_back();
    at = read_bare(text, at, cell);
    if (at < text.size() && text[at] == '"') {
      if (!cell.text.empty())
        return refuse(at, "there is a quotation mark inside a cell",
                      "put the cell between quotation marks, and write each of its own twice");
      at = read_quoted(text, at, cell);
      if (fault_ && !is_last) return std::nullopt;
      if (fault_) return refuse(fault_->offset, fault_->message, fault_->hint);
      const std::size_t closed = at;
      if (cell.text.find('\0') != std::string_view::npos) return refuse(cell.offset, "there is a NUL byte", "");
      CsvCell rest;
      at = read_bare(text, at, rest);
      if (!rest.text.empty() || (at < text.size() && text[at] == '"'))
        return refuse(closed, "there is text behind the quotation mark that closes a cell", "is a delimiter missing?");
    }
    if (at == text.size() && !is_last) return std::nullopt;
    if (at == text.size() || text[at] == '\n') break;
    if (text[at] == '\0') return refuse(at, "there is a NUL byte", "");
    if (text[at] == '\r') {
      if (at + 1 == text.size() && !is_last) return std::nullopt;
      if (at + 1 == text.size() || text[at + 1] == '\n') {
        at = std::min(at + 1, text.size());
        break;
      }
      return refuse(at, "there is a carriage return inside a line", "lines end with LF, or with CR and LF");
    }
    ++at;  // the delimiter
  }
  if (cells_.size() == 1 && cells_.front().text.empty() && !cells_.front().quoted) cells_.clear();
  return std::min(at + 1, text.size());
}

std::optional<char> delimiter_of(std::string_view first_line) {
  char best = ',';
  std::size_t most = 0;
  bool is_tie = false;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    CsvScanner scanner(delimiter);
    scanner.read_row(first_line, 0, true);
    const std::size_t cells = scanner.cells().size();
    is_tie = cells > most ? false : is_tie || (cells == most && cells > 1);
    if (cells > most) best = delimiter;
    most = std::max(most, cells);
  }
  return is_tie ? std::nullopt : std::optional(best);
}

}  // namespace greenml::read
