#include "commands/completion/candidates.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <set>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "greenml/audit.hpp"
#include "greenml/field.hpp"
#include "greenml/label.hpp"
#include "greenml/metric.hpp"
#include "greenml/model_name.hpp"
#include "greenml/reference.hpp"
#include "greenml/source.hpp"

namespace greenml::cli {

namespace {

using Candidates = std::vector<Candidate>;

/// What is known of the line where a value is wanted.
struct Line {
  World& world;
  Messages& messages;
  std::string_view typed;             ///< the beginning of the value
  std::string_view option;            ///< "--power"; empty for an operand
  std::vector<std::string> catalogs;  ///< files that stand before it
  mutable std::optional<Catalog> read = std::nullopt;

  /// Small enough to be read while somebody waits; nothing where a file is none, or is no catalog.
  const Catalog* catalog() const {
    constexpr std::uintmax_t most_bytes = 32 << 20;
    if (read) return &*read;
    std::uintmax_t bytes = 0;
    for (const std::string& file : catalogs) {
      std::error_code failed;
      if (!std::filesystem::is_regular_file(file, failed)) return nullptr;
      bytes += std::filesystem::file_size(file, failed);
      if (failed || bytes > most_bytes) return nullptr;
    }
    if (!catalogs.empty()) read = read_files(world, messages, catalogs, {});
    return read ? &*read : nullptr;
  }
};

Candidates model_names(const Line& line) {
  Candidates all;
  const Catalog* catalog = line.catalog();
  if (catalog == nullptr) return all;
  std::set<std::string_view> seen;
  for (std::size_t row = 0; row < catalog->size(); ++row)
    if (seen.insert(catalog->name(row)).second)
      all.push_back({std::string(catalog->name(row)), std::string((*catalog)[row].label("family"))});
  return all;
}

Candidates measures(const Line& line) {
  Candidates all;
  const Catalog* catalog = line.catalog();
  const auto has = [&](FieldId field) { return catalog == nullptr || catalog->has(field); };
  for (const Metric& metric : metrics) all.push_back({std::string(metric.name), std::string(metric.formula)});
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (has(static_cast<FieldId>(index)))
      all.push_back({std::string(fields[index].name), std::string(fields[index].help)});
  return all;
}

Candidates fields_of(Role role) {
  Candidates all;
  for (const Field& field : fields)
    if (field.role == role) all.push_back({std::string(field.name), std::string(field.help)});
  return all;
}

Candidates qualities(const Line&) { return fields_of(Role::quality); }
Candidates costs(const Line&) { return fields_of(Role::cost); }

Candidates labels_known(const Line& line) {
  Candidates all;
  const Catalog* catalog = line.catalog();
  for (const Label& label : labels)
    if (catalog == nullptr || catalog->has_label(label.name))
      all.push_back({std::string(label.name), std::string(label.help)});
  if (catalog != nullptr)
    for (const std::string_view label : catalog->further_labels()) all.push_back({std::string(label), ""});
  return all;
}

Candidates columns(const Line& line) {
  Candidates all = measures(line);
  for (Candidate& label : labels_known(line)) all.push_back(std::move(label));
  return all;
}

/// Each with this behind it.
Candidates followed_by(std::string_view end, Candidates all) {
  for (Candidate& one : all) one.text += end;
  return all;
}

/// A number that is typed, perhaps with the beginning of a unit: with each unit of the dimension behind it.
Candidates with_units(std::string_view before, std::string_view typed, Dimension dimension) {
  Candidates all;
  const std::string_view number = typed.substr(0, typed.find_first_not_of("0123456789.,"));
  if (number.empty()) return all;
  for (const Unit& unit : units)
    if (unit.dimension == dimension) all.push_back({fmt::format("{}{}{}", before, number, unit.symbol), ""});
  return all;
}

/// "accuracy=", and behind a number its units.
Candidates limits(const Line& line) {
  const std::size_t equals = line.typed.find('=');
  if (equals == std::string_view::npos) return followed_by("=", measures(line));
  const std::optional<FieldId> field = find_field(line.typed.substr(0, equals));
  if (!field) return {};
  return with_units(line.typed.substr(0, equals + 1), line.typed.substr(equals + 1), row_of(*field).dimension);
}

/// "family=", and behind it the texts that the models have.
Candidates label_texts(const Line& line) {
  const std::size_t equals = line.typed.find('=');
  if (equals == std::string_view::npos) return followed_by("=", labels_known(line));
  std::string_view label = line.typed.substr(0, equals);
  while (label.ends_with('=') || label.ends_with('!')) label.remove_suffix(1);
  const Catalog* catalog = line.catalog();
  if (catalog == nullptr || !catalog->has_label(label)) return {};
  std::set<std::string> texts;
  for (std::size_t row = 0; row < catalog->size(); ++row)
    if (const std::string_view text = (*catalog)[row].label(label); !text.empty()) texts.emplace(text);
  Candidates all;
  for (const std::string& text : texts)
    all.push_back({fmt::format("{}{}", line.typed.substr(0, equals + 1), text), ""});
  return all;
}

/// An option that is named after what it states: --power, --time, --energy, --carbon-intensity.
Candidates quantities(const Line& line) {
  std::string name(line.option.substr(std::min<std::size_t>(2, line.option.size())));
  std::replace(name.begin(), name.end(), '-', '_');
  for (const std::string& field : {name, "training_" + name})
    if (const std::optional<FieldId> found = find_field(field))
      return with_units("", line.typed, row_of(*found).dimension);
  return {};
}

Candidates unit_names(const Line&) {
  Candidates all;
  for (const Unit& unit : units)
    if (!unit.symbol.empty()) all.push_back({std::string(unit.symbol), ""});
  return all;
}

Candidates rows_of(ReferenceKind kind) {
  Candidates all;
  for (const ReferenceRow& row : built_in_reference(kind).rows) {
    all.push_back({row.name, row.title});
    for (const std::string& other : row.also) all.push_back({other, row.title.empty() ? row.name : row.title});
  }
  return all;
}

/// "markdown=": a further report.
Candidates reports(const Line&) {
  Candidates all;
  for (const render::Format& format : render::formats)
    if (format.shows != render::Shows::chart) all.push_back({std::string(format.name), std::string(format.help)});
  return followed_by("=", std::move(all));
}

Candidates grid_names(const Line&) { return rows_of(ReferenceKind::grids); }
Candidates hardware_names(const Line&) { return rows_of(ReferenceKind::hardware); }

Candidates rule_names(const Line&) {
  Candidates all;
  for (const AuditRule& rule : audit_rules()) all.push_back({std::string(rule.name), std::string(rule.compares)});
  return all;
}

Candidates source_names(const Line&) {
  Candidates all;
  for (const SourceRow& row : list_sources()) all.push_back({row.name, row.title});
  return all;
}

/// What a value is, told by the name that --help gives it. One row is one kind of value; others are free texts.
struct ValueKind {
  std::string_view name;
  Completes what = Completes::words;
  Candidates (*candidates)(const Line& line) = nullptr;
  bool is_list = false;  ///< with commas between
};
constexpr auto value_kinds = std::to_array<ValueKind>({
    {"CATALOG", Completes::files},
    {"DIR", Completes::folders},
    {"FIELD", Completes::words, qualities},
    {"FIELDS", Completes::words, costs, true},
    {"FILE", Completes::files},
    {"FORMAT=FILE", Completes::words, reports},
    {"GRID", Completes::words, grid_names},
    {"HARDWARE", Completes::words, hardware_names},
    {"LABEL", Completes::words, labels_known},
    {"LABEL=TEXT", Completes::words, label_texts},
    {"LABELS", Completes::words, labels_known, true},
    {"LIST", Completes::words, columns, true},
    {"MEASURE", Completes::words, measures},
    {"METRIC", Completes::words, measures},
    {"MODEL", Completes::words, model_names},
    {"NAME=VALUE", Completes::words, limits},
    {"OLD", Completes::files},
    {"QUANTITY", Completes::words, quantities},
    {"RULE", Completes::words, rule_names},
    {"SOURCE", Completes::words, source_names},
    {"UNIT", Completes::words, unit_names},
    {"[MEASURE]", Completes::words, measures},
    {"[NAME=]AMOUNT", Completes::words, limits},
});

/// The value of an option or operand, of which `line.typed` is there.
Completion complete_value(const Option& row, Line& line, std::string_view before) {
  Completion completion;
  const std::string_view name = row.is_operand() ? std::string_view(row.names) : std::string_view(row.value_name);
  bool is_list = false;
  if (!row.choices.empty()) {
    for (const std::string& word : row.choices) completion.candidates.push_back({word, ""});
  } else {
    const auto kind =
        std::find_if(value_kinds.begin(), value_kinds.end(), [&](const ValueKind& one) { return one.name == name; });
    if (kind == value_kinds.end()) return {};
    if (kind->what != Completes::words) return {kind->what, {}};
    is_list = kind->is_list;
    completion.candidates = kind->candidates(line);
  }
  const std::size_t comma = is_list ? line.typed.rfind(',') : std::string_view::npos;
  const std::string_view done = comma == std::string_view::npos ? "" : line.typed.substr(0, comma + 1);
  for (Candidate& one : completion.candidates) one.text = fmt::format("{}{}{}", before, done, one.text);
  return completion;
}

/// The options of a command that are not given yet, and those that can be given again.
Candidates options_of(const OptionTable& table, std::span<const std::string> words) {
  Candidates all;
  for (const Option& row : table.rows()) {
    if (row.is_operand()) continue;
    const bool is_given = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return row.is_named(std::string_view(word).substr(0, word.find('=')));
    });
    if (is_given && row.takes != Takes::a_value_each_time) continue;
    all.push_back({row.names.substr(row.names.find("--")), row.help});
  }
  all.push_back({"--help", "Show this help"});
  return all;
}

