#include "sheet/sheet.hpp"

#include <algorithm>

#include "greenml/quantity.hpp"

namespace greenml::render {

namespace {

struct PlainText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::string_view text) const { return std::string(text); }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(double number) const { return round_trip(number); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(bool truth) const { return truth ? "yes" : "no"; }
  std::string operator()(const Digits& digits) const { return std::string(digits.text); }
};

}  // namespace

std::string plain_text(const Cell& cell) { return std::visit(PlainText(), cell); }

const Format* find_format(std::string_view name) {
  for (const Format& format : formats)
    if (format.name == name) return &format;
  return nullptr;
}

std::string suffix_of(std::string_view file) {
  const std::string_view name = file.substr(file.find_last_of('/') + 1);
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size()) return {};
  std::string suffix(name.substr(dot));
  for (char& letter : suffix)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return suffix;
}

bool has_suffix(const Format& format, std::string_view suffix) {
  for (std::string_view rest = format.suffixes; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    if (one == suffix) return true;
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
  }
  return false;
}

std::vector<const Column*> columns_for_programs(const Sheet& sheet) {
  std::vector<const Column*> columns;
  for (const Column& column : sheet.columns)
    if (column.audience != Audience::people) columns.push_back(&column);
  return columns;
}

}  // namespace greenml::render
