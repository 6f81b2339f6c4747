#include "model_file/json_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "model_file/message.hpp"

namespace greenml::model_file {

namespace {

constexpr std::uint32_t deepest = 32;

bool is_digit(int byte) { return byte >= '0' && byte <= '9'; }

void append_utf8(std::uint32_t point, std::string& text) {
  const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xc0U | point >> 6U);
  } else {
    if (point < 0x10000) {
      byte(0xe0U | point >> 12U);
    } else {
      byte(0xf0U | point >> 18U);
      byte(0x80U | (point >> 12U & 0x3fU));
    }
    byte(0x80U | (point >> 6U & 0x3fU));
  }
  byte(0x80U | (point & 0x3fU));
}

/// Whether the text is a number by RFC 8259, section 6.
bool is_number(std::string_view text) {
  const auto take_digits = [&text] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool leading_zero = text.starts_with('0');
  const std::size_t whole = take_digits();
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  return text.empty();
}

}  // namespace

JsonText::JsonText(const File& file, std::uint64_t begin, std::uint64_t end, std::string what)
    : cursor_(file, begin, end), what_(std::move(what)) {}

void JsonText::fail(const std::string& what) const {
  throw Malformed{what_ + ": " + what + ", at byte " + grouped(offset())};
}

int JsonText::after_blanks() {
  for (;;) {
    const int byte = cursor_.peek();
    if (byte != ' ' && byte != '\n' && byte != '\t' && byte != '\r') return byte;
    cursor_.advance();
  }
}

char JsonText::next() {
  const int byte = after_blanks();
  if (byte < 0) fail("it ends inside a value");
  return static_cast<char>(byte);
}

void JsonText::open(char bracket) {
  if (next() != bracket) fail(bracket == '{' ? "an object belongs here" : "a list belongs here");
  if (++depth_ > deepest) fail("nested deeper than " + std::to_string(deepest));
  cursor_.advance();
  first_ = true;
}

bool JsonText::next_item(char closing) {
  const char byte = next();
  if (byte == closing) {
    cursor_.advance();
    --depth_;
    first_ = false;
    return false;
  }
  if (!std::exchange(first_, false)) {
    if (byte != ',') fail("a comma or a closing bracket belongs here");
    cursor_.advance();
  }
  return true;
}

bool JsonText::next_key(std::string& key) {
  if (!next_item('}')) return false;
  take_text(key);
  if (next() != ':') fail("a colon belongs here");
  cursor_.advance();
  return true;
}

bool JsonText::next_element() { return next_item(']'); }

void JsonText::take_text(std::string& text) {
  text.clear();
  if (next() != '"') fail("a text in quotes belongs here");
  cursor_.advance();
  for (;;) {
    const int byte = cursor_.peek();
    if (byte < 0) fail("it ends inside a text");
    if (byte < 0x20) fail("a control character stands inside a text");
    if (byte >= 0x80) {
      take_utf8(text);
      continue;
    }
    cursor_.advance();
    if (byte == '"') return;
    if (byte == '\\')
      take_escape(text);
    else
      text += static_cast<char>(byte);
  }
}

std::uint32_t JsonText::take_hexadecimal() {
  std::uint32_t value = 0;
  for (int digits = 0; digits < 4; ++digits) {
    const int byte = cursor_.peek();
    const int letter = byte | 0x20;
    if (is_digit(byte))
      value = value * 16 + static_cast<std::uint32_t>(byte - '0');
    else if (letter >= 'a' && letter <= 'f')
      value = value * 16 + static_cast<std::uint32_t>(letter - 'a' + 10);
    else
      fail("four hexadecimal digits belong here");
    cursor_.advance();
  }
  return value;
}