/// Goes over the words before the one that is typed: which option waits for a value, and which operands are there.
struct Position {
  const Option* waiting = nullptr;
  std::vector<std::string> operands;
  bool only_operands = false;  ///< after "--"
};

Position position_after(const OptionTable& table, std::span<const std::string> words) {
  Position position;
  for (const std::string& word : words) {
    if (position.waiting != nullptr) {
      position.waiting = nullptr;
    } else if (!position.only_operands && word == "--") {
      position.only_operands = true;
    } else if (!position.only_operands && word.size() > 1 && word.starts_with('-')) {
      for (const Option& row : table.rows())
        if (row.is_named(word) && row.takes != Takes::nothing && row.takes != Takes::perhaps_a_value)
          position.waiting = &row;
    } else {
      position.operands.push_back(word);
    }
  }
  return position;
}

/// Which of the command's operands comes next; nullptr where there is none.
const Option* next_operand(const OptionTable& table, std::size_t given) {
  for (const Option& row : table.rows()) {
    if (!row.is_operand()) continue;
    if (row.takes == Takes::operands || given == 0) return &row;
    --given;
  }
  return nullptr;
}

/// The files among the operands, which are catalogs to most commands.
std::vector<std::string> catalogs_among(const OptionTable& table, std::span<const std::string> operands) {
  std::vector<std::string> files;
  for (std::size_t index = 0; index < operands.size(); ++index) {
    const Option* row = next_operand(table, index);
    if (row != nullptr && (row->names == "CATALOG" || row->names == "FILE")) files.push_back(operands[index]);
  }
  return files;
}

