#include "commands/options/file_options.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "commands/options/catalog_options.hpp"
#include "greenml/column_mapping.hpp"
#include "greenml/footprint.hpp"
#include "greenml/label.hpp"
#include "greenml/source.hpp"
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
  table
      .value("--as", as_, "SOURCE",
             "Read files as this tool's (default: recognised; greenml list sources); table: as a table in Markdown")
      .under(heading);
  table.value("--table", table_text_, "N", "Which table of a Markdown document, from 1").under(heading);
  table.value("--mapping", mapping_file_, "FILE", "Read files by a mapping of your own").under(heading);
  table.value("--result", result_, "TEXT", "Which of several results of a model: 'Top 1 Accuracy'").under(heading);
  table
      .value(
          "--join", join_text_, "LABELS",
          "Bring together what several files say of one model: name, or name~,variant, where ~ is up to the first dot")
      .under(heading);
  table.value("--prefer", prefer_text_, "WHICH", "Where joined files say two things of a model: first or last")
      .one_of({"first", "last"})
      .under(heading);
  table.flag("--drop-conflicts", drop_conflicts_, "... leave out what the later file says of that model")
      .under(heading);
}

bool FileOptions::resolve(World& world, Messages& messages) {
  return messages.is_good(resolve_columns()) && messages.is_good(resolve_settings()) &&
         messages.is_good(resolve_dialect()) && messages.is_good(resolve_join()) &&
         messages.is_good(resolve_mapping(world));
}

std::optional<Complaint> FileOptions::resolve_columns() {
  for (const std::string& text : map_texts_) {
    Parsed<ColumnMapping> mapping = parse_column_mapping(text);
    if (!mapping) {
      return about("--map", mapping.complaint());
    }
    const auto same = [&](const ColumnMapping& other) { return other.column == mapping->column; };
    if (std::any_of(map_.begin(), map_.end(), same)) {
      return Complaint{fmt::format("--map: \"{}\" is explained twice", mapping->column), "leave one of them out"};
    }
    map_.push_back(*std::move(mapping));
  }
  return std::nullopt;
}

std::optional<Complaint> FileOptions::resolve_settings() {
  for (const std::string& text : set_texts_) {
    Parsed<LabelSetting> setting = parse_setting(text);
    if (!setting) {
      return about("--set", setting.complaint());
    }
    set_.push_back(*std::move(setting));
  }
  return std::nullopt;
}

std::optional<Complaint> FileOptions::resolve_dialect() {
  if (decimal_text_ && *decimal_text_ != "." && *decimal_text_ != ",")
    return Complaint{fmt::format("--input-decimal: \"{}\" stands before no decimals", *decimal_text_), ". or ,"};
  if (decimal_text_) dialect_.decimal = (*decimal_text_)[0];
  if (table_text_) {
    if (as_ != "table") return Complaint{"--table is for a table in a Markdown document", "say --as table"};
    const Parsed<std::size_t> table = parse_count("--table", *table_text_);
    if (!table) return table.complaint();
    dialect_.table = *table;
  }
  if (!delimiter_text_) return std::nullopt;
  const std::string& text = *delimiter_text_;
  if (text == "tab" || text == "\\t") {
    dialect_.delimiter = '\t';
    return std::nullopt;
  }
  constexpr std::string_view not_between_cells = "\"\r\n";
  const bool good = text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80 && text[0] != '\0' &&
                    not_between_cells.find(text[0]) == std::string_view::npos;
  if (!good)
    return Complaint{fmt::format("--input-delimiter: \"{}\" cannot stand between cells", text),
                     "one character, as in --input-delimiter ';', or tab"};
  dialect_.delimiter = text[0];
  return std::nullopt;
}

std::optional<Complaint> FileOptions::resolve_join() {
  if (!join_text_) {
    if (!prefer_text_ && !drop_conflicts_) return std::nullopt;
    return Complaint{fmt::format("{}: nothing is joined", prefer_text_ ? "--prefer" : "--drop-conflicts"),
                     "--join LABELS brings together what several files say of one model"};
  }
  Parsed<std::vector<JoinLabel>> joined_by = parse_join(*join_text_);
  if (!joined_by) {
    return about("--join", joined_by.complaint());
  }
  if (prefer_text_ && drop_conflicts_) {
    return Complaint{"--prefer and --drop-conflicts are two answers to one question", "give one of them"};
  }
  join_ = Join{*std::move(joined_by), drop_conflicts_ ? Conflicts::leave_out : Conflicts::are_errors};
  if (!prefer_text_) return std::nullopt;
  if (*prefer_text_ != "first" && *prefer_text_ != "last") {
    return Complaint{fmt::format("--prefer: \"{}\" is neither first nor last", *prefer_text_)};
  }
  join_->conflicts = *prefer_text_ == "first" ? Conflicts::take_first : Conflicts::take_last;
  return std::nullopt;
}

std::optional<Complaint> FileOptions::resolve_mapping(World& world) {
  if (as_ && mapping_file_) return Complaint{"--as and --mapping are two answers to one question", "give one of them"};
  if (as_ && as_->empty()) return Complaint{"--as: the name of the source is empty", "greenml list sources"};
  if (!mapping_file_) return std::nullopt;
  Parsed<std::string> text = world.read_whole(*mapping_file_);
  if (!text) return text.complaint();
  mapping_ = *std::move(text);
  const std::optional<Complaint> complaint = complaint_about_mapping(*mapping_);
  return complaint ? std::optional(about(*mapping_file_, *complaint)) : std::nullopt;
}

ReadOptions FileOptions::added_to(ReadOptions options) const {
  options.map = map_;
  options.missing = missing_;
  options.set = set_;
  options.dialect = dialect_;
  options.join = join_;
  options.as = as_.value_or("");
  options.mapping = mapping_;
  options.result = result_;
  return options;
}

}  // namespace greenml::cli
