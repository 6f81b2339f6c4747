#include "input/source/source.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <nlohmann/json.hpp>
#include <regex>

#include "greenml/source.hpp"
#include "greenml/spelling.hpp"
#include "words/excerpt.hpp"

namespace greenml::source {

namespace {

using Json = nlohmann::ordered_json;

/// What is wrong in a mapping; does not leave this file.
struct Wrong {
  Complaint complaint;
};

[[noreturn]] void refuse(std::string message, std::string hint = "") {
  throw Wrong{{std::move(message), std::move(hint)}};
}

std::string text_of(std::string_view key, const Json& json) {
  if (!json.is_string()) refuse(fmt::format("{} is a text", quote(key)));
  return json.get<std::string>();
}

std::vector<std::string> texts_of(std::string_view key, const Json& json) {
  if (!json.is_array()) refuse(fmt::format("{} is a list of texts", quote(key)));
  std::vector<std::string> texts;
  for (const Json& one : json) texts.push_back(text_of(key, one));
  return texts;
}

bool truth_of(std::string_view key, const Json& json) {
  if (!json.is_boolean()) refuse(fmt::format("{} is true or false", quote(key)));
  return json.get<bool>();
}

std::vector<LabelSetting> labels_of(std::string_view key, const Json& json) {
  if (!json.is_object()) refuse(fmt::format("{} is an object of labels", quote(key)));
  std::vector<LabelSetting> settings;
  for (const auto& [label, text] : json.items()) {
    if (find_field(label)) refuse(fmt::format("{}: {} is a quantity, not a label", quote(key), label));
    settings.push_back({label, text_of(label, text)});
  }
  return settings;
}

Method method_of(std::string_view key, const Json& json) {
  const std::string name = text_of(key, json);
  for (std::size_t index = 1; index < methods.size(); ++index)
    if (methods[index].name == name && static_cast<Method>(index) != Method::derived) return static_cast<Method>(index);
  refuse(fmt::format("{}: {} is not a method", quote(key), quote(name)),
         "methods: measured, counted, reported, estimated, assumed");
}

/// Calls what reads each key of an object; a key that nobody reads is refused.
using Readers = std::vector<std::pair<std::string_view, std::function<void(const Json&)>>>;
void read_object(std::string_view what, const Json& json, const Readers& readers) {
  if (!json.is_object()) refuse(fmt::format("{} is an object", what));
  std::vector<std::string_view> known;
  for (const auto& [key, read] : readers) known.push_back(key);
  for (const auto& [key, value] : json.items()) {
    const auto found =
        std::find_if(readers.begin(), readers.end(), [&, &name = key](const auto& one) { return one.first == name; });
    if (found == readers.end()) {
      const std::string near = did_you_mean(key, known);
      refuse(fmt::format("{}: unknown key {}", what, quote(key)),
             near.empty() ? fmt::format("known keys: {}", fmt::join(known, ", ")) : near);
    }
    found->second(value);
  }
}

/// The columns between braces of a template.
std::vector<std::string> columns_of_text(std::string_view text) {
  std::vector<std::string> columns;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    columns.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return columns;
}

void set_target(Rule& rule, std::string_view column, const Json& json) {
  const bool unit_is_certain = rule.target.unit_is_certain;
  const Parsed<ColumnMapping> target = parse_column_target(column, text_of("to", json));
  if (!target) throw Wrong{target.complaint()};
  rule.target = *target;
  rule.target.unit_is_certain = unit_is_certain;
}

void check_pattern(const std::string& pattern) {
  try {
    const std::regex expression(pattern);
    if (expression.mark_count() != 1) refuse(fmt::format("\"match\": {} has not one group", quote(pattern)));
  } catch (const std::regex_error&) {
    refuse(fmt::format("\"match\": {} is not a regular expression", quote(pattern)));
  }
}

/// {"stage": "test", "n_gen": "0"}
Condition condition_of(std::string_view key, const Json& json) {
  if (!json.is_object()) refuse(fmt::format("{} is an object of columns and their texts", quote(key)));
  Condition condition;
  for (const auto& [column, text] : json.items()) condition.emplace_back(column, text_of(column, text));
  return condition;
}

/// "top1": "accuracy:%", or an object with `to` and more.
Rule column_rule(const std::string& column, const Json& json) {
  Rule rule;
  rule.columns = {column};
  if (json.is_string()) {
    set_target(rule, column, json);
    return rule;
  }
  read_object(
      quote(column), json,
      {{"to", [&](const Json& value) { set_target(rule, column, value); }},
       {"match", [&](const Json& value) { rule.pattern = text_of("match", value); }},
       {"error", [&](const Json& value) { rule.error = text_of("error", value); }},
       {"when", [&](const Json& value) { rule.when = condition_of("when", value); }},
       {"method", [&](const Json& value) { rule.method = method_of("method", value); }},
       {"unit_is_certain",
        [&](const Json& value) { rule.target.unit_is_certain = truth_of("unit_is_certain", value); }},
       {"zero_is_missing", [&](const Json& value) { rule.zero_is_missing = truth_of("zero_is_missing", value); }},
       {"also", [&](const Json& value) { rule.also = labels_of("also", value); }}});
  if (rule.target.column.empty()) refuse(fmt::format("{} has no \"to\"", quote(column)));
  return rule;
}

/// {"quotient": ["infer_step_time", "infer_batch_size"], "to": "latency:ms"}
Rule computed_rule(const Json& json) {
  Rule rule;
  const auto operands = [&](Operation operation, std::string_view key, std::string_view sign) {
    return [&rule, operation, key, sign](const Json& value) {
      rule.operation = operation;
      rule.columns = texts_of(key, value);
      rule.target.column = fmt::format("{}", fmt::join(rule.columns, sign));
    };
  };
  const Json* target = nullptr;
  read_object("computed", json,
              {{"sum", operands(Operation::sum, "sum", "+")},
               {"quotient", operands(Operation::quotient, "quotient", "/")},
               {"product", operands(Operation::product, "product", " x ")},
               {"count", operands(Operation::count, "count", "+")},
               {"when", [&](const Json& value) { rule.when = condition_of("when", value); }},
               {"text",
                [&](const Json& value) {
                  rule.operation = Operation::text;
                  rule.text = rule.target.column = text_of("text", value);
                  rule.columns = columns_of_text(rule.text);
                }},
               {"also", [&](const Json& value) { rule.also = labels_of("also", value); }},
               {"to", [&](const Json& value) { target = &value; }}});
  if (rule.columns.empty() || target == nullptr)
    refuse("computed: an entry has a \"to\", and one of \"sum\", \"quotient\", \"product\", \"count\", \"text\"");
  if (rule.operation == Operation::quotient && rule.columns.size() != 2)
    refuse("computed: a quotient is of two columns");
  set_target(rule, std::string(rule.target.column), *target);
  if (rule.operation == Operation::text && rule.target.target == ColumnMapping::Target::quantity)
    refuse("computed: a text becomes a label, not a quantity");
  return rule;
}

Layout layout_of(const Json& json) {
  const std::string name = text_of("format", json);
  const auto found = std::find(layout_names.begin(), layout_names.end(), name);
  if (found == layout_names.end())
    refuse(fmt::format("\"format\": {} is none", quote(name)), fmt::format("known: {}", fmt::join(layout_names, ", ")));
  return static_cast<Layout>(found - layout_names.begin());
}

void read_layouts(Source& source, const Json& json) {
  if (!json.is_array()) {
    source.layouts = {layout_of(json)};
    return;
  }
  for (const Json& one : json) source.layouts.push_back(layout_of(one));
}

MethodByColumn method_by_of(const Json& json) {
  MethodByColumn by;
  if (!json.is_object()) refuse("\"method_by\" is an object");
  for (const auto& [key, value] : json.items()) {
    if (key == "column")
      by.column = text_of(key, value);
    else if (key == "otherwise")
      by.otherwise = method_of(key, value);
    else
      by.methods.emplace_back(key, method_of(key, value));
  }
  return by;
}

void read_columns(Source& source, const Json& json) {
  if (!json.is_object()) refuse("\"columns\" is an object");
  for (const auto& [column, target] : json.items()) {
    const std::vector<Json> targets =
        target.is_array() ? std::vector<Json>(target.begin(), target.end()) : std::vector<Json>{target};
    for (const Json& one : targets) source.rules.push_back(column_rule(column, one));
  }
}

void read_computed(Source& source, const Json& json) {
  if (!json.is_array()) refuse("\"computed\" is a list");
  for (const Json& one : json) source.rules.push_back(computed_rule(one));
}

void read_others(Source& source, const Json& json) {
  const std::string others = text_of("others", json);
  if (others != "labels" && others != "drop") refuse("\"others\" is \"labels\" or \"drop\"");
  source.others_are_labels = others == "labels";
}

/// "PUE": "coefficient of ([0-9.]+)", or an object with `match` and more.
LogLine log_line_of(const std::string& column, const Json& json) {
  LogLine line = {column, "", "", true};
  if (json.is_string()) {
    line.pattern = text_of("match", json);
  } else {
    read_object(quote(column), json,
                {{"match", [&](const Json& value) { line.pattern = text_of("match", value); }},
                 {"after", [&](const Json& value) { line.after = text_of("after", value); }},
                 {"several", [&](const Json& value) {
                    const std::string several = text_of("several", value);
                    if (several != "last" && several != "none") refuse("\"several\" is \"last\" or \"none\"");
                    line.takes_last = several == "last";
                  }}});
  }
  return line;
}

void read_lines(Source& source, const Json& json) {
  if (!json.is_object()) refuse("\"lines\" is an object");
  for (const auto& [column, pattern] : json.items()) source.lines.push_back(log_line_of(column, pattern));
}

void read_pivot(Source& source, const Json& json) {
  read_object("pivot", json,
              {{"key", [&](const Json& value) { source.pivot_key = text_of("key", value); }},
               {"value", [&](const Json& value) { source.pivot_value = text_of("value", value); }}});
}

Source source_of(const Json& json) {
  Source source;
  const auto text = [](std::string& member, std::string_view key) {
    return [&member, key](const Json& value) { member = text_of(key, value); };
  };
  const auto texts = [](std::vector<std::string>& member, std::string_view key) {
    return [&member, key](const Json& value) { member = texts_of(key, value); };
  };
  read_object("the mapping", json,
              {{"$schema", [](const Json&) {}},
               {"name", text(source.name, "name")},
               {"title", text(source.title, "title")},
               {"url", text(source.url, "url")},
               {"refused", text(source.refused, "refused")},
               {"format", [&](const Json& value) { read_layouts(source, value); }},
               {"recognise", texts(source.recognised_by, "recognise")},
               {"recognise_one", texts(source.or_by, "recognise_one")},
               {"but_not", texts(source.but_not, "but_not")},
               {"with_text", texts(source.with_text, "with_text")},
               {"records", texts(source.records, "records")},
               {"lines", [&](const Json& value) { read_lines(source, value); }},
               {"sections", texts(source.sections, "sections")},
               {"pivot", [&](const Json& value) { read_pivot(source, value); }},
               {"result_by", text(source.result_by, "result_by")},
               {"columns", [&](const Json& value) { read_columns(source, value); }},
               {"computed", [&](const Json& value) { read_computed(source, value); }},
               {"others", [&](const Json& value) { read_others(source, value); }},
               {"missing", texts(source.missing, "missing")},
               {"last_of", texts(source.last_of, "last_of")},
               {"only", [&](const Json& value) { source.only = condition_of("only", value); }},
               {"defaults", [&](const Json& value) { source.defaults = labels_of("defaults", value); }},
               {"method", [&](const Json& value) { source.method = method_of("method", value); }},
               {"method_by", [&](const Json& value) { source.method_by = method_by_of(value); }}});
  if (source.name.empty()) refuse("the mapping has no name");
  if (source.rules.empty() && source.refused.empty()) refuse("the mapping has no columns");
  for (Rule& rule : source.rules) rule.target.method = rule.method != Method::unstated ? rule.method : source.method;
  if (source.layouts.empty()) refuse("the mapping has no format");
  const bool is_log = std::find(source.layouts.begin(), source.layouts.end(), Layout::log) != source.layouts.end();
  if (is_log == source.lines.empty()) refuse("\"lines\" are for the format log, which has no columns but those");
  if (source.records.empty()) source.records.emplace_back();
  return source;
}

/// Refuses a key that is there twice in an object, of which the parser would take the last.
Json parse_json(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) refuse("the mapping has a NUL byte");
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) refuse("the mapping is not JSON");
  return json;
}

}  // namespace

