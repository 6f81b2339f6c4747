/// \file
/// What `check` found, in words and as a sheet. The verdict is computed before; here it is only told.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "greenml/check.hpp"
#include "sheet/outcome.hpp"
#include "sheet/sheet.hpp"

namespace greenml::cli {

class CheckView {
 public:
  /// How many findings people are shown.
  static constexpr std::size_t most_rows = 50;

  /// `name` is what was checked: "greenml check models.json".
  CheckView(std::string name, const Catalog& catalog, const Catalog* baseline, std::span<const Block> blocks,
            CheckResult result);

  /// Cannot where anything could not be judged, else short of limits where anything falls short, else done.
  Outcome outcome() const;
  /// "FAILED: 2 of 46 requirements fall short, 1 model is new"
  std::string summary() const;
  /// For people at most so many rows, those that need attention first. `budget` is the file that limits came from.
  render::Sheet sheet(render::Audience audience, const std::string& budget) const;

 private:
  render::Cell model_cell(const Finding& finding, std::string_view label) const;
  std::string model_name(const Finding& finding) const;
  std::string requirement(const Finding& finding) const;
  std::string required(const Finding& finding) const;
  std::string requirement(const Finding& finding, const std::string& limit) const;
  std::string message(const Finding& finding) const;
  std::string message_on_change(const Finding& finding) const;
  std::string message_beyond_limit(const Finding& finding) const;
  std::vector<render::Column> columns_for_people() const;
  std::vector<render::Column> columns_for_programs() const;
  render::Finding finding_for_tools(const Finding& finding) const;
  bool is_error(const Finding& finding) const;
  std::size_t count_all() const;  ///< findings, and those that are only counted

  std::string name_;
  const Catalog& catalog_;
  const Catalog* baseline_;
  std::span<const Block> blocks_;
  std::vector<Finding> findings_;  // what needs attention first
  std::size_t further_that_hold_;
  std::vector<std::string_view> telling_;
};

}  // namespace greenml::cli
