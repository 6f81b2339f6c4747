#include "greenml/audit.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "commands/options/reference_options.hpp"
#include "greenml/spelling.hpp"
#include "view/audit_view.hpp"

namespace greenml::cli {

namespace {

struct AuditCommand {
  CatalogOptions catalogs;
  OutputOptions output{render::Shows::findings};
  Typed against;
  Typed fail_on;
  std::vector<std::string> rules;
  std::vector<std::string> ignore;
};

bool check_rules(Console& console, std::string_view option, const std::vector<std::string>& rules) {
  std::vector<std::string_view> names;
  for (const AuditRule& rule : audit_rules()) names.push_back(rule.name);
  for (const std::string& rule : rules) {
    if (find_audit_rule(rule) != nullptr) continue;
    const std::string near = did_you_mean(rule, names);
    console.error(fmt::format("{}: \"{}\" is no rule of audit", option, rule),
                  near.empty() ? fmt::format("the rules are {}", fmt::join(names, ", ")) : near);
    return false;
  }
  return true;
}

std::optional<AuditLevel> parse_fail_on(Console& console, const Typed& typed) {
  if (!typed || *typed == "wrong") return AuditLevel::wrong;
  if (*typed == "suspicious") return AuditLevel::suspicious;
  console.error(fmt::format("--fail-on: unknown level \"{}\"", *typed), "known: wrong, suspicious");
  return std::nullopt;
}

/// A remark that is not understood ignores nothing: says so.
void show_misread_remarks(Console& console, const Catalog& catalog, std::span<const std::size_t> rows) {
  if (!catalog.has_label("audit")) return;
  for (const std::size_t row : rows) {
    const std::string_view text = catalog.label("audit", row).text;
    if (text.empty()) continue;
    const Parsed<AuditRemark> remark = parse_audit_remark(text);
    if (!remark)
      console.warning(fmt::format("{}:{}: {}: audit: {}; {}", catalog.file(row), catalog.line(row), catalog.name(row),
                                  remark.complaint().message, remark.complaint().hint));
  }
}

Outcome run(Console& console, AuditCommand& typed) {
  const std::optional<AuditLevel> fail_on = parse_fail_on(console, typed.fail_on);
  if (!fail_on || !check_rules(console, "--rule", typed.rules) || !check_rules(console, "--ignore", typed.ignore))
    return Outcome::cannot;
  AuditOptions options = {.rules = typed.rules, .ignore = typed.ignore};
  const std::span<const AuditRule> rules = audit_rules();
  if (std::none_of(rules.begin(), rules.end(), [&](const AuditRule& rule) { return is_applied(rule, options); })) {
    console.error("--rule and --ignore leave no rule to apply", "an audit without rules would find nothing");
    return Outcome::cannot;
  }
  const std::optional<Chosen> chosen = choose(console, typed.catalogs, typed.output);
  if (!chosen) return Outcome::cannot;
  std::optional<Catalog> against;
  if (typed.against) {
    against = typed.catalogs.read_other(console, *typed.against);
    if (!against) return Outcome::cannot;
  }
  const ReferenceTable* hardware =
      reference(console, ReferenceKind::hardware, typed.catalogs.what_if().reference_folder());
  if (hardware == nullptr) return Outcome::cannot;
  options.against = against ? &*against : nullptr;
  options.hardware = hardware;
  show_misread_remarks(console, chosen->catalog, chosen->rows);

  const AuditReport report("greenml audit " + fmt::format("{}", fmt::join(typed.catalogs.files(), " ")),
                           chosen->catalog, chosen->rows.size(), *fail_on,
                           audit(chosen->catalog, chosen->rows, options));
  const bool written = typed.output.print(console, report.sheet(typed.output.format().audience)) == Outcome::done;
  if (report.outcome() != Outcome::done && !typed.output.shows_titles()) console.error(report.summary());
  return written ? report.outcome() : Outcome::cannot;
}

}  // namespace

Action declare_audit(OptionTable& table) {
  auto typed = std::make_shared<AuditCommand>();
  typed->catalogs.declare(table);
  table.value("--against", typed->against, "CATALOG",
              "Compare params and FLOPs with this catalog too, beside the networks that are built in");
  table.repeatable("--rule", typed->rules, "RULE", "Apply only this rule (repeatable; greenml list rules)");
  table.repeatable("--ignore", typed->ignore, "RULE", "Do not apply this rule (repeatable)");
  table.value("--fail-on", typed->fail_on, "LEVEL", "Exit with 1 from this level on: wrong (default), suspicious")
      .one_of({"wrong", "suspicious"});
  typed->output.declare(table);
  return [typed](Console& console) { return run(console, *typed); };
}

}  // namespace greenml::cli
