/// \file
/// What a model card of Hugging Face says of one model, before it is written. Its members are named after the keys of
/// the card's front matter: https://github.com/huggingface/hub-docs/blob/main/modelcard.md

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace greenml::render {

/// Texts are empty where nothing is known: the card leaves them out.
struct ModelCard {
  struct Metric {
    std::string type;  ///< the metric's id: "accuracy"
    double value;
    std::string name;  ///< for people: "top-1"
  };

  /// One task and dataset with what was measured there; all three texts are known.
  struct Result {
    std::string task_type;
    std::string dataset_type;
    std::string dataset_name;
    std::vector<Metric> metrics;
  };

  struct Emissions {
    double emissions;  ///< grams of CO2e
    std::string source;
    std::string training_type;
    std::string geographical_location;
    std::string hardware_used;
  };

  std::string name;
  std::optional<Result> result;
  std::optional<Emissions> co2_eq_emissions;
};

}  // namespace greenml::render
