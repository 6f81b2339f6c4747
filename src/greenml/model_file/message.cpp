#include "model_file/message.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace greenml::model_file {

namespace {

bool is_plain(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') ||
         std::string_view("._-/:+[]").find(character) != std::string_view::npos;
}

/// How many bytes the UTF-8 character at the beginning of a text has; 0 where there is none.
std::size_t character_size(std::string_view text) {
  const auto byte = [text](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7f ? 1 : 0;
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  for (std::size_t at = 1; at < size; ++at)
    if (byte(at) < 0x80 || byte(at) >= 0xc0) return 0;
  // Too long for its character, a surrogate, over the last character, or a control character of Latin-1.
  const bool is_bad = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xed && byte(1) >= 0xa0) ||
                      (lead == 0xf0 && byte(1) < 0x90) || (lead == 0xf4 && byte(1) >= 0x90) ||
                      (lead == 0xc2 && byte(1) < 0xa0);
  return is_bad ? 0 : size;
}

}  // namespace

bool is_line(std::string_view text) {
  constexpr std::size_t longest = 200;
  if (text.empty() || text.size() > longest) return false;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string shown(std::string_view name) {
  constexpr std::size_t longest = 80;
  if (!name.empty() && name.size() <= longest && std::all_of(name.begin(), name.end(), is_plain))
    return std::string(name);
  std::string text = "\"";
  for (const char character : name.substr(0, longest)) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte >= 0x7f || character == '"' || character == '\\')
      text += fmt::format("\\x{:02x}", byte);
    else
      text += character;
  }
  if (name.size() > longest) text += "...";
  return text + '"';
}

std::string shape_text(std::span<const std::uint64_t> shape) {
  if (shape.empty()) return "scalar";
  constexpr std::size_t most = 8;
  std::string text;
  for (const std::uint64_t dimension : shape.first(std::min(shape.size(), most))) {
    if (!text.empty()) text += 'x';
    text += std::to_string(dimension);
  }
  return shape.size() > most ? text + "x..." : text;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

}  // namespace greenml::model_file
