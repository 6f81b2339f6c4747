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

/// `otherwise` is the message where the text turns out to be JSON after all.
JsonFault find_json_fault(std::string_view text, std::string_view otherwise);

}  // namespace greenml::read
