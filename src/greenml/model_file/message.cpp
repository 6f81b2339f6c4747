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

}  // namespace

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
