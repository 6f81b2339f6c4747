#include "input/formats.hpp"

#include <algorithm>
#include <simdjson.h>

namespace greenml::read {

namespace {

/// Whether the text is a complete JSON object with that key.
bool is_object_with(std::string_view text, std::string_view key) {
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(text);
  simdjson::ondemand::document document;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return false;
  return document.find_field_unordered(key).error() == simdjson::SUCCESS;
}

/// One model a line: the first line is an object by itself, and either more objects follow or it has no models.
bool looks_like_lines(std::string_view bytes) {
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  const std::size_t first = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
  const std::size_t end = std::min(bytes.find('\n', first), bytes.size());
  const std::string_view line = bytes.substr(first, end - first);
  const std::size_t last = line.find_last_not_of(" \t\r");
  if (!line.starts_with('{') || line[last] != '}') return false;
  const std::size_t next = bytes.find_first_not_of(" \t\r\n", end);
  if (next != std::string_view::npos) return bytes[next] == '{';
  return !is_object_with(line, "models");
}

}  // namespace

const Reader& reader_for(Window& window) {
  for (const Reader& reader : readers)
    for (const std::string_view suffix : reader.suffixes)
      if (window.text().name().ends_with(suffix)) return reader;
  return readers[looks_like_lines(window.bytes()) ? 1 : 0];
}

}  // namespace greenml::read