void JsonText::take_escape(std::string& text) {
  constexpr std::string_view written = "\"\\/bfnrt";
  constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
  const int byte = cursor_.peek();
  if (byte < 0) fail("it ends inside a text");
  cursor_.advance();
  if (byte != 'u') {
    const std::size_t at = written.find(static_cast<char>(byte));
    if (at == std::string_view::npos) fail("no such escape in JSON");
    text += meant[at];
    return;
  }
  std::uint32_t point = take_hexadecimal();
  if (point >= 0xdc00 && point < 0xe000) fail("half of a surrogate pair");
  if (point >= 0xd800 && point < 0xdc00) {
    for (const char expected : {'\\', 'u'}) {
      if (cursor_.peek() != expected) fail("half of a surrogate pair");
      cursor_.advance();
    }
    const std::uint32_t low = take_hexadecimal();
    if (low < 0xdc00 || low >= 0xe000) fail("half of a surrogate pair");
    point = 0x10000 + ((point - 0xd800) << 10U) + (low - 0xdc00);
  }
  append_utf8(point, text);
}

void JsonText::take_utf8(std::string& text) {
  const auto lead = static_cast<std::uint32_t>(cursor_.peek());
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  constexpr std::array<std::uint32_t, 4> least = {0, 0x80, 0x800, 0x10000};
  if (lead < 0xc2 || lead > 0xf4) fail("bytes that are not UTF-8");
  std::uint32_t point = lead & (0x3fU >> static_cast<unsigned>(more));
  cursor_.advance();
  for (int count = 0; count < more; ++count) {
    const int byte = cursor_.peek();
    if (byte < 0x80 || byte >= 0xc0) fail("bytes that are not UTF-8");
    point = point << 6U | static_cast<std::uint32_t>(byte & 0x3f);
    cursor_.advance();
  }
  const bool surrogate = point >= 0xd800 && point < 0xe000;
  if (point < least[static_cast<std::size_t>(more)] || point > 0x10ffff || surrogate) fail("bytes that are not UTF-8");
  append_utf8(point, text);
}

std::uint64_t JsonText::take_whole_number(const char* what) {
  const std::string problem = std::string(what) + " belongs here";
  if (!is_digit(next())) fail(problem);
  std::uint64_t value = 0;
  const bool leading_zero = cursor_.peek() == '0';
  int digits = 0;
  for (; is_digit(cursor_.peek()); ++digits) {
    const auto digit = static_cast<std::uint64_t>(cursor_.peek() - '0');
    if (__builtin_mul_overflow(value, 10U, &value) || __builtin_add_overflow(value, digit, &value))
      fail("a number over 64 bits");
    cursor_.advance();
  }
  const int after = cursor_.peek();
  if ((leading_zero && digits > 1) || after == '.' || after == 'e' || after == 'E') fail(problem);
  return value;
}

void JsonText::take_word(std::string& word) {
  constexpr std::size_t longest = 400;
  constexpr auto words = std::to_array<std::string_view>({"true", "false", "null", "NaN", "Infinity", "-Infinity"});
  word.clear();
  if (next() == '"' || next() == '{' || next() == '[') fail("a number belongs here");
  for (;;) {
    const int byte = cursor_.peek();
    const int letter = byte | 0x20;
    if (!is_digit(byte) && byte != '-' && byte != '+' && byte != '.' && (letter < 'a' || letter > 'z')) break;
    if (word.size() == longest) fail("a number of over 400 characters");
    word += static_cast<char>(byte);
    cursor_.advance();
  }
  if (!is_number(word) && std::find(words.begin(), words.end(), word) == words.end()) fail("no value of JSON");
}

void JsonText::skip_value() {
  std::string text;
  switch (next()) {
    case '{':
      for (open('{'); next_key(text);) skip_value();
      return;
    case '[':
      for (open('['); next_element();) skip_value();
      return;
    case '"':
      return take_text(text);
    default:
      return take_word(text);
  }
}

void JsonText::expect_end() {
  if (after_blanks() >= 0) fail("bytes after the end of the JSON value");
}

}  // namespace greenml::model_file
