#include "model_file/protobuf_shape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace greenml::model_file {

namespace {

using Bytes = std::span<const std::byte>;

enum class WireType : std::uint8_t { varint = 0, bytes = 2 };

struct WireField {
  std::uint64_t number = 0;
  WireType type = WireType::varint;
  std::uint64_t value = 0;  ///< of a varint
  Bytes content;            ///< of bytes, as far as they are there
  bool whole = true;        ///< all of the content is there
};

std::optional<std::uint64_t> take_varint(Bytes& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = std::to_integer<std::uint64_t>(bytes[0]);
    bytes = bytes.subspan(1);
    value |= (byte & 0x7fU) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

/// Takes the next field; nothing where the bytes end or are of no field that these formats begin with.
std::optional<WireField> take_field(Bytes& bytes) {
  const std::optional<std::uint64_t> tag = take_varint(bytes);
  if (!tag || *tag >> 3U == 0) return std::nullopt;
  WireField field;
  field.number = *tag >> 3U;
  const std::uint64_t type = *tag & 7U;
  if (type != 0 && type != 2) return std::nullopt;
  field.type = static_cast<WireType>(type);
  const std::optional<std::uint64_t> value = take_varint(bytes);
  if (!value) return std::nullopt;
  field.value = *value;
  if (field.type == WireType::varint) return field;
  field.whole = *value <= bytes.size();
  field.content = field.whole ? bytes.first(static_cast<std::size_t>(*value)) : bytes;
  bytes = bytes.subspan(field.content.size());
  return field;
}

bool is_printable(std::byte byte) { return byte >= std::byte{' '} && byte != std::byte{0x7f}; }

bool is_text(Bytes bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte byte) {
    return is_printable(byte) || byte == std::byte{'\n'} || byte == std::byte{'\r'} || byte == std::byte{'\t'};
  });
}

bool is_word(Bytes bytes) { return std::all_of(bytes.begin(), bytes.end(), is_printable); }

/// A version in field 1, then a message in field 2, whose first field is the number `first` of bytes. Returns that.
std::optional<WireField> first_of_second(Bytes bytes) {
  const std::optional<WireField> version = take_field(bytes);
  if (!version || version->number != 1 || version->type != WireType::varint) return std::nullopt;
  const std::optional<WireField> second = take_field(bytes);
  if (!second || second->number != 2 || second->type != WireType::bytes) return std::nullopt;
  Bytes content = second->content;
  return take_field(content);
}

struct ModelField {
  std::uint64_t number;
  WireType type;
  bool is_name;  ///< a word, not a message
};

/// The fields of ONNX's ModelProto that a file can begin with.
constexpr auto model_fields = std::to_array<ModelField>({
    {1, WireType::varint, false},  // ir_version
    {2, WireType::bytes, true},    // producer_name
    {3, WireType::bytes, true},    // producer_version
    {4, WireType::bytes, true},    // domain
    {5, WireType::varint, false},  // model_version
    {6, WireType::bytes, false},   // doc_string
    {7, WireType::bytes, false},   // graph
    {8, WireType::bytes, false},   // opset_import
    {14, WireType::bytes, false},  // metadata_props
    {20, WireType::bytes, false},  // training_info
    {25, WireType::bytes, false},  // functions
    {26, WireType::bytes, false},  // configuration
});

}  // namespace

bool is_onnx(Bytes first_bytes) {
  if (first_bytes.empty() || is_text(first_bytes.first(std::min<std::size_t>(first_bytes.size(), 64)))) return false;
  Bytes rest = first_bytes;
  // The first fields alone: what follows may be damaged, which the reader says better.
  for (int fields = 0; fields < 3 && !rest.empty(); ++fields) {
    const std::optional<WireField> field = take_field(rest);
    if (!field) return fields > 0;
    const auto row = std::find_if(model_fields.begin(), model_fields.end(),
                                  [&](const ModelField& known) { return known.number == field->number; });
    if (row == model_fields.end() || row->type != field->type) return fields > 1;
    if (row->is_name && !is_word(field->content)) return false;
    if (!field->whole) break;
  }
  return true;
}

bool is_saved_model(Bytes first_bytes) {
  // SavedModel: saved_model_schema_version, meta_graphs; MetaGraphDef: meta_info_def, which begins with a list of
  // operators or with tags.
  const std::optional<WireField> info = first_of_second(first_bytes);
  if (!info || info->number != 1 || info->type != WireType::bytes) return false;
  Bytes content = info->content;
  const std::optional<WireField> first = take_field(content);
  return first && first->type == WireType::bytes && (first->number == 2 || first->number == 4 || first->number == 5);
}

bool is_core_ml(Bytes first_bytes) {
  // Model: specificationVersion, description; ModelDescription: inputs, whose first field is a name; or metadata alone.
  const std::optional<WireField> input = first_of_second(first_bytes);
  if (!input || input->type != WireType::bytes) return false;
  if (input->number == 100) return true;
  if (input->number != 1 && input->number != 10) return false;
  Bytes content = input->content;
  const std::optional<WireField> name = take_field(content);
  return name && name->number == 1 && name->type == WireType::bytes && is_word(name->content);
}

bool is_tensorflow_graph(Bytes first_bytes) {
  // GraphDef: node; NodeDef: name, op.
  Bytes rest = first_bytes;
  const std::optional<WireField> node = take_field(rest);
  if (!node || node->number != 1 || node->type != WireType::bytes) return false;
  Bytes content = node->content;
  const std::optional<WireField> name = take_field(content);
  if (!name || name->number != 1 || name->type != WireType::bytes || !is_word(name->content)) return false;
  const std::optional<WireField> operation = take_field(content);
  return operation && operation->number == 2 && operation->type == WireType::bytes && is_word(operation->content);
}

}  // namespace greenml::model_file
