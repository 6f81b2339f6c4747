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

static_assert(Window::padding >= 2 * bytes_of_step && Window::padding >= Lead::most);

/// The end of a text that has a letter beyond ASCII, or something special, at `at`; see `end_of_text`.
[[gnu::noinline]] const char* end_of_unusual_text(const char* const begin, const char* at) {
  // Letters beyond ASCII are plain where they are UTF-8.
  while (static_cast<unsigned char>(*at) >= 0x80) at = first_special(at + 1);
  const bool is_plain = *at == '"' && simdjson::validate_utf8(begin, static_cast<std::size_t>(at - begin));
  return is_plain ? at : nullptr;
}

/// The quotation mark that ends the text at hand, or nullptr where the text is not plain.
inline const char* end_of_text(const char* const begin) {
  const char* const at = first_special(begin);
  return *at == '"' ? at : end_of_unusual_text(begin, at);
}

}  // namespace

/// Mostly there is none.
[[gnu::noinline]] const char* PlainWalk::skip_several(const char* at) {
  for (; is_blank(*at); ++at) line_breaks_ += *at == '\n' ? 1 : 0;
  return at;
}

/// The key of a number, which this walk may meet for the first time; nullptr where the number is too great.
PlainWalk::KnownKey* PlainWalk::known_key(std::uint32_t number) {
  if (number >= most_plain_keys) return nullptr;
  while (known_keys_.size() <= number) known_keys_.push_back({static_cast<std::uint32_t>(known_keys_.size())});
  return &known_keys_[number];
}

/// The key with a text, which somebody has met; else nullptr.
inline PlainWalk::KnownKey* PlainWalk::find_key(std::string_view text) {
  if (const std::uint32_t number = lately_met_.find(RawKind::text, text); number != 0) return known_key(number);
  const Key* const found = keys_.find(text);
  if (found == nullptr) return nullptr;
  lately_met_.put_in(RawKind::text, text, found->text(), found->number());
  return known_key(found->number());
}

/// Reads what leads to the next value where nothing is there that was expected: a brace or comma, a key and a colon.
/// Returns nullptr where there is something else, or the key was never met; then only blanks were read.
[[gnu::noinline]] PlainWalk::KnownKey* PlainWalk::read_lead(const char*& at, KnownKey& before) {
  const bool is_first = &before == &none_;
  const char* const begin = at;
  if (!is_first) at = skip_blanks(at);
  if (*at != (is_first ? '{' : ',')) return nullptr;
  const char* const quote = skip_blanks(at + 1);
  if (*quote != '"') return nullptr;
  const char* const end = end_of_text(quote + 1);
  if (end == nullptr) return nullptr;
  KnownKey* const key = find_key({quote + 1, static_cast<std::size_t>(end - quote - 1)});
  const char* const colon = skip_blanks(end + 1);
  if (key == nullptr || *colon != ':') return nullptr;
  at = skip_blanks(colon + 1);
  const std::string_view lead(begin, static_cast<std::size_t>(at - begin));
  if (lead.size() <= Lead::most) before.expect({Lead(lead), key});
  return key;
}

/// Goes to the next value. Returns its key, or nullptr where no known one follows.
inline PlainWalk::KnownKey* PlainWalk::next_key(const char*& at, KnownKey& before) {
  if (*at == '}') return nullptr;
  const Follower* const follower = before.follower_at(at);
  if (follower == nullptr) return read_lead(at, before);
  line_breaks_ += follower->lead.line_breaks();
  at = skip_blanks(at + follower->lead.size());
  return follower->key;
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
  line_breaks_ = 0;
  const char* at = brace;
  for (KnownKey* key = next_key(at, none_); key != nullptr; key = next_key(at, *key)) {
    if (!key->draft.is_known()) key->draft = model_.ask(key->number);
    if (!key->draft.is_known() || !model_.note(key->draft) || !read_value(at, key->draft)) return nullptr;
  }
  return *at == '}' && at < end ? at + 1 : nullptr;
}

}  // namespace greenml::read
