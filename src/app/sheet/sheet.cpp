#include "sheet/sheet.hpp"

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

const Format* find_format_for_file(std::string_view file) {
  for (const Format& format : formats)
    if (!format.suffix.empty() && file.ends_with(format.suffix)) return &format;
  return nullptr;
}

std::vector<const Column*> columns_for_programs(const Sheet& sheet) {
  std::vector<const Column*> columns;
  for (const Column& column : sheet.columns)
    if (column.audience != Audience::people) columns.push_back(&column);
  return columns;
}

}  // namespace greenml::render
