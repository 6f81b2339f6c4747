/// \file
/// Finds figures that cannot be right: those that contradict physics, other figures of the same model, what others say
/// of the same network, or the other rows of the catalog. It says what is in doubt and why; it corrects nothing.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/reference.hpp"

namespace greenml {

/// How sure a finding is: `wrong` is impossible, `suspicious` is outside of what is usual.
enum class AuditLevel { suspicious, wrong };

/// What a rule looks at, and why. The bounds stand in the rows of the tables in src/greenml/analysis/audit_*.cpp.
struct AuditRule {
  std::string_view name;      ///< "bytes_per_param"
  std::string_view compares;  ///< the quantities that it needs: "size / params"
  std::string_view bounds;    ///< in words, for people
  std::string_view reason;    ///< why what is out of bounds is in doubt
  std::string_view source;    ///< what the bounds rest on
  std::string_view check;     ///< what a person should look at
};

/// All rules, in the order in which findings of one model come.
std::span<const AuditRule> audit_rules();

/// The rule with that name, or nullptr.
const AuditRule* find_audit_rule(std::string_view name);

/// A number with its unit: in the base unit of its dimension where it has one, which `suffix` follows ("/s"); else the
/// suffix is the whole unit ("B/parameter").
struct AuditFigure {
  double value = 0;
  std::optional<Dimension> dimension = {};
  std::string_view suffix = {};
};

/// What the figure of a finding is held against.
enum class AuditAgainst {
  least,      ///< the least that is possible or usual
  most,       ///< the most that is possible or usual
  derived,    ///< what follows from other figures of the same model
  reference,  ///< what a reference says of the same network
  model,      ///< another model of the catalog
  majority,   ///< the median of comparable models
  name,       ///< what the model's name says
  count,      ///< how many models have the figure
};

struct AuditFinding {
  const AuditRule* rule = nullptr;
  AuditLevel level = AuditLevel::suspicious;
  std::size_t row = 0;    ///< of the catalog
  std::string what = {};  ///< what the figure is: "params", "size / params"
  AuditFigure figure = {};
  AuditAgainst against = AuditAgainst::least;
  AuditFigure other = {};  ///< in the same unit, but for `count`
  std::string whose = {};  ///< of the other figure: "torchvision resnet50", "ResNet-50 in row 3"; may be empty
  double factor = 1;       ///< figure / other
  std::string cause = {};  ///< what mistake it probably is; may be empty
  std::string ignored_because = {};  ///< the reason in the model's label `audit`; empty: it counts
};

/// A network and what others say of it.
struct KnownNetwork {
  std::string_view name;
  int image_size = 0;     ///< width of the input in pixels; 0: not said
  double params = 0;      ///< 0: not known
  double flops = 0;       ///< of one inference; 0: not known
  std::string_view from;  ///< "torchvision"
};

/// The networks that are built in: those of data/imagenet-cnn.json, data/torchvision.json and data/timm.json.
std::span<const KnownNetwork> built_in_networks();

struct AuditOptions {
  std::vector<std::string> rules = {};       ///< only these; empty: all
  std::vector<std::string> ignore = {};      ///< not these
  const Catalog* against = nullptr;          ///< a reference beside the built-in ones
  bool built_in = true;                      ///< whether the built-in networks are a reference
  const ReferenceTable* hardware = nullptr;  ///< nameplates and peaks; nullptr: hardware is not looked up
};

/// What a model's label `audit` says: "ignore: REASON", or "ignore RULE, RULE: REASON".
struct AuditRemark {
  std::vector<std::string> rules;  ///< empty: all
  std::string reason;
};

/// Reads the label; the complaint says how it is written.
Parsed<AuditRemark> parse_audit_remark(std::string_view text);

/// Whether the options leave a rule in: it is one of those that were chosen, or none were, and it is not ignored.
bool is_applied(const AuditRule& rule, const AuditOptions& options);

/// Audits the rows of a catalog that are named. What greenml derived itself is not looked at. Findings come by row,
/// then in the order of the rules; those that a label ignores are among them.
std::vector<AuditFinding> audit(const Catalog& catalog, std::span<const std::size_t> rows, const AuditOptions& options);

}  // namespace greenml
