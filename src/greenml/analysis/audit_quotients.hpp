/// \file
/// The rules of `audit` that hold a quotient of one model's own figures to bounds. The rows of the table are in
/// audit_quotients.cpp; audit_physics.cpp applies them.

#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "analysis/audit_hardware.hpp"
#include "analysis/audit_rules.hpp"

namespace greenml::audit_detail {

inline constexpr double unlimited = std::numeric_limits<double>::infinity();

/// A model and what is known of its hardware.
struct Case {
  Model model;
  std::optional<HardwareFacts> hardware;
  std::optional<double> count;  ///< hardware_count

  std::optional<double> value(std::string_view field) const { return stated(model, find_field(field).value()); }
  /// Whether it was counted from a file: what is counted from one file agrees, also where nodes of a graph make weights.
  bool is_counted(std::string_view field) const {
    return model.origin(find_field(field).value()).method == Method::counted;
  }
};

using Figure = std::optional<double>;

/// What is impossible is outside of the outer two, what is unusual outside of the inner two.
struct Bounds {
  double wrong_below = 0;
  double suspicious_below = 0;
  double suspicious_above = unlimited;
  double wrong_above = unlimited;
};

/// A mistake: it makes the figure so many times too large.
struct Cause {
  double factor;
  std::string_view text;
};

struct PhysicalRule {
  AuditRule about;
  AuditFigure unit;  ///< of the figure
  Figure (*figure)(const Case&);
  Bounds (*bounds)(const Case&);
  std::span<const Cause> causes;      ///< the first that explains the figure counts
  std::string_view when_of_one = {};  ///< the mistake that makes the figure hardware_count times too small
};

/// One row is one rule.
std::span<const PhysicalRule> quotient_rules();

}  // namespace greenml::audit_detail
