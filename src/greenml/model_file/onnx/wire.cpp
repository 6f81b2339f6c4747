#include "model_file/onnx/wire.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

std::string Place::text() const {
  std::string text = outer == nullptr ? std::string() : outer->text();
  if (!text.empty() && !field.empty()) text += '.';
  text += field;
  return index < 0 ? text : text + fmt::format("[{}]", index);
}

void Message::ends_early() const {
  const std::string where = place_.text();
  const std::string inside = where.empty() ? "a field" : where;
  if (end_ >= window_.size())
    throw Malformed{fmt::format("ends at byte {} inside {}", grouped(window_.size()), inside), "the file is truncated"};
  throw Malformed{fmt::format("{} is malformed: a field goes past its end at byte {}", inside, grouped(end_))};
}

std::uint64_t Message::varint(std::uint64_t& at, std::uint64_t end) const {
  std::uint64_t value = 0;
  const std::uint64_t begin = at;
  const std::uint64_t limit = std::min(end, window_.size());
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (at >= limit) ends_early();
    const std::uint8_t byte = window_.byte(at++);
    value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if ((byte & 0x80U) == 0) return value;
  }
  throw Malformed{fmt::format("{} is malformed: a number of more than 64 bits at byte {}",
                              place_.text().empty() ? "the file" : place_.text(), grouped(begin))};
}

std::uint64_t Message::fixed(std::uint64_t& at, std::uint64_t end, unsigned count) const {
  const std::uint64_t limit = std::min(end, window_.size());
  if (at > limit || limit - at < count) ends_early();
  std::uint64_t value = 0;
  for (unsigned index = 0; index < count; ++index)
    value |= static_cast<std::uint64_t>(window_.byte(at++)) << (8 * index);
  return value;
}

bool Message::next(Field& field) {
  while (at_ < end_) {
    const std::uint64_t begin = at_;
    const std::uint64_t tag = varint(at_, end_);
    field.number = static_cast<std::uint32_t>(tag >> 3U);
    if (tag >> 3U == 0 || tag >> 3U > 0x1fffffffU)
      throw Malformed{fmt::format("{} is malformed: no field begins at byte {}",
                                  place_.text().empty() ? "the file" : place_.text(), grouped(begin))};
    const auto wire = static_cast<std::uint8_t>(tag & 7U);
    if (wire == 3) {  // a group, which no schema of today has
      skip_group(field.number);
      continue;
    }
    field.wire = static_cast<Wire>(wire);
    field.value = 0;
    if (wire == 0) {
      field.value = varint(at_, end_);
    } else if (wire == 1 || wire == 5) {
      field.value = fixed(at_, end_, wire == 1 ? 8 : 4);
    } else if (wire == 2) {
      const std::uint64_t length = varint(at_, end_);
      field.begin = at_;
      // What goes past the file's end is found inside it, where the message says more.
      const bool fits = length <= end_ - at_;
      if (!fits && end_ < window_.size()) ends_early();
      field.end = fits ? at_ + length : std::max(end_, window_.size() + 1);
      at_ = field.end;
    } else {
      throw Malformed{fmt::format("{} is malformed: no field begins at byte {}",
                                  place_.text().empty() ? "the file" : place_.text(), grouped(begin))};
    }
    return true;
  }
  return false;
}

void Message::skip_group(std::uint32_t number) {
  std::vector<std::uint32_t> open{number};
  while (!open.empty()) {
    const std::uint64_t tag = varint(at_, end_);
    const auto wire = static_cast<std::uint8_t>(tag & 7U);
    if (wire == 0) {
      varint(at_, end_);
    } else if (wire == 1 || wire == 5) {
      fixed(at_, end_, wire == 1 ? 8 : 4);
    } else if (wire == 2) {
      const std::uint64_t length = varint(at_, end_);
      if (at_ > end_ || length > end_ - at_) ends_early();
      at_ += length;
      if (at_ > window_.size()) ends_early();
    } else if (wire == 3 && open.size() < 32) {
      open.push_back(static_cast<std::uint32_t>(tag >> 3U));
    } else if (wire == 4 && open.back() == static_cast<std::uint32_t>(tag >> 3U)) {
      open.pop_back();
    } else {
      throw Malformed{fmt::format("{} is malformed: a group is not closed at byte {}",
                                  place_.text().empty() ? "the file" : place_.text(), grouped(at_))};
    }
  }
}

Message Message::message(const Field& field, std::string_view name, std::int64_t index) const {
  if (field.wire != Wire::bytes)
    throw Malformed{
        fmt::format("{}{}{} is a number, not a message", place_.text(), place_.text().empty() ? "" : ".", name)};
  return {window_, field.begin, field.end, Place{&place_, name, index}};
}

void Message::check(const Field& field, std::string_view name) const {
  if (field.wire != Wire::bytes || field.end > window_.size()) message(field, name).ends_early();
}

std::string Message::text(const Field& field, std::string_view name, std::uint64_t most) const {
  check(field, name);
  if (field.end - field.begin > most)
    throw Malformed{
        fmt::format("{} is a name of {} bytes", Place{&place_, name, -1}.text(), grouped(field.end - field.begin))};
  return window_.text(field.begin, field.end - field.begin);
}

void Message::numbers(const Field& field, Wire element, const std::function<void(std::uint64_t)>& each) const {
  if (field.wire == element) return each(field.value);
  check(field, "numbers");
  std::uint64_t at = field.begin;
  while (at < field.end) {
    if (element == Wire::varint)
      each(varint(at, field.end));
    else
      each(fixed(at, field.end, element == Wire::fixed64 ? 8 : 4));
  }
}

}  // namespace greenml::model_file::graph
