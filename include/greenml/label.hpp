/// \file
/// The table of labels: the descriptive texts that a model can have. A catalog may carry further labels of any name.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace greenml {

struct Label {
  std::string_view name;
  bool identity;  ///< part of what tells two models apart
  std::string_view help;
};

/// One row is one label that greenml knows by name.
inline constexpr auto labels = std::to_array<Label>({
    {"name", true, "the model's name; the only thing that every model must have"},
    {"variant", true, "what tells models of one name apart: precision, input size, pruning"},
    {"task", true, "what the model does: image-classification"},
    {"dataset", true, "what its accuracy was measured on: ImageNet-1k"},
    {"accuracy_metric", false, "what its accuracy counts: top-1"},
    {"hardware", true, "what its time and energy were measured on: NVIDIA A100"},
    {"hardware_count", false, "how many of the hardware: 64"},
    {"grid", false, "where its power came from: FRA, US-CA, gcp:europe-west9"},
    {"family", false, "the architecture it belongs to: ResNet"},
    {"year", false, "when it was published"},
    {"url", false, "where to get it"},
    {"source", false, "where its figures come from"},
    {"notes", false, "what a reader of its figures should know"},
});

/// The position of a label in the table, or behind it that of a catalog's further labels.
enum class LabelId : std::uint16_t {};

/// The label with that name. A name that is not in the table does not compile.
consteval LabelId label_id(std::string_view name) {
  for (std::size_t index = 0; index < labels.size(); ++index)
    if (labels[index].name == name) return static_cast<LabelId>(index);
  throw "there is no such label";
}

constexpr const Label* find_label(std::string_view name) {
  for (const Label& label : labels)
    if (label.name == name) return &label;
  return nullptr;
}

}  // namespace greenml
