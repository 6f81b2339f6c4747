#include "input/source/read_source.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <simdjson.h>

#include "greenml/spelling.hpp"
#include "input/csv/csv_scanner.hpp"
#include "input/csv/csv_table.hpp"
#include "input/formats.hpp"
#include "input/source/log_tree.hpp"
#include "input/source/mapper.hpp"
#include "input/source/tree.hpp"
#include "words/excerpt.hpp"

namespace greenml::source {

namespace {

constexpr std::size_t most_of_log = 256 << 10;  // in which a log's own words are looked for
constexpr std::size_t looked_at = 64 << 10;     // of the first window: by these a file is recognised

bool has(const std::vector<std::string>& names, const std::string& pattern) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return is_named(pattern, name); });
}

bool has_all(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) { return has(names, name); });
}

bool has_any(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) { return has(names, name); });
}

bool is_of(const Source& source, const std::vector<std::string>& columns) {
  return has_all(columns, source.recognised_by) && !has_any(columns, source.but_not) &&
         (source.or_by.empty() || has_any(columns, source.or_by));
}

bool has_text(std::string_view bytes, const std::vector<std::string>& texts) {
  return texts.empty() || std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
           return bytes.find(text) != std::string_view::npos;
         });
}

/// Has the window hold the whole file, or as much of it as it may.
void hold_all(read::Window& window) {
  while (!window.is_last() && window.move_to(0)) {
  }
}

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with(read::byte_order_mark)) bytes.remove_prefix(read::byte_order_mark.size());
  return bytes.substr(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
}

/// The layouts that the file may have by its looks.
bool may_be(Layout layout, std::string_view bytes, const std::string& name) {
  const std::string_view text = without_mark(bytes);
  const bool is_json = text.starts_with('{') || text.starts_with('[');
  const bool is_commented = text.starts_with('#');
  const bool is_yaml_file = name.ends_with(".yml") || name.ends_with(".yaml");
  switch (layout) {
    case Layout::table:
      return !is_json && !is_yaml_file && !text.starts_with("---") && read::looks_like_csv(text);
    case Layout::json:
      return is_json || is_commented;
    case Layout::yaml:
      return is_yaml_file || (!is_json && text.find(":\n") != std::string_view::npos);
    case Layout::card:
      return text.starts_with("---");
    case Layout::log:
      return !is_json && !text.starts_with("---") && !read::is_named_for_format(name);
  }
  return false;
}

/// The layout of the source's that the file has by its looks.
std::optional<Layout> layout_of(const Source& source, std::string_view bytes, const std::string& name) {
  for (const Layout layout : source.layouts)
    if (may_be(layout, bytes, name)) return layout;
  return std::nullopt;
}

/// The cells of the first line that is not blank.
std::vector<std::string> header_of(std::string_view bytes, const TableDialect& dialect) {
  const std::string_view text = without_mark(bytes);
  const std::optional<char> delimiter = dialect.delimiter ? dialect.delimiter : read::delimiter_of(text);
  if (!delimiter) return {};
  read::CsvScanner scanner(*delimiter);
  scanner.read_row(text, 0, true);
  std::vector<std::string> names;
  for (const read::CsvCell& cell : scanner.cells()) {
    std::string_view name = cell.text;
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    names.emplace_back(name);
  }
  return names;
}

TreeResult tree_of(const Source& source, Layout layout, std::string_view text) {
  if (text.starts_with(read::byte_order_mark)) text.remove_prefix(read::byte_order_mark.size());
  switch (layout) {
    case Layout::yaml:
      return tree_of_yaml(text);
    case Layout::card:
      return tree_of_card(text);
    case Layout::log:
      return {tree_of_log(source, text), std::nullopt};
    default:
      return tree_of_json(text);
  }
}

/// One record of all objects: each is a column, called by the value of one of its members.
Tree pivoted(const Source& source, const Tree& tree) {
  Tree record;
  record.kind = read::RawKind::object;
  const auto member = [](const Tree& object, const std::string& key) -> const Tree* {
    for (const auto& [name, value] : object.members)
      if (name == key) return &value;
    return nullptr;
  };
  for (const Tree& element : tree.elements) {
    const Tree* key = member(element, source.pivot_key);
    const Tree* value = member(element, source.pivot_value);
    if (key != nullptr && value != nullptr) record.members.push_back({key->text, *value});
  }
  return record;
}