Completion complete_argument(World& world, Messages& messages, const OptionTable& table,
                             std::span<const std::string> before, std::string_view typed) {
  const Position position = position_after(table, before);
  Line line{world, messages, typed, "", catalogs_among(table, position.operands)};
  const auto value_of = [&](const Option& row, std::string_view begin) {
    line.option = std::string_view(row.names).substr(std::min(row.names.find("--"), row.names.size()));
    return complete_value(row, line, begin);
  };
  if (position.waiting != nullptr) return value_of(*position.waiting, "");
  if (!position.only_operands && typed.starts_with('-')) {
    const std::size_t equals = typed.find('=');
    if (equals == std::string_view::npos) return {Completes::words, options_of(table, before)};
    for (const Option& row : table.rows()) {
      if (!row.is_named(typed.substr(0, equals)) || row.takes == Takes::nothing) continue;
      line.typed = typed.substr(equals + 1);
      return value_of(row, typed.substr(0, equals + 1));
    }
    return {};
  }
  const Option* operand = next_operand(table, position.operands.size());
  return operand == nullptr ? Completion{Completes::words, options_of(table, before)} : value_of(*operand, "");
}

Candidates command_names() {
  Candidates all;
  for (const Command& command : commands) all.push_back({std::string(command.name), std::string(command.help)});
  return all;
}

}  // namespace

Completion complete(World& world, Messages& messages, std::span<const std::string> words) {
  if (words.empty()) return {};
  const std::string& typed = words.back();
  const std::span<const std::string> before = words.first(words.size() - 1);
  const auto name =
      std::find_if(before.begin(), before.end(), [](const std::string& word) { return !word.starts_with('-'); });

  Completion completion;
  if (name == before.end() || *name == "help") {
    completion.candidates = command_names();
    if (name == before.end()) {
      completion.candidates.push_back({"help", "Show the help of a command"});
      for (const std::string_view option : {"--help", "--version"})
        completion.candidates.push_back({std::string(option), ""});
    }
  } else {
    const auto command =
        std::find_if(commands.begin(), commands.end(), [&](const Command& one) { return one.name == *name; });
    if (command == commands.end()) return {};
    OptionTable table;
    const Action action = command->declare(table);  // keeps what the table writes to
    completion = complete_argument(world, messages, table,
                                   before.subspan(static_cast<std::size_t>(name - before.begin()) + 1), typed);
  }
  std::erase_if(completion.candidates, [&](const Candidate& one) { return !one.text.starts_with(typed); });
  return completion;
}

}  // namespace greenml::cli
