/// \file
/// Columns of a sheet over rows of any type: findings, changes, grids. A column is what it looks like, and a member or
/// function of a row.

#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sheet/sheet.hpp"
#include "view/cells.hpp"

namespace greenml::cli {

/// For example:
///
///     ColumnsOf<AuditFinding> columns(findings);
///     columns.add("what", &AuditFinding::what);
///     columns.add({.title = "line", .align = Align::right}, [&](const AuditFinding& one) { return line_of(one); });
template <typename Row>
class ColumnsOf {
 public:
  /// The rows must stay for as long as cells are asked for.
  explicit ColumnsOf(std::span<const Row> rows) : rows_(rows) {}

  /// What `value` gives of a row becomes a cell by cell_of(). A column without a key has its title for one.
  template <typename Value>
  void add(render::Column column, Value value) {
    if (column.key.empty()) column.key = column.title;
    column.cell = [rows = rows_, value](std::size_t row) { return cell_of(std::invoke(value, rows[row])); };
    columns_.push_back(std::move(column));
  }
  template <std::convertible_to<std::string> Name, typename Value>
  void add(const Name& name, Value value) {
    add(render::Column{.title = name}, value);
  }

  /// The columns that were added, in their order.
  std::vector<render::Column> take() { return std::move(columns_); }

 private:
  std::span<const Row> rows_;
  std::vector<render::Column> columns_;
};

}  // namespace greenml::cli
