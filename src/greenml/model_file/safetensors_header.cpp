#include "model_file/safetensors_header.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "model_file/checked.hpp"
#include "model_file/cursor.hpp"
#include "model_file/json_text.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file {

namespace {

constexpr std::uint64_t length_size = 8;
constexpr std::uint64_t longest_header = 100'000'000;  // the limit of the reference implementation
constexpr std::uint64_t largest_dimension = std::uint64_t{1} << 40U;

constexpr auto types = std::to_array<SafetensorsType>({
    {"F64", 64, ElementKind::floating},        {"F32", 32, ElementKind::floating},
    {"F16", 16, ElementKind::floating},        {"BF16", 16, ElementKind::floating},
    {"F8_E4M3", 8, ElementKind::floating},     {"F8_E5M2", 8, ElementKind::floating},
    {"F8_E8M0", 8, ElementKind::floating},     {"F8_E4M3FNUZ", 8, ElementKind::floating},
    {"F8_E5M2FNUZ", 8, ElementKind::floating}, {"F6_E2M3", 6, ElementKind::floating},
    {"F6_E3M2", 6, ElementKind::floating},     {"F4", 4, ElementKind::floating},
    {"C64", 64, ElementKind::floating},        {"I64", 64, ElementKind::integer},
    {"I32", 32, ElementKind::integer},         {"I16", 16, ElementKind::integer},
    {"I8", 8, ElementKind::integer},           {"U64", 64, ElementKind::integer},
    {"U32", 32, ElementKind::integer},         {"U16", 16, ElementKind::integer},
    {"U8", 8, ElementKind::integer},           {"BOOL", 8, ElementKind::boolean},
    {"unknown", 0, ElementKind::unknown},
});
constexpr std::size_t unknown_type = types.size() - 1;

std::size_t find_type(std::string_view name) {
  const auto found = std::find_if(types.begin(), types.end() - 1, [&](const auto& row) { return row.name == name; });
  return static_cast<std::size_t>(found - types.begin());
}

/// What stands in the header about one tensor, as far as it was read.
struct Entry {
  std::string name;
  std::optional<std::string> type;
  std::optional<std::vector<std::uint64_t>> shape;
  std::optional<std::array<std::uint64_t, 2>> offsets;
};

class SafetensorsHeaderReader {
 public:
  SafetensorsHeaderReader(const File& file, std::uint64_t length, TensorList& tensors, UnknownType& unknown)
      : json_(file, length_size, length_size + length, "safetensors header"), tensors_(tensors), unknown_(unknown) {}

  void read() {
    bool has_metadata = false;
    std::string key;
    for (json_.open('{'); json_.next_key(entry_.name);) {
      if (entry_.name != "__metadata__") {
        read_entry();
        continue;
      }
      if (has_metadata) json_.fail("__metadata__ is there twice");
      has_metadata = true;
      for (json_.open('{'); json_.next_key(key);) json_.take_text(text_);
    }
    json_.expect_end();
  }

 private:
  void read_entry() {
    entry_.type.reset();
    entry_.shape.reset();
    entry_.offsets.reset();
    for (json_.open('{'); json_.next_key(key_);) {
      if (key_ == "dtype")
        read_type();
      else if (key_ == "shape")
        read_shape();
      else if (key_ == "data_offsets")
        read_offsets();
      else
        json_.skip_value();
    }
    add_entry();
  }

  [[noreturn]] void fail_twice(const char* key) {
    json_.fail(fmt::format("{} of {} is there twice", key, shown(entry_.name)));
  }

  void read_type() {
    if (entry_.type) fail_twice("dtype");
    json_.take_text(entry_.type.emplace());
  }

  void read_shape() {
    if (entry_.shape) fail_twice("shape");
    constexpr std::size_t most = 64;
    auto& shape = entry_.shape.emplace();
    for (json_.open('['); json_.next_element();) {
      if (shape.size() == most) json_.fail(fmt::format("{} has over {} dimensions", shown(entry_.name), most));
      shape.push_back(json_.take_whole_number("a dimension, which is a whole number from 0 on,"));
      if (shape.back() >= largest_dimension)
        json_.fail(fmt::format("a dimension of {} is {}, over 2^40", shown(entry_.name), grouped(shape.back())));
    }
  }

  void read_offsets() {
    if (entry_.offsets) fail_twice("data_offsets");
    std::size_t count = 0;
    auto& offsets = entry_.offsets.emplace();
    for (json_.open('['); json_.next_element(); ++count) {
      if (count == offsets.size()) json_.fail(fmt::format("{} has more than two data_offsets", shown(entry_.name)));
      offsets[count] = json_.take_whole_number("an offset in bytes");
    }
    if (count != offsets.size()) json_.fail(fmt::format("{} has not two data_offsets", shown(entry_.name)));
  }

