/// The front matter of a model card of Hugging Face, between its two lines of three hyphens.

#include "sheet/model_card.hpp"

#include <fmt/format.h>
#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

/// Texts are always quoted: yaml-cpp writes "true" and "1e3" plain, which are read as no texts.
void write_text(YAML::Emitter& yaml, const char* key, const std::string& text) {
  if (!text.empty()) yaml << YAML::Key << key << YAML::Value << YAML::DoubleQuoted << visible(text);
}

/// All digits; with a decimal point before an exponent, without which YAML 1.1 reads a text.
std::string yaml_number(double value) {
  std::string text = fmt::format("{}", value);
  const std::size_t exponent = text.find('e');
  if (exponent != std::string::npos && text.find('.') == std::string::npos) text.insert(exponent, ".0");
  return text;
}

void write_number(YAML::Emitter& yaml, const char* key, double value) {
  yaml << YAML::Key << key << YAML::Value << yaml_number(value);
}

void write_metrics(YAML::Emitter& yaml, const std::vector<ModelCard::Metric>& metrics) {
  yaml << YAML::Key << "metrics" << YAML::Value << YAML::BeginSeq;
  for (const ModelCard::Metric& metric : metrics) {
    yaml << YAML::BeginMap;
    write_text(yaml, "type", metric.type);
    write_number(yaml, "value", metric.value);
    write_text(yaml, "name", metric.name);
    yaml << YAML::EndMap;
  }
  yaml << YAML::EndSeq;
}

void write_model_index(YAML::Emitter& yaml, const std::string& name, const ModelCard::Result& result) {
  yaml << YAML::Key << "model-index" << YAML::Value << YAML::BeginSeq << YAML::BeginMap;
  write_text(yaml, "name", name);
  yaml << YAML::Key << "results" << YAML::Value << YAML::BeginSeq << YAML::BeginMap;
  yaml << YAML::Key << "task" << YAML::Value << YAML::BeginMap;
  write_text(yaml, "type", result.task_type);
  yaml << YAML::EndMap << YAML::Key << "dataset" << YAML::Value << YAML::BeginMap;
  write_text(yaml, "type", result.dataset_type);
  write_text(yaml, "name", result.dataset_name);
  yaml << YAML::EndMap;
  write_metrics(yaml, result.metrics);
  yaml << YAML::EndMap << YAML::EndSeq << YAML::EndMap << YAML::EndSeq;
}

void write_emissions(YAML::Emitter& yaml, const ModelCard::Emissions& found) {
  yaml << YAML::Key << "co2_eq_emissions" << YAML::Value << YAML::BeginMap;
  write_number(yaml, "emissions", found.emissions);
  write_text(yaml, "source", found.source);
  write_text(yaml, "training_type", found.training_type);
  write_text(yaml, "geographical_location", found.geographical_location);
  write_text(yaml, "hardware_used", found.hardware_used);
  yaml << YAML::EndMap;
}

}  // namespace

void render_model_card(const Sheet& sheet, const Style& /*style*/, Writer& out) {
  YAML::Emitter yaml;
  yaml << YAML::BeginMap;
  if (sheet.card->result) write_model_index(yaml, sheet.card->name, *sheet.card->result);
  if (sheet.card->co2_eq_emissions) write_emissions(yaml, *sheet.card->co2_eq_emissions);
  yaml << YAML::EndMap;
  out << "---\n" << std::string_view(yaml.c_str(), yaml.size()) << "\n---\n";
}

}  // namespace greenml::render
