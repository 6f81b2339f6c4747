/// \file
/// What the tensors of a GGUF file do for a token: told by their names and by the keys of the file. Adds nothing up.

#pragma once

#include <string_view>

#include "model_file/gguf_header.hpp"
#include "model_file/weight.hpp"

namespace greenml::model_file {

/// What a tensor is used for: "blk.7.attn_q.weight" is a matrix of attention.
Use gguf_use(const Tensor& tensor);

/// Tells how many heads, experts and blocks there are, or why that cannot be told.
LanguageModel gguf_language_model(const TensorList& tensors, const GgufKeys& keys);

}  // namespace greenml::model_file