  [[noreturn]] void fail_incomplete() const {
    const char* const missing = !entry_.type ? "dtype" : !entry_.shape ? "shape" : "data_offsets";
    json_.fail(fmt::format("{} has no {}", shown(entry_.name), missing));
  }

  void add_entry() {
    if (!entry_.type || !entry_.shape || !entry_.offsets) fail_incomplete();
    const auto [begin, end] = *entry_.offsets;
    if (end < begin) json_.fail(fmt::format("the bytes of {} end before they begin", shown(entry_.name)));
    const std::optional<std::uint64_t> elements = element_count(*entry_.shape);
    const std::size_t type = find_type(*entry_.type);
    const std::optional<std::uint64_t> bits = elements ? checked_product(*elements, types[type].bits) : std::nullopt;
    if (!elements || !bits)
      json_.fail(fmt::format("the size of {}, {}, is over 64 bits", shown(entry_.name), shape_text(*entry_.shape)));
    if (type == unknown_type)
      note_unknown();
    else if (*bits % 8 != 0 || *bits / 8 != end - begin)
      json_.fail(fmt::format("{} of {} {} takes {} bits, and has {}", shown(entry_.name), shape_text(*entry_.shape),
                             types[type].name, grouped(*bits), counted(end - begin, "byte")));
    if (!tensors_.add({entry_.name, static_cast<std::uint16_t>(type), *entry_.shape, *elements, begin, end - begin}))
      json_.fail("more tensors than greenml reads");
  }

  void note_unknown() {
    if (unknown_.count++ > 0) return;
    unknown_.tensor = entry_.name;
    unknown_.type = *entry_.type;
  }

  JsonText json_;
  TensorList& tensors_;
  UnknownType& unknown_;
  Entry entry_;
  std::string key_;
  std::string text_;
};

std::uint64_t read_length(const File& file) {
  const std::optional<std::string> bytes = file.bytes(0, length_size);
  if (!bytes)
    throw Malformed{fmt::format("safetensors: {} of the {} bytes of the header's length are there",
                                grouped(file.size()), length_size)};
  std::uint64_t length = 0;
  for (std::size_t at = length_size; at > 0; --at) length = length << 8U | static_cast<unsigned char>((*bytes)[at - 1]);
  const std::uint64_t left = file.size() - length_size;
  if (length > left)
    throw Malformed{fmt::format("safetensors: the header is {} long, and {} of them are there", counted(length, "byte"),
                                grouped(left)),
                    "download the file again"};
  if (length > longest_header)
    throw Malformed{fmt::format("safetensors: the header is {} long; the format allows {}", counted(length, "byte"),
                                grouped(longest_header))};
  return length;
}

/// The bytes of the tensors must follow each other and fill the file, as the reference implementation demands.
void check_data(const TensorList& tensors, std::size_t first, std::uint64_t there) {
  std::uint64_t end = 0;
  std::string_view before;
  const std::vector<std::uint32_t> order = tensors.by_offset(first);
  for (const std::uint32_t index : order) {
    const Tensor tensor = tensors[index];
    if (tensor.begin < end)
      throw Malformed{fmt::format("safetensors header: tensors {} and {} overlap at byte {} of the data", shown(before),
                                  shown(tensor.name), grouped(tensor.begin))};
    if (tensor.begin > end)
      throw Malformed{fmt::format("safetensors header: bytes {} to {} of the data belong to no tensor", grouped(end),
                                  grouped(tensor.begin))};
    end = tensor.begin + tensor.bytes;
    before = tensor.name;
  }
  if (end > there)
    throw Malformed{fmt::format("safetensors: {} of {} of tensor data are there", grouped(there), counted(end, "byte")),
                    "download the file again"};
  if (end < there)
    throw Malformed{
        fmt::format("safetensors: the file goes on for {} after the last tensor", counted(there - end, "byte"))};
}

}  // namespace

std::span<const SafetensorsType> safetensors_types() { return types; }

const SafetensorsType& safetensors_type(const Tensor& tensor) { return types[tensor.type]; }

std::optional<Complaint> read_safetensors(const File& file, TensorList& tensors, UnknownType& unknown) {
  try {
    const std::size_t first = tensors.size();
    const std::uint64_t length = read_length(file);
    SafetensorsHeaderReader(file, length, tensors, unknown).read();
    if (const std::optional<std::string> twice = tensors.sort_names())
      throw Malformed{fmt::format("safetensors header: tensor {} is there twice", shown(*twice))};
    check_data(tensors, first, file.size() - length_size - length);
    return std::nullopt;
  } catch (const Malformed& malformed) {
    return file.complaint(malformed.what, malformed.hint);
  }
}

}  // namespace greenml::model_file
