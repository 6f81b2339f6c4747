/// \file
/// What a model file costs, part by part: its operators, or its nodes one by one.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "greenml/inspect.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

enum class LayersBy {
  kind,  ///< one row for each kind of operator, or of tensor, most multiply-accumulates first
  node,  ///< one row for each node in order of execution, or each block and kind of tensor
};

class LayersView {
 public:
  /// The inspections must stay. Programs get every node in plain numbers, whatever the rows are by.
  LayersView(std::span<const Inspection> inspections, LayersBy by, bool for_people);
  LayersView(const LayersView&) = delete;
  LayersView& operator=(const LayersView&) = delete;

  /// Reads this report, which must stay.
  render::Sheet sheet() const;

 private:
  struct Row {
    const Inspection* inspection = nullptr;
    Layer layer;
    std::uint64_t nodes = 1;
  };

  void add(const Inspection& inspection, render::Section& section);
  void add_row(Row row, render::Section& section);
  std::vector<Row> by_kind(const Inspection& inspection) const;
  static std::optional<std::uint64_t> count(const Row& row, std::uint64_t Layer::*number);
  static std::string share(const Row& row, std::uint64_t Layer::*number);

  LayersBy by_;
  bool for_people_;
  std::vector<Row> rows_;
  std::vector<render::Section> sections_;
};

}  // namespace greenml::cli
