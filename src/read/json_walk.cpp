#include "read/json_walk.hpp"

#include <algorithm>

namespace greenml::read {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

/// A token of simdjson's goes on up to the next one; the blanks between are not its.
std::string_view without_trailing_blanks(std::string_view token) {
  const std::size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last + 1);
}

/// Whether the text is a number by RFC 8259, section 6.
bool is_json_number(std::string_view text) {
  std::size_t position = 0;
  const auto digits = [&] {
    const std::size_t first = position;
    while (position < text.size() && is_digit(text[position])) ++position;
    return position > first;
  };
  const auto accept = [&](std::string_view any_of) {
    const bool found = position < text.size() && any_of.find(text[position]) != std::string_view::npos;
    if (found) ++position;
    return found;
  };

  accept("-");
  if (!accept("0") && !digits()) return false;
  if (accept(".") && !digits()) return false;
  if (accept("eE")) {
    accept("+-");
    if (!digits()) return false;
  }
  return position == text.size();
}

}  // namespace

bool JsonWalk::Keys::insert(std::string_view key) {
  if (!set_.empty()) return set_.insert(key).second;
  if (std::find(list_.begin(), list_.end(), key) != list_.end()) return false;
  list_.push_back(key);
  if (list_.size() > longest_list) set_.insert(list_.begin(), list_.end());
  return true;
}

void JsonWalk::Keys::clear() {
  list_.clear();
  set_.clear();
}

RawMember JsonWalk::read_key(ondemand::field& field) {
  // The raw key starts behind its quotation mark.
  const auto offset = static_cast<std::size_t>(field.key().raw() - start_) - 1;
  return {.key = checked(field.unescaped_key()), .key_offset = offset, .value = {}};
}

RawValue JsonWalk::read_scalar(std::string_view token) const {
  const auto offset = static_cast<std::size_t>(token.data() - start_);
  if (token == "null") return {.kind = RawKind::null, .offset = offset};
  if (token == "true" || token == "false") return {.kind = RawKind::boolean, .text = token, .offset = offset};
  if (!is_json_number(token)) throw NotJson{offset, false};
  return {.kind = RawKind::number, .text = token, .offset = offset};
}

RawValue JsonWalk::read_value(ondemand::value value, std::size_t depth, RawObject& object, bool keep_members) {
  const std::string_view token = without_trailing_blanks(value.raw_json_token());
  const auto offset = static_cast<std::size_t>(token.data() - start_);
  const char first = token.empty() ? '\0' : token.front();
  if (first == '"') return {.kind = RawKind::text, .text = checked(value.get_string()), .offset = offset};
  if (first != '{' && first != '[') return read_scalar(token);
  if (depth > deepest) throw NotJson{offset, true};

  if (first == '[') {
    for (auto element : checked(value.get_array())) read_value(checked(std::move(element)), depth + 1, object, false);
    return {.kind = RawKind::array, .offset = offset};
  }
  const std::size_t first_child = object.nested.size();
  read_members(value, depth, object, keep_members ? &object.nested : nullptr);
  return {.kind = RawKind::object,
          .offset = offset,
          .first_child = first_child,
          .child_count = object.nested.size() - first_child};
}

void JsonWalk::read_members(ondemand::value value, std::size_t depth, RawObject& object,
                            std::vector<RawMember>* members) {
  begin_keys(depth);
  for (auto next : checked(value.get_object())) {
    ondemand::field field = checked(std::move(next));
    RawMember member = read_key(field);
    const bool repeated = is_repeated(depth, member.key);
    member.value = read_value(field.value(), depth + 1, object, members == &object.members);
    if (repeated) object.repeated.push_back(member);
    if (members != nullptr && !repeated) members->push_back(member);
  }
}

void JsonWalk::read_object(ondemand::value value, std::size_t depth, RawObject& object) {
  object.clear();
  object.offset = offset_of(value);
  read_members(value, depth, object, &object.members);
}

}  // namespace greenml::read
