#include "view/check_messages.hpp"

#include <cmath>
#include <fmt/format.h>

#include "greenml/quantity.hpp"
#include "view/check_view.hpp"
#include "view/phrases.hpp"

namespace greenml::cli {

namespace {

std::string text_or_unknown(const Finding& finding, const std::optional<double>& value) {
  return value ? finding.measure->text(*value) : "not known";
}

/// "2 J +- 100 mJ"
std::string with_error(const Catalog& catalog, std::size_t row, const Finding& finding) {
  const Model model = catalog[row];
  const std::optional<double> error = finding.measure->error(model);
  return fmt::format("{}{}", text_or_unknown(finding, finding.measure->value(model)),
                     error ? fmt::format(" +- {}", finding.measure->text(*error)) : "");
}

/// "2 J (measured)", by the method that weighs least.
std::string with_method(const Catalog& catalog, std::size_t row, const Finding& finding) {
  const Model model = catalog[row];
  std::optional<Method> weakest;
  for (const FieldId input : finding.measure->inputs()) {
    const Method method = model.origin(input).method;
    if (!weakest || row_of(method).strength < row_of(*weakest).strength) weakest = method;
  }
  const std::string_view name = weakest ? name_of(*weakest) : "";
  return fmt::format("{} ({})", text_or_unknown(finding, finding.measure->value(model)),
                     name.empty() ? "not stated how" : name);
}

}  // namespace

std::pair<std::string, std::string> texts_of(const Measure& measure, double left, double right) {
  std::pair<std::string, std::string> texts = {measure.text(left), measure.text(right)};
  const bool same =
      Limit{measure, Bound::at_least, left, {}}.admits(right) && Limit{measure, Bound::at_most, left, {}}.admits(right);
  if (texts.first != texts.second || same) return texts;
  return {measure.exact_text(left), measure.exact_text(right)};
}

std::optional<double> change(const Finding& finding) {
  const std::optional<double> reference = finding.before ? finding.before : finding.limit;
  if (!finding.value || !reference || *reference == 0) return std::nullopt;
  return (*finding.value - *reference) / std::abs(*reference);
}

std::string CheckView::requirement(const Finding& finding, const std::string& limit) const {
  if (!finding.measure) return "";
  const Measure& measure = *finding.measure;
  if (finding.drop) {
    const bool points = measure.dimension() == Dimension::accuracy;  // 0.5% would be taken for a share of the accuracy
    const std::string absolute =
        points ? rounded(finding.drop->amount) + (finding.drop->amount == 1 ? " point" : " points")
               : measure.text(finding.drop->amount);
    return fmt::format("at most {} worse",
                       finding.drop->relative ? rounded(finding.drop->amount * 100) + " %" : absolute);
  }
  if (!finding.bound) return "";
  return fmt::format("at {} {}", *finding.bound == Bound::at_least ? "least" : "most", limit);
}

/// In the name of a test, which must be the same whatever the value is.
std::string CheckView::requirement(const Finding& finding) const {
  return requirement(finding, finding.limit ? finding.measure->text(*finding.limit) : "");
}

std::string CheckView::message_on_change(const Finding& finding) const {
  const Measure& measure = *finding.measure;
  auto [before, now] = texts_of(measure, *finding.before, *finding.value);
  const auto [beside_limit, limit] = texts_of(measure, *finding.value, *finding.limit);
  if (beside_limit != measure.text(*finding.value)) now = beside_limit;  // which has all digits
  const std::optional<double> by = change(finding);
  return fmt::format("{} {} from {} to {}{}; allowed is {}, which is {}", measure.name(),
                     *finding.value < *finding.before ? "fell" : "rose", before, now,
                     by ? fmt::format(" ({})", signed_percent(*by)) : "", requirement(finding), limit);
}

std::string CheckView::message_beyond_limit(const Finding& finding) const {
  const auto [value, limit] = texts_of(*finding.measure, *finding.value, *finding.limit);
  const std::optional<double> by = change(finding);
  return fmt::format("{} is {}; the limit is at {} {}{}", finding.measure->name(), value,
                     *finding.bound == Bound::at_least ? "least" : "most", limit,
                     by ? fmt::format(" ({})", signed_percent(*by)) : "");
}

std::string CheckView::message(const Finding& finding) const {
  const std::string model = model_name(finding);
  const std::string measure(finding.measure ? finding.measure->name() : "");
  switch (finding.reason) {
    case Reason::none:
      return "";
    case Reason::is_new:
      return fmt::format("{} is new: the baseline does not have it{}", model,
                         finding.standing == Standing::falls_short ? ", and no limit holds it" : "");
    case Reason::value_is_new:
      return fmt::format("{}: {} is new: the baseline does not know it", model, measure);
    case Reason::condition:
      return fmt::format("{}: {} was {} in the baseline and is {}: a condition of the place, which no amount covers",
                         model, measure, text_or_unknown(finding, finding.before),
                         text_or_unknown(finding, finding.value));
    case Reason::lost_in_what_if:
      return fmt::format("{}: {} is stated in the baseline, and cannot be known under the what-if", model, measure);
    case Reason::not_comparable:
      return fmt::format("{}{}{} cannot be compared: {}", model, measure.empty() ? "" : ": ", measure, finding.differs);
    case Reason::error_too_large:
      return fmt::format("{}: {} has a stated error as large as its value ({}, in the baseline {})", model, measure,
                         with_error(catalog_, *finding.row, finding),
                         with_error(*baseline_, *finding.baseline_row, finding));
    case Reason::beyond_limit:
      return fmt::format("{}: {}", model, finding.drop ? message_on_change(finding) : message_beyond_limit(finding));
    case Reason::not_known:
      return fmt::format("{}: {} is not known; the limit is {}", model, measure, requirement(finding));
    case Reason::model_vanished:
      return fmt::format("{} is in the baseline, and gone from the catalog{}{}", model,
                         finding.differs.empty() ? "" : fmt::format(" ({})", finding.differs),
                         finding.standing == Standing::permitted ? ", as permitted" : "; --allow-missing permits that");
    case Reason::value_vanished:
      return fmt::format("{}: {} was {} in the baseline, and is no longer known", model, measure,
                         finding.measure->text(*finding.before));
    case Reason::weaker_method:
      return fmt::format("{}: {} is less sure than in the baseline: {}, and was {}", model, measure,
                         with_method(catalog_, *finding.row, finding),
                         with_method(*baseline_, *finding.baseline_row, finding));
    case Reason::within_error:
      return fmt::format("{}: {}; but the two are as near as their stated errors: {}, in the baseline {}", model,
                         message_on_change(finding), with_error(catalog_, *finding.row, finding),
                         with_error(*baseline_, *finding.baseline_row, finding));
    case Reason::no_model: {
      std::string hint;
      for (const LabelMatch& match : blocks_[finding.block].matches)
        if (hint.empty()) hint = match_hint(catalog_, match);
      return hint.empty() ? "no model is selected" : fmt::format("no model is selected; {}", hint);
    }
    case Reason::no_overlap:
      return finding.differs.empty()
                 ? "no model of the catalog is in the baseline: there is nothing to compare"
                 : fmt::format(
                       "no model of the catalog is in the baseline: {}; take a baseline of the same, or choose the "
                       "labels that models are matched by, as in --match name,variant",
                       finding.differs);
    case Reason::known_by_none:
      return measure.empty() ? "the models of the baseline have nothing to compare"
                             : fmt::format("no model has {}", measure);
  }
  return "";
}

}  // namespace greenml::cli
