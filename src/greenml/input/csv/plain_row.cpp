#include "input/csv/plain_row.hpp"

#include <span>
#include <utility>

#include "input/csv/cell_end.hpp"
#include "input/file_window.hpp"
#include "input/json/json_number.hpp"
#include "input/plain_number.hpp"
#include "words/digit.hpp"

namespace greenml::read {

namespace {

static_assert(Window::padding >= 16);

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

PlainRow::PlainRow(std::vector<bool> is_named, char delimiter)
    : is_named_(std::move(is_named)), delimiter_(delimiter), keys_(is_named_.size()) {}

bool PlainRow::is_possible() const {
  constexpr std::string_view usual_delimiters = ",;\t|";  // which are no part of a number or a word
  return is_named_.size() <= most_plain_keys && usual_delimiters.find(delimiter_) != std::string_view::npos;
}

void PlainRow::put_into(RawSink& sink) {
  if (&sink == sink_) return;
  sink_ = &sink;
  for (std::uint32_t column = 0; column < keys_.size(); ++column)
    keys_[column] = {.use = is_named_[column] ? PlainUse::unknown : PlainUse::passed_over, .meaning = column};
}

inline const PlainKey& PlainRow::plain_key(std::uint32_t column) {
  PlainKey& key = keys_[column];
  if (key.use == PlainUse::unknown) key = sink_->plain_key(column);
  return key;
}

inline void PlainRow::add_text(RawKind kind, std::string_view text, std::uint32_t column, const PlainKey& key) {
  if (key.use == PlainUse::label) labels_[label_count_++] = {column, kind, text};
  if (key.use == PlainUse::name) model_.name = text;
}

/// A cell between quotation marks is a text, whatever it looks like.
const char* PlainRow::read_quoted(const char* quote, std::uint32_t column, const PlainKey& key) {
  const char* const begin = quote + 1;
  const char* end = end_of_cell(begin, '"');
  while (*end == '\n' || *end == '\r') end = end_of_cell(end + 1, '"');
  if (*end == '\0' || *begin == '\'' || key.use == PlainUse::quantity) return nullptr;
  if (end > begin) add_text(RawKind::text, {begin, static_cast<std::size_t>(end - begin)}, column, key);
  return end + 1;
}

inline const char* PlainRow::read_number(const char* at, std::uint32_t column, const PlainKey& key) {
  PlainQuantity& quantity = quantities_[quantity_count_++];
  quantity.key_number = column;
  return take_value(at, key, quantity.value) ? at : nullptr;
}

inline const char* PlainRow::read_text(const char* at, std::uint32_t column, const PlainKey& key) {
  const char* const end = end_of_cell(at, delimiter_);
  const std::string_view text(at, static_cast<std::size_t>(end - at));
  if (text.empty() || is_blank_or_control(text.front()) || is_blank_or_control(text.back())) return nullptr;
  const RawKind kind = kind_of(text);
  if (kind == RawKind::null) return nullptr;
  add_text(kind, text, column, key);
  return end;
}

/// Returns the byte after a cell that is not empty, or nullptr.
inline const char* PlainRow::read_cell(const char* at, std::uint32_t column) {
  const PlainKey& key = plain_key(column);
  if (key.use == PlainUse::unknown || !met_.add(key.meaning)) return nullptr;
  if (*at == '"') return read_quoted(at, column, key);
  return key.use == PlainUse::quantity ? read_number(at, column, key) : read_text(at, column, key);
}

const char* PlainRow::read(const char* begin, const char* end) {
  quantity_count_ = label_count_ = 0;
  model_.name = {};
  met_ = {};
  const char* at = begin;
  for (std::uint32_t column = 0; column < keys_.size(); ++column) {
    if (column > 0 && *at++ != delimiter_) return nullptr;
    if (*at == delimiter_ || *at == '\n' || *at == '\r') continue;
    at = read_cell(at, column);
    if (at == nullptr) return nullptr;
  }
  if (*at == '\r') ++at;
  return *at == '\n' && at < end ? at + 1 : nullptr;
}

bool PlainRow::hand_over(std::size_t offset) {
  if (model_.name.empty()) return false;
  model_.offset = offset;
  model_.quantities = std::span(quantities_).first(quantity_count_);
  model_.labels = std::span(labels_).first(label_count_);
  return sink_->plain_model(model_);
}

}  // namespace greenml::read
