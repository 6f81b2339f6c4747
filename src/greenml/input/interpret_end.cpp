// The part of the interpreter for the end of a file: what its defaults and the user say of all models, and what can be
// checked only then.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "greenml/label.hpp"
#include "greenml/measure.hpp"
#include "greenml/metric.hpp"
#include "input/interpreter.hpp"
#include "input/plausible.hpp"
#include "words/excerpt.hpp"

namespace greenml {

void Interpreter::note(std::string_view message) {
  problems_.add(
      {.severity = Severity::note, .place = {.file = text_->name()}, .message = std::string(message), .hint = ""});
}

void Interpreter::finish() {
  facts_.clear();
  report_missing_words();
  report_questions();
  if (options_.columns != nullptr && !others_are_labels_) hand_out_columns();
  const bool has_defaults = !defaults_.quantities.empty() || !defaults_.labels.empty() || !source_.empty();
  for (std::size_t row = first_row_; has_defaults && row < catalog_.size(); ++row) apply_defaults(row);

  apply_settings();

  const auto is_tiny = [](const StatedQuantity& stated) { return stated.value > 0 && stated.value < least_safe_value; };
  const bool tiny_default = std::any_of(defaults_.quantities.begin(), defaults_.quantities.end(), is_tiny);
  for (std::size_t row = first_row_; tiny_default && row < catalog_.size(); ++row) tiny_rows_.push_back(row);
  std::sort(tiny_rows_.begin(), tiny_rows_.end());
  tiny_rows_.erase(std::unique(tiny_rows_.begin(), tiny_rows_.end()), tiny_rows_.end());
  for (const std::size_t row : tiny_rows_) check_scores(row);
  report_doubts();
}

void Interpreter::doubt(std::size_t row, const StatedQuantity& stated) {
  if (may_be_doubted(stated.field) && is_hardly_meant(stated.field, catalog_[row]))
    doubted_.push_back({row, stated.field});
}

/// A warning for each field; that it is about many models is said in it.
void Interpreter::report_doubts() {
  // What the defaults say of a model, on how many devices it ran, may make its numbers plausible.
  std::erase_if(doubted_, [&](const Doubted& one) { return !is_hardly_meant(one.field, catalog_[one.row]); });
  for (const Doubted& first : doubted_) {
    const auto is_of_this_field = [&](const Doubted& one) { return one.field == first.field; };
    if (&*std::find_if(doubted_.begin(), doubted_.end(), is_of_this_field) != &first) continue;
    const auto others = std::count_if(doubted_.begin(), doubted_.end(), is_of_this_field) - 1;
    const Model model = catalog_[first.row];
    problems_.add({.severity = Severity::warning,
                   .place = {.file = std::string(model.file()), .line = model.line()},
                   .model = std::string(model.name()),
                   .key = std::string(row_of(first.field).name),
                   .message = doubt_about(first.field, model),
                   .hint = fmt::format("state the unit, as in {}{}", example_with_unit(first.field),
                                       others == 0 ? "" : fmt::format("; so with {} more", others))});
  }
}

void Interpreter::apply_defaults(std::size_t row) {
  for (const StatedQuantity& stated : defaults_.quantities) {
    const bool is_null = nulls_[row][static_cast<std::size_t>(stated.field)];
    if (!is_null && std::isnan(catalog_.value(stated.field, row))) set_value(row, defaults_, stated);
  }
  for (const StatedLabel& stated : defaults_.labels)
    if (!catalog_.label_is_set(stated.label, row)) catalog_.set_label(stated.label, row, stated.value);
  if (!source_.empty() && !catalog_.label_is_set(label_id("source"), row))
    catalog_.set_label(label_id("source"), row, {LabelKind::text, source_});
}

/// A label that is stated otherwise is no slip to be written over: figures of top-5 would pass for those of top-1. A
/// label that only describes may be.
void Interpreter::apply_settings() {
  for (const LabelSetting& setting : options_.set) {
    const Label* known = find_label(setting.label);
    const bool describes =
        known != nullptr && !known->identity && known->grouping == Grouping::never && known->name != "grid";
    const LabelId label = catalog_.add_label(setting.label);
    std::size_t others = 0;
    std::optional<std::size_t> first;
    for (std::size_t row = first_row_; row < catalog_.size(); ++row) {
      const LabelValue stated = catalog_.label(label, row);
      if (describes || stated.text.empty() || stated.text == setting.text)
        catalog_.set_label(label, row, {LabelKind::text, setting.text});
      else if (first)
        ++others;
      else
        first = row;
    }
    if (!first) continue;
    const std::string_view stated = catalog_.label(label, *first).text;
    problems_.add({.place = {.file = std::string(catalog_.file(*first)), .line = catalog_.line(*first)},
                   .model = std::string(catalog_.name(*first)),
                   .key = setting.label,
                   .message = fmt::format("is {}, and --set says {}{}", quote(stated), quote(setting.text),
                                          others == 0 ? "" : fmt::format("; so with {} more", others)),
                   .hint = "--set is for what a file does not say"});
  }
}

void Interpreter::check_scores(std::size_t row) {
  const Model model = catalog_[row];
  for (const Metric& metric : metrics) {
    const Score computed = score(metric, model);
    if (computed.lack != Lack::none || std::isfinite(computed.value)) continue;
    if (problems_.full()) return problems_.count_error();
    problems_.add({.place = {.file = std::string(model.file()), .line = model.line()},
                   .model = std::string(model.name()),
                   .key = std::string(metric.name),
                   .message = fmt::format("is not finite: {} is too small",
                                          for_people(*model.value(metric.cost()), row_of(metric.cost()).dimension)),
                   .hint = ""});
  }
}

}  // namespace greenml
