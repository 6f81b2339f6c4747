/// \file
/// Sums and products of sizes that a file states, in 64 bits: nothing where the result does not fit.

#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace greenml::model_file {

inline std::optional<std::uint64_t> checked_product(std::uint64_t left, std::uint64_t right) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(left, right, &product)) return std::nullopt;
  return product;
}

inline std::optional<std::uint64_t> checked_sum(std::uint64_t left, std::uint64_t right) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(left, right, &sum)) return std::nullopt;
  return sum;
}

inline std::optional<std::int64_t> checked_sum(std::int64_t left, std::int64_t right) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left, right, &sum)) return std::nullopt;
  return sum;
}

inline std::optional<std::int64_t> checked_product(std::int64_t left, std::int64_t right) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(left, right, &product)) return std::nullopt;
  return product;
}

/// How many elements a tensor of this shape has. A zero does not hide that the other dimensions overflow.
inline std::optional<std::uint64_t> element_count(std::span<const std::uint64_t> shape) {
  std::uint64_t product = 1;
  bool empty = false;
  for (const std::uint64_t dimension : shape) {
    empty = empty || dimension == 0;
    if (dimension != 0 && __builtin_mul_overflow(product, dimension, &product)) return std::nullopt;
  }
  return empty ? 0 : product;
}

}  // namespace greenml::model_file
