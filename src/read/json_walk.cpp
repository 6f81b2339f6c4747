#include "read/json_walk.hpp"

#include <cstring>
#include <new>

#include "read/window.hpp"

namespace greenml::read {

namespace {

constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

constexpr bool is_blank(char character) {
  return character == ' ' || character == '\n' || character == '\t' || character == '\r';
}

/// Adds up the digits from `at` on, as long as there is room for all of them; returns how many there are.
std::size_t take_digits(const char*& at, const char* end, RawNumber& number) {
  constexpr std::uint64_t no_more_room = 1'000'000'000'000'000'000;
  const char* const first = at;
  for (; at != end && is_digit(*at); ++at) {
    if (number.digits >= no_more_room) number.complete = false;
    if (number.complete) number.digits = number.digits * 10 + static_cast<std::uint64_t>(*at - '0');
  }
  return static_cast<std::size_t>(at - first);
}

/// Reads a number by RFC 8259, section 6; returns whether the text is one.
bool read_number(std::string_view text, RawNumber& number) {
  const char* at = text.data();
  const char* const end = at + text.size();
  number.complete = true;
  number.negative = at != end && *at == '-';
  if (number.negative) ++at;
  const bool leading_zero = at != end && *at == '0';
  const std::size_t whole = take_digits(at, end, number);
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  if (at != end && *at == '.') {
    const std::size_t decimals = take_digits(++at, end, number);
    if (decimals == 0) return false;
    number.exponent = -static_cast<int>(decimals);
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    const bool negative = at != end && *at == '-';
    if (at != end && (*at == '-' || *at == '+')) ++at;
    RawNumber exponent = {.complete = true};
    if (take_digits(at, end, exponent) == 0) return false;
    constexpr std::uint64_t most = 1'000'000;
    number.complete = number.complete && exponent.complete && exponent.digits < most;
    if (number.complete) number.exponent += static_cast<int>(exponent.digits) * (negative ? -1 : 1);
  }
  return at == end;
}

}  // namespace

void JsonWalk::begin(std::string_view text, std::size_t start, std::span<const std::uint32_t> positions) {
  text_ = text.data();
  start_ = start;
  positions_ = positions.data();
  at_ = 0;
  count_ = positions.size();
}

void JsonWalk::fail(NotJson::Why why) const {
  if (at_end()) throw EndsTooEarly();
  throw NotJson{why, offset()};
}

void JsonWalk::skip(char expected) {
  if (next() != expected) fail();
  ++at_;
}

void JsonWalk::skip_to(std::size_t offset) {
  while (at_ < count_ && start_ + positions_[at_] < offset) ++at_;
}

/// Behind the last character of the string or scalar that is next: what follows it are blanks up to the next position.
std::size_t JsonWalk::end_of_token() const {
  if (at_end()) throw EndsTooEarly();
  std::size_t end = positions_[at_ + 1];
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

std::string_view JsonWalk::read_text() {
  const std::size_t first = positions_[at_] + 1;
  const std::size_t end = end_of_token();
  if (end <= first || text_[end - 1] != '"') fail();
  const std::string_view raw(text_ + first, end - 1 - first);
  const bool has_escape = std::memchr(raw.data(), '\\', raw.size()) != nullptr;
  const std::string_view text = has_escape ? unescaped(raw) : raw;
  ++at_;
  return text;
}

RawMember JsonWalk::read_key(std::uint32_t before) {
  if (next() != '"') fail();
  const std::size_t key_offset = offset();
  std::uint32_t number = keys_.expected_after(before, text_ + positions_[at_] + 1);
  if (number == KeyBook::unknown) {
    number = keys_.number_of(read_text(), before);
    if (number > KeyBook::most_keys) throw NotJson{NotJson::Why::too_many_keys, key_offset};
  } else {
    ++at_;
  }
  skip(':');
  return {.key = keys_.text(number), .key_number = number, .key_offset = key_offset, .value = {}};
}

RawValue JsonWalk::read_scalar() {
  const std::size_t first = positions_[at_];
  const std::string_view token(text_ + first, end_of_token() - first);
  RawValue value = {.kind = RawKind::number, .text = token, .offset = start_ + first};
  if (!read_number(token, value.number)) {
    if (token == "true" || token == "false")
      value = {.kind = RawKind::boolean, .text = token, .offset = start_ + first};
    else if (token == "null")
      value = {.kind = RawKind::null, .offset = start_ + first};
    else
      fail();
  }
  ++at_;
  return value;
}

RawValue JsonWalk::read_value(std::size_t depth, RawObject& object, bool keep_members) {
  const std::size_t offset_of_value = offset();
  switch (next()) {
    case '"':
      return {.kind = RawKind::text, .text = read_text(), .offset = offset_of_value};
    case '[':
      if (depth > deepest) fail(NotJson::Why::too_deep);
      read_array(depth, object);
      return {.kind = RawKind::array, .offset = offset_of_value};
    case '{': {
      if (depth > deepest) fail(NotJson::Why::too_deep);
      const std::size_t first_child = object.nested.size();
      read_members(depth, object, keep_members ? &object.nested : nullptr);
      return {.kind = RawKind::object,
              .offset = offset_of_value,
              .first_child = first_child,
              .child_count = object.nested.size() - first_child};
    }
    default:
      return read_scalar();
  }
}

void JsonWalk::read_array(std::size_t depth, RawObject& object) {
  skip('[');
  if (next() == ']') return skip();
  for (;;) {
    read_value(depth + 1, object, false);
    if (next() == ']') return skip();
    skip(',');
  }
}

void JsonWalk::read_members(std::size_t depth, RawObject& object, std::vector<RawMember>* members) {
  const std::uint32_t serial = ++objects_;
  std::uint32_t before = KeyBook::none;
  skip('{');
  if (next() == '}') return skip();
  for (;;) {
    RawMember member = read_key(before);
    before = member.key_number;
    const bool repeated = keys_.is_repeated(member.key_number, depth, serial);
    member.value = read_value(depth + 1, object, members == &object.members);
    if (repeated) object.repeated.push_back(member);
    if (members != nullptr && !repeated) members->push_back(member);
    if (next() == '}') return skip();
    skip(',');
  }
}

void JsonWalk::read_object(std::size_t depth, RawObject& object) {
  forget_texts();
  object.clear();
  object.offset = offset();
  read_members(depth, object, &object.members);
}

}  // namespace greenml::read