bool is_named(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  const std::string_view before = pattern.substr(0, star);
  const std::string_view behind = pattern.substr(star + 1);
  return name.size() >= before.size() + behind.size() && name.starts_with(before) && name.ends_with(behind);
}

std::string_view last_name(std::string_view path) {
  while (path.ends_with('}') || path.ends_with('{')) path.remove_suffix(1);
  return path.substr(path.rfind('.') + 1);
}

Parsed<Source> parse_trusted_source(std::string_view json) {
  try {
    return source_of(parse_json(json));
  } catch (const Wrong& wrong) {
    return wrong.complaint;
  }
}

Parsed<Source> parse_source(std::string_view json) {
  try {
    Source source = source_of(parse_json(json));
    for (const Rule& rule : source.rules)
      if (!rule.pattern.empty()) check_pattern(rule.pattern);
    for (const LogLine& line : source.lines) check_pattern(line.pattern);
    return source;
  } catch (const Wrong& wrong) {
    return wrong.complaint;
  }
}

}  // namespace greenml::source

namespace greenml {

namespace {

std::string described(const source::Rule& rule) {
  const ColumnMapping& target = rule.target;
  if (target.target == ColumnMapping::Target::nothing) return fmt::format("{} is left out", target.column);
  if (target.target == ColumnMapping::Target::label) return fmt::format("{} -> {}", target.column, target.label);
  return fmt::format("{} -> {} in {}", target.column, row_of(target.field).name, target.unit->symbol);
}

}  // namespace

std::vector<SourceRow> list_sources() {
  std::vector<SourceRow> rows;
  for (const source::Source* const each : source::built_in_sources()) {
    const source::Source& source = *each;
    SourceRow& row = rows.emplace_back();
    row.name = source.name;
    row.title = source.title;
    for (const source::Layout layout : source.layouts)
      row.format +=
          (row.format.empty() ? "" : " ") + std::string(source::layout_names[static_cast<std::size_t>(layout)]);
    row.recognised = source.recognised_by;
    row.url = source.url;
    for (const source::Rule& rule : source.rules) row.becomes.push_back(described(rule));
  }
  return rows;
}

std::optional<Complaint> complaint_about_mapping(std::string_view json) {
  const Parsed<source::Source> source = source::parse_source(json);
  return source ? std::nullopt : std::optional(source.complaint());
}

}  // namespace greenml
