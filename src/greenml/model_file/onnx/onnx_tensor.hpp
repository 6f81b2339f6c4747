/// \file
/// Reads a TensorProto of ONNX: its type and shape, where its data is, and the elements of small ones. Checks that the
/// data is as long as the shape says, and reads no weights.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model_file/graph/graph.hpp"
#include "model_file/onnx/wire.hpp"

namespace greenml::model_file::graph {

/// Data of a tensor that is in another file.
struct External {
  std::string location;
  std::string tensor;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  ///< as declared, or as the shape says
};

/// Tensors whose data is nowhere.
struct NoData {
  std::string tensor;  ///< the first of them
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;  ///< that belong there

  /// Throws Malformed where the sum is over 64 bits.
  void add(const std::string& name, std::uint64_t its_bytes);
};

/// What a tensor needs besides its own fields.
struct TensorSink {
  Names& names;
  std::vector<External>& externals;
  NoData& no_data;
};

Constant read_tensor(Message message, TensorSink& sink);
Constant read_sparse_tensor(Message message, TensorSink& sink);

}  // namespace greenml::model_file::graph
