/// \file
/// The types of elements that graphs have, under the numbers of ONNX. One row is one type.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace greenml::model_file::graph {

enum class Type : std::uint8_t {
  none = 0,
  float32 = 1,
  uint8 = 2,
  int8 = 3,
  uint16 = 4,
  int16 = 5,
  int32 = 6,
  int64 = 7,
  string = 8,
  boolean = 9,
  float16 = 10,
  float64 = 11,
  uint32 = 12,
  uint64 = 13,
  bfloat16 = 16,
  uint4 = 21,
  int4 = 22,
  int2 = 26,
};

enum class TypeKind : std::uint8_t {
  floating,   ///< a constant of it is a parameter
  quantised,  ///< likewise
  integer,    ///< sizes and indices
  other,      ///< strings
};

struct TypeRow {
  Type type;
  std::string_view name;
  std::uint8_t bits;  ///< 0 where elements have no fixed size
  TypeKind kind;
};

/// Finds a type by the number that ONNX gives it; nullptr where there is none.
const TypeRow* type_row(Type type);

/// "float32"; "type 99" has no name and gives an empty one.
std::string_view type_name(Type type);

inline bool is_floating(Type type) {
  const TypeRow* row = type_row(type);
  return row != nullptr && row->kind == TypeKind::floating;
}

/// How many bytes so many elements take, two 4-bit ones in a byte; nothing where it is not known or over 64 bits.
std::optional<std::uint64_t> bytes_of(Type type, std::uint64_t elements);

}  // namespace greenml::model_file::graph
