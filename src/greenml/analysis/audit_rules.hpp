/// \file
/// What the three kinds of rules of `audit` share: their tables, and how each finds.

#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "greenml/audit.hpp"

namespace greenml::audit_detail {

/// A quantity that the catalog states; what greenml computed itself is not audited.
inline std::optional<double> stated(const Model& model, FieldId field) {
  const std::optional<double> value = model.value(field);
  return value && !model.origin(field).computed ? value : std::nullopt;
}

/// From one model's own figures: audit_physics.cpp.
std::span<const AuditRule> physical_rules();
void find_impossible(const Catalog& catalog, std::span<const std::size_t> rows, const ReferenceTable* hardware,
                     std::vector<AuditFinding>& findings);

/// Against what others say of the same network: audit_reference.cpp.
std::span<const AuditRule> reference_rules();
void find_unlike_reference(const Catalog& catalog, std::span<const std::size_t> rows, const AuditOptions& options,
                           std::vector<AuditFinding>& findings);

/// Across the rows of the catalog: audit_catalog.cpp.
std::span<const AuditRule> catalog_rules();
void find_unlike_neighbours(const Catalog& catalog, std::span<const std::size_t> rows,
                            std::vector<AuditFinding>& findings);  // audit_neighbours.cpp
void find_unlike_each_other(const Catalog& catalog, std::span<const std::size_t> rows,
                            std::vector<AuditFinding>& findings);

}  // namespace greenml::audit_detail
