#include "input/join.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <optional>
#include <unordered_map>

#include "greenml/label.hpp"
#include "greenml/quantity.hpp"
#include "greenml/spelling.hpp"
#include "words/excerpt.hpp"
#include "words/written_number.hpp"

namespace greenml {

namespace {

constexpr std::size_t most_named = 3;

/// A quantity of which two files say something else.
struct Conflict {
  FieldId field{};
  std::size_t earlier = 0;  ///< rows
  std::size_t later = 0;
};

class Joiner {
 public:
  Joiner(const Catalog& catalog, const Join& join, Problems& problems)
      : catalog_(catalog), join_(join), problems_(problems) {}

  Catalog run() {
    if (!labels_are_there()) return {};
    const std::size_t first_file_ends = take_file(0);
    if (first_file_ends == catalog_.size())
      problems_.add(
          {.severity = Severity::note, .message = "--join: there is nothing to join with: all models are of one file"});
    for (std::size_t row = first_file_ends; row < catalog_.size();) row = take_file(row);
    report_conflicts();
    return build();
  }

 private:
  /// A model, and the rows that it is made of; what an earlier row says comes before what a later one does.
  struct Merged {
    std::size_t first;
    std::vector<std::size_t> others;
    std::vector<std::string> notes;
  };

  bool labels_are_there() {
    std::vector<std::string_view> known = catalog_.further_labels();
    for (const Label& label : labels)
      if (catalog_.has_label(label.name)) known.push_back(label.name);
    for (const JoinLabel& part : join_.labels) {
      if (catalog_.has_label(part.label)) continue;
      problems_.add({.message = fmt::format("--join: no model has a label {}", quote(part.label)),
                     .hint = did_you_mean(part.label, known)});
      return false;
    }
    return true;
  }

  /// Empty where the model has none of the labels, so that it has no partner.
  std::string key_of_row(std::size_t row) const {
    std::string key;
    for (const JoinLabel& part : join_.labels) {
      std::string_view text = catalog_.label(part.label, row).text;
      if (part.up_to_dot) text = text.substr(0, text.find('.'));
      key += text;
      key += '\0';
    }
    return key.find_first_not_of('\0') == std::string::npos ? "" : key;
  }

  /// Takes the rows of the file that begins at `first`; returns the row behind its last.
  std::size_t take_file(std::size_t first) {
    std::size_t end = first;
    while (end < catalog_.size() && catalog_.file(end) == catalog_.file(first)) ++end;
    std::unordered_map<std::string, std::size_t> by_key;
    for (std::size_t row = first; row < end && first > 0; ++row) {
      if (key_of_row(row).empty()) continue;
      const auto [known, is_new] = by_key.emplace(key_of_row(row), row);
      if (!is_new && has_partner(known->first)) report_several(known->second, row);
    }
    if (first > 0) bring_together(first, end, by_key);
    for (std::size_t row = first; row < end; ++row)
      if (!is_taken_[row]) {
        known_keys_.emplace(key_of_row(row), models_.size());
        models_.push_back({row, {}, {}});
      }
    return end;
  }

  bool has_partner(const std::string& key) const { return known_keys_.find(key) != known_keys_.end(); }

  void bring_together(std::size_t first, std::size_t end, const std::unordered_map<std::string, std::size_t>& by_key) {
    std::vector<std::string_view> alone_before;
    std::size_t matched_before = 0;
    std::vector<bool> is_matched(end - first);
    for (Merged& model : models_) {
      const auto found = by_key.find(key_of_row(model.first));
      if (found == by_key.end()) {
        alone_before.push_back(catalog_.name(model.first));
        continue;
      }
      ++matched_before;
      is_matched[found->second - first] = true;
      merge(model, found->second);
    }
    std::vector<std::string_view> alone;
    for (std::size_t row = first; row < end; ++row) {
      if (is_matched[row - first])
        is_taken_[row] = true;
      else
        alone.push_back(catalog_.name(row));
    }
    const std::size_t matched = end - first - alone.size();
    if (matched == 0) return report_none(first, alone_before, alone);
    note(first, fmt::format("joined by {}: {} of the {} models before are in it{}, and {} of its {} are before{}",
                            text(), thousands(matched_before), thousands(models_.size()), named(alone_before),
                            thousands(matched), thousands(end - first), named(alone)));
    if (matched_before > matched)
      note(first, fmt::format("{} models before take over what this file says of {}", thousands(matched_before),
                              thousands(matched)));
  }

  std::string text() const {
    std::vector<std::string> parts;
    for (const JoinLabel& part : join_.labels) parts.push_back(part.label + (part.up_to_dot ? "~" : ""));
    return fmt::format("{}", fmt::join(parts, ","));
  }

