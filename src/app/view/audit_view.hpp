/// \file
/// What `audit` found, in words and as a sheet. What is in doubt is decided before; here it is only told.

#pragma once

#include <string>
#include <vector>

#include "greenml/audit.hpp"
#include "sheet/outcome.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

class AuditView {
 public:
  /// `name` is what was audited: "greenml audit models.json"; `models` how many; findings of `fail_on` and above fail.
  AuditView(std::string name, const Catalog& catalog, std::size_t models, AuditLevel fail_on,
            std::vector<AuditFinding> findings);

  /// Short of limits where a finding fails that no label ignores, else done.
  Outcome outcome() const;
  /// "2 figures are wrong, 1 is suspicious, 1 is ignored; 46 models audited"
  std::string summary() const;
  /// For people at most so many rows, the gravest first.
  render::Sheet sheet(render::Audience audience) const;

 private:
  bool fails(const AuditFinding& finding) const;
  std::string model_name(const AuditFinding& finding) const;
  std::string message(const AuditFinding& finding) const;
  std::vector<render::Column> columns_for_people() const;
  std::vector<render::Column> columns_for_programs() const;
  render::Finding finding_for_tools(const AuditFinding& finding) const;

  std::string name_;
  const Catalog& catalog_;
  std::size_t models_;
  AuditLevel fail_on_;
  std::vector<AuditFinding> findings_;  // the gravest first
  std::vector<std::string_view> telling_;
};

}  // namespace greenml::cli
