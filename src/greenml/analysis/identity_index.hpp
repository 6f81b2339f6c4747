/// \file
/// Which rows of two catalogs are alike in some labels. A few numbers a row, whatever the texts are.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "greenml/catalog.hpp"

namespace greenml {

class IdentityIndex {
 public:
  using Rows = std::span<const std::uint32_t>;

  enum class Side { catalog, baseline };

  /// Both catalogs may go afterwards.
  IdentityIndex(const Catalog& catalog, const Catalog& baseline, std::span<const std::string> names);

  /// The rows of one side that are like a row of the catalog, or of the baseline, in rising order.
  Rows of_catalog_row(Side wanted, std::size_t row) const { return rows(wanted, Side::catalog, row); }
  Rows of_baseline_row(Side wanted, std::size_t row) const { return rows(wanted, Side::baseline, row); }

 private:
  struct SideRows {
    std::vector<std::uint32_t> kind_of;  // by row: rows that are alike have the same number
    std::vector<std::uint32_t> rows;     // kind by kind
    std::vector<std::uint32_t> begin;    // by kind: where its rows begin; one more at the end
  };

  Rows rows(Side wanted, Side given, std::size_t row) const;

  std::array<SideRows, 2> sides_;
};

}  // namespace greenml
