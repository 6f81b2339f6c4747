#include "input/json/plain_walk.hpp"

#include <simdjson.h>
#include <string_view>

#include "input/file_window.hpp"
#include "input/json/blank.hpp"
#include "input/json/text_end.hpp"
#include "input/plain_number.hpp"
#include "words/digit.hpp"

namespace greenml::read {

namespace {

static_assert(Window::padding >= 2 * bytes_of_step);

/// The quotation mark that ends the text at hand, or nullptr where the text is not plain.
const char* end_of_text(const char* const begin) {
  const char* at = first_special(begin);
  if (*at == '"') return at;
  // Letters beyond ASCII are plain where they are UTF-8.
  while (static_cast<unsigned char>(*at) >= 0x80) at = first_special(at + 1);
  const bool is_plain = *at == '"' && simdjson::validate_utf8(begin, static_cast<std::size_t>(at - begin));
  return is_plain ? at : nullptr;
}

}  // namespace

/// Mostly there is none.
[[gnu::noinline]] const char* PlainWalk::skip_several(const char* at) {
  for (; is_blank(*at); ++at) met_line_break_ = met_line_break_ || *at == '\n';
  return at;
}

/// Reads a key and its colon.
inline Key* PlainWalk::read_key(const char*& at, Key& before) {
  Key* key = before.expected_next(at);
  if (key != nullptr) {
    at += key->written_size();
  } else {
    if (*at++ != '"') return nullptr;
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

inline bool PlainWalk::read_text(const char*& at, const DraftKey& key) {
  const char* const begin = at + 1;
  const char* const end = end_of_text(begin);
  if (end == nullptr) return false;
  model_.add_text(key, RawKind::text, {begin, static_cast<std::size_t>(end - begin)});
  at = end + 1;
  return true;
}

inline bool PlainWalk::read_number(const char*& at, const DraftKey& key) {
  const char* const begin = at;
  PlainNumber number;
  if (!take_number(at, number)) return false;
  model_.add_text(key, RawKind::number, {begin, static_cast<std::size_t>(at - begin)});
  return true;
}

inline bool PlainWalk::read_word(const char*& at, const DraftKey& key) {
  for (const std::string_view word : {std::string_view("true"), std::string_view("false")}) {
    if (std::string_view(at, word.size()) != word) continue;
    model_.add_text(key, RawKind::boolean, {at, word.size()});
    at += word.size();
    return true;
  }
  return false;
}

inline bool PlainWalk::read_value(const char*& at, const DraftKey& key) {
  if (key.plain.use == PlainUse::quantity) return take_value(at, key.plain, model_.add_quantity(key));
  if (*at == '"') return read_text(at, key);
  if (key.plain.use == PlainUse::name) return false;
  return is_digit(*at) ? read_number(at, key) : read_word(at, key);
}

const char* PlainWalk::read(const char* brace, const char* end) {
  model_.begin();
  met_line_break_ = false;
  Key* key = &keys_.none();
  const char* at = brace;
  do {
    at = skip_blanks(at + 1);
    key = read_key(at, *key);
    if (key == nullptr) return nullptr;
    if (!key->draft.is_known()) key->draft = model_.ask(key->number());
    at = skip_blanks(at);
    if (!model_.note(key->draft) || !read_value(at, key->draft)) return nullptr;
    at = skip_blanks(at);
  } while (*at == ',');
  return *at == '}' && at < end ? at + 1 : nullptr;
}

}  // namespace greenml::read
