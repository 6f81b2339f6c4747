#include "model_file/onnx/onnx_tensor.hpp"

#include <bit>
#include <charconv>
#include <fmt/format.h>

#include "model_file/malformed.hpp"
#include "model_file/message.hpp"

namespace greenml::model_file::graph {

namespace {

/// The most elements of floating-point types that are kept: sizes are computed from few of them.
constexpr std::uint64_t most_reals = 64;

/// A TensorProto as it stands.
struct Raw {
  std::string name;
  Shape shape;
  std::uint64_t type = 0;
  bool external = false;
  bool segmented = false;
  std::optional<Field> raw_data;
  std::uint64_t typed = 0;                 ///< elements in the fields of numbers
  std::uint64_t typed_field = 0;           ///< the last of them
  std::vector<std::uint64_t> first_typed;  ///< at most `most_computed`
  std::vector<std::pair<std::string, std::string>> external_data;
};

void read_numbers(const Message& message, const Field& field, Wire element, Raw& raw) {
  raw.typed_field = field.number;
  const std::uint64_t size = element == Wire::fixed64 ? 8 : 4;
  if (field.wire == Wire::bytes && element != Wire::varint && field.end - field.begin > most_computed * size) {
    message.check(field, "data");
    raw.typed += (field.end - field.begin) / size;  // weights, which nobody computes with
    return;
  }
  message.numbers(field, element, [&raw](std::uint64_t number) {
    if (raw.typed++ < most_computed) raw.first_typed.push_back(number);
  });
}

void read_external_entry(Message message, Raw& raw) {
  std::pair<std::string, std::string> entry;
  for (Field field; message.next(field);) {
    if (field.number == 1) entry.first = message.text(field, "key");
    if (field.number == 2) entry.second = message.text(field, "value");
  }
  raw.external_data.push_back(std::move(entry));
}

Raw read_fields(Message& message) {
  Raw raw;
  std::int64_t external = 0;
  for (Field field; message.next(field);) {
    switch (field.number) {
      case 1:
        message.numbers(field, Wire::varint, [&](std::uint64_t number) {
          if (raw.shape.size() >= 64) throw Malformed{message.place().text() + " has more than 64 dimensions"};
          raw.shape.push_back(static_cast<std::int64_t>(number));
        });
        break;
      case 2:
        raw.type = field.value;
        break;
      case 3:
        raw.segmented = true;
        break;
      case 4:
        read_numbers(message, field, Wire::fixed32, raw);
        break;
      case 5:
      case 7:
      case 11:
        read_numbers(message, field, Wire::varint, raw);
        break;
      case 6:
        message.check(field, "string_data");
        ++raw.typed;
        raw.typed_field = 6;
        break;
      case 8:
        raw.name = message.text(field, "name");
        break;
      case 9:
        message.check(field, "raw_data");
        raw.raw_data = field;
        break;
      case 10:
        read_numbers(message, field, Wire::fixed64, raw);
        break;
      case 13:
        read_external_entry(message.message(field, "external_data", external++), raw);
        break;
      case 14:
        raw.external = field.value == 1;
        break;
      default:
        break;
    }
  }
  return raw;
}

std::string named(const Raw& raw, const Message& message) {
  return raw.name.empty() ? message.place().text() : "tensor " + shown(raw.name);
}

/// A whole element of `bits` in little-endian bytes, as its type says.
std::int64_t whole_element(Type type, std::uint64_t bits) {
  switch (type) {
    case Type::int8:
      return static_cast<std::int8_t>(bits);
    case Type::int16:
      return static_cast<std::int16_t>(bits);
    case Type::int32:
      return static_cast<std::int32_t>(bits);
    default:
      return static_cast<std::int64_t>(bits);
  }
}

bool is_computed(Type type, std::uint64_t elements) {
  if (type == Type::float32 || type == Type::float64) return elements <= most_reals;
  if (type == Type::uint4 || type == Type::int4 || static_cast<int>(type) >= 25) return false;
  return !is_floating(type) && type != Type::string && elements <= most_computed;
}

double real_element(Type type, std::uint64_t bits) {
  return type == Type::float64 ? std::bit_cast<double>(bits)
                               : static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
}

std::shared_ptr<const Contents> contents_of(const std::vector<std::uint64_t>& bits, Type type) {
  Contents contents;
  for (const std::uint64_t element : bits) {
    if (is_floating(type))
      contents.real.push_back(real_element(type, element));
    else
      contents.whole.push_back(whole_element(type, element));
  }
  return std::make_shared<const Contents>(std::move(contents));
}

void take_raw_data(const Message& message, const Raw& raw, Constant& constant) {
  constant.data_begin = raw.raw_data->begin;
  constant.data_bytes = raw.raw_data->end - raw.raw_data->begin;
  if (constant.type == Type::string) throw Malformed{named(raw, message) + " has strings as raw data"};
  const std::optional<std::uint64_t> bytes = bytes_of(constant.type, constant.elements);
  if (!bytes || *bytes != constant.data_bytes)
    throw Malformed{fmt::format("{}: {} where {} belong ({} {})", named(raw, message),
                                counted(constant.data_bytes, "byte"), bytes ? grouped(*bytes) : "over 2^64",
                                shape_text(constant.shape), type_name(constant.type))};
  if (!is_computed(constant.type, constant.elements)) return;
  const std::uint64_t size = constant.elements == 0 ? 1 : constant.data_bytes / constant.elements;
  std::vector<std::uint64_t> bits;
  for (std::uint64_t at = raw.raw_data->begin; at < raw.raw_data->end; at += size) {
    std::uint64_t element = 0;
    for (std::uint64_t byte = 0; byte < size; ++byte)
      element |= static_cast<std::uint64_t>(message.window().byte(at + byte)) << (8 * byte);
    bits.push_back(element);
  }
  constant.contents = contents_of(bits, constant.type);
}

void take_typed_data(const Message& message, const Raw& raw, Constant& constant) {
  std::uint64_t belong = constant.elements;
  const TypeRow* row = type_row(constant.type);
  if (row->bits < 8 && row->bits > 0) belong = *bytes_of(constant.type, constant.elements);
  if (constant.type == Type{14} || constant.type == Type{15}) belong *= 2;
  if (raw.typed != belong)
    throw Malformed{fmt::format("{}: {} where {} belong ({} {})", named(raw, message), counted(raw.typed, "element"),
                                grouped(belong), shape_text(constant.shape), type_name(constant.type))};
  constant.data_bytes = bytes_of(constant.type, constant.elements).value_or(0);
  const bool plain = raw.typed_field == 4 || raw.typed_field == 5 || raw.typed_field == 7 || raw.typed_field == 10 ||
                     raw.typed_field == 11;
  if (plain && is_computed(constant.type, constant.elements) && raw.first_typed.size() == constant.elements)
    constant.contents = contents_of(raw.first_typed, constant.type);
}

std::uint64_t declared_number(const Raw& raw, const Message& message, const std::string& key, std::uint64_t without) {
  for (const auto& [name, value] : raw.external_data) {
    if (name != key) continue;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size())
      throw Malformed{
          fmt::format("{}: {} of its external data is {}, not a number", named(raw, message), key, shown(value))};
    return number;
  }
  return without;
}

void take_external(const Message& message, const Raw& raw, Constant& constant, TensorSink& sink) {
  External external;
  external.tensor = named(raw, message);
  for (const auto& [key, value] : raw.external_data)
    if (key == "location") external.location = value;
  const std::optional<std::uint64_t> bytes = bytes_of(constant.type, constant.elements);
  if (!bytes)
    throw Malformed{fmt::format("{}: {} of {} are over 2^64 bytes", external.tensor, shape_text(constant.shape),
                                type_name(constant.type))};
  external.offset = declared_number(raw, message, "offset", 0);
  external.length = declared_number(raw, message, "length", *bytes);
  if (external.length != *bytes)
    throw Malformed{fmt::format("{}: {} of external data where {} belong ({} {})", external.tensor,
                                counted(external.length, "byte"), grouped(*bytes), shape_text(constant.shape),
                                type_name(constant.type))};
  constant.data_bytes = *bytes;
  if (external.location.empty()) return sink.no_data.add(external.tensor, *bytes);
  sink.externals.push_back(std::move(external));
}

}  // namespace

