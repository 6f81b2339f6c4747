/// \file
/// What tensors of safetensors files count as: weights, packed or not, statistics of normalisations, scales of
/// quantisation, indices. Told by names, types and the tensors beside; what cannot be told is unknown.

#pragma once

#include "model_file/config.hpp"
#include "model_file/tensor_list.hpp"
#include "model_file/weight.hpp"

namespace greenml::model_file {

/// Gives role, elements and type of a tensor; `use` is for others to say. The list's names must be sorted.
Weight weigh(const Tensor& tensor, const TensorList& tensors, const Quantisation& quantisation);

}  // namespace greenml::model_file
