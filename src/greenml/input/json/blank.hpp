/// \file
/// Blanks between the parts of JSON: RFC 8259, section 2.

#pragma once

namespace greenml::read {

constexpr bool is_blank(char character) {
  return character == ' ' || character == '\n' || character == '\t' || character == '\r';
}

}  // namespace greenml::read