  /// " (not A, B, C and 12 more)"
  static std::string named(const std::vector<std::string_view>& names) {
    if (names.empty()) return "";
    std::vector<std::string> some;
    for (const std::string_view name : names)
      if (some.size() < most_named) some.emplace_back(cut(name));
    const std::size_t rest = names.size() - some.size();
    return fmt::format(" (not {}{})", fmt::join(some, ", "),
                       rest == 0 ? "" : fmt::format(" and {} more", thousands(rest)));
  }

  void note(std::size_t row, std::string message) {
    problems_.add({.severity = Severity::note,
                   .place = {.file = std::string(catalog_.file(row))},
                   .message = std::move(message),
                   .hint = ""});
  }

  void report_none(std::size_t row, const std::vector<std::string_view>& before,
                   const std::vector<std::string_view>& here) {
    std::string hint = "name~,variant compares names up to their first dot";
    if (!before.empty() && !here.empty())
      hint = fmt::format("names differ as in {} and {}; {}", cut(before.front()), cut(here.front()), hint);
    problems_.add(
        {.place = {.file = std::string(catalog_.file(row))},
         .message = fmt::format("--join {}: 0 of {} models are among those before", text(), thousands(here.size())),
         .hint = std::move(hint)});
  }

  void report_several(std::size_t first, std::size_t row) {
    if (problems_.full()) return problems_.count_error();
    problems_.add({.place = {.file = std::string(catalog_.file(row)), .line = catalog_.line(row)},
                   .model = std::string(catalog_.name(row)),
                   .message = fmt::format("is there already, in line {}, by {}", catalog_.line(first), text()),
                   .hint = "join by more labels, as in --join name,variant"});
  }

  /// How far a value may be off since it was rounded: half a unit of its last digit. Of two values that are one number
  /// the one with fewer digits is off by no more from the other.
  double half_step(FieldId field, std::size_t row) const {
    const Spelling* spelling = catalog_.spelling(field, row);
    const double value = catalog_.value(field, row);
    if (spelling == nullptr) return std::abs(value) * 1e-12;
    const Unit* unit = spelling->unit != nullptr ? spelling->unit : &own_unit(row_of(field));
    return half_of_last_digit(spelling->text, *unit).value_or(0) + std::abs(value) * 1e-12;
  }

  bool agree(FieldId field, std::size_t left, std::size_t right) const {
    return std::abs(catalog_.value(field, left) - catalog_.value(field, right)) <=
           std::max(half_step(field, left), half_step(field, right));
  }

  std::optional<std::size_t> row_with(const Merged& model, FieldId field) const {
    if (!std::isnan(catalog_.value(field, model.first))) return model.first;
    for (const std::size_t row : model.others)
      if (!std::isnan(catalog_.value(field, row))) return row;
    return std::nullopt;
  }

  void merge(Merged& model, std::size_t row) {
    std::vector<Conflict> conflicts;
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const auto field = static_cast<FieldId>(index);
      const std::optional<std::size_t> earlier = row_with(model, field);
      if (earlier && !std::isnan(catalog_.value(field, row)) && !agree(field, *earlier, row))
        conflicts.push_back({field, *earlier, row});
    }
    conflicts_.insert(conflicts_.end(), conflicts.begin(), conflicts.end());
    if (!conflicts.empty()) ++conflicting_models_;
    if (!conflicts.empty() && join_.conflicts == Conflicts::leave_out) return;
    for (const Conflict& conflict : conflicts) model.notes.push_back(both(conflict));
    if (!conflicts.empty() && join_.conflicts == Conflicts::take_last) preferred_.insert({model.first, row});
    model.others.push_back(row);
  }

  /// "params: 5.39M in results.csv, 12.08M in benchmark.csv"
  std::string both(const Conflict& conflict) const {
    const Field& field = row_of(conflict.field);
    const auto value = [&](std::size_t row) {
      return for_people(catalog_.value(conflict.field, row), field.dimension);
    };
    return fmt::format("{}: {} in {}, {} in {}", field.name, value(conflict.earlier), catalog_.file(conflict.earlier),
                       value(conflict.later), catalog_.file(conflict.later));
  }

