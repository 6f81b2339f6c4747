#include "input/json/walk.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "input/file_window.hpp"
#include "input/json/blank.hpp"
#include "input/json/json_number.hpp"

namespace greenml::read {

namespace {

/// Whether there is a backslash in the text. Eight bytes at a time: texts are short. What stands behind the text can be
/// read as well.
bool has_escape(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = 0x8080808080808080;
  for (std::size_t at = 0; at < text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    eight ^= ones * static_cast<unsigned char>('\\');
    const bool found = ((eight - ones) & ~eight & highs) != 0;  // whether a byte of the eight is 0
    if (found) return std::memchr(text.data() + at, '\\', text.size() - at) != nullptr;
  }
  return false;
}

}  // namespace

void JsonWalk::begin(std::string_view text, std::size_t start, std::span<const std::uint32_t> positions) {
  text_ = text.data();
  has_escapes_ = text.find('\\') != std::string_view::npos;
  start_ = start;
  begin_ = at_ = positions.data();
  end_ = begin_ + positions.size();
}

void JsonWalk::fail(NotJson::Why why) const {
  if (at_end()) throw EndsTooEarly();
  throw NotJson{why, offset()};
}

/// Behind the last character of the string or scalar that is next: what follows it are blanks up to the next position.
inline std::size_t JsonWalk::end_of_token() const {
  if (at_end()) throw EndsTooEarly();
  std::size_t end = at_[1];
  while (is_blank(text_[end - 1])) --end;
  return end;
}

std::string_view JsonWalk::unescaped(std::string_view raw) {
  if (unescaper_.capacity() == 0 && unescaper_.allocate(Window::padding) != simdjson::SUCCESS) throw std::bad_alloc();
  if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
  std::string& text = unescaped_[unescaped_used_++];
  text.resize(raw.size() + simdjson::SIMDJSON_PADDING);
  auto* to = reinterpret_cast<std::uint8_t*>(text.data());
  const simdjson::ondemand::raw_json_string from(reinterpret_cast<const std::uint8_t*>(raw.data()));
  std::string_view result;
  if (unescaper_.unescape(from, to).get(result) != simdjson::SUCCESS) fail();
  return result;
}

inline void JsonWalk::read_text(RawValue& value) {
  const std::size_t first = *at_ + 1;
  const std::size_t end = end_of_token();
  if (end <= first || text_[end - 1] != '"') fail();
  const std::string_view raw(text_ + first, end - 1 - first);
  value.kind = RawKind::text;
  value.had_escapes = has_escapes_ && has_escape(raw);
  value.text = value.had_escapes ? unescaped(raw) : raw;
  ++at_;
}

inline Key& JsonWalk::read_key(Key& before) {
  if (next() != '"') fail();
  Key* const expected = before.expected_next(text_ + *at_);
  if (expected == nullptr) return read_unexpected_key(before);
  ++at_;
  skip(':');
  return *expected;
}

const Key& JsonWalk::read_first_key() { return read_key(keys_.none()); }

Key& JsonWalk::read_unexpected_key(Key& before) {
  const std::size_t key_offset = offset();
  RawValue text;
  read_text(text);
  Key& key = keys_.find_or_add(text.text);
  before.expect_next(key);
  if (key.number() > KeyBook::most_keys) throw NotJson{NotJson::Why::too_many_keys, key_offset};
  skip(':');
  return key;
}

inline void JsonWalk::read_scalar(RawValue& value) {
  const std::size_t first = *at_;
  const std::string_view token(text_ + first, end_of_token() - first);
  value.text = token;
  if (read_json_number(token, value.number)) {
    value.kind = RawKind::number;
  } else if (token == "true" || token == "false") {
    value.kind = RawKind::boolean;
  } else if (token == "null") {
    value.kind = RawKind::null;
    value.text = {};
  } else {
    // What is wrong may be any of its bytes: which of them, and where words end, is for `find_json_fault` to say.
    throw NotJson{NotJson::Why::syntax, start_ + first + token.size() - 1};
  }
  ++at_;
}

inline void JsonWalk::take_value(std::size_t depth, RawObject& object, bool keep_members, RawValue& value) {
  value.offset = offset();
  switch (next()) {
    case '"':
      return read_text(value);
    case '[':
    case '{':
      return read_container(depth, object, keep_members, value);
    default:
      return read_scalar(value);
  }
}

void JsonWalk::read_container(std::size_t depth, RawObject& object, bool keep_members, RawValue& value) {
  if (depth > deepest) fail(NotJson::Why::too_deep);
  value.text = {};
  if (next() == '[') {
    value.kind = RawKind::array;
    return read_array(depth, object);
  }
  value.kind = RawKind::object;
  value.first_child = object.nested.size();
  read_nested(depth, object, keep_members);
  value.child_count = object.nested.size() - value.first_child;
}

void JsonWalk::read_value(std::size_t depth, RawObject& object, RawValue& value) {
  take_value(depth, object, false, value);
}

void JsonWalk::read_array(std::size_t depth, RawObject& object) {
  skip('[');
  if (next() == ']') return skip();
  for (;;) {
    RawValue passed;
    take_value(depth + 1, object, false, passed);
    if (next() == ']') return skip();
    skip(',');
  }
}

void JsonWalk::read_nested(std::size_t depth, RawObject& object, bool keep_members) {
  const std::uint32_t serial = ++objects_;
  Key* key = &keys_.none();
  skip('{');
  if (next() == '}') return skip();
  for (;;) {
    RawMember member;
    member.key_offset = offset();
    key = &read_key(*key);
    member.key_number = key->number();
    member.key = key->text();
    take_value(depth + 1, object, false, member.value);
    const bool repeated = keys_.is_repeated(*key, depth, serial);
    if (repeated) object.repeated.push_back(member);
    if (keep_members && !repeated) object.nested.push_back(member);
    if (next() == '}') return skip();
    skip(',');
  }
}

void JsonWalk::read_object(std::size_t depth, RawObject& object) {
  const std::uint32_t serial = ++objects_;
  Key* key = &keys_.none();
  forget_texts();
  object.clear();
  object.offset = offset();
  skip('{');
  if (next() == '}') return skip();
  for (;;) {
    RawMember& member = object.members.add();
    member.key_offset = offset();
    key = &read_key(*key);
    member.key_number = key->number();
    member.key = key->text();
    take_value(depth + 1, object, true, member.value);
    if (keys_.is_repeated(*key, depth, serial)) {
      object.repeated.push_back(member);
      object.members.drop_last();
    }
    if (next() == '}') return skip();
    skip(',');
  }
}

}  // namespace greenml::read
