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
struct ConstantUse {
  Name name = 0;
  Type type = Type::none;
  Shape shape;
  std::uint64_t elements = 0;
  std::uint64_t bytes = 0;
  std::string packed;  ///< the type of the elements that are packed in it: "int4"

  bool is_weight = false;      ///< read as a weight
  bool is_bias = false;        ///< likewise, also where it is of whole numbers
  bool is_buffer = false;      ///< read as statistics, or as a table that is not trained
  bool is_unpacked = false;    ///< its bits are taken apart, so that nobody counts what it holds
  bool is_gathered = false;    ///< rows of it are looked up
  bool is_multiplied = false;  ///< it is an operand of an operator with multiply-accumulates
  const Node* first_use = nullptr;

  // How an operator unpacks it, kept for what the callers of a function give.
  char packing = 0;                   ///< the role: 'k' or 'g'
  std::int64_t bits = 0;              ///< of each weight
  std::optional<std::uint64_t> held;  ///< weights, where the operator says so
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
