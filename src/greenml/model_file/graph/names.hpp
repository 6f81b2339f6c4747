/// \file
/// The names in a model, each kept once under a small number. Compact, since a graph may have a million of them.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::model_file::graph {

/// The number of a name; 0 is the empty name.
using Name = std::uint32_t;

class Names {
 public:
  /// The most bytes that all names may have together, and the longest one.
  static constexpr std::size_t most_bytes = 100U << 20U;

  Names();

  /// Returns the number of a name, which is kept when it is new. Throws Malformed where the names are too many.
  Name add(std::string_view text);
  /// Finds the number of a name; 0 where it is not there.
  Name find(std::string_view text) const;
  /// Good until the next `add`.
  std::string_view operator[](Name name) const {
    return std::string_view(text_).substr(begins_[name], begins_[name + 1] - begins_[name]);
  }
  std::size_t size() const { return begins_.size() - 1; }

 private:
  std::size_t slot_of(std::string_view text) const;
  void grow();

  std::string text_;
  std::vector<std::uint32_t> begins_;
  std::vector<Name> slots_;  // open addressing; 0 is free
};

}  // namespace greenml::model_file::graph
