#include "greenml/budget.hpp"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <set>

#include "greenml/spelling.hpp"
#include "input/json/fault.hpp"
#include "input/json/path.hpp"
#include "input/json/sax_listener.hpp"
#include "input/source_text.hpp"
#include "words/decimal.hpp"
#include "words/excerpt.hpp"

namespace greenml {

namespace {

using Json = nlohmann::json;
using read::JsonPath;

constexpr auto top_keys =
    std::to_array<std::string_view>({"$schema", "description", "baseline", "allow_missing", "require_baseline", "match",
                                     "limits", "where", "min", "max", "max_drop", "level"});
constexpr auto block_keys =
    std::to_array<std::string_view>({"description", "where", "min", "max", "max_drop", "level"});

/// Hears what a tree of JSON no longer shows: keys that are there twice, and depth.
class StructureListener final : public read::SaxListener {
 public:
  static constexpr std::size_t deepest = 64;
  std::vector<std::string> repeated;

  bool start_object(std::size_t /*size*/) override { return begin(); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t /*size*/) override { return begin(); }
  bool end_array() override { return end(); }
  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second) repeated.push_back(name);
    return true;
  }

 private:
  bool begin() {
    keys_.emplace_back();
    return keys_.size() <= deepest;
  }
  bool end() {
    keys_.pop_back();
    return true;
  }
  std::vector<std::set<std::string>> keys_;
};

class BudgetReader {
 public:
  BudgetReader(const std::string& file, std::string_view bytes, Problems& problems)
      : file_(file), bytes_(bytes), problems_(problems) {}

  Budget read(const Json& json) {
    Budget budget;
    if (!json.is_object()) {
      error({}, "a budget is an object", R"(as in {"min": {"accuracy": "75 %"}})");
      return budget;
    }
    if (json.contains("models")) {
      const JsonPath models = JsonPath().member("models");
      report(models, models.offset_of_key(bytes_), "this is a catalog, and no budget",
             R"(as in {"min": {"accuracy": "75 %"}})");
      return budget;
    }
    check_keys({}, json, top_keys);
    if (const Json* text = member(json, "baseline", {}, Json::value_t::string, "the name of a file"))
      budget.baseline = text->get<std::string>();
    if (const Json* flag = member(json, "allow_missing", {}, Json::value_t::boolean, "true or false"))
      budget.allow_missing = flag->get<bool>();
    if (const Json* flag = member(json, "require_baseline", {}, Json::value_t::boolean, "true or false"))
      budget.require_baseline = flag->get<bool>();
    if (const Json* text = member(json, "match", {}, Json::value_t::string, "a list of labels: \"name,variant\""))
      budget.match_by = text->get<std::string>();

    const Block top = read_block(json, {});
    add_block(budget, top);
    if (const Json* blocks = member(json, "limits", {}, Json::value_t::array, "an array of objects"))
      for (std::size_t index = 0; index < blocks->size(); ++index) {
        const JsonPath path = JsonPath().member("limits").element(index);
        const Json& block = (*blocks)[index];
        if (!block.is_object()) {
          error(path, "is an object", "");
          continue;
        }
        check_keys(path, block, block_keys);
        const std::size_t before = budget.blocks.size();
        add_block(budget, inherit(top, read_block(block, path), block.contains("level")));
        if (budget.blocks.size() == before && problems_.errors() == 0) error(path, "has no min, max or max_drop", "");
      }
    return budget;
  }

 private:
  /// Something is wrong with a value.
  void error(const JsonPath& path, std::string message, std::string hint) {
    report(path, path.offset_of_value(bytes_), std::move(message), std::move(hint));
  }
  void report(const JsonPath& path, std::size_t offset, std::string message, std::string hint) {
    problems_.add({.place = read::SourceText(file_, bytes_).place_of(offset),
                   .key = path.text(),
                   .message = std::move(message),
                   .hint = std::move(hint)});
  }

