#include "model_file/tflite/flatbuffer.hpp"

#include <fmt/format.h>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file {

void FlatBuffer::check(std::uint64_t at, std::uint64_t bytes, const std::string& place) const {
  if (at <= size() && bytes <= size() - at) return;
  throw Malformed{fmt::format("{} points after the end of the file, to byte {} of {}",
                              place.empty() ? "an offset" : place, grouped(at), grouped(size())),
                  "the file is truncated or damaged"};
}

std::uint64_t FlatBuffer::unsigned_at(std::uint64_t at, unsigned bytes, const std::string& place) {
  check(at, bytes, place);
  std::uint64_t number = 0;
  for (unsigned index = 0; index < bytes; ++index)
    number |= static_cast<std::uint64_t>(window_.byte(at + index)) << (8 * index);
  return number;
}

FlatTable::FlatTable(FlatBuffer& buffer, std::uint64_t at, std::string place)
    : buffer_(&buffer), at_(at), place_(std::move(place)) {
  const auto back = static_cast<std::int32_t>(buffer.unsigned_at(at, 4, place_));
  const std::int64_t vtable = static_cast<std::int64_t>(at) - back;
  if (vtable < 0) throw Malformed{inside("its table") + " begins before the file"};
  vtable_ = static_cast<std::uint64_t>(vtable);
  vtable_bytes_ = static_cast<std::uint32_t>(buffer.unsigned_at(vtable_, 2, place_));
  buffer.check(vtable_, vtable_bytes_, place_);
}

std::string FlatTable::inside(const char* name) const { return place_.empty() ? name : place_ + "." + name; }

std::uint64_t FlatTable::place_of(unsigned field) const {
  const std::uint64_t entry = 4 + 2 * std::uint64_t{field};
  if (entry + 2 > vtable_bytes_) return 0;
  const std::uint64_t offset = buffer_->unsigned_at(vtable_ + entry, 2, place_);
  return offset == 0 ? 0 : at_ + offset;
}

std::int64_t FlatTable::number(unsigned field, unsigned bytes, std::int64_t without) const {
  const std::uint64_t at = place_of(field);
  if (at == 0) return without;
  const std::uint64_t number = buffer_->unsigned_at(at, bytes, place_);
  if (bytes == 1) return static_cast<std::int8_t>(number);
  if (bytes == 4) return static_cast<std::int32_t>(number);
  return static_cast<std::int64_t>(number);
}

std::uint64_t FlatTable::target_of(std::uint64_t at) const { return at + buffer_->unsigned_at(at, 4, place_); }

FlatVector FlatTable::vector(unsigned field, unsigned element_bytes) const {
  const std::uint64_t at = place_of(field);
  if (at == 0) return {};
  const std::uint64_t begin = target_of(at);
  const auto count = static_cast<std::uint32_t>(buffer_->unsigned_at(begin, 4, place_));
  buffer_->check(begin + 4, std::uint64_t{count} * element_bytes, place_);
  return {begin + 4, count};
}

std::vector<std::int64_t> FlatTable::int32s(unsigned field, std::size_t most) const {
  const FlatVector found = vector(field, 4);
  if (found.count > most) throw Malformed{fmt::format("{} has a list of {} numbers", place_, grouped(found.count))};
  std::vector<std::int64_t> numbers;
  for (std::uint32_t index = 0; index < found.count; ++index)
    numbers.push_back(
        static_cast<std::int32_t>(buffer_->unsigned_at(found.begin + 4 * std::uint64_t{index}, 4, place_)));
  return numbers;
}

std::string FlatTable::text(unsigned field) const {
  constexpr std::uint32_t longest = 1U << 16U;
  const FlatVector found = vector(field, 1);
  if (found.count > longest) throw Malformed{fmt::format("{} has a name of {} bytes", place_, grouped(found.count))};
  return buffer_->window().text(found.begin, found.count);
}

std::optional<FlatTable> FlatTable::table(unsigned field, const char* name) const {
  const std::uint64_t at = place_of(field);
  if (at == 0) return std::nullopt;
  return FlatTable(*buffer_, target_of(at), inside(name));
}

FlatTable FlatTable::element(const FlatVector& tables, std::uint32_t index, const char* name) const {
  const std::uint64_t at = tables.begin + 4 * std::uint64_t{index};
  return {*buffer_, target_of(at), fmt::format("{}[{}]", inside(name), index)};
}

}  // namespace greenml::model_file
