/// \file
/// The tensors that a file of weights names, with their shapes and where their bytes are. Compact, since a header may
/// name a million of them. Knows nothing of what a tensor is for.

#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::model_file {

/// One tensor of a list. Refers to the list, and is good until the next `add`.
struct Tensor {
  std::string_view name;
  std::uint16_t type = 0;                ///< a row of the format's table of types
  std::span<const std::uint64_t> shape;  ///< in the order of the file
  std::uint64_t elements = 0;            ///< as the shape says; packed ones are not unpacked
  std::uint64_t begin = 0;               ///< of its bytes, from the beginning of the file's data
  std::uint64_t bytes = 0;
};

class TensorList {
 public:
  /// The most tensors, and bytes of names, that a model may have.
  static constexpr std::size_t most_tensors = 2U << 20U;
  static constexpr std::size_t most_name_bytes = 128U << 20U;

  /// Adds a tensor, whose name and shape are copied; false where the list is full.
  bool add(const Tensor& tensor);
  void set_bytes(std::size_t index, std::uint64_t bytes) { records_[index].bytes = bytes; }

  std::size_t size() const { return records_.size(); }
  Tensor operator[](std::size_t index) const;

  /// Makes `find` possible. Returns a name that is there twice, if there is one.
  std::optional<std::string> sort_names();
  /// Finds a tensor by its name, after `sort_names`.
  std::optional<Tensor> find(std::string_view name) const;

  /// Indices of the tensors from `first` on, in the order of their bytes.
  std::vector<std::uint32_t> by_offset(std::size_t first) const;

 private:
  struct Record {
    std::uint32_t name_begin;
    std::uint32_t name_size;
    std::uint32_t shape_begin;
    std::uint16_t rank;
    std::uint16_t type;
    std::uint64_t elements;
    std::uint64_t begin;
    std::uint64_t bytes;
  };

  /// How many bytes all names begin with alike.
  std::size_t common_beginning() const;
  std::string_view name(const Record& record) const {
    return std::string_view(names_).substr(record.name_begin, record.name_size);
  }

  std::deque<Record> records_;  // grows without copying
  std::string names_;
  std::vector<std::uint64_t> dimensions_;
  std::vector<std::uint32_t> sorted_;
};

}  // namespace greenml::model_file
