/// \file
/// Which models take part: limits on measures, matches of labels, and groups that can be compared with each other.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/measure.hpp"
#include "greenml/quantity.hpp"

namespace greenml {

enum class Bound { at_least, at_most };

/// A model meets a limit if its value is known and on the right side, or equal: 5 % of 80 less than 80 is 76, although
/// binary fractions make it 76.00000000000001 at times. What differs by less than 1e-12 of the limit is equal.
struct Limit {
  Measure measure;
  Bound bound;
  double value;      ///< in the field's own unit, or of the metric
  std::string text;  ///< as it was written: "accuracy=70%"

  bool admits(double candidate) const;
};

/// Reads "accuracy=70%", "latency_ms=5", "accuracy/gflop=10", and "mAP=40" of a label whose values are numbers, which
/// check_measure() is to look at. A bare number is in the field's own unit.
std::optional<Limit> parse_limit(std::string_view text, Bound bound, Complaint& complaint);

/// A label, and what its text must be; a model without the label has an empty text. A text that some model has exactly
/// so is taken literally, whatever characters are in it. Else commas separate alternatives, each of them taken
/// literally if some model has it, and else as a pattern with the wildcards of a shell (* ? [a-z]).
struct LabelMatch {
  std::string label;
  std::string pattern;
  bool excludes;                                       ///< != instead of =
  bool literal = false;                                ///< the text as it is: written with ==, or found by `settle`
  std::string text;                                    ///< as it was written
  std::vector<std::string> literal_alternatives = {};  ///< those that some model has exactly so; found by `settle`

  bool admits(std::string_view candidate) const;
};

/// Reads "task=image-*", "family!=ResNet", "family=ResNet,ViT", "name==net [v2]". Whether the label exists is for
/// `check_label` to say.
std::optional<LabelMatch> parse_label_match(std::string_view text, Complaint& complaint);

/// Finds what of the match is to be taken literally, since a model of the catalog has exactly that text.
void settle(LabelMatch& match, const Catalog& catalog);

/// For a match that no model of the catalog passes: "did you mean resnet*?" where one does when case is ignored, else
/// empty.
std::string match_hint(const Catalog& catalog, const LabelMatch& match);

/// Whether greenml or the catalog knows a label of that name.
bool check_label(const Catalog& catalog, std::string_view label, Complaint& complaint);

/// Whether the catalog has what is measured, where that is a label: under its name, with numbers or dates only.
bool check_measure(const Catalog& catalog, const Measure& measure, Complaint& complaint);

struct Criteria {
  std::vector<Limit> limits;
  std::vector<LabelMatch> matches;
};

/// How many models one criterion leaves out, whatever the others do.
struct LeftOut {
  std::string criterion;    ///< as it was written
  std::size_t beyond = 0;   ///< known, and on the wrong side
  std::size_t unknown = 0;  ///< the quantity is not known
};

struct Selection {
  std::vector<std::size_t> rows;  ///< of the catalog, in its order
  std::vector<LeftOut> left_out;  ///< one for each criterion: limits, then matches
};

Selection select(const Catalog& catalog, const Criteria& criteria);

/// Models that can be compared with each other: they have the same texts in the labels that they are grouped by.
struct Group {
  std::vector<std::pair<std::string, std::string>> labels;  ///< and texts
  std::vector<std::size_t> rows;
};

/// The labels by which models are comparable in these measures: task, dataset and quality_metric; functional_unit for
/// what one inference costs; hardware and how many of it for what depends on it.
std::vector<std::string> labels_to_group_by(std::span<const Measure> measures);

/// Groups come in the order of their labels' texts; rows keep their order.
std::vector<Group> group(const Catalog& catalog, std::vector<std::size_t> rows, std::span<const std::string> group_by);

}  // namespace greenml
