#include <cmath>

#include "analysis/audit_factor.hpp"
#include "analysis/audit_name.hpp"
#include "analysis/audit_quotients.hpp"
#include "greenml/footprint.hpp"

namespace greenml::audit_detail {

namespace {

constexpr AuditRule stated_derived = {"stated_derived",
                                      "a quantity, and those that greenml derives it from",
                                      "usual 0.9 to 1.1, possible 1/3 to 3 times",
                                      "of figures that contradict each other one is wrong",
                                      "greenml explain shows the formula",
                                      "which of the figures the source states, and their units"};
constexpr AuditRule params_in_name = {"params_in_name",
                                      "params, and the size that a name states (7b, 350m, 8x7B)",
                                      "no factor of 10, 100 (suspicious), 1000, 1e6 or 1e9 (wrong) apart, to a third",
                                      "a name that states a size states that of the model",
                                      "names on the Hugging Face Hub",
                                      "params, and its unit"};

/// The first mistake that brings a figure back to what is usual.
std::string_view cause_of(double figure, const Bounds& bounds, std::span<const Cause> causes) {
  for (const Cause& cause : causes) {
    const double right = figure / cause.factor;
    if (right >= bounds.suspicious_below && right <= bounds.suspicious_above) return cause.text;
  }
  return {};
}

class Physics {
 public:
  Physics(const Catalog& catalog, const ReferenceTable* hardware, std::vector<AuditFinding>& findings)
      : catalog_(catalog), hardware_(hardware), findings_(findings) {}

  void run(std::size_t row) {
    const Model model = catalog_[row];
    const Case one = {model, hardware_.find(model.label("hardware")),
                      parse_hardware_count(model.label("hardware_count"))};
    for (const PhysicalRule& rule : quotient_rules()) apply(rule, one);
    for (const Derivation& derivation : derivations) compare_with_derived(derivation, model);
    compare_with_name(model);
  }

 private:
  void apply(const PhysicalRule& rule, const Case& one) {
    const Figure figure = rule.figure(one);
    if (!figure || !(*figure > 0) || !std::isfinite(*figure)) return;
    const Bounds bounds = rule.bounds(one);
    const bool low = *figure < bounds.suspicious_below;
    if (!low && !(*figure > bounds.suspicious_above)) return;
    const bool wrong = *figure < bounds.wrong_below || *figure > bounds.wrong_above;
    const double bound = low ? (wrong ? bounds.wrong_below : bounds.suspicious_below)
                             : (wrong ? bounds.wrong_above : bounds.suspicious_above);
    AuditFinding& finding = add(rule.about, one.model, wrong ? AuditLevel::wrong : AuditLevel::suspicious);
    finding.what = std::string(rule.about.compares.substr(0, rule.about.compares.find(", ")));
    finding.figure = {*figure, rule.unit.dimension, rule.unit.suffix};
    finding.against = low ? AuditAgainst::least : AuditAgainst::most;
    finding.other = {bound, rule.unit.dimension, rule.unit.suffix};
    finding.factor = *figure / bound;
    finding.cause = std::string(cause_of(*figure, bounds, rule.causes));
    const bool of_one = one.count && *one.count > 1 && low && !rule.when_of_one.empty();
    if (of_one && *figure * *one.count >= bounds.suspicious_below && *figure * *one.count <= bounds.suspicious_above)
      finding.cause = std::string(rule.when_of_one);
  }

  void compare_with_derived(const Derivation& derivation, const Model& model) {
    const std::optional<double> figure = stated(model, derivation.result);
    for (std::size_t index = 0; index < derivation.input_count; ++index)
      if (!stated(model, derivation.inputs[index])) return;
    const std::optional<double> follows = derived_value(derivation, model);
    if (!figure || !follows || !(*figure > 0) || !(*follows > 0)) return;
    const double ratio = *figure / *follows;
    if (ratio >= 0.9 && ratio <= 1.1) return;
    const Field& field = row_of(derivation.result);
    AuditFinding& finding =
        add(stated_derived, model, ratio > 3 || ratio < 1.0 / 3 ? AuditLevel::wrong : AuditLevel::suspicious);
    finding.what = std::string(field.name);
    finding.figure = {*figure, field.dimension, ""};
    finding.against = AuditAgainst::derived;
    finding.other = {*follows, field.dimension, ""};
    finding.whose = std::string(derivation.formula);
    finding.factor = ratio;
    const std::optional<double> pue = stated(model, field_id("pue"));
    if (const auto named = named_factor(ratio, field.dimension)) finding.cause = std::string(named->cause);
    if (pue && *pue > 1.05 && std::abs(std::log(ratio * *pue)) < 0.05) finding.cause = "PUE left out";
  }

  void compare_with_name(const Model& model) {
    const std::optional<double> params = stated(model, field_id("params"));
    if (!params) return;
    const StatedParams* nearest = nullptr;
    double least = unlimited;
    const std::vector<StatedParams> all = params_in(model.name());
    for (const StatedParams& one : all) {
      const double off = *params < one.least ? one.least / *params : *params > one.most ? *params / one.most : 1;
      if (off >= least) continue;
      least = off;
      nearest = &one;
    }
    if (nearest == nullptr) return;
    // A name rounds, so that the factor is known to a third only. Another factor says that the number in the name is
    // something else: DPN-68b is a network of 12.6 million parameters.
    for (const double factor : {10.0, 100.0, 1000.0, 1e6, 1e9}) {
      if (std::abs(std::log(least / factor)) > 0.35) continue;
      AuditFinding& finding = add(params_in_name, model, factor >= 1000 ? AuditLevel::wrong : AuditLevel::suspicious);
      const bool low = *params < nearest->least;
      finding.what = "params";
      finding.figure = {*params, Dimension::count, ""};
      finding.against = AuditAgainst::name;
      finding.other = {low ? nearest->least : nearest->most, Dimension::count, ""};
      finding.factor = *params / finding.other.value;
      if (const auto named = named_factor(low ? 1 / factor : factor, Dimension::count))
        finding.cause = std::string(named->cause);
    }
  }

  AuditFinding& add(const AuditRule& rule, const Model& model, AuditLevel level) {
    AuditFinding& finding = findings_.emplace_back();
    finding.rule = find_audit_rule(rule.name);
    finding.level = level;
    finding.row = model.row();
    return finding;
  }

  const Catalog& catalog_;
  HardwareLookup hardware_;
  std::vector<AuditFinding>& findings_;
};

}  // namespace

std::span<const AuditRule> physical_rules() {
  static const std::vector<AuditRule> all = [] {
    std::vector<AuditRule> texts;
    for (const PhysicalRule& rule : quotient_rules()) texts.push_back(rule.about);
    texts.push_back(stated_derived);
    texts.push_back(params_in_name);
    return texts;
  }();
  return all;
}

void find_impossible(const Catalog& catalog, std::span<const std::size_t> rows, const ReferenceTable* hardware,
                     std::vector<AuditFinding>& findings) {
  Physics physics(catalog, hardware, findings);
  for (const std::size_t row : rows) physics.run(row);
}

}  // namespace greenml::audit_detail
