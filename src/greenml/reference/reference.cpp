#include "greenml/reference.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "greenml/quantity.hpp"
#include "greenml/spelling.hpp"
#include "input/json/fault.hpp"
#include "input/json/path.hpp"
#include "input/source_text.hpp"
#include "reference/reference_data.hpp"
#include "words/excerpt.hpp"

namespace greenml {

namespace {

using Json = nlohmann::json;

bool is_named(const ReferenceRow& row, std::string_view name) {
  const auto same = [&](std::string_view known) { return !known.empty() && typing_distance(known, name, 0) == 0; };
  return same(row.name) || same(row.title) || std::any_of(row.also.begin(), row.also.end(), same);
}

std::string describe(const ReferenceRow& row) {
  return row.title.empty() ? fmt::format("{} ({})", row.name, row.written)
                           : fmt::format("{} ({}, {})", row.name, row.title, row.written);
}

std::string text_of(const Json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Reads a row; the message is what is wrong with it, or empty.
std::string read_row(const Json& json, Dimension dimension, ReferenceRow& row) {
  if (!json.is_object()) return "is an object";
  row.name = text_of(json, "name");
  row.title = text_of(json, "title");
  row.written = text_of(json, "value");
  row.source = text_of(json, "source");
  if (row.name.empty() || row.source.empty()) return "has no name, or no source";
  if (const auto year = json.find("year"); year != json.end() && year->is_number_integer()) row.year = year->get<int>();
  if (const auto also = json.find("also"); also != json.end() && also->is_array())
    for (const Json& name : *also)
      if (name.is_string()) row.also.push_back(name.get<std::string>());
  const Parsed<double> value = parse_quantity(row.written, dimension, nullptr);
  if (!value) return "value: " + value.complaint().message;
  row.value = *value;
  if (const std::string peak = text_of(json, "peak_per_second"); !peak.empty()) {
    const Parsed<double> operations = parse_quantity(peak, Dimension::compute, nullptr);
    if (!operations) return "peak_per_second: " + operations.complaint().message;
    row.peak = *operations;
  }
  return row.value < 0 ? "value: is negative" : "";
}

}  // namespace

const ReferenceRow* ReferenceTable::find(std::string_view name) const {
  const ReferenceRow* found = nullptr;
  for (const ReferenceRow& row : rows) {
    if (!is_named(row, name)) continue;
    if (found != nullptr) return nullptr;
    found = &row;
  }
  return found;
}

std::string ReferenceTable::near(std::string_view name) const {
  constexpr std::size_t most = 5;
  std::vector<std::string> meant;
  const auto fold = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
  };
  const std::string wanted = fold(std::string(name));
  for (const ReferenceRow& row : rows)
    if (!wanted.empty() &&
        (fold(row.name).find(wanted) != std::string::npos || fold(row.title).find(wanted) != std::string::npos))
      meant.push_back(describe(row));
  if (!meant.empty()) {
    const std::size_t more = meant.size() - std::min(most, meant.size());
    meant.resize(std::min(most, meant.size()));
    return fmt::format("it could be {}{}", fmt::join(meant, ", "),
                       more > 0 ? fmt::format(", or one of {} more", more) : "");
  }
  std::vector<std::string_view> names;
  for (const ReferenceRow& row : rows) {
    names.push_back(row.name);
    if (!row.title.empty()) names.push_back(row.title);
    names.insert(names.end(), row.also.begin(), row.also.end());
  }
  const std::string_view nearest_name = nearest(name, names);
  const ReferenceRow* row = nearest_name.empty() ? nullptr : find(nearest_name);
  return row == nullptr ? "" : fmt::format("did you mean {}?", describe(*row));
}

ReferenceTable read_reference(ReferenceKind kind, const std::string& file, std::string_view bytes, Problems& problems) {
  ReferenceTable table;
  if (!Json::accept(bytes)) {
    const read::JsonFault fault = read::find_json_fault(bytes, "this is not JSON");
    problems.add(
        {.place = read::SourceText(file, bytes).place_of(fault.offset), .message = fault.message, .hint = fault.hint});
    return table;
  }
  const auto report = [&](std::size_t offset, std::string key, std::string message) {
    problems.add({.place = read::SourceText(file, bytes).place_of(offset),
                  .key = std::move(key),
                  .message = std::move(message)});
  };
  if (const std::optional<std::size_t> repeated = read::find_repeated_key(bytes))
    report(*repeated, "", "the key is there twice in one object");
  const Json json = Json::parse(bytes);
  const read::JsonPath path_of_rows = read::JsonPath().member("rows");
  const auto rows = json.is_object() ? json.find("rows") : json.end();
  if (!json.is_object() || rows == json.end() || !rows->is_array()) {
    report(path_of_rows.offset_of_value(bytes), "rows", "is an array of objects with name, value and source");
    return table;
  }
  for (std::size_t index = 0; index < rows->size(); ++index) {
    ReferenceRow row;
    const std::string wrong = read_row((*rows)[index], reference_kinds[static_cast<std::size_t>(kind)].dimension, row);
    const read::JsonPath path = path_of_rows.element(index);
    if (wrong.empty())
      table.rows.push_back(std::move(row));
    else
      report(path.offset_of_value(bytes), path.text(), wrong);
  }
  return table;
}

const ReferenceTable& built_in_reference(ReferenceKind kind) {
  const auto read = [](ReferenceKind which, std::string_view bytes) {
    Problems problems;
    ReferenceTable table = read_reference(which, "built-in", bytes, problems);
    if (problems.errors() > 0) throw std::logic_error("a reference table that is built in cannot be read");
    return table;
  };
  switch (kind) {
    case ReferenceKind::grids: {
      static const ReferenceTable grids = read(kind, built_in_grids);
      return grids;
    }
    case ReferenceKind::hardware: {
      static const ReferenceTable hardware = read(kind, built_in_hardware);
      return hardware;
    }
    case ReferenceKind::equivalents:
      break;
  }
  static const ReferenceTable equivalents = read(ReferenceKind::equivalents, built_in_equivalents);
  return equivalents;
}

}  // namespace greenml
