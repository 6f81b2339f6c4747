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

bool check_rules(Messages& messages, std::string_view option, const std::vector<std::string>& rules) {
  std::vector<std::string_view> names;
  for (const AuditRule& rule : audit_rules()) names.push_back(rule.name);
  for (const std::string& rule : rules) {
    if (find_audit_rule(rule) != nullptr) continue;
    const std::string near = did_you_mean(rule, names);
    messages.error(fmt::format("{}: \"{}\" is no rule of audit", option, rule),
                   near.empty() ? fmt::format("the rules are {}", fmt::join(names, ", ")) : near);
    return false;
  }
  return true;
}

std::optional<AuditLevel> parse_fail_on(Messages& messages, const Typed& typed) {
  if (!typed || *typed == "wrong") return AuditLevel::wrong;
  if (*typed == "suspicious") return AuditLevel::suspicious;
  messages.error(fmt::format("--fail-on: unknown level \"{}\"", *typed), "known: wrong, suspicious");
  return std::nullopt;
}

/// A remark that is not understood ignores nothing: says so.
void warn_of_misread_remarks(Messages& messages, const Catalog& catalog, std::span<const std::size_t> rows) {
  if (!catalog.has_label("audit")) return;
  for (const std::size_t row : rows) {
    const std::string_view text = catalog.label("audit", row).text;
    if (text.empty()) continue;
    const Parsed<AuditRemark> remark = parse_audit_remark(text);
    if (!remark)
      messages.warning(fmt::format("{}:{}: {}: audit: {}; {}", catalog.file(row), catalog.line(row), catalog.name(row),
                                   remark.complaint().message, remark.complaint().hint));
  }
}

Report run(World& world, AuditCommand typed) {
  Report report;
  Messages& messages = report.messages;
  const std::optional<AuditLevel> fail_on = parse_fail_on(messages, typed.fail_on);
  if (!fail_on || !check_rules(messages, "--rule", typed.rules) || !check_rules(messages, "--ignore", typed.ignore))
    return report;
  AuditOptions options = {.rules = typed.rules, .ignore = typed.ignore};
  const std::span<const AuditRule> rules = audit_rules();
  if (std::none_of(rules.begin(), rules.end(), [&](const AuditRule& rule) { return is_applied(rule, options); })) {
    messages.error("--rule and --ignore leave no rule to apply", "an audit without rules would find nothing");
    return report;
  }
  const std::optional<Chosen> chosen = choose(world, report, typed.catalogs, typed.output);
  if (!chosen) return report;
  std::optional<Catalog> against;
  if (typed.against && !(against = typed.catalogs.read_other(world, messages, *typed.against))) return report;
  options.against = against ? &*against : nullptr;
  options.hardware = reference(world, messages, ReferenceKind::hardware, typed.catalogs.what_if().reference_folder());
  if (options.hardware == nullptr) return report;
  warn_of_misread_remarks(messages, chosen->catalog, chosen->rows);

  const auto& view = report.keep<AuditView>(
      "greenml audit " + fmt::format("{}", fmt::join(typed.catalogs.files(), " ")), chosen->catalog,
      chosen->rows.size(), *fail_on, audit(chosen->catalog, chosen->rows, options));
  report.add(typed.output.result(view.sheet(typed.output.format().audience), world));
  report.goes_on = true;
  report.outcome = view.outcome();
  if (report.outcome != Outcome::done && !typed.output.shows_titles()) messages.error(view.summary());
  return report;
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
  return [typed](World& world) { return run(world, *typed); };
}

}  // namespace greenml::cli
