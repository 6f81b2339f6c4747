/// \file
/// What the tensors of safetensors files do for a token, told by their names and the config.json beside them: for
/// models that write tokens alone, whose matrices are all of a known kind. Adds nothing up.

#pragma once

#include <string_view>

#include "model_file/config.hpp"
#include "model_file/tensor_list.hpp"
#include "model_file/weight.hpp"

namespace greenml::model_file {

/// What a tensor is used for: "model.layers.7.self_attn.q_proj.weight" is a matrix of attention.
Use config_use(const Tensor& tensor);

/// How many experts a tensor of experts holds: the first dimension where all are in one, else 1.
std::uint64_t experts_of(const Tensor& tensor);

/// Tells how many heads, experts and layers there are, or why that cannot be told.
LanguageModel config_language_model(const TensorList& tensors, const Config& config, const Quantisation& quantisation);

}  // namespace greenml::model_file
