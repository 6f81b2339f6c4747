#include "input/formats.hpp"

#include <algorithm>
#include <simdjson.h>

#include "input/csv/csv_table.hpp"

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

const Reader* find_reader(std::string_view format) {
  return std::find_if(readers.begin(), readers.end(), [&](const Reader& reader) { return reader.format == format; });
}

/// The reader whose suffix the name has; nullptr where it has none.
const Reader* reader_by_suffix(std::string_view name) {
  for (const Reader& reader : readers)
    for (const std::string_view suffix : reader.suffixes)
      if (name.ends_with(suffix)) return &reader;
  return nullptr;
}

/// What a file begins with, without blanks and byte order mark.
std::string_view beginning(Window& window) {
  std::string_view text = window.bytes();
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

}  // namespace

bool is_named_for_format(std::string_view name) { return reader_by_suffix(name) != nullptr; }

bool is_of_no_format(Window& window) {
  const std::string_view text = beginning(window);
  const std::string_view name = window.text().name();
  constexpr auto others = std::to_array<std::string_view>({".yml", ".yaml", ".md", ".txt", ".log", ".html"});
  const bool is_named_so =
      std::any_of(others.begin(), others.end(), [&](std::string_view suffix) { return name.ends_with(suffix); });
  return is_named_so && !text.empty() && text[0] != '{' && text[0] != '[' &&
         (name.ends_with("ml") || name.ends_with(".md") || !looks_like_csv(text));
}

const Reader& reader_for(Window& window) {
  const std::string_view text = beginning(window);
  const std::size_t second = text.find_first_not_of(" \t\r\n", 1);
  const bool is_list = text.starts_with("[") && second < text.size() && (text[second] == '{' || text[second] == ']');
  const bool is_json = text.starts_with("{") || is_list;

  const Reader* named = reader_by_suffix(window.text().name());
  const bool is_named_table = named != nullptr && (named->read == read_csv || named->read == read_tsv);
  if (named != nullptr && !(is_named_table && is_json)) return *named;
  if (is_json) return *find_reader(looks_like_lines(window.bytes()) ? "ndjson" : "json");
  return *find_reader(looks_like_csv(text) ? "csv" : "json");
}

}  // namespace greenml::read
