#include "model_file/graph/element_type.hpp"

#include <array>

#include "model_file/checked.hpp"

namespace greenml::model_file::graph {

namespace {

constexpr auto type_rows = std::to_array<TypeRow>({
    {Type::float32, "float32", 32, TypeKind::floating}, {Type::uint8, "uint8", 8, TypeKind::quantised},
    {Type::int8, "int8", 8, TypeKind::quantised},       {Type::uint16, "uint16", 16, TypeKind::quantised},
    {Type::int16, "int16", 16, TypeKind::quantised},    {Type::int32, "int32", 32, TypeKind::integer},
    {Type::int64, "int64", 64, TypeKind::integer},      {Type::string, "string", 0, TypeKind::other},
    {Type::boolean, "bool", 8, TypeKind::integer},      {Type::float16, "float16", 16, TypeKind::floating},
    {Type::float64, "float64", 64, TypeKind::floating}, {Type::uint32, "uint32", 32, TypeKind::integer},
    {Type::uint64, "uint64", 64, TypeKind::integer},    {Type{14}, "complex64", 64, TypeKind::floating},
    {Type{15}, "complex128", 128, TypeKind::floating},  {Type::bfloat16, "bfloat16", 16, TypeKind::floating},
    {Type{17}, "float8e4m3fn", 8, TypeKind::floating},  {Type{18}, "float8e4m3fnuz", 8, TypeKind::floating},
    {Type{19}, "float8e5m2", 8, TypeKind::floating},    {Type{20}, "float8e5m2fnuz", 8, TypeKind::floating},
    {Type::uint4, "uint4", 4, TypeKind::quantised},     {Type::int4, "int4", 4, TypeKind::quantised},
    {Type{23}, "float4e2m1", 4, TypeKind::floating},    {Type{24}, "float8e8m0", 8, TypeKind::floating},
    {Type{25}, "uint2", 2, TypeKind::quantised},        {Type::int2, "int2", 2, TypeKind::quantised},
});

}  // namespace

const TypeRow* type_row(Type type) {
  for (const TypeRow& row : type_rows)
    if (row.type == type) return &row;
  return nullptr;
}

std::string_view type_name(Type type) {
  const TypeRow* row = type_row(type);
  return row == nullptr ? std::string_view() : row->name;
}

std::optional<std::uint64_t> bytes_of(Type type, std::uint64_t elements) {
  const TypeRow* row = type_row(type);
  if (row == nullptr || row->bits == 0) return std::nullopt;
  if (row->bits >= 8) return checked_product(elements, row->bits / 8U);
  const std::uint64_t in_a_byte = 8U / row->bits;
  return elements / in_a_byte + (elements % in_a_byte != 0 ? 1 : 0);
}

}  // namespace greenml::model_file::graph
