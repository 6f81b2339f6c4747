/// \file
/// Where in a JSON text its braces, brackets, colons and commas are, and where its strings and other values begin: the
/// first stage of simdjson, which also finds what is not UTF-8, and control characters in strings. It runs on the
/// widest instructions that the machine has.

#pragma once

#include <cstdint>
#include <simdjson.h>
#include <span>
#include <string_view>

namespace greenml::read {

class Structure {
  /// What the parser runs on this machine. Its type has no public name. It is there from the first `find` on.
  auto& stages() const { return *parser_.implementation; }

 public:
  /// Finds the positions in a text that is followed by Window::padding readable bytes. The text begins outside a
  /// string.
  simdjson::error_code find(std::string_view text);

  /// Where `find` fails: finds them up to the string or character that is at fault, and returns how much of the text is
  /// before that.
  std::size_t find_up_to_fault(std::string_view text);

  /// Rising; behind the last of them stands the length of the text.
  std::span<const std::uint32_t> positions() const {
    return {stages().structural_indexes.get(), stages().n_structural_indexes};
  }

 private:
  void add(std::size_t position) {
    stages().structural_indexes[stages().n_structural_indexes++] = static_cast<std::uint32_t>(position);
  }

  simdjson::dom::parser parser_;
};

}  // namespace greenml::read
