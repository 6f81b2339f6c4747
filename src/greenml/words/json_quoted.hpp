/// \file
/// Texts as JSON has them.

#pragma once

#include <string>
#include <string_view>

namespace greenml {

/// How a text is written in JSON, with its quotation marks. Bytes that are not UTF-8 become U+FFFD.
std::string json_quoted(std::string_view text);

}  // namespace greenml
