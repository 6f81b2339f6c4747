/// \file
/// Finds out why a text is not JSON, and where: the slow and careful look, taken only to complain.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace greenml::read {

struct JsonFault {
  std::size_t offset;
  std::string message;
  std::string hint;
};

/// `otherwise` is the message where the text turns out to be JSON after all. A reader that knows that the fault is at
/// an offset, or before it, says so: this look may go on to the end of a word.
JsonFault find_json_fault(std::string_view text, std::string_view otherwise,
                          std::size_t not_behind = std::string_view::npos);

}  // namespace greenml::read
