/// \file
/// Tells apart the formats that are protocol buffers, which have no magic: by the first fields of their first messages.
/// Guesses from what is there; the reader of the format checks.

#pragma once

#include <cstddef>
#include <span>

namespace greenml::model_file {

bool is_onnx(std::span<const std::byte> first_bytes);
bool is_saved_model(std::span<const std::byte> first_bytes);
bool is_core_ml(std::span<const std::byte> first_bytes);
bool is_tensorflow_graph(std::span<const std::byte> first_bytes);

}  // namespace greenml::model_file
