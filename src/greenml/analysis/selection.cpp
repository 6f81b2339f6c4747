#include "greenml/selection.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fnmatch.h>
#include <map>
#include <numeric>
#include <utility>

#include "greenml/label.hpp"
#include "greenml/spelling.hpp"
#include "words/excerpt.hpp"

namespace greenml {

namespace {

Parsed<double> parse_limit_value(const NamedMeasure& named, std::string_view text) {
  if (!named.measure.field()) return parse_number(text);
  // A limit need not be a value that a model can have: 0 is a limit for what is never 0.
  Field field = row_of(*named.measure.field());
  field.range = {.least = std::min(field.range.least, 0.0), .most = field.range.most};
  return parse_field(field, {text, named.unit, named.unit_was_named});
}

/// " (3.5 s)" where a number without unit was written, and so in a unit that was not.
std::string unit_echo(const NamedMeasure& named, std::string_view text, double value) {
  const bool has_unit = text.find_first_not_of("0123456789.", text.size() - 1) != std::string_view::npos;
  const std::optional<FieldId> field = named.measure.field();
  if (!field || named.unit_was_named || has_unit || row_of(*field).dimension == Dimension::accuracy) return {};
  const std::string spoken = named.measure.text(value);
  return spoken.find(' ') == std::string::npos ? std::string() : fmt::format(" ({})", spoken);
}

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return lower;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    parts.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

}  // namespace

std::optional<Limit> parse_limit(std::string_view text, Bound bound, Complaint& complaint) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    complaint = {fmt::format("\"{}\" is no limit", text), "write NAME=VALUE, as in accuracy=70%"};
    return std::nullopt;
  }
  const std::string_view name = text.substr(0, equals);
  const Parsed<NamedMeasure> found =
      find_measure_or_label(name, bound == Bound::at_least ? Better::higher : Better::lower);
  if (!found) {
    complaint = found.complaint();
    return std::nullopt;
  }
  const NamedMeasure& named = *found;
  const Parsed<double> value = parse_limit_value(named, text.substr(equals + 1));
  if (!value) {
    complaint = {fmt::format("{}: {}", name, value.complaint().message), value.complaint().hint};
    return std::nullopt;
  }
  return Limit{named.measure, bound, *value, std::string(text) + unit_echo(named, text, *value)};
}

bool Limit::admits(double candidate) const {
  const double slack = 1e-12 * std::abs(value);
  return bound == Bound::at_least ? candidate >= value - slack : candidate <= value + slack;
}

bool LabelMatch::admits(std::string_view candidate) const {
  if (literal) return (candidate == pattern) != excludes;
  const std::string text_of_model(candidate);
  const std::vector<std::string> alternatives = split_at_commas(pattern);
  const bool matches = std::any_of(alternatives.begin(), alternatives.end(), [&](const std::string& alternative) {
    const auto known = std::find(literal_alternatives.begin(), literal_alternatives.end(), alternative);
    return known != literal_alternatives.end() ? alternative == candidate
                                               : fnmatch(alternative.c_str(), text_of_model.c_str(), 0) == 0;
  });
  return matches != excludes;
}

void settle(LabelMatch& match, const Catalog& catalog) {
  const std::vector<std::string> alternatives = split_at_commas(match.pattern);
  std::vector<bool> found(alternatives.size());
  for (std::size_t row = 0; row < catalog.size() && !match.literal; ++row) {
    const std::string_view text = catalog.label(match.label, row).text;
    match.literal = text == match.pattern;
    for (std::size_t index = 0; index < alternatives.size(); ++index)
      found[index] = found[index] || alternatives[index] == text;
  }
  for (std::size_t index = 0; index < alternatives.size(); ++index)
    if (found[index]) match.literal_alternatives.push_back(alternatives[index]);
}

