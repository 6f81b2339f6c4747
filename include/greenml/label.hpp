/// \file
/// The table of labels: the descriptive texts that a model can have. A catalog may carry further labels of any name.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace greenml {

/// When models must have a label alike to be compared with each other.
enum class Grouping {
  never,
  always,
  per_inference,      ///< for what one inference costs
  bound_to_hardware,  ///< for what depends on the hardware
};

struct Label {
  std::string_view name;
  bool identity;  ///< part of what tells two models apart
  Grouping grouping;
  std::string_view help;
  std::string_view also = {};  ///< another key that is read as the same label
};

/// One row is one label that greenml knows by name.
inline constexpr auto labels = std::to_array<Label>({
    {"name", true, Grouping::never, "the model's name; the only thing that every model must have"},
    {"variant", true, Grouping::never, "what tells models of one name apart: precision, input size, pruning"},
    {"task", true, Grouping::always, "what the model does: image-classification"},
    {"dataset", true, Grouping::always, "what its quality was measured on: ImageNet-1k"},
    {"quality_metric", true, Grouping::always, "which measure its quality is: top-1, WER, perplexity",
     "accuracy_metric"},
    {"functional_unit", false, Grouping::per_inference,
     "what one inference is: image, token, response, second of audio (the term of ISO 14040)"},
    {"hardware", true, Grouping::bound_to_hardware, "what its time and energy were measured on: NVIDIA A100"},
    {"hardware_count", true, Grouping::bound_to_hardware, "how many of the hardware: 64"},
    {"grid", false, Grouping::never, "where its power came from: FRA, US-CA, gcp:europe-west9"},
    {"family", false, Grouping::never, "the architecture it belongs to: ResNet"},
    {"year", false, Grouping::never, "when it was published"},
    {"url", false, Grouping::never, "where to get it"},
    {"source", false, Grouping::never, "where its figures come from"},
    {"notes", false, Grouping::never, "what a reader of its figures should know"},
});

/// The position of a label in the table, or behind it that of a catalog's further labels.
enum class LabelId : std::uint16_t {};

/// The label with that name. A name that is not in the table does not compile.
consteval LabelId label_id(std::string_view name) {
  for (std::size_t index = 0; index < labels.size(); ++index)
    if (labels[index].name == name) return static_cast<LabelId>(index);
  throw "there is no such label";
}

/// Under its name, or the other key that it is read under.
constexpr const Label* find_label(std::string_view name) {
  for (const Label& label : labels)
    if (label.name == name || (!label.also.empty() && label.also == name)) return &label;
  return nullptr;
}

}  // namespace greenml
