/// \file
/// The tables of GGUF: types of tensors with their blocks, and names of types of quantisation of a whole file. One row
/// is one number of the format. From ggml.h, ggml-common.h and llama.h of llama.cpp.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace greenml::model_file {

struct GgufType {
  std::uint32_t number = 0;
  std::string_view name;
  std::uint32_t block = 0;  ///< elements
  std::uint32_t bytes = 0;  ///< of a block
  bool is_integer = false;  ///< indices and the like, not weights
};

/// The table of types; its last row stands for types that are not known.
std::span<const GgufType> gguf_types();

/// The row of a type, as an index into the table.
std::size_t gguf_type(std::uint32_t number);

/// How people name the quantisation of a file by its `general.file_type`: "Q4_K_M"; empty where it is not known.
std::string_view gguf_file_type(std::uint64_t number);

}  // namespace greenml::model_file
