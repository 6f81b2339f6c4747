/// \file
/// Which models of a picture look alike: those with one text in a label.

#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "sheet/chart.hpp"

namespace greenml::cli {

class SeriesByLabel {
 public:
  /// All in one.
  SeriesByLabel() : series_{{.name = ""}} {}
  /// The texts that most of the models have get looks of their own, the most frequent first; the rest share one.
  SeriesByLabel(const Catalog& catalog, std::span<const std::size_t> rows, std::string label);

  const std::vector<render::Series>& all() const { return series_; }
  /// The position of a model's series.
  std::size_t of(const Catalog& catalog, std::size_t row) const;
  /// Whether no model has the label.
  bool is_unstated() const { return positions_.empty(); }

 private:
  std::string label_;
  std::vector<render::Series> series_;
  std::map<std::string_view, std::size_t> positions_;  // in series_, by text
};

/// What to do about a label that no model states: "they have family, source".
std::string labels_to_color_by(const Catalog& catalog, std::span<const std::size_t> rows);

}  // namespace greenml::cli
