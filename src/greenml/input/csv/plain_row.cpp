#include "input/csv/plain_row.hpp"

#include <string_view>

#include "input/csv/cell_end.hpp"
#include "input/file_window.hpp"
#include "input/json/json_number.hpp"
#include "input/plain_number.hpp"
#include "words/digit.hpp"

namespace greenml::read {

namespace {

static_assert(Window::padding >= 2 * bytes_of_cell_step);

constexpr bool is_blank_or_control(char byte) { return static_cast<unsigned char>(byte) <= ' '; }

/// What the text of a bare cell is by its first letter; `null` where that takes more than a look.
RawKind kind_of(std::string_view text) {
  RawNumber number;
  switch (text.front()) {
    case '+':
    case '-':
    case '\'':  // which a spreadsheet takes for its own
      return RawKind::null;
    case 't':
      return text == "true" ? RawKind::boolean : RawKind::text;
    case 'f':
      return text == "false" ? RawKind::boolean : RawKind::text;
    default:
      return is_digit(text.front()) && read_json_number(text, number) ? RawKind::number : RawKind::text;
  }
}

}  // namespace

bool PlainRow::is_possible() const {
  constexpr std::string_view usual_delimiters = ",;\t|";  // which are no part of a number or a word
  return is_named_.size() <= most_plain_keys && usual_delimiters.find(delimiter_) != std::string_view::npos;
}

void PlainRow::put_into(RawSink& sink) {
  if (!model_.put_into(sink)) return;
  columns_.assign(is_named_.size(), {});
  for (std::uint32_t column = 0; column < columns_.size(); ++column)
    if (!is_named_[column]) columns_[column] = PlainDraft::passed_over(column);
}

/// A cell between quotation marks is a text, whatever it looks like.
const char* PlainRow::read_quoted(const char* quote, const DraftKey& column) {
  const char* const begin = quote + 1;
  const char* end = end_of_cell(begin, '"');
  for (; *end == '\n' || *end == '\r'; end = end_of_cell(end + 1, '"')) line_breaks_ += *end == '\n' ? 1 : 0;
  if (*end == '\0' || *begin == '\'' || column.plain.use == PlainUse::quantity) return nullptr;
  if (end > begin) model_.add_text(column, RawKind::text, {begin, static_cast<std::size_t>(end - begin)});
  return end + 1;
}

inline const char* PlainRow::read_number(const char* at, const DraftKey& column) {
  return take_value(at, column.plain, model_.add_quantity(column)) ? at : nullptr;
}

inline const char* PlainRow::read_text(const char* at, const DraftKey& column) {
  const char* const end = end_of_cell(at, delimiter_);
  const std::string_view text(at, static_cast<std::size_t>(end - at));
  if (text.empty() || is_blank_or_control(text.front()) || is_blank_or_control(text.back())) return nullptr;
  const RawKind kind = kind_of(text);
  if (kind == RawKind::null) return nullptr;
  model_.add_text(column, kind, text);
  return end;
}

/// Returns the byte after a cell that is not empty, or nullptr.
inline const char* PlainRow::read_cell(const char* at, const DraftKey& column) {
  if (*at == '"') return read_quoted(at, column);
  return column.plain.use == PlainUse::quantity ? read_number(at, column) : read_text(at, column);
}

const char* PlainRow::read(const char* begin, const char* end) {
  model_.begin();
  line_breaks_ = 1;
  const char* at = begin;
  for (DraftKey& column : columns_) {
    if (&column != columns_.data() && *at++ != delimiter_) return nullptr;
    if (*at == delimiter_ || *at == '\n' || *at == '\r') continue;
    if (!column.is_known()) column = model_.ask(static_cast<std::uint32_t>(&column - columns_.data()));
    if (!column.is_known() || !model_.note(column)) return nullptr;
    at = read_cell(at, column);
    if (at == nullptr) return nullptr;
  }
  if (*at == '\r') ++at;
  return *at == '\n' && at < end ? at + 1 : nullptr;
}

}  // namespace greenml::read
