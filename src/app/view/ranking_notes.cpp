#include "view/ranking_notes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <functional>
#include <numeric>

#include "greenml/quantity.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

void add_unranked(std::vector<std::string>& notes, std::span<const RankedGroup> groups, const Measure& by) {
  std::size_t unranked = 0;
  std::size_t zero = 0;
  for (const RankedGroup& one : groups) {
    unranked += one.ranking.unranked_count;
    zero += one.ranking.divided_by_zero;
  }
  if (unranked > zero)
    notes.push_back(
        fmt::format("{} without {}: last, and not ranked", plural(unranked - zero, "model", "models"), by.name()));
  if (zero > 0)
    notes.push_back(fmt::format("{} with a quantity of 0, for which {} is not defined: last, and not ranked",
                                plural(zero, "model", "models"), by.name()));
}

/// The median quality of the ranked models, rounded down to a whole percent: an example that leaves some
/// out and some in.
std::size_t suggested_quality(const Catalog& catalog, std::span<const RankedGroup> groups, const Measure& by) {
  ModelsByPercent models{};
  for (const RankedGroup& one : groups) {
    const ModelsByPercent here = models_by_percent(catalog, one.group.rows, by, by.metric()->inputs.ids[0]);
    std::transform(models.begin(), models.end(), here.begin(), models.begin(), std::plus<>());
  }
  const std::size_t all = std::accumulate(models.begin(), models.end(), std::size_t{0});
  std::size_t percent = 0;
  for (std::size_t before = models[0]; before <= all / 2; before += models[percent]) ++percent;
  return percent;
}

/// On real models quality differs by a factor of two and cost by ten thousand, so that a ratio mostly orders by cost.
void add_cost_in_disguise(std::vector<std::string>& notes, const Catalog& catalog, std::span<const RankedGroup> groups,
                          const Measure& by, bool quality_is_limited) {
  double least = 1;
  std::size_t disguised = 0;
  for (const RankedGroup& one : groups)
    if (const std::optional<double> spearman = one.ranking.spearman_with_cheapest;
        spearman && *spearman >= order_of_cost) {
      ++disguised;
      least = std::min(least, *spearman);
    }
  if (disguised == 0) return;
  const std::string where =
      groups.size() == 1 ? "" : fmt::format("in {} of {} groups ", thousands(disguised), thousands(groups.size()));
  std::string note = fmt::format(
      "{}this is {}the order of {} alone, cheapest first (Spearman {}{:.4f}): what is cheap leads, however "
      "inaccurate",
      where, least < 1 ? "almost " : "", row_of(by.metric()->cost()).title, disguised > 1 ? "at least " : "",
      least < 1 ? std::min(least, 0.9999) : least);
  if (!quality_is_limited)
    note += fmt::format("; say first what {0} you need, as in --min {0}={1}%, or see greenml pareto",
                        row_of(by.metric()->inputs.ids[0]).name, suggested_quality(catalog, groups, by));
  notes.push_back(std::move(note));
}

}  // namespace

std::vector<std::string> ranking_notes(const Catalog& catalog, std::span<const RankedGroup> groups, const Measure& by,
                                       bool quality_is_limited) {
  std::vector<std::string> notes;
  add_unranked(notes, groups, by);
  add_cost_in_disguise(notes, catalog, groups, by, quality_is_limited);
  return notes;
}

}  // namespace greenml::cli
