/// \file
/// What the schema of TFLite (schema.fbs, version 3) says of types, operators and their options, as far as costs follow
/// from it. One row is one of them.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model_file/graph/element_type.hpp"

namespace greenml::model_file::graph {

/// The type under its number in the schema; Type::none where the number is not known.
Type tflite_type(std::int64_t number);

/// The name of an operator under its number in the schema: "CONV_2D"; empty where the number is not known.
std::string_view tflite_operator(std::int64_t number);

enum class OptionKind : std::uint8_t { int8, int32, int32s };

/// An option of an operator that its rules read as an attribute.
struct TfliteOption {
  std::string_view operator_name;
  std::string_view name;
  unsigned field = 0;  ///< its number in the table of options
  OptionKind kind = OptionKind::int32;
  std::int64_t without = 0;  ///< what it is where it is not there
};

std::span<const TfliteOption> tflite_options();

}  // namespace greenml::model_file::graph