std::optional<LabelMatch> parse_label_match(std::string_view text, Complaint& complaint) {
  const std::size_t equals = text.find('=');
  const bool excludes = equals != std::string_view::npos && equals > 0 && text[equals - 1] == '!';
  const std::string_view label = text.substr(0, equals == std::string_view::npos ? 0 : equals - (excludes ? 1 : 0));
  if (label.empty()) {
    complaint = {fmt::format("\"{}\" is no match", text), "write LABEL=TEXT or LABEL!=TEXT, as in family=ResNet*"};
    return std::nullopt;
  }
  const bool literal = !excludes && equals + 1 < text.size() && text[equals + 1] == '=';
  return LabelMatch{.label = std::string(label),
                    .pattern = std::string(text.substr(equals + (literal ? 2 : 1))),
                    .excludes = excludes,
                    .literal = literal,
                    .text = std::string(text)};
}

std::string match_hint(const Catalog& catalog, const LabelMatch& match) {
  if (match.excludes) return {};
  LabelMatch any_case = match;
  any_case.pattern = in_lower_case(match.pattern);
  std::string_view meant;  // the first by the alphabet
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    const std::string_view text = catalog.label(match.label, row).text;
    if (match.admits(text)) return {};
    if ((meant.empty() || text < meant) && any_case.admits(in_lower_case(text))) meant = text;
  }
  if (meant.empty()) return {};
  // With the wildcards that were written, where what stands before them makes the difference.
  LabelMatch better = match;
  const std::size_t literal = std::min(match.pattern.find_first_of("*?[\\"), match.pattern.size());
  better.pattern.replace(0, literal, meant.substr(0, literal));
  return fmt::format("did you mean {}?", better.admits(meant) ? better.pattern : meant);
}

bool check_label(const Catalog& catalog, std::string_view label, Complaint& complaint) {
  if (find_label(label) != nullptr || catalog.has_label(label)) return true;
  std::vector<std::string_view> known = catalog.further_labels();
  for (const Label& one : labels) known.push_back(one.name);
  complaint = {fmt::format("\"{}\" is no label of these models", label), did_you_mean(label, known)};
  if (find_measure(label)) complaint.hint = fmt::format("{} is a number: use --min or --max", label);
  return false;
}

bool check_measure(const Catalog& catalog, const Measure& measure, Complaint& complaint) {
  const std::string_view label = measure.label();
  if (label.empty()) return true;
  if (find_measure(label)) {
    complaint = {fmt::format("which direction of {} is better is known", label), fmt::format("write {}", label)};
    return false;
  }
  if (find_label(label) == nullptr && !catalog.has_label(label)) {
    const std::string hint = measure_hint(label);
    const std::string near = did_you_mean(label, catalog.further_labels());
    complaint = {fmt::format("\"{}\" is no field or metric, and no label of these models", label),
                 near.empty() ? hint : near};
    return false;
  }
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    const LabelValue value = catalog.label(label, row);
    if (value.kind == LabelKind::missing || value.text.empty() || measure.value(catalog[row])) continue;
    complaint = {fmt::format("{} is no number: it is {} of {}", label, quote(value.text), quote(catalog.name(row))),
                 "a label is measured where all its values are numbers or dates"};
    return false;
  }
  return true;
}

Selection select(const Catalog& catalog, const Criteria& criteria) {
  Selection selection;
  for (const Limit& limit : criteria.limits) selection.left_out.push_back({.criterion = limit.text});
  for (const LabelMatch& match : criteria.matches) selection.left_out.push_back({.criterion = match.text});

  std::vector<LabelMatch> matches = criteria.matches;
  for (LabelMatch& match : matches) settle(match, catalog);

  if (selection.left_out.empty()) {
    selection.rows.resize(catalog.size());
    std::iota(selection.rows.begin(), selection.rows.end(), std::size_t{0});
    return selection;
  }
  selection.rows.reserve(catalog.size());
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    bool selected = true;
    auto left_out = selection.left_out.begin();
    for (const Limit& limit : criteria.limits) {
      const std::optional<double> value = limit.measure.value(catalog[row]);
      if (!value || !limit.admits(*value)) {
        ++(value ? left_out->beyond : left_out->unknown);
        selected = false;
      }
      ++left_out;
    }
    for (const LabelMatch& match : matches) {
      if (!match.admits(catalog.label(match.label, row).text)) {
        ++left_out->beyond;
        selected = false;
      }
      ++left_out;
    }
    if (selected) selection.rows.push_back(row);
  }
  return selection;
}

