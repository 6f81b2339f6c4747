/// \file
/// Files of other tools that greenml reads by a mapping: which there are, and whether a mapping of the user's own is
/// one.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenml/catalog.hpp"
#include "greenml/column_mapping.hpp"
#include "greenml/parsed.hpp"

namespace greenml {

/// A source that is built in.
struct SourceRow {
  std::string name;                     ///< for --as
  std::string title;                    ///< "CodeCarbon's emissions.csv, of a training"
  std::string format;                   ///< table, json, yaml or card
  std::vector<std::string> recognised;  ///< the columns that are all there; empty: only by --as
  std::vector<std::string> becomes;     ///< "duration -> training_time in s"
  std::string url;
};

/// In the order of their names.
std::vector<SourceRow> list_sources();

/// A mapping by which tables with these columns are read in the same way again: --mapping FILE.
std::string mapping_of(std::string_view name, const std::vector<ColumnMapping>& columns,
                       const std::vector<std::string>& missing, const std::vector<LabelSetting>& defaults);

/// What is wrong with the text of a mapping; nothing where it can be read by.
std::optional<Complaint> complaint_about_mapping(std::string_view json);

}  // namespace greenml
