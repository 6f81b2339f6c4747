/// \file
/// The way to a value of a small JSON document, to name it in a message and to find its place in the text: only a
/// document with a mistake is searched. Large catalogs have the offsets of all values; see raw_object.hpp.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace greenml::read {

class JsonPath {
 public:
  /// The member of this object with that key.
  JsonPath member(std::string_view key) const;
  /// The element of this list, from 0.
  JsonPath element(std::size_t index) const;

  /// "limits[0].min.energy"; empty for the document. Keys are shortened, and safe to show.
  std::string text() const;
  /// Where the value begins, or the key of a member. Where the text, which is JSON, does not lead so far, where the
  /// last value on the way does.
  std::size_t offset_of_value(std::string_view json) const;
  std::size_t offset_of_key(std::string_view json) const;

 private:
  struct Offsets {
    std::size_t key = 0;
    std::size_t value = 0;
  };
  Offsets find(std::string_view json) const;

  std::vector<std::variant<std::string, std::size_t>> steps_;  // keys and indices
};

/// Where a key stands that an object of the document, which is JSON, has already had; nothing where there is none.
/// Looks at the outermost object and all in it.
std::optional<std::size_t> find_repeated_key(std::string_view json);

}  // namespace greenml::read