void NoData::add(const std::string& name, std::uint64_t its_bytes) {
  if (count++ == 0) tensor = name;
  if (__builtin_add_overflow(bytes, its_bytes, &bytes)) throw Malformed{"the sizes of its tensors are over 64 bits"};
}

Constant read_tensor(Message message, TensorSink& sink) {
  const Raw raw = read_fields(message);
  Constant constant;
  constant.name = sink.names.add(raw.name);
  constant.shape = raw.shape;
  for (const std::int64_t dimension : raw.shape)
    if (dimension < 0) throw Malformed{fmt::format("{}: dimension {} is negative", named(raw, message), dimension)};
  const std::optional<std::uint64_t> elements = checked_elements(raw.shape);
  if (!elements)
    throw Malformed{fmt::format("{}: the product of {} is over 64 bits, or a dimension is over 2^40",
                                named(raw, message), shape_text(raw.shape))};
  constant.elements = *elements;
  constant.type = raw.type > 255 ? Type::none : static_cast<Type>(raw.type);
  if (type_row(constant.type) == nullptr)
    throw Malformed{fmt::format("{} is of type {}, which is not known", named(raw, message), raw.type)};
  if (raw.segmented) throw Malformed{named(raw, message) + " is in segments, which are not read"};
  if (raw.external)
    take_external(message, raw, constant, sink);
  else if (raw.raw_data)
    take_raw_data(message, raw, constant);
  else if (raw.typed > 0 || constant.elements == 0)
    take_typed_data(message, raw, constant);
  else
    sink.no_data.add(named(raw, message), constant.data_bytes = bytes_of(constant.type, constant.elements).value_or(0));
  return constant;
}

Constant read_sparse_tensor(Message message, TensorSink& sink) {
  Constant constant;
  Shape shape;
  for (Field field; message.next(field);) {
    if (field.number == 1) constant = read_tensor(message.message(field, "values"), sink);
    if (field.number == 2) read_tensor(message.message(field, "indices"), sink);
    if (field.number == 3)
      message.numbers(field, Wire::varint, [&](std::uint64_t number) {
        if (shape.size() >= 64) throw Malformed{message.place().text() + " has more than 64 dimensions"};
        shape.push_back(static_cast<std::int64_t>(number));
      });
  }
  constant.contents = nullptr;  // of the values that are not zero, without their places
  constant.shape = shape;
  const std::optional<std::uint64_t> elements = checked_elements(shape);
  if (!elements)
    throw Malformed{fmt::format("tensor {}: dimensions {} are negative, or their product is over 64 bits",
                                shown(sink.names[constant.name]), shape_text(shape))};
  constant.elements = *elements;
  return constant;
}

}  // namespace greenml::model_file::graph