std::vector<std::string> labels_to_group_by(std::span<const Measure> measures) {
  const auto any = [&](bool (Measure::*is_so)() const) {
    return std::any_of(measures.begin(), measures.end(), [&](const Measure& one) { return (one.*is_so)(); });
  };
  const bool hardware = any(&Measure::bound_to_hardware);
  const bool inference = any(&Measure::per_inference);
  std::vector<std::string> names;
  for (const Label& label : labels)
    if (label.grouping == Grouping::always || (label.grouping == Grouping::bound_to_hardware && hardware) ||
        (label.grouping == Grouping::per_inference && inference))
      names.emplace_back(label.name);
  return names;
}

namespace {

/// Whether all models of the catalog have the same value of a label, which thus tells none of them apart.
bool is_shared_by_all(const Catalog& catalog, LabelId label) {
  const std::uint32_t number = catalog.size() == 0 ? 0 : catalog.label_number(label, 0);
  bool is_shared = true;
  catalog.for_each_label_number(label, 0, catalog.size(), [&](std::size_t /*row*/, std::uint32_t other) {
    is_shared = is_shared & (other == number);  // without a jump, so that many are compared at a time
  });
  return is_shared;
}

}  // namespace

std::vector<Group> group(const Catalog& catalog, std::vector<std::size_t> rows, std::span<const std::string> group_by) {
  std::vector<std::optional<LabelId>> ids;
  for (const std::string& label : group_by) ids.push_back(catalog.find_label_id(label));
  const auto text_of = [&](std::size_t index, std::size_t row) {
    return ids[index] ? catalog.label(*ids[index], row).text : std::string_view();
  };
  // Equal numbers of a label mean equal texts. Names have no numbers: with them the texts are compared for every row.
  const bool by_name = std::find(ids.begin(), ids.end(), label_id("name")) != ids.end();
  struct Compared {
    LabelId label;
    std::uint32_t number;  // of the last model
  };
  std::vector<Compared> compared;
  for (std::size_t index = 0; index < ids.size(); ++index)
    if (ids[index] && ids[index] != label_id("name") && !is_shared_by_all(catalog, *ids[index]))
      compared.push_back({*ids[index], 0});
  const auto belongs_to_last = [&](std::size_t row) {
    bool belongs = !by_name;
    for (Compared& one : compared) {
      const std::uint32_t number = catalog.label_number(one.label, row);
      belongs = std::exchange(one.number, number) == number && belongs;
    }
    return belongs;
  };
  std::map<std::vector<std::string_view>, std::vector<std::size_t>> by_texts;
  std::vector<std::string_view> texts(group_by.size());
  const auto group_of = [&](std::size_t row) {
    for (std::size_t index = 0; index < group_by.size(); ++index) texts[index] = text_of(index, row);
    return &by_texts[texts];
  };
  if (compared.empty() && !by_name && !rows.empty()) {  // mostly all belong together
    *group_of(rows.front()) = std::move(rows);
  } else {
    std::vector<std::size_t>* members = nullptr;  // of the last model's group
    for (const std::size_t row : rows) {
      // Neighbours mostly belong together.
      if (!belongs_to_last(row) || members == nullptr) members = group_of(row);
      members->push_back(row);
    }
  }

  std::vector<Group> groups;
  for (auto& [key, of_group] : by_texts) {
    Group& one = groups.emplace_back();
    for (std::size_t index = 0; index < group_by.size(); ++index) one.labels.emplace_back(group_by[index], key[index]);
    one.rows = std::move(of_group);
  }
  return groups;
}

}  // namespace greenml
