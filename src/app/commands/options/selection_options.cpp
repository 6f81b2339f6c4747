#include "commands/options/selection_options.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

/// "1,440 by --min accuracy=80% (not known: 3)"
std::string describe(const LeftOut& left_out) {
  const std::size_t count = left_out.beyond + left_out.unknown;
  std::string text = fmt::format("{} by {}", thousands(count), left_out.criterion);
  if (left_out.unknown == count) return text + " (not known)";
  if (left_out.unknown > 0) text += fmt::format(" (not known: {})", thousands(left_out.unknown));
  return text;
}

/// How near the models come to each limit: "the highest accuracy is 82.7% (NASNet-A-Large)".
std::string nearest_to_limits(const Catalog& catalog, const Criteria& criteria) {
  std::vector<std::string> texts;
  for (const Limit& limit : criteria.limits) {
    const bool wants_high = limit.bound == Bound::at_least;
    std::optional<std::size_t> best;
    double most = 0;
    for (std::size_t row = 0; row < catalog.size(); ++row) {
      const std::optional<double> value = limit.measure.value(catalog[row]);
      if (!value || (best && (wants_high ? *value <= most : *value >= most))) continue;
      best = row;
      most = *value;
    }
    if (best)
      texts.push_back(fmt::format("the {} {} is {} ({})", wants_high ? "highest" : "lowest", limit.measure.name(),
                                  limit.measure.text(most), catalog.name(*best)));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string_view option_of(Bound bound) { return bound == Bound::at_least ? "--min" : "--max"; }

std::string none_is_left(std::size_t models) {
  return models == 1 ? "the only model is left out" : fmt::format("none of the {} models is left", thousands(models));
}

}  // namespace

void SelectionOptions::declare(OptionTable& table) {
  const bool selects = limits_ == Limits::select;
  const std::string who = selects ? "Only models with" : "Every model must have";
  const char* group = selects ? "Selection" : "Limits";
  table.repeatable("--min", least_, "NAME=VALUE", who + " at least this: accuracy=75%").under(group);
  table.repeatable("--max", most_, "NAME=VALUE", who + " at most this: params=25M, latency=5ms").under(group);
  table.repeatable("--where", where_, "LABEL=TEXT", "Only models with this label, or != without it: family=ResNet*")
      .under("Selection");
}

bool SelectionOptions::resolve(Messages& messages) {
  return messages.is_good(resolve_limits(least_, Bound::at_least)) &&
         messages.is_good(resolve_limits(most_, Bound::at_most)) && messages.is_good(resolve_matches());
}

std::optional<Complaint> SelectionOptions::resolve_limits(const std::vector<std::string>& texts, Bound bound) {
  for (const std::string& text : texts) {
    Complaint complaint;
    std::optional<Limit> limit = parse_limit(text, bound, complaint);
    if (!limit) {
      return about(option_of(bound), complaint);
    }
    limit->text = fmt::format("{} {}", option_of(bound), limit->text);
    criteria_.limits.push_back(std::move(*limit));
  }
  return std::nullopt;
}

std::optional<Complaint> SelectionOptions::resolve_matches() {
  for (const std::string& text : where_) {
    Complaint complaint;
    std::optional<LabelMatch> match = parse_label_match(text, complaint);
    if (!match) {
      return about("--where", complaint);
    }
    match->text = fmt::format("--where {}", text);
    criteria_.matches.push_back(std::move(*match));
  }
  return std::nullopt;
}

std::optional<Complaint> SelectionOptions::check_names(const Catalog& catalog) const {
  Complaint complaint;
  for (const LabelMatch& match : criteria_.matches) {
    if (check_label(catalog, match.label, complaint)) continue;
    return about("--where", complaint);
  }
  for (const Limit& limit : criteria_.limits) {
    if (check_measure(catalog, limit.measure, complaint)) continue;
    return about(option_of(limit.bound), complaint);
  }
  return std::nullopt;
}

bool SelectionOptions::limits(const Measure& measure) const {
  return std::any_of(criteria_.limits.begin(), criteria_.limits.end(),
                     [&](const Limit& limit) { return limit.measure == measure; });
}

std::optional<Selection> SelectionOptions::select(Messages& messages, const Catalog& catalog) const {
  Selection selection = greenml::select(catalog, criteria_);
  std::vector<std::string> reasons;
  for (const LeftOut& left_out : selection.left_out)
    if (left_out.beyond + left_out.unknown > 0) reasons.push_back(describe(left_out));
  const std::string why = fmt::format("{}", fmt::join(reasons, ", "));

  if (selection.rows.empty()) {
    std::string hint;
    for (const LabelMatch& match : criteria_.matches)
      if (hint.empty()) hint = match_hint(catalog, match);
    if (hint.empty()) hint = nearest_to_limits(catalog, criteria_);
    messages.error(fmt::format("{}: {}", none_is_left(catalog.size()), why), hint);
    return std::nullopt;
  }
  const std::size_t gone = catalog.size() - selection.rows.size();
  if (gone > 0)
    messages.note(fmt::format("{} of {} models are left out: {}", thousands(gone), thousands(catalog.size()), why));
  return selection;
}

}  // namespace greenml::cli
