// What was counted of a model file, as a model of a catalog.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "greenml/catalog.hpp"
#include "greenml/inspect.hpp"
#include "greenml/quantity.hpp"

namespace greenml {

namespace {

/// Element types by their share, largest first: "int8 98.7 %, int32 1.3 %"; one type alone goes without its share.
std::string weights_text(const Inspection& inspection) {
  double all = 0;
  for (const ElementType& type : inspection.types) all += static_cast<double>(type.elements);
  if (inspection.types.size() == 1) return inspection.types.front().type;
  std::vector<std::string> parts;
  for (const ElementType& type : inspection.types)
    parts.push_back(fmt::format("{} {} %", type.type, rounded(100 * static_cast<double>(type.elements) / all)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

void set_text(Catalog& catalog, std::string_view label, std::size_t row, std::string_view text) {
  if (!text.empty()) catalog.set_label(catalog.add_label(label), row, {LabelKind::text, text});
}

}  // namespace

Catalog catalog_of(std::span<const Inspection> inspections) {
  Catalog catalog;
  for (const Inspection& inspection : inspections) {
    const std::size_t row = catalog.size();
    catalog.begin_file(inspection.source);
    catalog.add_model(inspection.name, 1);
    const std::string source =
        inspection.input.empty() ? inspection.source : fmt::format("{}, {}", inspection.source, inspection.input);
    const auto set = [&](FieldId field, double value, Method method) {
      catalog.set_value(field, row, value, {.method = method, .source = source});
    };
    // 0 of either is no figure: a model of no operations, or a file without weights.
    if (inspection.params.value_or(0) > 0)
      set(field_id("params"), static_cast<double>(*inspection.params), Method::counted);
    if (inspection.active_params.value_or(0) > 0)
      set(field_id("active_params"), static_cast<double>(*inspection.active_params), Method::counted);
    if (inspection.macs.value_or(0) > 0)
      set(field_id("flops"), 2 * static_cast<double>(*inspection.macs),
          inspection.macs_estimated ? Method::estimated : Method::counted);
    set(field_id("size"), static_cast<double>(inspection.size), Method::counted);
    set_text(catalog, "variant", row, inspection.variant);
    set_text(catalog, "architecture", row, inspection.architecture);
    set_text(catalog, "input", row, inspection.input);
    set_text(catalog, "weights", row, weights_text(inspection));
  }
  return catalog;
}

std::string_view definition_of_count(FieldId field) {
  struct Definition {
    FieldId field;
    std::string_view words;
  };
  static const auto definitions = std::to_array<Definition>({
      {field_id("flops"), "2 x MACs of one pass, as in greenml list operators"},
      {field_id("params"), "elements of all trained weights, each once"},
      {field_id("active_params"), "elements of the weights that one token uses"},
      {field_id("size"), "bytes of the file, its shards and its external data"},
  });
  const auto found = std::find_if(definitions.begin(), definitions.end(),
                                  [field](const Definition& row) { return row.field == field; });
  return found == definitions.end() ? std::string_view() : found->words;
}

std::vector<std::string> inspection_notes(std::span<const Inspection> inspections) {
  struct Note {
    std::string text;
    std::string alike;  ///< what is the same of several files: all but the first word, which may be a name
    std::size_t count = 1;
  };
  std::vector<Note> notes;
  const auto add = [&notes](const Inspection& inspection, const std::string& note) {
    const std::string alike = note.substr(std::min(note.find(' '), note.size()));
    const auto same = std::find_if(notes.begin(), notes.end(), [&](const Note& other) { return other.alike == alike; });
    if (same != notes.end())
      ++same->count;
    else
      notes.push_back({fmt::format("{}: {}", inspection.source, note), alike});
  };
  for (const Inspection& inspection : inspections) {
    for (const std::string& note : inspection.notes) add(inspection, note);
    if (!inspection.macs && !inspection.why_no_macs.empty()) add(inspection, "no FLOPs: " + inspection.why_no_macs);
  }
  std::vector<std::string> texts;
  for (Note& note : notes) {
    if (note.count > 1) note.text += fmt::format(" (likewise {} more)", note.count - 1);
    texts.push_back(std::move(note.text));
  }
  return texts;
}

}  // namespace greenml