void for_each_record_of(const Source& source, const Tree& tree, const std::function<void(const Record&)>& take) {
  if (!source.pivot_key.empty()) return for_each_record(pivoted(source, tree), "", take);
  for (const std::string& path : source.records) {
    bool any = false;
    for_each_record(tree, path, [&](const Record& record) {
      any = true;
      take(record);
    });
    if (any) return;
  }
}

/// Whether a document may be of the source by its looks, so that it is worth a closer one.
bool may_be_of(const Source& source, std::string_view bytes) {
  return std::all_of(source.recognised_by.begin(), source.recognised_by.end(),
                     [&](const std::string& path) { return bytes.find(last_name(path)) != std::string_view::npos; });
}

bool is_tree_of(const Source& source, const Tree& tree) {
  constexpr std::size_t most_records = 20;
  std::size_t count = 0;
  bool found = false;
  const auto look = [&](const Record& record) {
    if (found || ++count > most_records) return;
    std::vector<std::string> paths;
    for (const auto& [path, value] : record) paths.push_back(path);
    found = is_of(source, paths);
  };
  if (source.pivot_key.empty())
    for_each_record_of(source, tree, look);
  else
    for_each_record(tree, "", look);
  return found;
}

std::vector<const Source*> recognised(read::Window& window, const ReadOptions& options) {
  std::vector<const Source*> found;
  const std::string& name = window.text().name();
  std::vector<std::string> columns;
  std::array<std::optional<TreeResult>, layout_names.size()> trees;
  const auto may_be_written = [&](Layout layout) { return may_be(layout, window.bytes(), name); };
  for (const Source* const each : built_in_sources_for(may_be_written, window.bytes().substr(0, looked_at))) {
    const Source& source = *each;
    const std::optional<Layout> layout = layout_of(source, window.bytes(), name);
    if (layout == Layout::log) {
      if (has_text(window.bytes().substr(0, most_of_log), source.with_text)) found.push_back(each);
      continue;
    }
    if ((source.recognised_by.empty() && source.or_by.empty()) || !layout) continue;
    if (*layout == Layout::table) {
      if (columns.empty()) columns = header_of(window.bytes(), options.dialect);
      if (is_of(source, columns)) found.push_back(each);
      continue;
    }
    if (!may_be_of(source, window.bytes().substr(0, looked_at))) continue;
    hold_all(window);
    if (!window.is_last() || !has_text(window.bytes(), source.with_text)) continue;
    std::optional<TreeResult>& tree = trees[static_cast<std::size_t>(*layout)];
    if (!tree) tree = tree_of(source, *layout, window.bytes());
    if (!tree->fault && is_tree_of(source, tree->tree)) found.push_back(each);
  }
  return found;
}

/// --map 'A/B=...' computes a column where none is called so.
bool computes(const ReadOptions& options, read::Window& window) {
  const bool may = std::any_of(options.map.begin(), options.map.end(), [](const ColumnMapping& mapping) {
    return mapping.column.find_first_of("+/") != std::string::npos;
  });
  if (!may || !may_be(Layout::table, window.bytes(), window.text().name())) return false;
  const std::vector<std::string> columns = header_of(window.bytes(), options.dialect);
  return std::any_of(options.map.begin(), options.map.end(), [&](const ColumnMapping& mapping) {
    return rules_of({}, {mapping}, columns).front().operation != Operation::value;
  });
}

Complaint unknown_source(const std::string& name) {
  std::vector<std::string_view> names = {"greenml", markdown_table};
  for (const Source* const source : built_in_sources()) names.push_back(source->name);
  const std::string near = did_you_mean(name, names);
  return {fmt::format("--as: there is no source {}", quote(name)),
          near.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : near};
}

/// The texts of defaults as an object, which the interpreter takes like those of a catalog. What the user says in their
/// place is no contradiction: the file does not state them.
void state_defaults(const Source& source, const std::vector<LabelSetting>& instead, Interpreter& interpreter,
                    std::uint32_t first_number) {
  read::RawObject object;
  for (const LabelSetting& setting : source.defaults) {
    if (std::any_of(instead.begin(), instead.end(),
                    [&](const LabelSetting& one) { return one.label == setting.label; }))
      continue;
    read::RawMember& member = object.members.add();
    member.key = setting.label;
    member.key_number = first_number++;
    member.value = {.kind = read::RawKind::text, .text = setting.text};
  }
  if (object.members.begin() != object.members.end()) interpreter.defaults(object);
}

