#include "input/json/path.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "input/json_places.hpp"
#include "words/excerpt.hpp"

namespace greenml::read {

namespace {

void look_for_repeated_key(std::string_view json, TextRange range) {
  const char first = json[range.begin];
  if (first == '{')
    for (const JsonMember& member : json_members(json, range)) look_for_repeated_key(json, member.value);
  if (first == '[')
    for (const TextRange element : json_elements(json, range)) look_for_repeated_key(json, element);
}

}  // namespace

JsonPath JsonPath::member(std::string_view key) const {
  JsonPath path = *this;
  path.steps_.emplace_back(std::string(key));
  return path;
}

JsonPath JsonPath::element(std::size_t index) const {
  JsonPath path = *this;
  path.steps_.emplace_back(index);
  return path;
}

std::string JsonPath::text() const {
  std::string text;
  for (const auto& step : steps_)
    if (const std::string* key = std::get_if<std::string>(&step))
      text += fmt::format("{}{}", text.empty() ? "" : ".", cut(*key));
    else
      text += fmt::format("[{}]", std::get<std::size_t>(step));
  return text;
}

JsonPath::Offsets JsonPath::find(std::string_view json) const {
  Offsets found;
  try {
    const std::vector<TextRange> values = json_values(json);
    if (values.empty()) return found;
    TextRange value = values.front();
    found = {value.begin, value.begin};
    for (const auto& step : steps_) {
      if (const std::string* key = std::get_if<std::string>(&step)) {
        const std::vector<JsonMember> members = json_members(json, value);
        const auto member =
            std::find_if(members.begin(), members.end(), [&](const JsonMember& one) { return one.key == *key; });
        if (member == members.end()) return found;
        value = member->value;
        found = {member->key_range.begin, value.begin};
      } else {
        const std::vector<TextRange> elements = json_elements(json, value);
        if (std::get<std::size_t>(step) >= elements.size()) return found;
        value = elements[std::get<std::size_t>(step)];
        found = {value.begin, value.begin};
      }
    }
  } catch (const JsonMisread&) {
    // A key that is there twice on the way, which is reported by itself.
  }
  return found;
}

std::size_t JsonPath::offset_of_value(std::string_view json) const { return find(json).value; }
std::size_t JsonPath::offset_of_key(std::string_view json) const { return find(json).key; }

std::optional<std::size_t> find_repeated_key(std::string_view json) {
  try {
    for (const TextRange value : json_values(json)) look_for_repeated_key(json, value);
  } catch (const JsonMisread& misread) {
    return misread.offset;
  }
  return std::nullopt;
}

}  // namespace greenml::read
