/// \file
/// Reads headers of GGUF files, versions 2 and 3: keys with their values, and the names, types, shapes and places of
/// tensors. Checks every length and count against what the file has left. What the tensors cost is in gguf.hpp.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "greenml/parsed.hpp"
#include "model_file/file.hpp"
#include "model_file/tensor_list.hpp"

namespace greenml::model_file {

/// The value of a key. Fractions, long lists and long texts are not kept: nothing is counted by them.
struct GgufValue {
  std::optional<std::uint64_t> number;  ///< whole and not negative; booleans are 0 and 1
  std::optional<std::string> text;
  std::vector<std::uint64_t> numbers;  ///< a list of such numbers
};

struct GgufKeys {
  std::map<std::string, GgufValue> values;

  const GgufValue* find(const std::string& key) const;
  std::optional<std::uint64_t> number(const std::string& key) const;
  std::string text(const std::string& key) const;  ///< empty where there is none
};

/// A tensor whose type is not in the table: "tensor w is of type 99".
struct UnknownGgufType {
  std::string tensor;
  std::uint32_t type = 0;
  std::uint64_t count = 0;
  bool has_others = false;  ///< that are not known either
};

/// Adds the tensors of one file to the list, and its keys. The types of tensors are indices into `gguf_types`; the
/// bytes of a tensor of unknown type are those up to the next tensor. The first complaint that there is, if there is
/// one.
std::optional<Complaint> read_gguf(const File& file, TensorList& tensors, GgufKeys& keys, UnknownGgufType& unknown);

}  // namespace greenml::model_file
