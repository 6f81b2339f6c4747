#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

#include "analysis/audit_name.hpp"
#include "analysis/audit_rules.hpp"

namespace greenml::audit_detail {

namespace {

/// A model that states FLOPs and what it takes to compute them.
struct Point {
  std::size_t row;
  double flops;  ///< logarithms to base 10
  double rate;   ///< of seconds or joules for each FLOP
  std::string base;
  std::string family;
};

using Points = std::vector<Point>;

constexpr std::size_t neighbours = 3;
/// Farther than so many models in the order of FLOPs there are no neighbours.
constexpr std::size_t farthest = 64;
/// Of 1,199 networks of timm none is farther from its neighbours of one family than 0.6 decades.
constexpr double allowed_in_family = 0.6;
constexpr double allowed_among_all = 1.05;

using Rows = std::set<std::size_t>;

/// The median rate of the nearest models in FLOPs with other names that are in no doubt; nothing where there are not
/// enough. `points` are in the order of FLOPs.
std::optional<double> rate_of_neighbours(const Points& points, std::size_t at, const Rows& doubtful) {
  std::vector<std::pair<double, double>> near;  // distance and rate
  std::set<std::string_view> bases = {points[at].base};
  std::size_t below = at;
  std::size_t above = at + 1;
  for (std::size_t step = 0; step < farthest && near.size() < neighbours; ++step) {
    const bool has_below = below > 0;
    const bool has_above = above < points.size();
    if (!has_below && !has_above) break;
    const bool take_below = has_below && (!has_above || points[at].flops - points[below - 1].flops <=
                                                            points[above].flops - points[at].flops);
    const Point& next = take_below ? points[--below] : points[above++];
    if (!doubtful.contains(next.row) && bases.insert(next.base).second)
      near.emplace_back(std::abs(next.flops - points[at].flops), next.rate);
  }
  if (near.size() < neighbours) return std::nullopt;
  std::vector<double> rates;
  for (const auto& [distance, rate] : near) rates.push_back(rate);
  std::sort(rates.begin(), rates.end());
  return rates[rates.size() / 2];
}

/// The points of models that can be compared: of one task and hardware.
std::map<std::vector<std::string>, Points> groups_of(const Catalog& catalog, std::span<const std::size_t> rows,
                                                     FieldId cost) {
  std::map<std::vector<std::string>, Points> groups;
  for (const std::size_t row : rows) {
    const Model model = catalog[row];
    const auto flops = stated(model, field_id("flops"));
    const auto value = stated(model, cost);
    if (!flops || !value || !(*flops > 0) || !(*value > 0)) continue;
    std::vector<std::string> key;
    for (const std::string_view label : {"task", "hardware", "hardware_count"}) key.emplace_back(model.label(label));
    const NetworkName name = network_name(model.name());
    groups[std::move(key)].push_back(
        {row, std::log10(*flops), std::log10(*value / *flops), std::string(name.base()), family_of(name)});
  }
  for (auto& [key, points] : groups)
    std::stable_sort(points.begin(), points.end(),
                     [](const Point& left, const Point& right) { return left.flops < right.flops; });
  return groups;
}

class Neighbours {
 public:
  Neighbours(FieldId cost, std::vector<AuditFinding>& findings) : cost_(cost), findings_(findings) {}

  /// Judges twice, the second time by neighbours that were in no doubt: a wrong figure makes its neighbours doubtful.
  void run(const Points& all) {
    std::map<std::string_view, Points> families;
    for (const Point& point : all) families[point.family].push_back(point);
    Rows in_family;
    for (const auto& [name, points] : families)
      for (const Doubt& doubt : doubts(points, allowed_in_family, in_family))
        add(doubt, "neighbours in FLOPs of its family");
    Rows judged;
    for (const Doubt& doubt : doubts(all, allowed_among_all, judged))
      if (!in_family.contains(doubt.point->row)) add(doubt, "neighbours in FLOPs");
  }

 private:
  struct Doubt {
    const Point* point;
    double rate;  ///< that its neighbours have
  };

  static std::vector<Doubt> doubts(const Points& points, double allowed, Rows& judged) {
    Rows doubtful;
    std::vector<Doubt> found;
    for (const bool first : {true, false})
      for (std::size_t at = 0; at < points.size(); ++at) {
        const Point& point = points[at];
        if (!first && !doubtful.contains(point.row)) continue;
        const auto rate = rate_of_neighbours(points, at, first ? Rows() : doubtful);
        if (!rate) continue;
        judged.insert(point.row);
        if (std::abs(point.rate - *rate) <= allowed) continue;
        if (first)
          doubtful.insert(point.row);
        else
          found.push_back({&point, *rate});
      }
    return found;
  }

  void add(const Doubt& doubt, std::string_view whose) {
    const Point& point = *doubt.point;
    const double rate = doubt.rate;
    constexpr double giga = 1e9;
    const std::string_view unit = row_of(cost_).dimension == Dimension::time ? "s/GFLOP" : "J/GFLOP";
    AuditFinding& finding = findings_.emplace_back();
    finding.rule = find_audit_rule("unlike_neighbours");
    finding.row = point.row;
    finding.what = fmt::format("{} / flops", row_of(cost_).name);
    finding.figure = {std::pow(10, point.rate) * giga, std::nullopt, unit};
    finding.against = AuditAgainst::majority;
    finding.other = {std::pow(10, rate) * giga, std::nullopt, unit};
    finding.whose = fmt::format("{} {}", neighbours, whose);
    finding.factor = finding.figure.value / finding.other.value;
  }

  FieldId cost_;
  std::vector<AuditFinding>& findings_;
};

}  // namespace

void find_unlike_neighbours(const Catalog& catalog, std::span<const std::size_t> rows,
                            std::vector<AuditFinding>& findings) {
  for (const FieldId cost : {field_id("latency"), field_id("energy")})
    for (const auto& [key, points] : groups_of(catalog, rows, cost)) Neighbours(cost, findings).run(points);
}

}  // namespace greenml::audit_detail
