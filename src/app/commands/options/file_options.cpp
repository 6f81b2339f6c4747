#include "commands/options/file_options.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "greenml/column_mapping.hpp"
#include "greenml/footprint.hpp"
#include "greenml/label.hpp"
#include "greenml/spelling.hpp"

namespace greenml::cli {

namespace {

Parsed<LabelSetting> parse_setting(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view key = text.substr(0, equals);
  if (equals == std::string_view::npos || key.empty())
    return Complaint{fmt::format("\"{}\" is not LABEL=TEXT", text), "as in --set dataset=ImageNet-1k"};
  if (find_field(key))
    return Complaint{fmt::format("{} is a quantity, which each model has its own of", key),
                     "--map COLUMN=" + std::string(key) + ":UNIT reads a column"};
  if (key == "name") return Complaint{"every model has a name of its own", "--map COLUMN=name takes a column for it"};
  LabelSetting setting = {std::string(key), std::string(text.substr(equals + 1))};
  if (find_label(key) == nullptr) {
    std::vector<std::string_view> known;
    for (const Label& label : labels) known.push_back(label.name);
    if (const std::string near = did_you_mean(key, known); !near.empty())
      return Complaint{fmt::format("\"{}\" is no label that greenml knows", key), near};
  }
  if (key == "hardware_count" && !parse_hardware_count(setting.text))
    return Complaint{fmt::format("hardware_count: \"{}\" is not a whole number from 1", setting.text)};
  return setting;
}

}  // namespace

void FileOptions::declare(OptionTable& table) {
  constexpr const char* heading = "Files of other tools";
  table
      .repeatable("--map", map_texts_, "COLUMN=FIELD:UNIT",
                  "What a column or key means: 'Energy (kWh)=training_energy:kWh', model=name, x=drop")
      .under(heading);
  table.repeatable("--missing", missing_, "TEXT", "What stands for no value: N/A, -1").under(heading);
  table.repeatable("--set", set_texts_, "LABEL=TEXT", "A label for all models: dataset=ImageNet-1k").under(heading);
  table
      .value("--input-delimiter", delimiter_text_, "CHAR",
             "What stands between the cells of a table: , ; | or tab (default: told by its header)")
      .under(heading);
  table.value("--input-decimal", decimal_text_, "CHAR", "What stands before decimals in a table: . or , (default: .)")
      .under(heading);
}

bool FileOptions::resolve(Console& console) {
  return resolve_columns(console) && resolve_settings(console) && resolve_dialect(console);
}

bool FileOptions::resolve_columns(Console& console) {
  for (const std::string& text : map_texts_) {
    Parsed<ColumnMapping> mapping = parse_column_mapping(text);
    if (!mapping) {
      console.error(fmt::format("--map: {}", mapping.complaint().message), mapping.complaint().hint);
      return false;
    }
    const auto same = [&](const ColumnMapping& other) { return other.column == mapping->column; };
    if (std::any_of(map_.begin(), map_.end(), same)) {
      console.error(fmt::format("--map: \"{}\" is explained twice", mapping->column), "leave one of them out");
      return false;
    }
    map_.push_back(*std::move(mapping));
  }
  return true;
}

bool FileOptions::resolve_settings(Console& console) {
  for (const std::string& text : set_texts_) {
    Parsed<LabelSetting> setting = parse_setting(text);
    if (!setting) {
      console.error(fmt::format("--set: {}", setting.complaint().message), setting.complaint().hint);
      return false;
    }
    set_.push_back(*std::move(setting));
  }
  return true;
}

bool FileOptions::resolve_dialect(Console& console) {
  if (decimal_text_ && *decimal_text_ != "." && *decimal_text_ != ",") {
    console.error(fmt::format("--input-decimal: \"{}\" stands before no decimals", *decimal_text_), ". or ,");
    return false;
  }
  if (decimal_text_) dialect_.decimal = (*decimal_text_)[0];
  if (!delimiter_text_) return true;
  const std::string& text = *delimiter_text_;
  if (text == "tab" || text == "\\t") {
    dialect_.delimiter = '\t';
    return true;
  }
  constexpr std::string_view not_between_cells = "\"\r\n";
  const bool good = text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 && text[0] != '\0' &&
                    not_between_cells.find(text[0]) == std::string_view::npos;
  if (good)
    dialect_.delimiter = text[0];
  else
    console.error(fmt::format("--input-delimiter: \"{}\" cannot stand between cells", text),
                  "one character, as in --input-delimiter ';', or tab");
  return good;
}

ReadOptions FileOptions::added_to(ReadOptions options) const {
  options.map = map_;
  options.missing = missing_;
  options.set = set_;
  options.dialect = dialect_;
  return options;
}

}  // namespace greenml::cli
