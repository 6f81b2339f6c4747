#include "input/json_places.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace greenml::read {

namespace {

constexpr std::size_t deepest = 64;

/// A number by its first characters, or one of the three words. Whoever reads the catalog checks numbers in full.
bool is_word(std::string_view word) {
  const std::string_view digits = word.substr(word.starts_with('-') ? 1 : 0);
  return word == "true" || word == "false" || word == "null" ||
         (!digits.empty() && digits.front() >= '0' && digits.front() <= '9');
}

class Scanner {
 public:
  Scanner(std::string_view text, TextRange range) : text_(text.substr(0, range.end)), at_(range.begin) {}

  std::size_t at() const { return at_; }
  bool at_end() const { return at_ >= text_.size(); }
  char next() const { return at_end() ? '\0' : text_[at_]; }

  void skip_blanks() {
    while (!at_end() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  [[noreturn]] void fail(const std::string& what) const { throw JsonMisread{at_, what}; }

  void skip(char expected) {
    if (next() != expected) fail(fmt::format("a {} belongs here", expected));
    ++at_;
    skip_blanks();
  }

  /// Calls `take` for each item up to the closing bracket, which is skipped.
  template <typename Take>
  void each(char opening, char closing, Take take) {
    skip(opening);
    while (next() != closing) {
      take();
      skip_blanks();
      if (next() == closing) break;
      skip(',');
      if (next() == closing) fail("a value belongs here");
    }
    ++at_;
  }

  TextRange take_string() {
    const std::size_t begin = at_;
    if (next() != '"') fail("a text in quotation marks belongs here");
    for (++at_; next() != '"'; ++at_) {
      if (at_end() || static_cast<unsigned char>(next()) < 0x20) fail("a text ends too early");
      if (next() == '\\') ++at_;
    }
    ++at_;
    return {begin, at_};
  }

  TextRange take_value(std::size_t depth = 0) {
    const std::size_t begin = at_;
    if (depth > deepest) fail("values are nested too deeply");
    switch (next()) {
      case '{':
        each('{', '}', [&] { take_member(depth); });
        break;
      case '[':
        each('[', ']', [&] { take_value(depth + 1); });
        break;
      case '"':
        return take_string();
      default:
        while (!at_end() &&
               std::string_view("+-.0123456789abcdefghijklmnopqrstuvwxyzE").find(next()) != std::string_view::npos)
          ++at_;
        if (!is_word(text_.substr(begin, at_ - begin))) throw JsonMisread{begin, "a value belongs here"};
    }
    return {begin, at_};
  }

  void take_member(std::size_t depth) {
    take_string();
    skip_blanks();
    skip(':');
    take_value(depth + 1);
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

void append_utf8(unsigned point, std::string& text) {
  const auto byte = [&text](unsigned value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xc0U | point >> 6U);
    return byte(0x80U | (point & 0x3fU));
  }
  if (point < 0x10000) {
    byte(0xe0U | point >> 12U);
  } else {
    byte(0xf0U | point >> 18U);
    byte(0x80U | (point >> 12U & 0x3fU));
  }
  byte(0x80U | (point >> 6U & 0x3fU));
  byte(0x80U | (point & 0x3fU));
}

unsigned hexadecimal(std::string_view digits) {
  unsigned value = 0;
  for (const char digit : digits) {
    const std::size_t number = std::string_view("0123456789abcdef0123456789ABCDEF").find(digit);
    value = value * 16 + (number == std::string_view::npos ? 0U : static_cast<unsigned>(number % 16));
  }
  return value;
}

}  // namespace

std::vector<TextRange> json_values(std::string_view text) {
  Scanner scanner(text, {text.starts_with("\xef\xbb\xbf") ? 3U : 0U, text.size()});
  std::vector<TextRange> values;
  for (scanner.skip_blanks(); !scanner.at_end(); scanner.skip_blanks()) values.push_back(scanner.take_value());
  return values;
}

std::vector<JsonMember> json_members(std::string_view text, TextRange range) {
  Scanner scanner(text, range);
  std::vector<JsonMember> members;
  std::set<std::string> keys;
  scanner.each('{', '}', [&] {
    JsonMember member;
    const std::size_t begin = scanner.at();
    member.key_range = scanner.take_string();
    member.key = *json_text(text, member.key_range);
    if (!keys.insert(member.key).second) throw JsonMisread{begin, "a key is there twice in one object"};
    scanner.skip_blanks();
    scanner.skip(':');
    member.value = scanner.take_value();
    members.push_back(std::move(member));
  });
  return members;
}

std::vector<TextRange> json_elements(std::string_view text, TextRange range) {
  Scanner scanner(text, range);
  std::vector<TextRange> elements;
  scanner.each('[', ']', [&] { elements.push_back(scanner.take_value()); });
  return elements;
}

std::optional<std::string> json_text(std::string_view text, TextRange range) {
  const std::string_view raw = range.of(text);
  if (raw.size() < 2 || raw.front() != '"') return std::nullopt;
  constexpr std::string_view written = "\"\\/bfnrt";
  constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
  std::string result;
  for (std::size_t at = 1; at + 1 < raw.size(); ++at) {
    if (raw[at] != '\\') {
      result += raw[at];
      continue;
    }
    ++at;
    if (const std::size_t escape = written.find(raw[at]); escape != std::string_view::npos) {
      result += meant[escape];
      continue;
    }
    unsigned point = hexadecimal(raw.substr(at + 1, 4));
    at += 4;
    const bool is_pair =
        point >= 0xd800 && point < 0xdc00 && raw.substr(std::min(at + 1, raw.size())).starts_with("\\u");
    if (is_pair) {
      point = 0x10000 + ((point - 0xd800) << 10U) + (hexadecimal(raw.substr(at + 3, 4)) & 0x3ffU);
      at += 6;
    }
    append_utf8(point, result);
  }
  return result;
}

}  // namespace greenml::read
