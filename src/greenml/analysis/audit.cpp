#include "greenml/audit.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "analysis/audit_rules.hpp"
#include "words/written_parts.hpp"

namespace greenml {

namespace {

bool names(const std::vector<std::string>& rules, std::string_view name) {
  return std::find(rules.begin(), rules.end(), name) != rules.end();
}

/// The reasons for which models of the catalog are to be ignored, by the rows of the findings.
void mark_ignored(const Catalog& catalog, std::vector<AuditFinding>& findings) {
  if (!catalog.has_label("audit")) return;
  for (AuditFinding& finding : findings) {
    const std::string_view text = catalog.label("audit", finding.row).text;
    if (text.empty()) continue;
    const Parsed<AuditRemark> remark = parse_audit_remark(text);
    if (remark && (remark->rules.empty() || names(remark->rules, finding.rule->name)))
      finding.ignored_because = remark->reason;
  }
}

}  // namespace

std::span<const AuditRule> audit_rules() {
  static const std::vector<AuditRule> all = [] {
    std::vector<AuditRule> rules;
    for (const auto part :
         {audit_detail::physical_rules(), audit_detail::reference_rules(), audit_detail::catalog_rules()})
      rules.insert(rules.end(), part.begin(), part.end());
    return rules;
  }();
  return all;
}

const AuditRule* find_audit_rule(std::string_view name) {
  for (const AuditRule& rule : audit_rules())
    if (rule.name == name) return &rule;
  return nullptr;
}

Parsed<AuditRemark> parse_audit_remark(std::string_view text) {
  constexpr std::string_view how = "write \"ignore: REASON\", or \"ignore RULE, RULE: REASON\"";
  constexpr std::string_view verb = "ignore";
  const std::size_t colon = text.find(':');
  if (!text.starts_with(verb) || colon == std::string_view::npos)
    return Complaint{fmt::format("\"{}\" is no remark for audit", text), std::string(how)};
  AuditRemark remark;
  remark.reason = std::string(trimmed(text.substr(colon + 1)));
  if (remark.reason.empty()) return Complaint{"the remark gives no reason", std::string(how)};
  const std::string_view list = text.substr(verb.size(), colon - verb.size());
  for (std::size_t start = 0; start < list.size();) {
    const std::size_t end = std::min(list.find(',', start), list.size());
    const std::string_view name = trimmed(list.substr(start, end - start));
    start = end + 1;
    if (name.empty()) continue;
    if (find_audit_rule(name) == nullptr)
      return Complaint{fmt::format("\"{}\" is no rule of audit", name), "see greenml list rules"};
    remark.rules.emplace_back(name);
  }
  return remark;
}

bool is_applied(const AuditRule& rule, const AuditOptions& options) {
  return (options.rules.empty() || names(options.rules, rule.name)) && !names(options.ignore, rule.name);
}

std::vector<AuditFinding> audit(const Catalog& catalog, std::span<const std::size_t> rows,
                                const AuditOptions& options) {
  std::vector<AuditFinding> findings;
  audit_detail::find_impossible(catalog, rows, options.hardware, findings);
  audit_detail::find_unlike_reference(catalog, rows, options, findings);
  audit_detail::find_unlike_each_other(catalog, rows, findings);
  std::erase_if(findings, [&](const AuditFinding& one) { return !is_applied(*one.rule, options); });
  std::stable_sort(findings.begin(), findings.end(), [](const AuditFinding& left, const AuditFinding& right) {
    return left.row != right.row ? left.row < right.row : left.rule < right.rule;  // rules stand in one array
  });
  mark_ignored(catalog, findings);
  return findings;
}

}  // namespace greenml