  void report_conflicts() {
    if (conflicts_.empty()) return;
    if (join_.conflicts != Conflicts::are_errors) {
      const bool left_out = join_.conflicts == Conflicts::leave_out;
      note(conflicts_.front().later,
           fmt::format("{} of the joined models have two values of one quantity, as {} ({}): {}",
                       thousands(conflicting_models_), cut(catalog_.name(conflicts_.front().earlier)),
                       both(conflicts_.front()),
                       left_out ? "what this file says of them is left out" : "their notes say so"));
      return;
    }
    for (const Conflict& conflict : conflicts_) {
      if (problems_.full()) {
        problems_.count_error();
        continue;
      }
      const Field& field = row_of(conflict.field);
      const auto value = [&](std::size_t row) {
        return for_people(catalog_.value(conflict.field, row), field.dimension);
      };
      problems_.add(
          {.place = {.file = std::string(catalog_.file(conflict.later)), .line = catalog_.line(conflict.later)},
           .model = std::string(catalog_.name(conflict.earlier)),
           .key = std::string(field.name),
           .message = fmt::format("{} here, and {} in line {} of {}", value(conflict.later), value(conflict.earlier),
                                  catalog_.line(conflict.earlier), catalog_.file(conflict.earlier)),
           .hint = "all that this file says of it may be of another model: --drop-conflicts leaves it out, --prefer "
                   "first or last takes it"});
    }
  }

  Catalog build() const {
    Catalog result;
    std::vector<std::string_view> keys = catalog_.further_labels();
    for (const Label& label : labels)
      if (label.name != "name") keys.push_back(label.name);
    std::string_view file;
    for (const Merged& model : models_) {
      if (catalog_.file(model.first) != file || result.size() == 0) {
        file = catalog_.file(model.first);
        result.begin_file(std::string(file));
      }
      const std::size_t row = result.size();
      result.add_model(catalog_.name(model.first), catalog_.line(model.first));
      std::vector<std::size_t> sources = {model.first};
      sources.insert(sources.end(), model.others.begin(), model.others.end());
      for (const std::string_view key : keys) copy_label(key, sources, result, row);
      if (!model.notes.empty()) add_notes(model, sources, result, row);
      // Of two rows that are both asked for a quantity the preferred one comes first.
      const auto preferred = preferred_.find(model.first);
      if (preferred != preferred_.end())
        std::stable_partition(sources.begin(), sources.end(),
                              [&](std::size_t one) { return one == preferred->second; });
      for (std::size_t index = 0; index < fields.size(); ++index)
        copy_value(static_cast<FieldId>(index), sources, result, row);
    }
    return result;
  }

  void copy_label(std::string_view key, const std::vector<std::size_t>& sources, Catalog& result,
                  std::size_t row) const {
    for (const std::size_t source : sources) {
      const LabelValue value = catalog_.label(key, source);
      if (value.kind == LabelKind::missing) continue;
      result.set_label(result.add_label(key), row, value);
      return;
    }
  }

  void add_notes(const Merged& model, const std::vector<std::size_t>& sources, Catalog& result, std::size_t row) const {
    std::string notes;
    for (const std::size_t source : sources)
      if (notes.empty()) notes = catalog_.label("notes", source).text;
    for (const std::string& conflict : model.notes) notes += (notes.empty() ? "" : "; ") + conflict;
    result.set_label(label_id("notes"), row, {LabelKind::text, notes});
  }

  void copy_value(FieldId field, const std::vector<std::size_t>& sources, Catalog& result, std::size_t row) const {
    for (const std::size_t source : sources) {
      const double value = catalog_.value(field, source);
      if (std::isnan(value)) continue;
      result.set_value(field, row, value, catalog_.origin(field, source));
      if (const Spelling* spelling = catalog_.spelling(field, source)) {
        Spelling copy = *spelling;
        if (copy.file.empty() && catalog_.file(source) != catalog_.file(sources.front()))
          copy.file = catalog_.file(source);
        result.set_spelling(field, row, copy);
      }
      return;
    }
  }

  const Catalog& catalog_;
  const Join& join_;
  Problems& problems_;
  std::vector<Merged> models_;
  std::unordered_map<std::string, std::size_t> known_keys_;  // the first model with that key
  std::vector<bool> is_taken_ = std::vector<bool>(catalog_.size());
  std::map<std::size_t, std::size_t> preferred_;  // the row whose values come first, by a model's first row
  std::vector<Conflict> conflicts_;
  std::size_t conflicting_models_ = 0;
};

}  // namespace

Parsed<std::vector<JoinLabel>> parse_join(std::string_view text) {
  std::vector<JoinLabel> join_labels;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    std::string_view name = text.substr(start, end - start);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    const bool up_to_dot = name.ends_with('~');
    if (up_to_dot) name.remove_suffix(1);
    if (name.empty()) return Complaint{fmt::format("{} names no label", quote(text)), "as in --join name~,variant"};
    if (find_field(name))
      return Complaint{fmt::format("{} is a quantity; models are joined by labels", name), "as in --join name,variant"};
    join_labels.push_back({std::string(name), up_to_dot});
    start = end + 1;
  }
  return join_labels;
}

Catalog joined(const Catalog& catalog, const Join& join, Problems& problems) {
  return Joiner(catalog, join, problems).run();
}

}  // namespace greenml
