#include "input/json/plain_walk.hpp"

#include <simdjson.h>
#include <string_view>

#include "input/file_window.hpp"
#include "input/json/blank.hpp"
#include "input/json/text_end.hpp"
#include "words/digit.hpp"

namespace greenml::read {

namespace {

static_assert(Window::padding >= 2 * bytes_of_step);

inline const char* skip_blanks(const char* at) {
  if (*at > ' ') return at;  // mostly
  while (is_blank(*at)) ++at;
  return at;
}

/// The quotation mark that ends the text at hand, or nullptr where the text is not plain.
const char* end_of_text(const char* const begin) {
  const char* at = first_special(begin);
  if (*at == '"') return at;
  // Letters beyond ASCII are plain where they are UTF-8.
  while (static_cast<unsigned char>(*at) >= 0x80) at = first_special(at + 1);
  const bool is_plain = *at == '"' && simdjson::validate_utf8(begin, static_cast<std::size_t>(at - begin));
  return is_plain ? at : nullptr;
}

/// Takes digits; those that do not fit overflow.
std::size_t take_digits(const char*& at, std::uint64_t& digits) {
  const char* const first = at;
  for (; is_digit(*at); ++at) digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
  return static_cast<std::size_t>(at - first);
}

/// Reads 0, 12 or 1.25; returns whether that is all of the number, and its digits fit.
bool take_number(const char*& at, std::uint64_t& digits, std::int32_t& exponent) {
  constexpr std::size_t most_digits = 19;  // that surely fit into 64 bits
  const bool leading_zero = *at == '0';
  const std::size_t whole = take_digits(at, digits);
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  std::size_t decimals = 0;
  if (*at == '.') {
    decimals = take_digits(++at, digits);
    if (decimals == 0) return false;
  }
  exponent = -static_cast<std::int32_t>(decimals);
  return whole + decimals <= most_digits && *at != 'e' && *at != 'E';
}

}  // namespace

void PlainWalk::put_into(RawSink& sink) {
  if (&sink == sink_) return;
  sink_ = &sink;
  uses_.clear();
}

inline PlainUse PlainWalk::use_of(const Key& key) {
  const std::uint32_t number = key.number();
  if (number >= uses_.size()) uses_.resize(number + 1);
  if (uses_[number] == PlainUse::unknown) uses_[number] = sink_->plain_use(number);
  return uses_[number];
}

/// Reads a key and its colon.
inline Key* PlainWalk::read_key(const char*& at, Key& before) {
  if (*at++ != '"') return nullptr;
  Key* key = before.expected_next(at);
  if (key != nullptr) {
    at += key->quoted_size();
  } else {
    const char* const end = end_of_text(at);
    if (end == nullptr) return nullptr;
    key = keys_.find({at, static_cast<std::size_t>(end - at)});
    if (key == nullptr) return nullptr;
    before.expect_next(*key);
    at = end + 1;
  }
  at = skip_blanks(at);
  return *at++ == ':' ? key : nullptr;
}

inline bool PlainWalk::read_text(const char*& at, std::uint32_t key_number, PlainUse use) {
  const char* const begin = at + 1;
  const char* const end = end_of_text(begin);
  if (end == nullptr || use == PlainUse::quantity) return false;
  const std::string_view text(begin, static_cast<std::size_t>(end - begin));
  at = end + 1;
  if (use == PlainUse::label) labels_[label_count_++] = {key_number, RawKind::text, text};
  if (use == PlainUse::name) model_.name = text;
  return true;
}

inline bool PlainWalk::read_number(const char*& at, std::uint32_t key_number, PlainUse use) {
  const char* const begin = at;
  std::uint64_t digits = 0;
  std::int32_t exponent = 0;
  if (!take_number(at, digits, exponent)) return false;
  if (use == PlainUse::quantity) quantities_[quantity_count_++] = {key_number, exponent, digits};
  if (use == PlainUse::label)
    labels_[label_count_++] = {key_number, RawKind::number, {begin, static_cast<std::size_t>(at - begin)}};
  return use != PlainUse::name;
}

inline bool PlainWalk::read_word(const char*& at, std::uint32_t key_number, PlainUse use) {
  for (const std::string_view word : {std::string_view("true"), std::string_view("false")}) {
    if (std::string_view(at, word.size()) != word) continue;
    if (use == PlainUse::label) labels_[label_count_++] = {key_number, RawKind::boolean, {at, word.size()}};
    at += word.size();
    return use == PlainUse::label || use == PlainUse::passed_over;
  }
  return false;
}

inline bool PlainWalk::read_value(const char*& at, const Key& key) {
  const PlainUse use = use_of(key);
  if (use == PlainUse::unknown) return false;
  if (*at == '"') return read_text(at, key.number(), use);
  return is_digit(*at) ? read_number(at, key.number(), use) : read_word(at, key.number(), use);
}

const char* PlainWalk::read(const char* brace, const char* end) {
  quantity_count_ = label_count_ = 0;
  model_.name = {};
  KeySet met = {};
  Key* key = &keys_.none();
  const char* at = brace;
  do {
    at = skip_blanks(at + 1);
    key = read_key(at, *key);
    if (key == nullptr || key->number() >= most_keys) return nullptr;
    std::uint64_t& group = met[key->number() / 64];
    const std::uint64_t bit = std::uint64_t{1} << key->number() % 64;
    if ((group & bit) != 0) return nullptr;
    group |= bit;
    at = skip_blanks(at);
    if (!read_value(at, *key)) return nullptr;
    at = skip_blanks(at);
  } while (*at == ',');
  return *at == '}' && at < end ? at + 1 : nullptr;
}

bool PlainWalk::hand_over(std::size_t offset) {
  if (model_.name.empty()) return false;
  model_.offset = offset;
  model_.quantities = std::span(quantities_).first(quantity_count_);
  model_.labels = std::span(labels_).first(label_count_);
  return sink_->plain_model(model_);
}

}  // namespace greenml::read
