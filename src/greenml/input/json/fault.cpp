#include "input/json/fault.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utf8proc.h>

#include "input/json/sax_listener.hpp"
#include "words/digit.hpp"

namespace greenml::read {

namespace {

/// Hears where the parser gave up.
class FaultListener final : public SaxListener {
 public:
  std::optional<std::size_t> position;

  bool parse_error(std::size_t at, const std::string& /*token*/, const nlohmann::json::exception& /*error*/) override {
    position = at;  // counts the bytes read, so the one at fault is the last of them
    return false;
  }
};

/// How many bytes were read when something was wrong; nothing if the text is JSON, or begins with it where it need not
/// be JSON as a whole.
std::optional<std::size_t> where_parsing_stops(std::string_view text, bool as_a_whole) {
  FaultListener listener;
  nlohmann::json::sax_parse(text.begin(), text.end(), &listener, nlohmann::json::input_format_t::json, as_a_whole);
  return listener.position;
}

/// What people write in JSON that is not JSON. One row is one slip.
struct Slip {
  std::string_view written;
  std::string_view hint;
};
constexpr auto slips = std::to_array<Slip>({
    {"'", "JSON quotes with \" and not with '"},
    {"//", "JSON has no comments"},
    {"/*", "JSON has no comments"},
    {"#", "JSON has no comments"},
    {"NaN", "JSON has no NaN: write null for what is not measured"},
    {"nan", "JSON has no NaN: write null for what is not measured"},
    {"Infinity", "JSON has no infinity: write null for what is not measured"},
    {"-Infinity", "JSON has no infinity: write null for what is not measured"},
    {"None", "JSON writes null for None"},
    {"True", "JSON writes true"},
    {"False", "JSON writes false"},
    {"}", "JSON has no comma after the last member"},
    {"]", "JSON has no comma after the last element"},
});

std::optional<std::size_t> first_byte_not_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t offset = 0; offset < text.size();) {
    utf8proc_int32_t character = 0;
    const auto left = static_cast<utf8proc_ssize_t>(text.size() - offset);
    const utf8proc_ssize_t length = utf8proc_iterate(bytes + offset, left, &character);
    if (length < 0) return offset;
    offset += static_cast<std::size_t>(length);
  }
  return std::nullopt;
}

constexpr std::string_view blanks = " \t\r\n";
bool is_one_of(char character, std::string_view characters) { return characters.find(character) != std::string::npos; }
bool is_word(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '-';
}

/// The start of the word that the byte belongs to: `N` of `NaN`.
std::size_t word_start(std::string_view text, std::size_t offset) {
  while (offset > 0 && offset < text.size() && is_word(text[offset]) && is_word(text[offset - 1])) --offset;
  return offset;
}

/// Whether a value can end with the character, or begin with it.
bool is_end_of_value(char character) {
  return is_word(character) || is_digit(character) || is_one_of(character, "\"}]");
}
bool is_start_of_value(char character) { return is_digit(character) || is_one_of(character, "\"{["); }

std::string hint_for(std::string_view text, std::size_t offset) {
  const std::size_t before = offset == 0 ? std::string_view::npos : text.find_last_not_of(blanks, offset - 1);
  const bool after_comma = before != std::string_view::npos && text[before] == ',';
  for (const Slip& slip : slips) {
    const bool closes = slip.written == "}" || slip.written == "]";
    if (text.substr(offset).starts_with(slip.written) && (!closes || after_comma)) return std::string(slip.hint);
  }
  if (before == std::string_view::npos || offset >= text.size()) return {};
  const bool apart = before + 1 < offset || text[before] == '}' || text[before] == ']';
  if (apart && is_end_of_value(text[before]) && is_start_of_value(text[offset])) return "is a comma missing?";
  return {};
}

}  // namespace

JsonFault find_json_fault(std::string_view text, std::string_view otherwise, std::size_t not_behind) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return {0, "this is not UTF-8 but UTF-16", "save the file as UTF-8"};

  const std::optional<std::size_t> position = where_parsing_stops(text, true);
  const std::size_t nul = text.find('\0');
  const std::size_t not_utf8 = first_byte_not_utf8(text).value_or(std::string_view::npos);
  const bool is_json = !position && nul == std::string_view::npos && not_utf8 == std::string_view::npos;
  if (is_json && not_behind == std::string_view::npos) return {0, std::string(otherwise), ""};

  // Of all that is wrong, what comes first.
  const std::size_t last_read = position ? *position - std::min<std::size_t>(*position, 1) : text.size();
  const std::size_t offset = word_start(text, std::min({last_read, not_behind, text.size()}));
  if (std::min(nul, not_utf8) <= offset && nul < not_utf8) return {nul, "there is a NUL byte", ""};
  if (not_utf8 <= offset) return {not_utf8, "this is not UTF-8", "save the file as UTF-8"};
  if (!where_parsing_stops(text, false))
    return {offset, "there is more text after the end of the JSON document",
            "a file with one model a line is named .ndjson or .jsonl"};
  const std::size_t end = text.find_last_not_of(blanks) + 1;
  if (offset >= end) return {end, "this is not JSON: the text ends too early", "is the file complete?"};
  return {offset, position ? "this is not JSON" : std::string(otherwise), hint_for(text, offset)};
}

}  // namespace greenml::read