void read_records(const Source& source, read::Window& window, const TableDialect& dialect, Mapper& mapper) {
  const std::string& name = window.text().name();
  const Layout usual = source.layouts.empty() ? Layout::table : source.layouts.front();
  const Layout layout = layout_of(source, window.bytes(), name).value_or(usual);
  if (layout == Layout::table) {
    read::CsvTable table(window, dialect);
    read::Parts parts(mapper);
    if (table.read_header(mapper)) table.read_rows(parts);
    return;
  }
  if (!simdjson::validate_utf8(window.bytes().data(), window.bytes().size()))
    return mapper.problem(0, "the file is not UTF-8", "save the file as UTF-8");
  const TreeResult result = tree_of(source, layout, window.bytes());
  if (result.fault)
    return mapper.problem(std::min(result.fault->offset, window.bytes().size()), result.fault->message, "");
  for_each_record_of(source, result.tree, [&](const Record& record) { mapper.record(record); });
}

}  // namespace

Parsed<std::shared_ptr<Choice>> choose_source(read::Window& window, const ReadOptions& options) {
  auto choice = std::make_shared<Choice>();
  const auto is_of_its_layout = [&](const Source& source) {
    return layout_of(source, window.bytes(), window.text().name()).has_value();
  };
  if (options.mapping) {
    Parsed<Source> own = parse_source(*options.mapping);
    if (!own) return own.complaint();
    choice->is_asked_for = is_of_its_layout(*own);
    if (choice->is_asked_for) choice->own = std::make_unique<Source>(*std::move(own));
  } else if (options.as == "greenml") {
    choice->is_asked_for = true;
    return choice;
  } else if (options.as == markdown_table) {
    choice->is_asked_for = choice->is_markdown = !read::is_named_for_format(window.text().name());
    if (choice->is_markdown) return choice;
  } else if (!options.as.empty()) {
    const std::vector<const Source*> sources = built_in_sources();
    const auto named =
        std::find_if(sources.begin(), sources.end(), [&](const Source* one) { return one->name == options.as; });
    if (named == sources.end()) return unknown_source(options.as);
    choice->is_asked_for = is_of_its_layout(**named);
    if (choice->is_asked_for) choice->source = *named;
  }
  if (!choice->is_asked_for) {
    const std::vector<const Source*> found = recognised(window, options);
    if (found.size() > 1)
      return Complaint{fmt::format("the file may be of {} and of {}", found[0]->name, found[1]->name),
                       fmt::format("say which: --as {} or --as {}", found[0]->name, found[1]->name)};
    if (found.size() == 1) choice->source = found.front();
    if (found.empty() && computes(options, window)) choice->own = std::make_unique<Source>();
  }
  if (choice->own) choice->source = choice->own.get();
  if (choice->source != nullptr && !choice->source->refused.empty())
    return Complaint{choice->source->title, choice->source->refused};
  return choice;
}

Met read_source(const Source& source, read::Window& window, Catalog& catalog, Problems& problems,
                const ReadOptions& options) {
  hold_all(window);
  if (!window.is_last()) {
    Problem problem;
    problem.place.file = window.text().name();
    problem.message = "more than 64 MB of another tool's file";
    problem.hint = "--as greenml reads it as a catalog";
    problems.add(std::move(problem));
    return {std::vector<bool>(options.map.size()), {}};
  }
  Wishes wishes = {options.map, options.missing, options.result};
  wishes.missing.insert(wishes.missing.end(), source.missing.begin(), source.missing.end());
  ReadOptions known = options;
  known.missing = wishes.missing;
  known.map.clear();  // the mapper has them

  Interpreter interpreter(catalog, window.text(), problems, known);
  constexpr std::uint32_t behind_columns = 10'000;
  state_defaults(source, options.set, interpreter, behind_columns);
  Mapper mapper(interpreter, source, wishes, window.text().name());
  read_records(source, window, options.dialect, mapper);
  mapper.finish();
  interpreter.finish();
  Met met = {std::vector<bool>(options.map.size()), mapper.column_names()};
  for (std::size_t index = 0; index < met.mappings.size(); ++index)
    met.mappings[index] = has(met.columns, options.map[index].column) ||
                          rules_of({}, {options.map[index]}, met.columns).front().operation != Operation::value;
  return met;
}

}  // namespace greenml::source
