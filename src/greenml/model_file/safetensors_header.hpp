/// \file
/// Reads headers of safetensors files: the names, types, shapes and places of tensors. Checks all that the format's
/// reference implementation checks, and what it passes besides: duplicate names. What the tensors cost is not said
/// here.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "greenml/parsed.hpp"
#include "model_file/file.hpp"
#include "model_file/tensor_list.hpp"

namespace greenml::model_file {

enum class ElementKind { floating, integer, boolean, unknown };

/// One row is one type of the format.
struct SafetensorsType {
  std::string_view name;
  std::uint32_t bits = 0;
  ElementKind kind = ElementKind::unknown;
};

/// The table of types. Its last row stands for types that are not known.
std::span<const SafetensorsType> safetensors_types();
const SafetensorsType& safetensors_type(const Tensor& tensor);

/// Why a type of a file is not known: "tensor w is of type F3, which is not known".
struct UnknownType {
  std::string tensor;
  std::string type;
  std::uint64_t count = 0;  ///< tensors of types that are not known
};

/// Adds the tensors of one file to the list. The types of tensors are indices into `safetensors_types`.
/// The first complaint that there is, if there is one.
std::optional<Complaint> read_safetensors(const File& file, TensorList& tensors, UnknownType& unknown);

}  // namespace greenml::model_file