  void check_keys(const JsonPath& path, const Json& object, std::span<const std::string_view> known) {
    for (const auto& [key, value] : object.items())
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        const std::string near = did_you_mean(key, known);
        const JsonPath unknown = path.member(key);
        report(unknown, unknown.offset_of_key(bytes_), "unknown key",
               near.empty() ? fmt::format("known keys: {}", fmt::join(known, ", ")) : near);
      }
  }

  /// A member of that type; nothing, and a problem where it is there with another.
  const Json* member(const Json& object, const char* key, const JsonPath& path, Json::value_t type,
                     std::string_view expected) {
    const auto found = object.find(key);
    if (found == object.end()) return nullptr;
    if (found->type() == type) return &*found;
    error(path.member(key), fmt::format("is {}", expected), "");
    return nullptr;
  }

  /// A number or text as it would be written on the command line, for a measure or, where the name is empty, for all.
  std::optional<std::string> written(std::string_view name, const Json& value, const JsonPath& path) {
    if (value.is_number()) return value.dump();
    if (!value.is_string())
      error(path, "is a number, or a text with a unit", "");
    else if (std::string text = value.get<std::string>(); lacks_unit(name, text))
      error(path, fmt::format("{} has no unit", quote(text)), "a text needs one; a number is in the field's own unit");
    else
      return text;
    return std::nullopt;
  }

  /// Whether a text is a bare number, where the measure has units; as in a catalog, none is guessed.
  static bool lacks_unit(std::string_view name, std::string_view text) {
    const std::optional<NamedMeasure> named = find_measure(name);
    if (!named || named->unit_was_named) return false;
    const std::optional<Dimension> dimension = named->measure.dimension();
    return dimension && *dimension != Dimension::ratio && *dimension != Dimension::number && parse_decimal(text);
  }

  Block read_block(const Json& json, const JsonPath& path) {
    Block block;
    block.name = path.text().empty() ? file_ : fmt::format("{}: {}", file_, path.text());
    read_where(json, path, block);
    read_limits(json, "min", path, Bound::at_least, block);
    read_limits(json, "max", path, Bound::at_most, block);
    read_drops(json, path, block);
    if (const Json* level = member(json, "level", path, Json::value_t::string, "\"error\" or \"warn\"")) {
      if (*level == "warn")
        block.level = Level::warning;
      else if (*level != "error")
        error(path.member("level"), fmt::format("unknown level {}", quote(level->get<std::string>())),
              "known: error, warn");
    }
    return block;
  }

  /// What stands at the top of a budget goes for each of its blocks: which models they are about, and their level
  /// unless they have one of their own.
  static Block inherit(const Block& top, Block block, bool has_level) {
    block.matches.insert(block.matches.end(), top.matches.begin(), top.matches.end());
    if (!has_level) block.level = top.level;
    return block;
  }

  void read_where(const Json& json, const JsonPath& path, Block& block) {
    const auto where = json.find("where");
    if (where == json.end()) return;
    const auto add = [&](const std::string& text) {
      Complaint complaint;
      if (std::optional<LabelMatch> match = parse_label_match(text, complaint))
        block.matches.push_back(std::move(*match));
      else
        error(path.member("where"), complaint.message, complaint.hint);
    };
    if (where->is_string()) return add(where->get<std::string>());
    const bool good = (where->is_object() || where->is_array()) &&
                      std::all_of(where->begin(), where->end(), [](const Json& one) { return one.is_string(); });
    if (!good)
      return error(path.member("where"), "is a text \"LABEL=TEXT\", an array of them, or an object of labels and texts",
                   "");
    for (const auto& [key, text] : where->items())
      add(where->is_object() ? fmt::format("{}={}", key, text.get<std::string>()) : text.get<std::string>());
  }

  void read_limits(const Json& json, const char* key, const JsonPath& path, Bound bound, Block& block) {
    const Json* limits = member(json, key, path, Json::value_t::object, "an object of fields or metrics and limits");
    if (limits == nullptr) return;
    for (const auto& [name, value] : limits->items()) {
      const JsonPath where = path.member(key).member(name);
      const std::optional<std::string> text = written(name, value, where);
      if (!text) continue;
      Complaint complaint;
      if (std::optional<Limit> limit = parse_limit(fmt::format("{}={}", name, *text), bound, complaint))
        block.limits.push_back(std::move(*limit));
      else
        report(where, find_measure(name) ? where.offset_of_value(bytes_) : where.offset_of_key(bytes_),
               complaint.message, complaint.hint);
    }
  }

  void read_drops(const Json& json, const JsonPath& path, Block& block) {
    const auto drops = json.find("max_drop");
    if (drops == json.end()) return;
    const auto add = [&](const JsonPath& where, const std::string& text) {
      if (Parsed<Drop> drop = parse_drop(text))
        block.drops.push_back(std::move(*drop));
      else
        error(where, drop.complaint().message, drop.complaint().hint);
    };
    const JsonPath where = path.member("max_drop");
    if (!drops->is_object()) {
      if (const std::optional<std::string> text = written("", *drops, where)) add(where, *text);
      return;
    }
    for (const auto& [name, value] : drops->items())
      if (const std::optional<std::string> text = written(name, value, where.member(name)))
        add(where.member(name), fmt::format("{}={}", name, *text));
  }

  static void add_block(Budget& budget, Block block) {
    if (!block.limits.empty() || !block.drops.empty()) budget.blocks.push_back(std::move(block));
  }

  const std::string& file_;
  std::string_view bytes_;
  Problems& problems_;
};

}  // namespace

Budget read_budget(const std::string& file, std::string_view bytes, Problems& problems) {
  StructureListener structure;
  if (!Json::accept(bytes)) {
    const read::JsonFault fault = read::find_json_fault(bytes, "this is not JSON");
    problems.add(
        {.place = read::SourceText(file, bytes).place_of(fault.offset), .message = fault.message, .hint = fault.hint});
    return {};
  }
  if (!Json::sax_parse(bytes, &structure)) {
    problems.add({.place = {.file = file}, .message = "nested more deeply than 64 levels"});
    return {};
  }
  if (!structure.repeated.empty())
    problems.add({.place = read::SourceText(file, bytes).place_of(read::find_repeated_key(bytes).value_or(0)),
                  .key = cut(structure.repeated.front()),
                  .message = "the key is there twice in one object"});
  Budget budget = BudgetReader(file, bytes, problems).read(Json::parse(bytes));
  if (budget.blocks.empty() && problems.errors() == 0)
    problems.add({.place = {.file = file}, .message = "there is no limit in it", .hint = "min, max or max_drop"});
  return budget;
}

}  // namespace greenml
