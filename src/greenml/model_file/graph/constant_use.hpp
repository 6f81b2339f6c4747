/// \file
/// What the constants of a graph are used as, while its nodes are walked.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model_file/graph/graph.hpp"

namespace greenml::model_file::graph {

/// One constant, or what a ConstantOfShape makes. The inputs of a function stand for what its callers give.
struct Item {
  Name name = 0;
  Type type = Type::none;
  Shape shape;
  std::uint64_t elements = 0;
  std::uint64_t bytes = 0;
  std::string packed;  ///< the type of the elements that are packed in it: "int4"

  bool is_weight = false;  ///< read as a weight
  bool is_bias = false;    ///< likewise, where whole numbers of 32 bits are a bias
  bool is_buffer = false;
  char packing = 0;  ///< the role by which it is unpacked, and for an input of a function the bits of each weight
  std::int64_t bits = 0;
  std::optional<std::uint64_t> held;  ///< weights, where the operator says so
  bool is_unpacked = false;           ///< by bits that nobody counts
  bool is_gathered = false;           ///< rows of it are looked up
  bool is_multiplied = false;         ///< it is an operand of an operator with multiply-accumulates
  const Node* first_use = nullptr;
};

/// What a value is made of without being computed: constants that were reshaped, cast or dequantised.
struct Origin {
  std::vector<std::uint32_t> items;
  bool is_dequantised = false;
  bool is_unpacked = false;  ///< by operations on bits

  void join(const Origin& other) {
    for (const std::uint32_t item : other.items)
      if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
    is_dequantised = is_dequantised || other.is_dequantised;
    is_unpacked = is_unpacked || other.is_unpacked;
  }
};

}  // namespace greenml::model_file::graph
